//! What went wrong, as a problem document: RFC 9457.

use app::compat::status_of;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hub::HubError;
use model::form::Fault;
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::plain::never_keep;

/// A problem document. The answer's `x-request-id` names it to the operator.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Which kind, for programs: `urn:shouwang:problem:` and a word.
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    /// What to do now.
    detail: String,
    /// What is to be mended, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Mend>,
}

/// A field, and what is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Mend {
    /// `answers` and a code in brackets for the answer to a question.
    field: String,
    /// `missing`, `unknown`, `too-long`, `too-many`, `not-a-number`, `unprintable`.
    fault: &'static str,
    /// How many characters the field takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<usize>,
}

/// The kinds: by status, the word, the title, and what to do.
const KINDS: [(StatusCode, &str, &str, &str); 11] = [
    (StatusCode::BAD_REQUEST, "unreadable", "This cannot be understood.", "Mend the request."),
    (
        StatusCode::FORBIDDEN,
        "forbidden",
        "Another website sent this.",
        "Send it from the portal's own pages or from a program.",
    ),
    (StatusCode::NOT_FOUND, "missing", "There is nothing here.", "Check the address and the secret."),
    (
        StatusCode::METHOD_NOT_ALLOWED,
        "method",
        "This cannot be done here.",
        "Look up the method in /api/v1/openapi.json.",
    ),
    (StatusCode::REQUEST_TIMEOUT, "slow", "Not everything arrived in time.", "Send it again under the same key."),
    (StatusCode::CONFLICT, "conflict", "This is not possible as things stand.", "Read the report again."),
    (StatusCode::PAYLOAD_TOO_LARGE, "too-long", "This is too long.", "Shorten it."),
    (
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "media-type",
        "This kind of content cannot be read.",
        "Send application/json.",
    ),
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        "invalid",
        "Something is to be mended.",
        "Mend the fields under `errors`; nothing was stored.",
    ),
    (StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many requests.", "Wait for the time of Retry-After."),
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "unavailable",
        "Not available at the moment.",
        "Send it again later, under the same key.",
    ),
];
const FAILED: (&str, &str, &str) =
    ("failed", "Something went wrong on our side.", "Send it again, and tell the operator the x-request-id.");

impl Problem {
    pub fn of(status: StatusCode) -> Self {
        let known = KINDS.iter().find(|(known, ..)| *known == status);
        let (word, title, detail) = known.map_or(FAILED, |(_, word, title, detail)| (*word, *title, *detail));
        Self {
            kind: format!("urn:shouwang:problem:{word}"),
            title,
            status: status.as_u16(),
            detail: detail.to_owned(),
            errors: Vec::new(),
        }
    }

    pub fn saying(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..Self::of(status) }
    }

    /// One field that is not one of the choices, or not of the form.
    pub fn unknown(field: &str) -> Self {
        let mend = Mend { field: field.to_owned(), fault: "unknown", limit: None };
        Self { errors: vec![mend], ..Self::of(StatusCode::UNPROCESSABLE_ENTITY) }
    }
}

impl From<HubError> for Problem {
    fn from(error: HubError) -> Self {
        let status = status_of(&error);
        match &error {
            HubError::Invalid(problems) => {
                let errors = problems.iter().map(Mend::from).collect();
                Self { errors, ..Self::of(status) }
            }
            HubError::Conflict => {
                Self::saying(status, "Something else was sent under this key before; it is unchanged. Take a new key.")
            }
            error => {
                if status.is_server_error() {
                    tracing::error!(error = error as &dyn std::error::Error, "an API request failed");
                }
                Self::of(status)
            }
        }
    }
}

impl From<&model::form::Problem> for Mend {
    fn from(problem: &model::form::Problem) -> Self {
        let (fault, limit) = match problem.fault {
            Fault::Missing => ("missing", None),
            // The last two are of tables, which programs do not send.
            Fault::Unknown | Fault::Surplus | Fault::NoneSound => ("unknown", None),
            Fault::TooLong(_) => ("too-long", Some(problem.field.limit())),
            Fault::TooMany(_) => ("too-many", Some(model::site::MOST_PLACES)),
            Fault::NotANumber => ("not-a-number", None),
            Fault::Unprintable => ("unprintable", None),
        };
        let name = problem.field.name();
        Self { field: name.strip_suffix("[]").unwrap_or(&name).to_owned(), fault, limit }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response();
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
        }
        never_keep(&mut response);
        response
    }
}

/// The document for a status, wherever it was refused.
pub fn refused(_: &str, status: StatusCode) -> Response {
    Problem::of(status).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_a_use_case_has_its_words() {
        let errors = [HubError::Conflict, HubError::NoSuchLink, HubError::NotYours, HubError::Invalid(Vec::new())];
        for error in errors {
            assert_ne!(Problem::from(error).kind, "urn:shouwang:problem:failed");
        }
        assert_eq!(Problem::from(HubError::Sealed).status, 500);
    }
}
