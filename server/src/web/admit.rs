//! Letting requests in: what is cheap and refuses stands before what is dear.

use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::middleware::Next;
use axum::response::Response;

use super::state::AppState;
use super::{client, desk, device, locale, origin, rate};

pub async fn admit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    admitted(&state, request, next).await.unwrap_or_else(|refusal| refusal)
}

async fn admitted(state: &AppState, mut request: Request, next: Next) -> Result<Response, Response> {
    client::identify(state, &mut request);
    let request = rate::slow(state, request).await?;
    let mut request = origin::check(state, request).await?;
    let cookies = [locale::choose(&mut request), device::identify(&mut request)];
    desk::identify(state, &mut request).await?;
    let mut response = next.run(request).await;
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
