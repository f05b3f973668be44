//! Posting a form to the path of its own page.
//!
//! The body goes to the page's server function. A success redirects (303); a refusal is the page again, filled in, in this very answer:
//! what was typed is kept nowhere, so it cannot get lost, not even when the disk is full. The switch to the other language posts the form
//! too, and gets it back the same way.

use std::time::Duration;

use app::act::{Outcome, Slot};
use app::text::Locale;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, REFERER, SET_COOKIE};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use leptos::prelude::provide_context;

use super::client::Scheme;
use super::drain::drain;
use super::program::{self, Wants};
use super::state::AppState;
use super::{desk, limit, pages, plain, rate, several};

/// What ordinary forms come as.
pub const FORM: &str = "application/x-www-form-urlencoded";

pub async fn post(act: &'static str, State(state): State<AppState>, request: Request) -> Response {
    match act_on(act, &state, request).await {
        Ok(response) => response,
        Err(status) => state.0.plain.answer(status),
    }
}

async fn act_on(act: &'static str, state: &AppState, request: Request) -> Result<Response, StatusCode> {
    let (mut parts, body) = request.into_parts();
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is = |form: &str| kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(form);
    let with_file = act == several::ACT && is("multipart/form-data");
    if !with_file && !is(FORM) {
        drain(body).await;
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let mut body = read(state, &parts.headers, body).await?;
    if with_file {
        body = several::plain(&mut parts, body).await?;
    }
    if let Some(source) = parts.extensions.get::<hub::Source>() {
        if act == several::ACT {
            let (reports, danger) = several::weight(&state.0.hub, &body);
            rate::hold_reports(state, source, reports, || danger).await;
        } else {
            rate::hold_report(state, source, || rate::in_danger(&body)).await;
        }
    }

    // The page's own address comes back into force for the page; the act has an address of its own.
    let page = std::mem::replace(&mut parts.uri, Uri::from_static(act));
    let wants = Wants::of(&parts.headers);
    let locale = parts.extensions.get::<Locale>().copied().unwrap_or_default();
    // Not as a browser's form: where to go next is decided here, not by the referring page.
    let accept = parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    parts.headers.remove(REFERER);
    let mut again = parts.clone();
    let scheme = parts.extensions.get::<Scheme>().copied().unwrap_or_default();
    let request = Request::from_parts(parts, Body::from(body));

    let slot = Slot::default();
    let context = pages::context(state, &request);
    let provide = {
        let slot = slot.clone();
        move || {
            context();
            provide_context(slot.clone());
        }
    };
    let answer = leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    match slot.take() {
        Some(Outcome::Done(next)) if wants.success_as_json => program::done(&state.0.hub, &next).await,
        Some(Outcome::Done(next)) => see_other(&next),
        Some(Outcome::SignedIn { next, session, until }) => {
            let mut response = see_other(&next)?;
            set_cookie(&mut response, desk::cookie(&session, state.0.hub.now(), until, scheme));
            Ok(response)
        }
        Some(Outcome::SignedOut(next)) => {
            let mut response = see_other(&next)?;
            set_cookie(&mut response, desk::cookie("", 0, 0, scheme));
            Ok(response)
        }
        Some(Outcome::Returned(returned)) if wants.refusal_as_json => Ok(program::refused(&returned, locale)),
        Some(Outcome::Returned(returned)) => {
            again.method = Method::GET;
            again.uri = page;
            match accept {
                Some(accept) => again.headers.insert(ACCEPT, accept),
                None => again.headers.remove(ACCEPT),
            };
            Ok(pages::render(state, Request::from_parts(again, Body::empty()), Some(*returned)).await)
        }
        // The act never ran: its arguments could not be read.
        None if answer.status().is_success() => Err(StatusCode::INTERNAL_SERVER_ERROR),
        None => Err(StatusCode::BAD_REQUEST),
    }
}

/// The whole body, bounded in size and in time.
pub async fn read(
    state: &AppState,
    headers: &axum::http::HeaderMap,
    body: Body,
) -> Result<axum::body::Bytes, StatusCode> {
    let most = state.0.web.most_bytes;
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        drain(body).await;
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let reading = Limited::new(body, most).collect();
    let read = tokio::time::timeout(state.0.web.body_time(), reading).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
    limit::begin_after(Duration::ZERO);
    match read {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}

fn set_cookie(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn see_other(next: &str) -> Result<Response, StatusCode> {
    let location = HeaderValue::from_str(next).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(LOCATION, location);
    plain::never_keep(&mut response);
    Ok(response)
}
