//! Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2), under `/open311/v2`: for programs of other cities and of other makers.
//!
//! What anybody may read here is less than the standard foresees: words, names and exact places of a report are nobody's but its
//! author's and the desk's. A place is the middle of an area that has enough reports to hide one.

mod answer;
mod discovery;
mod extended;
mod media;
mod requests;
mod sent;
mod services;
mod updates;
mod value;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method};
use axum::routing::get;

pub use self::answer::refused;
use self::answer::{Answer, File, Refusal};
use super::state::AppState;
use super::window::Parameters;

/// What all of its paths begin with.
pub const ROOT: &str = "/open311/v2";
/// Where reports are posted, in either format.
pub const REPORTS: [&str; 2] = ["/open311/v2/requests.json", "/open311/v2/requests.xml"];

/// Whether a request is a report with files, which may take its time.
pub fn brings_media(request: &Request) -> bool {
    let reports = *request.method() == Method::POST && REPORTS.contains(&request.uri().path());
    reports && kind(request.headers()) == MULTIPART
}

const MULTIPART: &str = "multipart/form-data";

/// What a body is said to be, without its parameters.
fn kind(headers: &HeaderMap) -> String {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The routes. The format is the ending of the last part of a path, as `services.json`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/open311/v2/{file}", get(top).post(take))
        .route("/open311/v2/services/{file}", get(services::definition))
        .route("/open311/v2/requests/{file}", get(requests::one))
        .route("/open311/v2/tokens/{file}", get(requests::token))
}

async fn top(state: State<AppState>, file: Path<String>, query: Query<Parameters>, headers: HeaderMap) -> Answer {
    match File::of(&file)?.name {
        "discovery" => discovery::discovery(&state, &file),
        "services" => services::list(&state, &file, &query, &headers),
        "requests" => requests::list(&state, &file, &query, &headers).await,
        "servicerequestupdates" => updates::list(&state, &file, &query, &headers).await,
        _ => Err(Refusal::missing(&file, "there is nothing under this name")),
    }
}

async fn take(
    State(state): State<AppState>,
    Path(file): Path<String>,
    Query(query): Query<Parameters>,
    request: Request,
) -> Answer {
    let name = File::of(&file)?.name;
    if !["requests", "servicerequestupdates"].contains(&name) {
        return Err(Refusal::missing(&file, "there is nothing to post to under this name"));
    }
    let sent = sent::read(&state, &file, query, request).await?;
    match name {
        "requests" => requests::post(&state, &file, sent).await,
        _ => updates::post(&state, &file, &sent).await,
    }
}
