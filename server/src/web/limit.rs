//! No request takes for ever.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

use super::state::AppState;

pub async fn in_time(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(state.0.web.answer_time(), next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!("a request was given up");
            state.0.plain.answer(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
