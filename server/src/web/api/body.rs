//! Reading what a program sends: JSON, bounded in size and time.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::web::client::Client;
use crate::web::drain::drain;
use crate::web::forms;
use crate::web::state::AppState;

/// What the sender is told of a body that cannot be read, in characters: it may hold all of that body.
const TOLD: usize = 200;

/// What was sent, and from where.
pub struct Sent<T> {
    pub value: T,
    pub address: Option<IpAddr>,
}

pub async fn read<T: DeserializeOwned>(state: &AppState, request: Request) -> Result<Sent<T>, Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let json = kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json");
    let address = request.extensions().get::<Client>().map(|client| client.0);
    let (parts, body) = request.into_parts();
    if !json {
        drain(body).await;
        return Err(Problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let body = forms::read(state, &parts.headers, body).await.map_err(Problem::of)?;
    let unread = |error: serde_json::Error| {
        let told: String = error.to_string().chars().take(TOLD).collect();
        Problem::saying(StatusCode::BAD_REQUEST, format!("The body does not fit: {told}"))
    };
    Ok(Sent { value: serde_json::from_slice(&body).map_err(unread)?, address })
}
