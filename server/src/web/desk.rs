//! Who of the staff is asking.
//!
//! A session is a cookie that scripts cannot read and other sites cannot send, and that goes to the desk's pages alone.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::COOKIE;
use axum::response::Response;
use jiff::Timestamp;

use app::site::Session;

use super::client::Scheme;
use super::state::AppState;

/// The path of the desk's pages, and of the cookie.
pub const PATH: &str = "/desk";
const NAME: &str = "desk";

/// Finds out who is asking for a page of the desk. Whether they may see it, the page decides.
///
/// # Errors
/// The refusal, when that cannot be found out.
pub async fn identify(state: &AppState, request: &mut Request) -> Result<(), Response> {
    let path = request.uri().path();
    let of_desk = path.strip_prefix(PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let Some(session) = of_desk.then(|| session(request)).flatten() else { return Ok(()) };
    match state.0.hub.signed_in(&session).await {
        Ok(Some(staff)) => {
            request.extensions_mut().insert(staff);
            request.extensions_mut().insert(Session(session));
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a session cannot be looked up");
            Err(state.0.plain.answer(StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}

fn session(request: &Request) -> Option<String> {
    let cookies = request.headers().get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut named = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    named.find(|(name, _)| *name == NAME).map(|(_, secret)| secret.to_owned())
}

/// The cookie that keeps a session until `until` (UTC milliseconds); with an empty secret, the one that ends it.
pub fn cookie(secret: &str, now: i64, until: i64, scheme: Scheme) -> Option<HeaderValue> {
    let seconds =
        Timestamp::from_millisecond(until).ok()?.as_second() - Timestamp::from_millisecond(now).ok()?.as_second();
    let secure = if scheme.name() == "https" { "; Secure" } else { "" };
    let cookie = format!("{NAME}={secret}; Path={PATH}; Max-Age={}; HttpOnly; SameSite=Strict{secure}", seconds.max(0));
    HeaderValue::from_str(&cookie).ok()
}
