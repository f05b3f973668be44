//! Names every request, measures it, and logs what an operator must know.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

/// Names are this process's own number and a count.
static PROCESS: LazyLock<u32> = LazyLock::new(|| {
    let mut number = [0; 4];
    // Without random numbers names repeat after a restart, which only makes a log harder to read.
    let _ = getrandom::fill(&mut number);
    u32::from_be_bytes(number)
});
static COUNT: AtomicU64 = AtomicU64::new(1);

fn name() -> String {
    format!("{:08x}-{:x}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed))
}

/// What metrics and logs call a method. Clients invent what they like, and each name would be kept until the process ends.
fn label(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("OTHER")
}

/// Neither query nor body is logged, and of the path only the route: secrets stand in paths.
pub async fn observe(request: Request, next: Next) -> Response {
    let name = name();
    let method = label(request.method());
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id = name, method, route);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status(), started.elapsed());
    metrics::histogram!("http_request_seconds", "method" => method, "route" => route, "status" => status.as_str().to_owned())
        .record(took);
    span.in_scope(|| {
        if status.is_server_error() {
            tracing::warn!(status = status.as_u16(), ?took, "answered with an error");
        } else {
            tracing::debug!(status = status.as_u16(), ?took, "answered");
        }
    });
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert("x-request-id", name);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_that_clients_invent_are_one_to_the_metrics() {
        let label = |name: &str| label(&Method::from_bytes(name.as_bytes()).unwrap());
        assert_eq!(["GET", "POST", "OPTIONS"].map(label), ["GET", "POST", "OPTIONS"]);
        assert_eq!(["BREW", "get", "X1", "TRACE"].map(label), ["OTHER"; 4]);
    }
}
