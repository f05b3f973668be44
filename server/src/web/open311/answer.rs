//! Answers and refusals, in the format that was asked for.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::value::Value;

pub type Answer = Result<Reply, Refusal>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xml,
    Json,
}

/// The last part of a path: a name, and the format behind it.
pub struct File<'a> {
    pub name: &'a str,
    pub format: Format,
}

impl<'a> File<'a> {
    pub fn of(file: &'a str) -> Result<Self, Refusal> {
        match file.rsplit_once('.') {
            Some((name, "json")) => Ok(Self { name, format: Format::Json }),
            Some((name, "xml")) => Ok(Self { name, format: Format::Xml }),
            _ => Err(Refusal::missing(file, "the format is .json or .xml")),
        }
    }
}

/// A value on its way out.
pub struct Reply {
    pub format: Format,
    pub root: &'static str,
    pub value: Value,
}

/// An error document, as GeoReport v2 describes it.
pub struct Refusal {
    format: Format,
    status: StatusCode,
    description: String,
}

impl Refusal {
    pub fn new(file: &str, status: StatusCode, description: impl Into<String>) -> Self {
        let format = if file.ends_with(".json") { Format::Json } else { Format::Xml };
        Self { format, status, description: description.into() }
    }

    pub fn missing(file: &str, description: &str) -> Self {
        Self::new(file, StatusCode::NOT_FOUND, description)
    }

    pub fn wrong(file: &str, description: impl Into<String>) -> Self {
        Self::new(file, StatusCode::BAD_REQUEST, description)
    }

    pub fn unreadable(file: &str) -> Self {
        Self::wrong(file, "the body cannot be read")
    }

    /// The body was too long, too slow or cut off.
    pub fn unread(file: &str, status: StatusCode) -> Self {
        let description = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "the body is too long",
            StatusCode::REQUEST_TIMEOUT => "the body did not arrive in time",
            _ => "the body cannot be read",
        };
        Self::new(file, status, description)
    }

    /// The store is away, or it is our defect.
    pub fn failed(file: &str, error: &hub::HubError) -> Self {
        tracing::error!(error = error as &dyn std::error::Error, "an Open311 request failed");
        let status = app::compat::status_of(error);
        Self::new(file, status, "this cannot be done at the moment; send it again later")
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self.format {
            Format::Json => json(self.value.json().to_string()),
            Format::Xml => xml(self.value.xml(self.root)),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = self.status.as_u16();
        let error =
            Value::Record(vec![("code", Value::Whole(code.into())), ("description", Value::text(self.description))]);
        let errors = Value::List("error", vec![error]);
        let mut response = match self.format {
            Format::Json => json(errors.json().to_string()),
            Format::Xml => xml(errors.xml("errors")),
        };
        *response.status_mut() = self.status;
        response
    }
}

fn json(body: String) -> Response {
    ([(CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}

fn xml(body: String) -> Response {
    ([(CONTENT_TYPE, "text/xml; charset=utf-8")], body).into_response()
}
