//! Proof that it was this server that answered, for whoever asks: a network that demands a log-in first answers everything, and well.
//!
//! A request brings a nonce in `Shouwang-Nonce`; the answer, whatever it is, brings the signature over it in `Shouwang-Proof`. The public
//! key stands under `/.well-known/shouwang-keys.json`, as a set of JSON web keys (RFC 7517; Ed25519 after RFC 8037).

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::state::AppState;

const NONCE: HeaderName = HeaderName::from_static("shouwang-nonce");
const PROOF: HeaderName = HeaderName::from_static("shouwang-proof");

pub async fn prove(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let nonce = request.headers().get(NONCE).and_then(|nonce| nonce.to_str().ok());
    let proof = nonce.and_then(|nonce| state.0.hub.proof(nonce));
    let mut response = next.run(request).await;
    if let Some(proof) = proof.and_then(|proof| HeaderValue::from_str(&proof).ok()) {
        response.headers_mut().insert(PROOF, proof);
    }
    response
}

/// Who signs receipts and proofs.
pub async fn keys(State(state): State<AppState>) -> Response {
    let key = json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "x": state.0.hub.signer() });
    ([(CACHE_CONTROL, "public, max-age=3600")], Json(json!({ "keys": [key] }))).into_response()
}
