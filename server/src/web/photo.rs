//! Photos: taken from plain multipart forms, several at a time, and shown to those alone who may see the report.
//!
//! What is refused is said of each by its name, and the others are kept. A program (`Accept: application/json`) is told of each by the
//! SHA-256 of what it sent, and can ask by that, with HEAD, whether a photo is here before it sends it again.

use std::sync::Arc;

use app::act::{Kept, PhotoOutcome, Returned, photo_code};
use app::compat::status_of;
use app::text::Locale;
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use data_encoding::HEXLOWER;
use hub::{HubError, MOST_PHOTOS, Size, Staff, Tell};
use model::position::Position;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::program::Wants;
use super::state::AppState;
use super::{open311, pages, plain};

/// The largest photo, in bytes; what is larger is read no further.
pub const MOST_BYTES: usize = photo::MAX_BYTES;
/// What all photos that are on their way may take together, in MiB. Beyond it a sender is asked to come again.
const IN_FLIGHT: usize = 256;
const MEBIBYTE: usize = 1 << 20;

/// Room for the photos that are on their way.
#[derive(Clone)]
pub struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(IN_FLIGHT)))
    }
}

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/photo/{secret}", axum::routing::post(add))
        .route("/photo/{secret}/{sha256}", get(show).head(there))
        .route("/photo/{secret}/{sha256}/small", get(show_small))
        .route("/desk/report/{key}/photo", axum::routing::post(add_evidence))
        .route("/desk/report/{key}/photo/{sha256}", get(show_staff))
        .route("/desk/report/{key}/photo/{sha256}/small", get(show_staff_small))
        .route("/desk/report/{key}/photo/{sha256}/original", get(show_original))
}

/// Whether a request brings photos, and may take its time.
pub fn is_upload(request: &Request) -> bool {
    let path = request.uri().path();
    let evidence = path.starts_with("/desk/report/") && path.ends_with("/photo");
    *request.method() == Method::POST && (path.starts_with("/photo/") || evidence || open311::brings_media(request))
}

/// Who sends photos to which report.
enum To<'a> {
    Author(&'a str),
    Department(&'a Staff, &'a str),
}

/// A file that was read, or why it was not.
pub enum File {
    Photo {
        name: String,
        bytes: Vec<u8>,
        /// To be held for as long as the bytes are.
        room: Vec<OwnedSemaphorePermit>,
    },
    TooLarge {
        name: String,
    },
    /// Too many photos are on their way.
    NoRoom,
    /// It comes without a name and without bytes.
    NotChosen,
}

/// A part of the form.
enum Part {
    File(File),
    /// Where the photos were taken is to be told.
    TellPlace,
    /// Where the photos were taken, as they said before they were drawn anew.
    At(Position),
    Else,
}

async fn add(State(state): State<AppState>, Path(secret): Path<String>, request: Request) -> Response {
    let page = format!("/track/{secret}");
    answer(&state, &To::Author(&secret), &page, request).await
}

async fn add_evidence(
    State(state): State<AppState>,
    Path(key): Path<String>,
    staff: Option<Extension<Staff>>,
    request: Request,
) -> Response {
    let Some(Extension(staff)) = staff else { return state.0.plain.answer(StatusCode::FORBIDDEN) };
    let page = format!("/desk/report/{key}");
    answer(&state, &To::Department(&staff, &key), &page, request).await
}

async fn answer(state: &AppState, to: &To<'_>, page: &str, request: Request) -> Response {
    let wants = Wants::of(request.headers());
    let locale = request.extensions().get::<Locale>().copied().unwrap_or_default();
    let again = again(&request, page);
    let outcomes = match take(state, to, request).await {
        Ok(outcomes) => outcomes,
        Err(status) if wants.refusal_as_json => return status.into_response(),
        Err(status) => return state.0.plain.answer(status),
    };
    let refused = outcomes.iter().find_map(|outcome| outcome.taken.as_ref().err());
    let status = refused.map_or(StatusCode::CREATED, |error| status_of(error));
    if wants.success_as_json {
        return as_json(&outcomes, status, locale);
    }
    if refused.is_none() && !outcomes.is_empty() {
        let mut response = Redirect::to(&format!("{page}?added=photos")).into_response();
        plain::never_keep(&mut response);
        return response;
    }
    let status = if outcomes.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    let returned = Returned { kept: Kept::Photos(outcomes.into()), error: None };
    match again {
        Some(again) => {
            let mut response = pages::render(state, again, Some(returned)).await;
            *response.status_mut() = status;
            response
        }
        None => state.0.plain.answer(status),
    }
}

/// A request for the page that the form stands on, from the same sender.
fn again(request: &Request, page: &str) -> Option<Request> {
    let mut again = Request::new(Body::empty());
    *again.uri_mut() = page.parse::<Uri>().ok()?;
    again.headers_mut().clone_from(request.headers());
    again.extensions_mut().clone_from(request.extensions());
    Some(again)
}

/// Takes every photo of the form, one after another: what was read is let go before the next one comes.
async fn take(state: &AppState, to: &To<'_>, request: Request) -> Result<Vec<PhotoOutcome>, StatusCode> {
    let mut form = Multipart::from_request(request, state).await.map_err(|_| StatusCode::UNSUPPORTED_MEDIA_TYPE)?;
    let (mut outcomes, mut tell_place, mut at) = (Vec::new(), false, None);
    let patience = state.0.web.body_time();
    loop {
        let next = timeout(patience, form.next_field()).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
        let Some(field) = next.map_err(|error| status(&error))? else { return Ok(outcomes) };
        match read(state, field).await? {
            Part::File(File::Photo { name, bytes, room: _room }) => {
                let sha256 = HEXLOWER.encode(&Sha256::digest(&bytes));
                let taken = match to {
                    To::Author(secret) => state.0.hub.add_photo(secret, bytes, tell(tell_place, at)).await,
                    To::Department(staff, key) => state.0.hub.add_evidence(staff, key, bytes).await,
                };
                // Whose link leads nowhere need not send the rest.
                if let Err(error @ (HubError::NoSuchLink | HubError::NotYours | HubError::NotGranted)) = &taken {
                    return Err(status_of(error));
                }
                outcomes.push(PhotoOutcome { name, sha256: Some(sha256), taken: taken.map_err(Arc::new) });
            }
            Part::File(File::TooLarge { name }) => {
                let refused = HubError::Photo(hub::PhotoFault::Refused(photo::Refused::TooLarge));
                outcomes.push(PhotoOutcome { name, sha256: None, taken: Err(Arc::new(refused)) });
            }
            Part::File(File::NoRoom) => return Err(StatusCode::SERVICE_UNAVAILABLE),
            Part::TellPlace => tell_place = true,
            Part::At(position) => at = Some(position),
            Part::File(File::NotChosen) | Part::Else => {}
        }
        // The rest would be refused each by itself.
        if outcomes.len() > 4 * usize::try_from(MOST_PHOTOS).unwrap_or_default() {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
    }
}

async fn read(state: &AppState, mut field: Field<'_>) -> Result<Part, StatusCode> {
    match field.name() {
        Some("photo") => file(state, &mut field).await.map(Part::File),
        Some("place") => Ok(Part::TellPlace),
        Some("at") => Ok(position(state, &mut field).await?.map_or(Part::Else, Part::At)),
        _ => Ok(Part::Else),
    }
}

fn tell(place: bool, at: Option<Position>) -> Tell {
    match at {
        _ if !place => Tell::Nothing,
        Some(position) => Tell::At(position),
        None => Tell::InPhoto,
    }
}

/// Two numbers with a comma between them. Whatever else it is says nothing.
async fn position(state: &AppState, field: &mut Field<'_>) -> Result<Option<Position>, StatusCode> {
    const LONGEST: usize = 64;
    let mut text = Vec::new();
    while let Some(chunk) = chunk(state, field).await? {
        let room = LONGEST.saturating_sub(text.len());
        text.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
    }
    let numbers = std::str::from_utf8(&text).ok().and_then(|text| text.split_once(','));
    Ok(numbers.and_then(|(latitude, longitude)| Position::new(latitude.parse().ok()?, longitude.parse().ok()?)))
}

/// A file, read as far as it may go.
///
/// # Errors
/// When it is cut off, or stops coming.
pub async fn file(state: &AppState, field: &mut Field<'_>) -> Result<File, StatusCode> {
    let name = field.file_name().unwrap_or_default().chars().take(100).collect::<String>();
    let (mut bytes, mut room, mut too_large) = (Vec::new(), Vec::new(), false);
    loop {
        let Some(chunk) = chunk(state, field).await? else { break };
        too_large |= bytes.len() + chunk.len() > MOST_BYTES;
        if too_large {
            // The sender goes on; nothing of it is kept.
            (bytes, room) = (Vec::new(), Vec::new());
            continue;
        }
        bytes.extend_from_slice(&chunk);
        while room.len() < bytes.len().div_ceil(MEBIBYTE) {
            let Ok(more) = state.0.room.0.clone().try_acquire_owned() else { return Ok(File::NoRoom) };
            room.push(more);
        }
    }
    Ok(match (too_large, bytes.is_empty() && name.is_empty()) {
        (true, _) => File::TooLarge { name },
        (false, true) => File::NotChosen,
        (false, false) => File::Photo { name, bytes, room },
    })
}

/// The next piece of a part, if it comes in time.
async fn chunk(state: &AppState, field: &mut Field<'_>) -> Result<Option<Bytes>, StatusCode> {
    let next = timeout(state.0.web.body_time(), field.chunk()).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
    next.map_err(|error| status(&error))
}

fn status(error: &MultipartError) -> StatusCode {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::BAD_REQUEST,
    }
}

fn as_json(outcomes: &[PhotoOutcome], status: StatusCode, locale: Locale) -> Response {
    let refused = outcomes.iter().find_map(|outcome| outcome.taken.as_ref().err());
    let photos: Vec<_> = outcomes
        .iter()
        .map(|outcome| {
            let state = match &outcome.taken {
                Ok(true) => "kept",
                Ok(false) => "again",
                Err(error) => photo_code(error),
            };
            json!({ "sha256": outcome.sha256, "state": state })
        })
        .collect();
    let mut body = json!({ "photos": photos });
    if let Some(error) = refused {
        body["error"] = photo_code(error).into();
        body["message"] = app::act::photo_sentence(error, locale).into();
    }
    let mut response = (status, Json(body)).into_response();
    plain::never_keep(&mut response);
    response
}

async fn show(State(state): State<AppState>, Path((secret, sha256)): Path<(String, String)>) -> Response {
    picture(&state, state.0.hub.photo(&secret, &sha256, Size::Whole).await)
}

async fn show_small(State(state): State<AppState>, Path((secret, sha256)): Path<(String, String)>) -> Response {
    picture(&state, state.0.hub.photo(&secret, &sha256, Size::Thumbnail).await)
}

async fn there(State(state): State<AppState>, Path((secret, sha256)): Path<(String, String)>) -> StatusCode {
    match state.0.hub.has_photo(&secret, &sha256).await {
        Ok(true) => StatusCode::NO_CONTENT,
        Ok(false) => StatusCode::NOT_FOUND,
        Err(error) => status_of(&error),
    }
}

type Shown = (State<AppState>, Path<(String, String)>, Option<Extension<Staff>>);

async fn show_staff(shown: Shown) -> Response {
    for_staff(shown, Size::Whole, false).await
}

async fn show_staff_small(shown: Shown) -> Response {
    for_staff(shown, Size::Thumbnail, false).await
}

async fn show_original(shown: Shown) -> Response {
    for_staff(shown, Size::Whole, true).await
}

async fn for_staff((State(state), Path((key, sha256)), staff): Shown, size: Size, original: bool) -> Response {
    let Some(Extension(staff)) = staff else { return state.0.plain.answer(StatusCode::FORBIDDEN) };
    picture(&state, state.0.hub.photo_for(&staff, &key, &sha256, size, original).await)
}

/// A picture, in a box of its own: were it ever taken for something else, that could do nothing. The style is the browser's, which centres it.
fn picture(state: &AppState, picture: Result<Vec<u8>, HubError>) -> Response {
    match picture {
        Ok(jpeg) => {
            let mut response = ([(CONTENT_TYPE, "image/jpeg")], jpeg).into_response();
            let headers = response.headers_mut();
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            headers.insert(
                CONTENT_SECURITY_POLICY,
                HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
            );
            response
        }
        Err(error) => {
            let status = status_of(&error);
            if status.is_server_error() {
                tracing::error!(error = &error as &dyn std::error::Error, "a picture could not be shown");
            }
            state.0.plain.answer(status)
        }
    }
}
