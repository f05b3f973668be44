//! A form that a program sends, read and let in.

use app::text::Text;
use axum::extract::Request;
use axum::http::StatusCode;
use hub::Source;

use super::answer::Refusal;
use super::media::{self, Media, Parts};
use super::services::{jurisdiction, text};
use super::{MULTIPART, brings_media, kind};
use crate::web::client::Client;
use crate::web::forms;
use crate::web::state::AppState;
use crate::web::window::{Parameters, parameter};

/// What was sent, and by whom.
pub struct Sent {
    /// The fields, those of the address among them.
    pub form: Parameters,
    /// The fields of the body in their order, those that come several times too.
    pub fields: Vec<(String, String)>,
    /// The files; only reports have some.
    pub media: Vec<Media>,
    pub source: Source,
    /// What is said of it, in the language that was asked for.
    pub text: Text,
}

/// Reads a form. Who needs a key has shown one of ours.
pub async fn read(state: &AppState, file: &str, query: Parameters, request: Request) -> Result<Sent, Refusal> {
    let address = request.extensions().get::<Client>().map(|client| client.0);
    let headers = request.headers().clone();
    let Parts { fields, media } = match kind(&headers).as_str() {
        "application/x-www-form-urlencoded" => {
            let body = forms::read(state, &headers, request.into_body()).await;
            let body = body.map_err(|status| Refusal::unread(file, status))?;
            let fields = serde_urlencoded::from_bytes(&body).map_err(|_| Refusal::unreadable(file))?;
            Parts { fields, media: Vec::new() }
        }
        MULTIPART if brings_media(&request) => media::read(state, file, request).await?,
        _ => return Err(Refusal::wrong(file, "the body is to be application/x-www-form-urlencoded; charset=utf-8")),
    };
    let mut form: Parameters = fields.iter().cloned().collect();
    form.extend(query);
    let keys = &state.0.api_keys;
    let ours = parameter(&form, "api_key").filter(|key| keys.iter().any(|ours| ours == key));
    if !keys.is_empty() && ours.is_none() {
        return Err(Refusal::new(file, StatusCode::FORBIDDEN, "api_key is missing or wrong"));
    }
    jurisdiction(state, file, &form)?;
    let program = ours.map(|key| state.0.hub.program(key));
    let device = parameter(&form, "device_id").map(device);
    let (text, source) = (text(&form, &headers), Source { device, address, program, ..Source::default() });
    Ok(Sent { form, fields, media, source, text })
}

/// What tells one device from another, as the cookie of a browser does; never one of those.
fn device(named: &str) -> String {
    format!("device_id {}", named.trim())
}
