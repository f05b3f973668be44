//! Short messages by a webhook: a gateway of the operator's gets each as a signed POST of JSON.
//!
//! Body: `{"id": "…", "to": "+8613812345678", "text": "…"}`. Headers: `Shouwang-Timestamp`, seconds since 1970; `Shouwang-Signature`, `v1=`
//! and in hex the HMAC-SHA-256 of timestamp, `.` and body under the shared secret; `Idempotency-Key`, the id again: the same whenever this
//! message is sent. The gateway answers 2xx when it has taken it over; 429 and 5xx are tried again, anything else is not.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use hub::{Sms, Texter};
use model::notice::Reason;
use sha2::Sha256;
use ureq::Agent;

use crate::commands::Failure;

/// How long the gateway may take.
const WHOLE: Duration = Duration::from_secs(20);
/// The shortest secret, in characters.
const SHORTEST: usize = 16;

pub struct Webhook {
    agent: Agent,
    url: String,
    secret: String,
}

impl Webhook {
    /// The URL is the operator's word: nothing that anybody types reaches it.
    pub fn new(url: &str, secret: String) -> Result<Self, Failure> {
        let plain = url.strip_prefix("http://");
        if plain.is_none() && !url.starts_with("https://") {
            return Err("--sms-webhook is not https://HOST/PATH".into());
        }
        if plain.is_some_and(|place| !is_this_machine(place)) {
            return Err("--sms-webhook: numbers would go over the network in the open: https://…".into());
        }
        if secret.len() < SHORTEST {
            return Err(format!("--sms-secret-file: the first line holds at least {SHORTEST} characters").into());
        }
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(WHOLE))
            .user_agent("shouwang")
            .build();
        Ok(Self { agent: config.into(), url: url.to_owned(), secret })
    }
}

/// Whether what stands behind `http://` or `smtp://` is our own machine.
pub fn is_this_machine(place: &str) -> bool {
    let place = place.split(['/', '?']).next().unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|host| place.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

#[async_trait]
impl Texter for Webhook {
    async fn send(&self, sms: &Sms) -> Result<(), Reason> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| Reason::Ours)?;
        let body = serde_json::json!({ "id": sms.id.to_string(), "to": sms.to.as_str(), "text": sms.body }).to_string();
        let timestamp = since.as_secs().to_string();
        let signature = signature(&self.secret, &timestamp, &body);
        let request = self
            .agent
            .post(&self.url)
            .header("Content-Type", "application/json")
            .header("Shouwang-Timestamp", timestamp)
            .header("Shouwang-Signature", signature)
            .header("Idempotency-Key", sms.id.to_string());
        // The client waits in its own thread: messages are few, and so are the senders.
        let asked = tokio::task::spawn_blocking(move || request.send(body)).await.map_err(|_| Reason::Ours)?;
        let status = asked.map_err(|_| Reason::Unreachable)?.status().as_u16();
        tracing::debug!(notice = %sms.id, status, "the gateway has answered");
        verdict(status)
    }
}

fn signature(secret: &str, timestamp: &str, body: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mac| {
        let mac = [timestamp, ".", body].iter().fold(mac, |mac, part| mac.chain_update(part));
        HEXLOWER.encode(&mac.finalize().into_bytes())
    });
    // HMAC takes a key of any length (RFC 2104, section 2).
    format!("v1={}", mac.unwrap_or_default())
}

fn verdict(status: u16) -> Result<(), Reason> {
    match status {
        200..=299 => Ok(()),
        408 | 425 | 429 | 500..=599 => Err(Reason::Later),
        401 | 403 | 404 => Err(Reason::Ours),
        _ => Err(Reason::Rejected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_never_go_in_the_open_and_the_secret_is_one() {
        let webhook = |url, secret: &str| Webhook::new(url, secret.to_owned()).map(|_| ());
        let secret = "0123456789abcdef";
        for url in [
            "http://sms.example/send",
            "ftp://sms.example",
            "sms.example",
            "http://127.0.0.1.example/",
            "http://localhost@evil.example/",
        ] {
            assert!(webhook(url, secret).is_err(), "{url}");
        }
        assert!(webhook("https://sms.example/send", "short").is_err());
        for url in ["https://sms.example/send", "http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:1"] {
            assert!(webhook(url, secret).is_ok(), "{url}");
        }
    }

    #[test]
    fn the_signature_is_the_mac_of_timestamp_and_body() {
        // Computed apart: printf '1700000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
        let known = "v1=e4f8e2ecae2295b2ddb2f0b5584c8275e226c0ebe9b3b819e70156bb67122e3e";
        assert_eq!(signature("0123456789abcdef", "1700000000", "{}"), known);
    }

    #[test]
    fn what_may_go_well_later_is_told_from_what_will_not() {
        assert_eq!(verdict(202), Ok(()));
        assert_eq!([429, 500, 503].map(verdict), [Err(Reason::Later); 3]);
        assert_eq!([400, 422, 302].map(verdict), [Err(Reason::Rejected); 3]);
        assert_eq!(verdict(401), Err(Reason::Ours), "a wrong secret is no fault of the number");
    }
}
