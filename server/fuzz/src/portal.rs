//! The server as a whole: bodies, addresses and headers to its real routes.
//!
//! In what is sent, capitals stand for what the server gave: `KEY` for a key that nothing was sent under yet, `REPORT` for the report that is
//! there, `SECRET` for the end of its link, `SEEN` for the version that the desk would be shown now. So a mutated form is not refused for
//! these alone.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use model::id::Key;
use ureq::Agent;
use ureq::http::{Request, Response};

use crate::corpus;
use crate::target::Target;

/// The key that the server is to be started with: `--open311-keys fuzz`.
pub const API_KEY: &str = "fuzz";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const FILES: &str = "multipart/form-data; boundary=a-line-that-no-picture-has";

/// A running server, with one report, and somebody who has signed in at the desk.
#[derive(Clone)]
struct Portal {
    agent: Agent,
    origin: String,
    report: String,
    secret: String,
    /// The cookie of the desk.
    session: String,
}

impl Portal {
    /// Signs in by a link, and sends a report.
    fn at(address: SocketAddr, invitation: &str) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            // A refusal ends its connection: another request must not run into that.
            .max_idle_connections(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let mut portal = Self {
            agent: config.into(),
            origin: format!("http://{address}"),
            report: fresh_key(),
            secret: String::new(),
            session: String::new(),
        };
        let form = format!("service_code=12P00&address_string=x&api_key={API_KEY}&key={}", portal.report);
        let taken = portal.ask("POST", "/open311/v2/requests.json", &[("Content-Type", FORM)], form.as_bytes());
        let taken: serde_json::Value = serde_json::from_str(&taken.unwrap()).unwrap();
        let track = taken[0]["service_notice"].as_str().expect("started with the key of these targets");
        portal.secret = track.rsplit('/').next().unwrap().to_owned();
        let form = format!("link={}", invitation.rsplit('/').next().unwrap());
        let entered = portal.answer("POST", invitation, &[("Content-Type", FORM)], form.as_bytes()).unwrap();
        let cookie = entered.headers().get("set-cookie").expect("the link signs in").to_str().unwrap();
        portal.session = cookie.split(';').next().unwrap().to_owned();
        portal
    }

    fn answer(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Response<ureq::Body>, String> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).map_err(|error| format!("{method} {path}: {error}"))?;
        self.agent.run(request).map_err(|error| format!("{method} {path}: {error}"))
    }

    /// Sends a request. Whatever the server says below 500 is an answer.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<String, String> {
        let mut answer = self.answer(method, path, headers, body)?;
        let status = answer.status();
        let text = answer.body_mut().with_config().limit(64 << 20).read_to_vec();
        let text = text.map_err(|error| format!("{method} {path}: {error}"))?;
        let text = String::from_utf8_lossy(&text).into_owned();
        if status.is_server_error() { Err(format!("{method} {path}: {status}: {text}")) } else { Ok(text) }
    }

    /// What is sent: the input, with what this server gave in the place of the capitals.
    fn filled(&self, input: &[u8]) -> Result<Vec<u8>, String> {
        let mut filled = replaced(input, "SECRET", || Ok(self.secret.clone()))?;
        filled = replaced(&filled, "REPORT", || Ok(self.report.clone()))?;
        filled = replaced(&filled, "KEY", || Ok(fresh_key()))?;
        replaced(&filled, "SEEN", || self.seen())
    }

    /// The version of the report that the desk is shown.
    fn seen(&self) -> Result<String, String> {
        let page = self.ask("GET", &format!("/desk/report/{}", self.report), &[("Cookie", &self.session)], b"")?;
        let version = page.split_once("name=\"seen\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        Ok(version.map(|(version, _)| version.to_owned()).unwrap_or_default())
    }

    /// Bodies that are posted to a path, also by whoever has signed in.
    fn post(&self, name: &'static str, path: &str, kind: &'static str) -> Target {
        let (portal, path) = (self.clone(), path.to_owned());
        Target::elsewhere(name, corpus::of(name), move |input| {
            let body = portal.filled(input)?;
            let headers =
                [("Content-Type", kind), ("Sec-Fetch-Site", "same-origin"), ("Cookie", portal.session.as_str())];
            portal.ask("POST", &path, &headers, &body).map(drop)
        })
    }
}

/// A UUID of version 7 that nothing was sent under yet.
fn fresh_key() -> String {
    let millis = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let mut rest = [0; 10];
    getrandom::fill(&mut rest).unwrap();
    Key::from_parts(u64::try_from(millis).unwrap(), &rest).to_string()
}

/// The text with a value wherever a name stood in it. The value is looked for only then.
fn replaced(text: &[u8], name: &str, value: impl FnOnce() -> Result<String, String>) -> Result<Vec<u8>, String> {
    let stands = |at: usize| text[at..].starts_with(name.as_bytes());
    if !(0..text.len()).any(stands) {
        return Ok(text.to_vec());
    }
    let (value, mut whole, mut at) = (value()?, Vec::with_capacity(text.len()), 0);
    while at < text.len() {
        if stands(at) {
            whole.extend_from_slice(value.as_bytes());
            at += name.len();
        } else {
            whole.push(text[at]);
            at += 1;
        }
    }
    Ok(whole)
}

/// The targets of a running server; the link signs a duty officer in.
pub fn targets(address: SocketAddr, invitation: &str) -> Vec<Target> {
    let portal = Portal::at(address, invitation);
    let (report, secret) = (portal.report.clone(), portal.secret.clone());
    let desk = format!("/desk/report/{report}");
    let (read, accept) = (portal.clone(), portal.clone());
    vec![
        portal.post("form", "/report?sent", FORM),
        portal.post("track", &format!("/track/{secret}"), FORM),
        portal.post("more", &format!("/track/{secret}/more"), FORM),
        portal.post("photo", &format!("/photo/{secret}"), FILES),
        portal.post("several", "/report/several", FORM),
        portal.post("verify", "/receipt/verify", FORM),
        portal.post("open311", "/open311/v2/requests.json", FORM),
        portal.post("media", "/open311/v2/requests.json", FILES),
        portal.post("updates", "/open311/v2/servicerequestupdates.xml", FORM),
        portal.post("api", "/api/v1/reports", JSON),
        portal.post("api-notes", &format!("/api/v1/reports/{secret}/notes"), JSON),
        portal.post("enter", "/desk/enter/x", FORM),
        portal.post("move", &desk, FORM),
        portal.post("redact", &format!("{desk}/redact"), FORM),
        portal.post("join", &format!("{desk}/near"), FORM),
        portal.post("evidence", &format!("{desk}/photo"), FILES),
        portal.post("release", "/desk/flood", FORM),
        Target::elsewhere("addresses", corpus::of("addresses"), move |input| {
            let path = sendable(&read.filled(input)?);
            read.ask("GET", &path, &[("Accept-Language", "en"), ("Cookie", &read.session)], b"").map(drop)
        }),
        Target::elsewhere("headers", corpus::of("headers"), move |input| {
            let value = header(input);
            let headers =
                ["Accept-Language", "Cookie", "Accept", "Accept-Encoding", "X-Forwarded-For", "If-None-Match"];
            accept.ask("GET", "/report", &headers.map(|name| (name, value.as_str())), b"").map(drop)
        }),
    ]
}

/// An address as a client can send it: what has no place in one is percent-encoded.
fn sendable(input: &[u8]) -> String {
    let mut path = String::from("/");
    for byte in input.iter().skip(usize::from(input.first() == Some(&b'/'))).take(8_000) {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'?'
            | b'&'
            | b'='
            | b'%'
            | b'+'
            | b','
            | b':' => {
                path.push(char::from(*byte));
            }
            other => path.push_str(&format!("%{other:02X}")),
        }
    }
    path
}

/// The value of a header as a client can send it.
fn header(input: &[u8]) -> String {
    input.iter().filter(|byte| (0x20..0x7f).contains(*byte)).take(4_000).map(|byte| char::from(*byte)).collect()
}
