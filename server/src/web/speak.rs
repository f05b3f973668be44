//! What stands before all routes refuses by pages for people: a program gets the document of the interface that it speaks instead.

use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::{api, open311};

/// What the paths of an interface begin with, and its document for a path and a status.
type Interface = (&'static str, fn(&str, StatusCode) -> Response);

const INTERFACES: [Interface; 2] = [(api::ROOT, api::problem::refused), (open311::ROOT, open311::refused)];

pub async fn speak(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let interface = INTERFACES.iter().find(|(root, _)| path.starts_with(root));
    let response = next.run(request).await;
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    match interface {
        Some((_, document)) if refused && is_for_people(response.headers()) => {
            instead(response, document(&path, status))
        }
        _ => response,
    }
}

fn is_for_people(headers: &HeaderMap) -> bool {
    let kinds: [&[u8]; 2] = [b"text/html", b"text/plain"];
    headers.get(CONTENT_TYPE).is_none_or(|kind| kinds.iter().any(|known| kind.as_bytes().starts_with(known)))
}

/// The document with whatever else was said beside the page, such as when to come again.
fn instead(page: Response, document: Response) -> Response {
    let (mut parts, _) = page.into_parts();
    for of_the_page in [CONTENT_LENGTH, CONTENT_ENCODING, CONTENT_LANGUAGE] {
        parts.headers.remove(of_the_page);
    }
    let (own, body) = document.into_parts();
    parts.headers.extend(own.headers);
    Response::from_parts(parts, body)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    async fn defect() -> &'static str {
        panic!("a defect")
    }

    async fn given_up() -> (StatusCode, [(&'static str, &'static str); 2], &'static str) {
        let headers = [("content-type", "text/html; charset=utf-8"), ("retry-after", "30")];
        (StatusCode::SERVICE_UNAVAILABLE, headers, "<h1>")
    }

    async fn ask(path: &str) -> (Response, String) {
        let router = Router::new()
            .route("/{*path}", get(defect))
            .route("/open311/v2/requests.xml", get(given_up))
            .route("/api/v1/reports", get(given_up))
            .layer(CatchPanicLayer::new())
            .layer(from_fn(speak));
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        let text = String::from_utf8(to_bytes(body, 100_000).await.unwrap().to_vec()).unwrap();
        (Response::from_parts(parts, Body::empty()), text)
    }

    #[tokio::test]
    async fn a_program_reads_of_a_defect_and_of_a_time_that_is_up_in_its_own_format() {
        let (answer, text) = ask("/open311/v2/services.json").await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(text.starts_with("[{\"code\":500,\"description\":\""), "{text}");
        let (answer, text) = ask("/open311/v2/requests.xml").await;
        assert!(text.contains("<errors><error><code>503</code>"), "{text}");
        assert_eq!(
            (answer.status(), answer.headers()["retry-after"].as_bytes()),
            (StatusCode::SERVICE_UNAVAILABLE, &b"30"[..])
        );
        let (answer, text) = ask("/api/v1/reports").await;
        assert_eq!(answer.headers()[CONTENT_TYPE], "application/problem+json");
        assert!(text.contains("\"status\":503"), "{text}");
        assert!(!ask("/report").await.1.contains("500"), "people get what was made for them");
    }
}
