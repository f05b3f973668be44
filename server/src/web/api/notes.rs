//! What the person who reported says later.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use model::note::RawNote;
use serde::Deserialize;
use utoipa::ToSchema;

use super::body;
use super::problem::Problem;
use crate::web::state::AppState;

/// Something that is said about a report.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// A UUID of version 7 that is made with the note: the same key again is the same note.
    #[schema(format = "uuid")]
    key: String,
    #[serde(default)]
    act: Act,
    /// `solved`, `partly` or `not-solved`, with `rate`.
    #[serde(default)]
    rating: String,
    #[serde(default)]
    text: String,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// More about it.
    #[default]
    More,
    /// To the question of the department.
    Answer,
    /// It was closed, and is not solved.
    Contest,
    /// How it went.
    Rate,
}

impl Act {
    /// The name in the portal's form.
    fn name(self) -> &'static str {
        match self {
            Self::More => "",
            Self::Answer => "answer",
            Self::Contest => "contest",
            Self::Rate => "rate",
        }
    }
}

/// Adds to a report; the secret is the leave to do so.
#[utoipa::path(post, path = "/api/v1/reports/{secret}/notes", request_body = NewNote,
    params(("secret" = String, Path, description = "From the receipt.")), responses(
    (status = 204, description = "It is on the disk, now or since before."),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn add(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let NewNote { key, act, rating, text } = body::read(&state, request).await?.value;
    let raw = RawNote { key, act: act.name().to_owned(), rating, note: text };
    state.0.hub.say(&secret, &raw).await?;
    Ok(StatusCode::NO_CONTENT)
}
