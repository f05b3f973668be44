//! Forms as a browser sends them.

use std::time::{SystemTime, UNIX_EPOCH};

/// Names and values, in their order.
#[derive(Clone, Debug)]
pub struct Form(pub Vec<(String, String)>);

/// A fresh UUIDv7, as a page would carry it.
pub fn new_key() -> String {
    let millis = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let mut rest = [0; 10];
    getrandom::fill(&mut rest).unwrap();
    model::id::Key::from_parts(u64::try_from(millis).unwrap(), &rest).to_string()
}

impl Form {
    /// The least that is a report, under a fresh key.
    pub fn report() -> Self {
        Self::of(&[("key", &new_key()), ("category", "12P00"), ("address", "3 Mill Lane")])
    }

    /// The least that is a note to the report under `track`, under a fresh key.
    pub fn note(track: &str, text: &str) -> Self {
        let secret = track.rsplit('/').next().unwrap();
        Self::of(&[("key", &new_key()), ("secret", secret), ("note", text)])
    }

    pub fn of(fields: &[(&str, &str)]) -> Self {
        Self(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// With a field set to another value.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    pub fn key(&self) -> &str {
        self.value("key")
    }

    /// As `application/x-www-form-urlencoded`.
    pub fn body(&self) -> String {
        let pairs: Vec<String> =
            self.0.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        pairs.join("&")
    }
}

/// The serializer of the URL standard, section 5.2.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
