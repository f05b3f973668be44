//! Forms with photos, as programs send them: `multipart/form-data` with the fields of the standard and files named `media`.
//!
//! The standard has `media_url` alone, which would have us fetch addresses that strangers name. `media` is what FixMyStreet and
//! SeeClickFix send. Everything is read before anything is stored, since the fields may follow the files; how much is read is bounded.

use app::act::photo_code;
use app::text::Text;
use app::text::media::not_kept;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use http_body_util::Limited;
use hub::{Hub, HubError, Link, MOST_PHOTOS, PhotoFault, Tell};
use photo::Refused;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::answer::Refusal;
use crate::web::drain::{PATIENCE, drain};
use crate::web::photo::{File, MOST_BYTES, file};
use crate::web::state::AppState;

/// The most parts that a form is made of: fields, answers and files.
const MOST_PARTS: usize = 300;

/// A file that came with a report.
pub enum Media {
    Photo {
        bytes: Vec<u8>,
        _room: Vec<OwnedSemaphorePermit>,
    },
    /// Why it was read no further, as the keys of texts name it.
    Not(&'static str),
}

/// What a form was made of.
#[derive(Default)]
pub struct Parts {
    /// Names and values, in their order.
    pub fields: Vec<(String, String)>,
    pub media: Vec<Media>,
}

/// Reads a form. A file that cannot be taken costs nothing but itself.
pub async fn read(state: &AppState, file: &str, request: Request) -> Result<Parts, Refusal> {
    let most = most_bytes(state);
    let announced =
        request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        drain(request.into_body()).await;
        return Err(Refusal::unread(file, StatusCode::PAYLOAD_TOO_LARGE));
    }
    let bounded = request.map(|body| Body::new(Limited::new(body, most)));
    let form = Multipart::from_request(bounded, state).await;
    let mut form = form.map_err(|_| Refusal::wrong(file, "the body is to be multipart/form-data with its boundary"))?;
    match parts(state, &mut form).await {
        Ok(parts) => Ok(parts),
        Err(status) => {
            hear_out(&mut form).await;
            Err(Refusal::unread(file, status))
        }
    }
}

/// Reads what nobody needs any more, within the bounds of the body, so that the refusal is seen: see [`drain`].
async fn hear_out(form: &mut Multipart) {
    let reading = async {
        while let Ok(Some(mut field)) = form.next_field().await {
            while let Ok(Some(_)) = field.chunk().await {}
        }
    };
    // Whoever takes longer is refused without ceremony.
    let _ = timeout(PATIENCE, reading).await;
}

/// Every photo that a report may have at its largest, and the fields.
fn most_bytes(state: &AppState) -> usize {
    most_photos().saturating_mul(MOST_BYTES).saturating_add(2 * state.0.web.most_bytes)
}

fn most_photos() -> usize {
    usize::try_from(MOST_PHOTOS).unwrap_or_default()
}

async fn parts(state: &AppState, form: &mut Multipart) -> Result<Parts, StatusCode> {
    let (mut parts, mut left) = (Parts::default(), state.0.web.most_bytes);
    for _ in 0..MOST_PARTS {
        let next = timeout(state.0.web.body_time(), form.next_field()).await;
        let next = next.map_err(|_| StatusCode::REQUEST_TIMEOUT)?.map_err(|error| status(&error))?;
        let Some(mut field) = next else { return Ok(parts) };
        let name = field.name().unwrap_or_default().to_owned();
        if is_media(&name) {
            if parts.media.len() >= most_photos() {
                parts.media.push(Media::not(PhotoFault::TooMany));
            } else {
                parts.media.extend(Media::of(file(state, &mut field).await?));
            }
            continue;
        }
        let value =
            value(state, &mut field, left.checked_sub(name.len()).ok_or(StatusCode::PAYLOAD_TOO_LARGE)?).await?;
        left = left.saturating_sub(name.len() + value.len());
        parts.fields.push((name, value));
    }
    Err(StatusCode::PAYLOAD_TOO_LARGE)
}

/// `media`, and `media[]` or `media[0]` where there are several.
fn is_media(name: &str) -> bool {
    name.strip_prefix("media").is_some_and(|rest| rest.is_empty() || (rest.starts_with('[') && rest.ends_with(']')))
}

/// The value of a field, of at most so many bytes.
async fn value(state: &AppState, field: &mut Field<'_>, most: usize) -> Result<String, StatusCode> {
    let mut bytes = Vec::new();
    loop {
        let next = timeout(state.0.web.body_time(), field.chunk()).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
        let Some(chunk) = next.map_err(|error| status(&error))? else { break };
        if bytes.len() + chunk.len() > most {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| StatusCode::BAD_REQUEST)
}

fn status(error: &MultipartError) -> StatusCode {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::BAD_REQUEST,
    }
}

impl Media {
    /// Nothing for a file that was not chosen.
    fn of(file: File) -> Option<Self> {
        match file {
            File::Photo { bytes, room, .. } => Some(Self::Photo { bytes, _room: room }),
            File::TooLarge { .. } => Some(Self::not(PhotoFault::Refused(Refused::TooLarge))),
            File::NoRoom => Some(Self::Not("unavailable")),
            File::NotChosen => None,
        }
    }

    fn not(fault: PhotoFault) -> Self {
        Self::Not(photo_code(&HubError::Photo(fault)))
    }

    /// Puts it to the report of a link. Why not, as the keys of texts name it.
    async fn kept(self, hub: &Hub, link: &Link) -> Result<(), &'static str> {
        let (bytes, _room) = match self {
            Self::Photo { bytes, _room } => (bytes, _room),
            Self::Not(why) => return Err(why),
        };
        // Nobody was asked whether the place in the file is to be told.
        hub.add_photo(link.as_str(), bytes, Tell::Nothing).await.map(drop).map_err(|error| {
            if !matches!(error, HubError::Photo(_)) {
                tracing::error!(error = &error as &dyn std::error::Error, "a photo of a program could not be kept");
            }
            photo_code(&error)
        })
    }
}

/// Puts photos to a report that is stored, one after another. What is said of those that are not kept.
pub async fn keep(hub: &Hub, text: Text, link: &Link, media: Vec<Media>) -> Vec<String> {
    let mut said = Vec::new();
    for (number, media) in (1_i64..).zip(media) {
        if let Err(why) = media.kept(hub, link).await {
            said.push(not_kept(text, number, why));
        }
    }
    said
}
