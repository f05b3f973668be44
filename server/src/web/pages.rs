//! Making pages.

use app::act::Returned;
use app::site::{Origin, Session};
use app::text::Locale;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use hub::{HubError, Staff};
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;

use super::client::{Client, Scheme};
use super::drain::drain;
use super::state::AppState;

/// The page under the request's address.
pub async fn page(State(state): State<AppState>, request: Request) -> Response {
    render(&state, request, None).await
}

/// What no route takes: a page that says so. A form that was sent here must not vanish behind a page that looks well.
pub async fn elsewhere(state: State<AppState>, request: Request) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return page(state, request).await;
    }
    drain(request.into_body()).await;
    state.0.0.plain.answer(StatusCode::NOT_FOUND)
}

/// The page under the request's address; with a form that comes back, filled in.
pub async fn render(state: &AppState, request: Request, returned: Option<Returned>) -> Response {
    let context = context(state, &request);
    let locale = request.extensions().get::<Locale>().copied().unwrap_or_default();
    let provide = move || {
        context();
        if let Some(returned) = &returned {
            provide_context(returned.clone());
        }
    };
    let mut response = leptos_axum::render_app_async_with_context(provide, app::shell)(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    // Not by cookie: no shared cache keeps a private page, and the browser's own asks again but when somebody goes back. Then the form
    // must be the one that was left, with its key, whatever cookies have come meanwhile.
    headers.insert(VARY, HeaderValue::from_static("Accept-Language, Accept-Encoding"));
    response
}

/// What pages and acts find in their context.
pub fn context(state: &AppState, request: &Request) -> impl Fn() + Clone + Send + Sync + 'static {
    let hub = state.0.hub.clone();
    let site = state.0.site.clone();
    let locale = request.extensions().get::<Locale>().copied().unwrap_or_default();
    let nonce = request.extensions().get::<Nonce>().cloned();
    let origin = origin(state, request);
    let staff = request.extensions().get::<Staff>().cloned();
    let source = request.extensions().get::<hub::Source>().cloned().or_else(|| {
        let client = request.extensions().get::<Client>()?;
        Some(hub::Source { address: Some(client.0), ..hub::Source::default() })
    });
    let session = request.extensions().get::<Session>().cloned();
    move || {
        provide_context(hub.clone());
        provide_context(site.clone());
        provide_context(locale);
        provide_context(origin.clone());
        if let Some(nonce) = &nonce {
            provide_context(nonce.clone());
        }
        if let Some(source) = &source {
            provide_context(source.clone());
        }
        if let (Some(staff), Some(session)) = (&staff, &session) {
            provide_context(staff.clone());
            provide_context(session.clone());
        }
    }
}

/// Where the reader sees the portal: configured, or as the request says.
fn origin(state: &AppState, request: &Request) -> Origin {
    if let Some(origin) = &state.0.site.origin {
        return Origin(origin.clone());
    }
    let scheme = request.extensions().get::<Scheme>().copied().unwrap_or_default();
    let host = super::origin::host(request.headers()).unwrap_or_default();
    Origin(format!("{}://{host}", scheme.name()))
}

/// The counts as CSV.
pub async fn counts(State(state): State<AppState>) -> Response {
    table(&state, state.0.hub.counts_table().await.map(Bytes::from_owner))
}

/// What was solved, as CSV.
pub async fn solved(State(state): State<AppState>) -> Response {
    table(&state, state.0.hub.solved_table().await.map(Bytes::from))
}

fn table(state: &AppState, csv: Result<Bytes, HubError>) -> Response {
    match csv {
        Ok(csv) => {
            let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
            (headers, Body::from(csv)).into_response()
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the counts could not be written");
            state.0.plain.answer(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
