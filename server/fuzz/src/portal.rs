//! The server as a whole: bodies, addresses and headers to its real routes.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use model::id::Key;
use ureq::Agent;
use ureq::http::Request;

use crate::corpus;
use crate::target::Target;

/// The key that the server is to be started with: `--open311-keys fuzz`.
pub const API_KEY: &str = "fuzz";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// A running server, with one report.
#[derive(Clone)]
struct Portal {
    agent: Agent,
    origin: String,
}

impl Portal {
    /// Sends a request. Whatever the server says below 500 is an answer.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<String, String> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let what = |error: &dyn std::fmt::Display| format!("{method} {path}: {error}");
        let request = request.body(body).map_err(|error| what(&error))?;
        let mut answer = self.agent.run(request).map_err(|error| what(&error))?;
        let status = answer.status();
        // Read to its end, so that the connection can be used again.
        let text = answer.body_mut().with_config().limit(64 << 20).read_to_vec().map_err(|error| what(&error))?;
        let text = String::from_utf8_lossy(&text).into_owned();
        if status.is_server_error() { Err(format!("{method} {path}: {status}: {text}")) } else { Ok(text) }
    }

    /// Sends a report.
    fn report(&self) -> Sent {
        let millis = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
        let mut rest = [0; 10];
        getrandom::fill(&mut rest).unwrap();
        let key = Key::from_parts(u64::try_from(millis).unwrap(), &rest).to_string();
        let form = format!("service_code=12P00&address_string=x&api_key={API_KEY}&key={key}");
        let taken = self.ask("POST", "/open311/v2/requests.json", &[("Content-Type", FORM)], form.as_bytes()).unwrap();
        let taken: serde_json::Value = serde_json::from_str(&taken).unwrap();
        let track = taken[0]["service_notice"].as_str().expect("started with the key of these targets");
        let id = taken[0]["service_request_id"].as_str().unwrap().to_owned();
        Sent { key, id, secret: track.rsplit('/').next().unwrap().to_owned() }
    }
}

/// The report that is there.
struct Sent {
    key: String,
    id: String,
    secret: String,
}

/// The targets of a running server.
pub fn targets(address: SocketAddr) -> Vec<Target> {
    let config = Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build();
    let portal = Portal { agent: config.into(), origin: format!("http://{address}") };
    let Sent { key: report, id, secret } = portal.report();
    let key = "01936b7e-5c00-7abc-8def-0123456789ab";
    let (bodies, json) = (corpus::bodies(key, &id), corpus::json(key));
    let post = |name, path: String, kind: &'static str, corpus: &[Vec<u8>]| {
        let portal = portal.clone();
        Target::elsewhere(name, corpus.to_vec(), move |input| {
            portal.ask("POST", &path, &[("Content-Type", kind), ("Sec-Fetch-Site", "same-origin")], input).map(drop)
        })
    };
    let read = portal.clone();
    let accept = portal.clone();
    vec![
        post("form", "/report?sent".to_owned(), FORM, &bodies),
        post("track", format!("/track/{secret}"), FORM, &bodies),
        post("more", format!("/track/{secret}/more"), FORM, &bodies),
        post("several", "/report/several".to_owned(), FORM, &bodies),
        post("verify", "/receipt/verify".to_owned(), FORM, &bodies),
        post("enter", "/desk/enter/x".to_owned(), FORM, &bodies),
        post("open311", "/open311/v2/requests.json".to_owned(), FORM, &bodies),
        post("updates", "/open311/v2/servicerequestupdates.xml".to_owned(), FORM, &bodies),
        post("api", "/api/v1/reports".to_owned(), JSON, &json),
        post("api-notes", format!("/api/v1/reports/{secret}/notes"), JSON, &json),
        Target::elsewhere("addresses", corpus::addresses(&report, &id, &secret), move |input| {
            read.ask("GET", &sendable(input), &[("Accept-Language", "en")], b"").map(drop)
        }),
        Target::elsewhere("headers", corpus::words(), move |input| {
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
