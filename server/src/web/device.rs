//! A cookie that tells one browser from another for a day, while it reports: random, not looked at for anything else, never stored.

use axum::extract::Request;
use axum::http::header::COOKIE;
use axum::http::{HeaderValue, Method};
use data_encoding::BASE64URL_NOPAD;

use super::client::{Client, Scheme};
use super::several;

/// The page that gives the cookie. It and what stands below it get it back.
const PATH: &str = "/report";
const NAME: &str = "device";
/// What a cookie of ours looks like: 16 bytes.
const LENGTH: usize = 22;
/// A day in seconds.
const DAY: u32 = 86_400;

/// Who sends a report, as far as anybody may know: the cookie of the browser and the address.
///
/// Gives the cookie for a browser that has none.
pub fn identify(request: &mut Request) -> Option<HeaderValue> {
    if ![PATH, several::PATH].contains(&request.uri().path()) {
        return None;
    }
    let device = device(request);
    let address = request.extensions().get::<Client>().map(|client| client.0);
    let scheme = request.extensions().get::<Scheme>().copied().unwrap_or_default();
    let gives = device.is_none() && request.method() == Method::GET;
    request.extensions_mut().insert(hub::Source { device, address, ..hub::Source::default() });
    gives.then(|| cookie(scheme)).flatten()
}

fn device(request: &Request) -> Option<String> {
    let cookies = request.headers().get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut named = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    let device = named.find(|(name, value)| *name == NAME && value.len() == LENGTH);
    device.map(|(_, value)| value.to_owned())
}

fn cookie(scheme: Scheme) -> Option<HeaderValue> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    let secure = if scheme.name() == "https" { "; Secure" } else { "" };
    let value = BASE64URL_NOPAD.encode(&bytes);
    let cookie = format!("{NAME}={value}; Path={PATH}; Max-Age={DAY}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).ok()
}
