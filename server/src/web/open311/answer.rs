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

/// The document for a status with which what stands before all routes has answered, in the format that the path ends in.
pub fn refused(path: &str, status: StatusCode) -> Response {
    let known = OUTSIDE.iter().find(|(known, _)| *known == status);
    Refusal::new(path, status, known.map_or(FAILED, |(_, description)| description)).into_response()
}

/// What is said of such a status.
const OUTSIDE: [(StatusCode, &str); 8] = [
    (StatusCode::BAD_REQUEST, "the request cannot be read"),
    (StatusCode::FORBIDDEN, "another website sent this: send it from a program"),
    (StatusCode::NOT_FOUND, "there is nothing under this name"),
    (StatusCode::METHOD_NOT_ALLOWED, "this method is not for this name"),
    (StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time"),
    (StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"),
    (StatusCode::TOO_MANY_REQUESTS, "too many requests: wait as long as Retry-After says"),
    (StatusCode::SERVICE_UNAVAILABLE, "not available at the moment; send it again later"),
];
const FAILED: &str = "something went wrong on our side; send it again, and tell the operator the x-request-id";

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

#[cfg(test)]
mod tests {
    use super::*;

    async fn text(response: Response) -> String {
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn whatever_refuses_says_its_code_in_the_format_of_the_path() {
        for status in [403, 404, 405, 408, 413, 429, 500, 503, 504] {
            let status = StatusCode::from_u16(status).unwrap();
            let json = refused("/open311/v2/requests.json", status);
            assert_eq!(
                (json.status(), json.headers()[CONTENT_TYPE].as_bytes()),
                (status, &b"application/json; charset=utf-8"[..])
            );
            let errors: serde_json::Value = serde_json::from_str(&text(json).await).unwrap();
            assert_eq!(errors[0]["code"], status.as_u16());
            assert!(errors[0]["description"].as_str().unwrap().len() > 10);
            for path in ["/open311/v2/requests.xml", "/open311/v2/", "/open311/v2/requests"] {
                let xml = text(refused(path, status)).await;
                assert!(
                    xml.contains(&format!("<errors><error><code>{}</code><description>", status.as_u16())),
                    "{xml}"
                );
            }
        }
    }
}
