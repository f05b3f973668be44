//! A client that follows no redirects and takes every status for an answer.

use std::net::SocketAddr;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, Request};

use super::form::Form;
use super::html::Page;

/// Cheap to clone; clones share kept-alive connections.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    origin: String,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self { agent: config.into(), origin: format!("http://{address}") }
    }

    /// Asks; an error is one of the connection, not an answer.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = match body {
            Some(body) => self.agent.run(request.body(body)?)?,
            None => self.agent.run(request.body(())?)?,
        };
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(64 << 20).read_to_vec()?;
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers, None).unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// For somebody who reads English.
    pub fn english(&self, path: &str) -> Answer {
        self.get_with(path, &[("Accept-Language", "en")])
    }

    /// Posts a form to the page it stands on, as a browser does.
    pub fn try_post(&self, path: &str, form: &Form, headers: &[(&str, &str)]) -> Result<Answer, ureq::Error> {
        let ours = [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")];
        self.ask("POST", path, &[&ours, headers].concat(), Some(form.body().as_bytes()))
    }

    pub fn post(&self, path: &str, form: &Form) -> Answer {
        self.try_post(path, form, &[]).unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Posts a report that must be taken, and gives the address of its receipt.
    pub fn report(&self, form: &Form) -> String {
        let answer = self.post("/report", form);
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.location().to_owned()
    }
}

impl Answer {
    /// A header, empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn page(&self) -> Page {
        assert!(self.header("content-type").starts_with("text/html"), "{}: {}", self.status, self.text());
        Page::read(std::str::from_utf8(&self.body).unwrap())
    }

    /// Where a 303 leads, as a path of the portal.
    pub fn location(&self) -> &str {
        self.header("location")
    }
}
