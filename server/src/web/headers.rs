//! Headers of every answer: for its security, with the nonce that lets our own scripts run, and the proof that it is ours.

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE64;
use leptos::nonce::Nonce;
use sha2::{Digest, Sha256};

use super::proof::proof;
use super::state::AppState;

/// The policy of an installation, up to the nonce.
pub struct Policy {
    before: String,
    after: String,
    hsts: bool,
}

impl Policy {
    pub fn new(css: &str, hsts: bool) -> Self {
        let css = BASE64.encode(&Sha256::digest(css.as_bytes()));
        Self {
            before: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'nonce-".to_owned(),
            after: format!(
                "'; style-src 'sha256-{css}'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
                 form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
            ),
            hsts,
        }
    }

    fn with(&self, nonce: &Nonce) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!("{}{nonce}{}", self.before, self.after)).ok()
    }
}

const FIXED: [(HeaderName, HeaderValue); 5] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Not no-referrer: a form would then arrive with the origin `null`.
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("geolocation=(self), camera=(), microphone=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

pub async fn secure(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let (nonce, proof) = (Nonce::new(), proof(&state, &request));
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.extend(FIXED);
    headers.extend(proof);
    if let Some(policy) = state.0.policy.with(&nonce) {
        // What is no page may have a narrower one.
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    if state.0.policy.hsts {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    response
}
