//! A form that a program sends, read and let in.

use axum::body::Bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use hub::Source;

use super::answer::Refusal;
use super::services::jurisdiction;
use crate::web::client::Client;
use crate::web::forms;
use crate::web::state::AppState;
use crate::web::window::{Parameters, parameter};

/// What was sent, and by whom.
pub struct Sent {
    /// The fields, those of the address among them.
    pub form: Parameters,
    pub body: Bytes,
    pub source: Source,
}

/// Reads a form. Who needs a key has shown one of ours.
pub async fn read(state: &AppState, file: &str, query: Parameters, request: Request) -> Result<Sent, Refusal> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Refusal::wrong(file, "the body is to be application/x-www-form-urlencoded; charset=utf-8"));
    }
    let address = request.extensions().get::<Client>().map(|client| client.0);
    let (parts, body) = request.into_parts();
    let body = forms::read(state, &parts.headers, body).await.map_err(|status| Refusal::unread(file, status))?;
    let mut form: Parameters = serde_urlencoded::from_bytes(&body).map_err(|_| Refusal::unreadable(file))?;
    form.extend(query);
    let keys = &state.0.web.open311_keys;
    let ours = parameter(&form, "api_key").filter(|key| keys.iter().any(|ours| ours == key));
    if !keys.is_empty() && ours.is_none() {
        return Err(Refusal::new(file, StatusCode::FORBIDDEN, "api_key is missing or wrong"));
    }
    jurisdiction(state, file, &form)?;
    let program = ours.map(|key| state.0.hub.program(key));
    Ok(Sent { form, body, source: Source { address, program, ..Source::default() } })
}
