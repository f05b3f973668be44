//! No request takes for ever.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

use super::photo;
use super::state::AppState;

/// How long sending photos may take in all: 100 MB on a slow line.
const UPLOAD: Duration = Duration::from_secs(30 * 60);

pub async fn in_time(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // Photos take as long as they keep coming: each piece has a time of its own.
    let patience = if photo::is_upload(&request) { UPLOAD } else { state.0.web.answer_time() };
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!("a request was given up");
            state.0.plain.answer(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
