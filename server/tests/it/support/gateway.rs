//! A gateway for short messages, as an operator would write one: it checks who calls, and takes each message once.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use tokio::runtime::Runtime;

use super::wait;

pub const SECRET: &str = "a secret of the gateway and the portal";

#[derive(Default)]
struct Seen {
    /// Statuses to answer with before all goes well, the last first.
    answers: Vec<u16>,
    /// Every call: the body, and whether it was signed by the secret.
    calls: Vec<(Value, bool)>,
}

pub struct Gateway {
    pub address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    /// It serves until this is dropped.
    _runtime: Runtime,
}

impl Gateway {
    /// It answers its first calls with these statuses, and every later one with 202.
    pub fn start(answers: &[u16]) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let seen = Arc::new(Mutex::new(Seen { answers: answers.iter().rev().copied().collect(), calls: Vec::new() }));
        let router = Router::new().route("/send", post(take)).with_state(seen.clone());
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { address, seen, _runtime: runtime }
    }

    pub fn url(&self) -> String {
        format!("http://{}/send", self.address)
    }

    /// Waits for so many calls; gives all of them.
    pub fn until(&self, count: usize) -> Vec<(Value, bool)> {
        wait::found(&format!("{count} calls of the gateway"), || {
            let calls = self.seen.lock().unwrap().calls.clone();
            (calls.len() >= count).then_some(calls)
        })
    }
}

async fn take(State(seen): State<Arc<Mutex<Seen>>>, headers: HeaderMap, body: String) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let mac = mac.chain_update(header("shouwang-timestamp")).chain_update(".").chain_update(&body);
    let expected = format!("v1={}", HEXLOWER.encode(&mac.finalize().into_bytes()));
    let message: Value = serde_json::from_str(&body).unwrap();
    let signed = header("shouwang-signature") == expected && message["id"] == header("idempotency-key");
    let mut seen = seen.lock().unwrap();
    seen.calls.push((message, signed));
    seen.answers.pop().map_or(StatusCode::ACCEPTED, |status| StatusCode::from_u16(status).unwrap())
}
