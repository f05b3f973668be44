//! Whether the process lives, and whether it can do its work.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use store::Place;

use super::state::AppState;

/// With less than this much room left, in bytes, the store counts as full.
const ROOM: u64 = 4 << 20;

/// The process lives.
pub async fn alive() -> &'static str {
    "alive\n"
}

#[derive(Serialize)]
struct Readiness {
    /// `ready`; `degraded`: reports are taken in, but something behind it waits; `unavailable`: they are not.
    status: &'static str,
    store: &'static str,
    feed: &'static str,
    /// Bytes left where the database is, when it is a file.
    room: Option<u64>,
    /// Events that the consumers have not applied yet.
    backlog: Option<i64>,
}

/// Whether reports are taken in (200) or not (503), and the truth about each part.
///
/// A broker that is away does not make the server unready: reports are stored all the same, and the relay catches up.
pub async fn ready(State(state): State<AppState>) -> Response {
    let store = state.0.hub.store().ping().await.is_ok();
    let feed = state.0.feed.health().await.is_ok();
    let backlog = if store { state.0.hub.backlog().await.ok() } else { None };
    let room = room(&state.0.place);
    let takes_in = store && !state.is_stopping() && room.is_none_or(|room| room >= ROOM);
    let status = match (takes_in, feed) {
        (true, true) => "ready",
        (true, false) => "degraded",
        (false, _) => "unavailable",
    };
    let readiness = Readiness {
        status,
        store: if store { "up" } else { "down" },
        feed: if feed { "up" } else { "down" },
        room,
        backlog,
    };
    let code = if takes_in { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, [(CACHE_CONTROL, "no-store")], Json(readiness)).into_response()
}

fn room(place: &Place) -> Option<u64> {
    let Place::File(file) = place else { return None };
    let about = rustix::fs::statvfs(file.parent()?).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}
