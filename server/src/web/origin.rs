//! Forms are taken from our own pages only.
//!
//! A browser says where a request comes from: `Sec-Fetch-Site` (Fetch Metadata), or, if it is older, `Origin`. A program says neither; it
//! carries nobody's cookies either, so there is nothing to forge.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;

use super::drain::drain;
use super::state::AppState;

/// Gives a request back that may come from where it comes.
///
/// # Errors
/// The refusal of any other.
pub async fn check(state: &AppState, request: Request) -> Result<Request, Response> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers(), state.0.site.origin.as_deref()) {
        return Ok(request);
    }
    metrics::counter!("cross_site_refused_total").increment(1);
    drain(request.into_body()).await;
    Err(state.0.plain.answer(StatusCode::FORBIDDEN))
}

/// The host that the client asked for.
pub fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(HOST).and_then(|host| host.to_str().ok())
}

fn is_ours(headers: &HeaderMap, configured: Option<&str>) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        // `none`: the person typed the address or reloaded.
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    match configured {
        Some(configured) => origin == configured,
        None => origin.split_once("://").is_some_and(|(_, from)| host(headers) == Some(from)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(headers: &[(&str, &str)], configured: Option<&str>) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse::<axum::http::HeaderName>().unwrap(), value.parse().unwrap()));
        is_ours(&headers.collect(), configured)
    }

    #[test]
    fn other_sites_cannot_post() {
        for site in ["cross-site", "same-site", ""] {
            assert!(!ours(&[("sec-fetch-site", site)], None), "{site}");
        }
        assert!(!ours(&[("host", "a.example"), ("origin", "https://b.example")], None));
        assert!(!ours(&[("host", "a.example"), ("origin", "null")], None));
        assert!(!ours(&[("host", "a.example"), ("origin", "http://a.example")], Some("https://a.example")));
        assert!(!ours(
            &[("sec-fetch-site", "cross-site"), ("host", "a.example"), ("origin", "https://a.example")],
            None
        ));
    }

    #[test]
    fn our_own_pages_and_programs_can() {
        assert!(ours(&[("sec-fetch-site", "same-origin")], None));
        assert!(ours(&[("sec-fetch-site", "none")], None));
        assert!(ours(&[("host", "a.example"), ("origin", "https://a.example")], None));
        assert!(ours(&[("host", "proxied"), ("origin", "https://a.example")], Some("https://a.example")));
        assert!(ours(&[], None));
    }
}
