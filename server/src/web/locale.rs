//! The reader's language: what the address says, else what was chosen before, else what the browser accepts.

use app::text::Locale;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};

/// Notes the language. Gives the cookie that remembers one that was asked for.
pub fn choose(request: &mut Request) -> Option<HeaderValue> {
    let asked = request.uri().query().and_then(asked);
    let locale = asked.or_else(|| remembered(request)).or_else(|| accepted(request)).unwrap_or_default();
    request.extensions_mut().insert(locale);
    let tag = asked?.tag();
    HeaderValue::from_str(&format!("lang={tag}; Path=/; Max-Age=31536000; SameSite=Lax")).ok()
}

fn asked(query: &str) -> Option<Locale> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Locale::parse)
}

fn remembered(request: &Request) -> Option<Locale> {
    let cookies = request.headers().get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix("lang="))
        .and_then(Locale::parse)
}

fn accepted(request: &Request) -> Option<Locale> {
    request.headers().get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok()).and_then(Locale::accepted)
}
