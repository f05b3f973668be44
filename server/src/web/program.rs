//! What became of a form, for a sender that is a program: the worker that sends what a phone kept while there was no network.
//!
//! Whoever accepts JSON gets a success as JSON, with the signed receipt of a report, in place of a redirect. Whoever accepts no page gets
//! a refusal as JSON as well, with its sentences.

use app::act::{Returned, explained};
use app::compat::status_of;
use app::text::Locale;
use axum::Json;
use axum::http::header::{ACCEPT, CONTENT_LANGUAGE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hub::Hub;
use serde_json::{Value, json};

use super::plain;

/// How the sender of a form wants to be answered.
#[derive(Clone, Copy)]
pub struct Wants {
    pub success_as_json: bool,
    pub refusal_as_json: bool,
}

impl Wants {
    pub fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        let json = accept.contains("application/json");
        Self { success_as_json: json, refusal_as_json: json && !accept.contains("text/html") }
    }
}

/// 201 with where to go on; after a report with its receipt.
///
/// # Errors
/// When the receipt cannot be read: the report is stored all the same, and sending it again is safe.
pub async fn done(hub: &Hub, next: &str) -> Result<Response, StatusCode> {
    let receipt = match next.strip_prefix("/receipt/") {
        Some(link) => Some(hub.receipt(link).await.map_err(|error| status_of(&error))?),
        None => None,
    };
    let receipt: Option<Value> = receipt.map(|receipt| {
        json!({
            "key": receipt.key.to_string(),
            "reference": receipt.reference.to_string(),
            "category": receipt.category,
            "secret": receipt.link.as_str(),
            "received": receipt.received_at,
            "statement": receipt.statement,
            "signer": receipt.signer,
        })
    });
    let mut response = (StatusCode::CREATED, Json(json!({ "next": next, "receipt": receipt }))).into_response();
    let location = HeaderValue::from_str(next).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    response.headers_mut().insert(LOCATION, location);
    plain::never_keep(&mut response);
    Ok(response)
}

/// The refusal with its status, and what is wrong in sentences of the sender's language.
pub fn refused(returned: &Returned, locale: Locale) -> Response {
    let Some(error) = returned.error.as_deref() else { return StatusCode::BAD_REQUEST.into_response() };
    let status = status_of(error);
    let (code, sentences) = explained(error, locale);
    let mut response = (status, Json(json!({ "error": code, "sentences": sentences }))).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    if error.is_unavailable() {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("30"));
    }
    plain::never_keep(&mut response);
    response
}
