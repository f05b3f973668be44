//! The yardstick: an axum handler that reads the same body and answers 303, and nothing else.

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::routing::post;

/// Runs it until it is told to stop.
pub fn serve() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let handler = async |body: Bytes| {
            std::hint::black_box(body);
            (StatusCode::SEE_OTHER, [(LOCATION, "/receipt/x")])
        };
        let router = Router::new().route("/report", post(handler).get(async || "bare"));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("listening on http://{}", listener.local_addr().unwrap());
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).unwrap();
        tokio::select! {
            served = axum::serve(listener, router) => served.unwrap(),
            _ = terminate.recv() => {}
        }
    });
}
