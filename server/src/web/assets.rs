//! The files of the browser half, carried inside the binary, compressed beforehand.

use app::site::Site;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use super::compress::accepts;

/// What `cargo xtask build` laid ready.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Files;

/// What the build says of itself.
#[derive(Deserialize)]
struct Manifest {
    /// The stem of the script's files.
    app: String,
}

/// Gives the pages their style and their script.
pub fn dress(site: &mut Site) {
    let text = |name| Files::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    site.css = text("main.css").unwrap_or_default();
    let manifest = text("site.json").and_then(|manifest| serde_json::from_str::<Manifest>(&manifest).ok());
    site.script = manifest.map(|manifest| manifest.app);
    if site.css.is_empty() || site.script.is_none() {
        tracing::warn!(
            "built without the browser half: pages work, but have no style or no script; use cargo xtask build"
        );
    }
}

/// Names under `/pkg` hold a hash of their content and never change; what stands under `/offline` belongs to the page that names it.
fn cache(path: &str) -> &'static str {
    match path.split('/').next() {
        Some("pkg") => "public, max-age=31536000, immutable",
        Some("offline") => "no-cache",
        _ => "public, max-age=3600",
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

pub async fn serve(request: Request) -> Response {
    // The table of embedded names is all there is: no path leads out of it.
    let path = request.uri().path().trim_start_matches('/');
    match chosen(path, request.headers()) {
        Some((file, encoding)) => answer(path, &file, encoding, request.headers()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn chosen(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    for (encoding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(headers, encoding)
            && let Some(file) = Files::get(&format!("{path}{suffix}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Files::get(path).map(|file| (file, None))
}

fn answer(path: &str, file: &EmbeddedFile, encoding: Option<&'static str>, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", HEXLOWER.encode(&file.metadata.sha256_hash()[..12]));
    let known = headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let body = if known { Body::empty() } else { Body::from(file.data.to_vec()) };
    let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let fixed = [(CONTENT_TYPE, kind(path)), (CACHE_CONTROL, cache(path)), (VARY, "Accept-Encoding")];
    let mut response = (status, fixed, body).into_response();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    if let Some(encoding) = encoding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
