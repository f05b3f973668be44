//! Making answers small.
//!
//! Pages are made anew for everybody, so they are compressed by what is quick: nearly as small as brotli of its fourth level, in a sixth
//! of the time. Each is in memory as a whole, and compressed as a whole: for a stream of unknown length the tables would be larger than
//! the page. What never changes was compressed by brotli when it was built.

use std::cell::RefCell;
use std::io::Write;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

/// What fits into one packet anyway stays as it is.
const LEAST: usize = 1_024;

type Squeeze = fn(&[u8]) -> std::io::Result<Vec<u8>>;

/// By preference.
const ENCODINGS: [(&str, Squeeze); 2] = [("zstd", zstd), ("gzip", gzip)];

const LEVEL: i32 = 4;

thread_local! {
    /// Its tables are made once, not for every page.
    static ZSTD: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
}

fn zstd(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    ZSTD.with_borrow_mut(|kept| match kept {
        Some(compressor) => compressor.compress(plain),
        none => none.insert(zstd::bulk::Compressor::new(LEVEL)?).compress(plain),
    })
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut small = flate2::write::GzEncoder::new(
        Vec::with_capacity(plain.len() / 2),
        flate2::Compression::new(LEVEL.unsigned_abs()),
    );
    small.write_all(plain)?;
    small.finish()
}

/// Whether a client takes an encoding (RFC 9110, section 12.5.3): named, and not with a weight of nothing.
pub fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_some_and(|weight| weight > 0.0)
    })
}

/// Makes texts whole, and compresses them for clients that take it.
pub async fn compress(request: Request, next: Next) -> Response {
    let chosen = ENCODINGS.into_iter().find(|(name, _)| accepts(request.headers(), name));
    let mut response = next.run(request).await;
    if !is_text(response.headers()) || response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    response.headers_mut().entry(VARY).or_insert(HeaderValue::from_static("Accept-Encoding"));
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        tracing::error!("a page broke off while it was made");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let chosen = chosen.filter(|_| plain.len() >= LEAST);
    let body = match chosen.and_then(|(name, squeeze)| Some((name, squeeze(&plain).ok()?))) {
        Some((name, small)) => {
            parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
            parts.headers.remove(CONTENT_LENGTH);
            Bytes::from(small)
        }
        None => plain,
    };
    Response::from_parts(parts, Body::from(body))
}

fn is_text(headers: &HeaderMap) -> bool {
    let texts: [&[u8]; 3] = [b"text/", b"application/json", b"application/geo+json"];
    headers.get(CONTENT_TYPE).is_some_and(|kind| texts.iter().any(|text| kind.as_bytes().starts_with(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(header: &'static str) -> [bool; 2] {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(header))]);
        ENCODINGS.map(|(name, _)| accepts(&headers, name))
    }

    #[test]
    fn a_client_gets_only_what_it_takes() {
        assert_eq!(takes("gzip, deflate, br, zstd"), [true, true]);
        assert_eq!(takes("GZIP;q=0.5,zstd;q=0"), [false, true]);
        assert_eq!(takes("zstd; q=0.0, gzip;q=x"), [false, false]);
        assert_eq!(takes("*, identity;q=0"), [false, false]);
    }

    #[test]
    fn what_is_compressed_opens_to_the_same() {
        let page = "守望 ".repeat(5_000);
        for (name, squeeze) in ENCODINGS {
            let small = squeeze(page.as_bytes()).unwrap();
            assert!(small.len() * 20 < page.len(), "{name}");
            let mut open: Box<dyn std::io::Read> = match name {
                "zstd" => Box::new(zstd::Decoder::new(&*small).unwrap()),
                _ => Box::new(flate2::read::GzDecoder::new(&*small)),
            };
            assert_eq!(std::io::read_to_string(&mut open).unwrap(), page, "{name}");
        }
    }
}
