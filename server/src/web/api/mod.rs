//! `/api/v1`: JSON for our own clients.
//!
//! Every route is collected together with its description, so that `/api/v1/openapi.json` (OpenAPI 3.1) cannot say something else than
//! the code does. Errors are problem documents (RFC 9457). What anybody may read is as little as on `/open`; what a person sent is
//! behind their secret alone.

mod body;
mod categories;
mod incidents;
mod notes;
pub mod problem;
mod report;
mod send;
mod table;

use std::sync::LazyLock;

use app::text::{Locale, Text};
use axum::Extension;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::state::AppState;

/// What all of its paths begin with, and where reports are posted.
pub const ROOT: &str = "/api/v1";
pub const REPORTS: &str = "/api/v1/reports";

#[derive(OpenApi)]
#[openapi(info(
    title = "Shouwang",
    version = "1",
    description = "Reports of incidents and dangers: send them once, follow them by their secret, and read what is public. Names come in the \
                   language of `Accept-Language`. A life in danger is a call first: see `call` in the answers."
))]
struct Document;

static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    let document = collected().into_openapi();
    // A document is text, numbers and maps with texts for keys: nothing that JSON could not hold.
    document.to_json().unwrap_or_default()
});

/// The routes.
pub fn routes() -> Router<AppState> {
    collected().into()
}

fn collected() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(openapi))
        .routes(routes!(categories::categories))
        .routes(routes!(send::send))
        .routes(routes!(report::report))
        .routes(routes!(notes::add))
        .routes(routes!(incidents::incidents))
        .routes(routes!(incidents::geojson))
        .routes(routes!(table::csv))
}

/// This description, in OpenAPI 3.1.
#[utoipa::path(get, path = "/api/v1/openapi.json", responses((status = 200, body = serde_json::Value)))]
async fn openapi() -> Response {
    ([(CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// The sentences of whoever asks.
fn text(locale: Option<Extension<Locale>>) -> Text {
    Text::of(locale.map(|Extension(locale)| locale).unwrap_or_default())
}

/// UTC milliseconds as RFC 3339 has them.
fn time(millis: i64) -> String {
    Timestamp::from_millisecond(millis).unwrap_or_default().to_string()
}
