//! Proof that it was this server that answered, for whoever asks: a network that demands a log-in first answers everything, and well.
//!
//! A request brings a nonce in `Shouwang-Nonce`; the answer, whatever it is, brings the signature over it in `Shouwang-Proof`. The public
//! key stands under `/.well-known/shouwang-keys.json`, as a set of JSON web keys (RFC 7517; Ed25519 after RFC 8037).

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::state::AppState;

const NONCE: HeaderName = HeaderName::from_static("shouwang-nonce");
const PROOF: HeaderName = HeaderName::from_static("shouwang-proof");

/// The proof that a request asks for, as a header of its answer.
pub fn proof(state: &AppState, request: &Request) -> Option<(HeaderName, HeaderValue)> {
    let nonce = request.headers().get(NONCE)?.to_str().ok()?;
    let proof = state.0.hub.proof(nonce)?;
    Some((PROOF, HeaderValue::from_str(&proof).ok()?))
}

/// Who signs receipts and proofs.
pub async fn keys(State(state): State<AppState>) -> Response {
    let key = json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "x": state.0.hub.signer() });
    ([(CACHE_CONTROL, "public, max-age=3600")], Json(json!({ "keys": [key] }))).into_response()
}
