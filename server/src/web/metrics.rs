//! Metrics for Prometheus, on a listener of their own: what concerns operators stands on no public port.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use tokio::task::AbortHandle;

use crate::commands::Failure;

/// Ends the listener and the upkeep when it is dropped.
pub struct Metrics([AbortHandle; 2]);

impl Drop for Metrics {
    fn drop(&mut self) {
        self.0.iter().for_each(AbortHandle::abort);
    }
}

const SECONDS: [f64; 11] = [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
const SIZES: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];

/// How often what was measured is taken into the buckets. Between that, and when nobody asks, every single value is kept.
const UPKEEP: Duration = Duration::from_secs(5);

/// Serves `/metrics` on the address, if there is one; without one, nothing is measured.
pub fn start(address: Option<SocketAddr>) -> Result<Option<Metrics>, Failure> {
    let Some(address) = address else { return Ok(None) };
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_size".to_owned()), &SIZES)?
        .build_recorder();
    let handle = recorder.handle();
    ::metrics::set_global_recorder(recorder)?;
    let listener =
        std::net::TcpListener::bind(address).map_err(|error| format!("cannot serve metrics on {address}: {error}"))?;
    listener.set_nonblocking(true)?;
    tracing::info!(address = %listener.local_addr()?, "serving metrics");
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let upkeep = tokio::spawn({
        let handle = handle.clone();
        async move {
            let mut often = tokio::time::interval(UPKEEP);
            loop {
                often.tick().await;
                handle.run_upkeep();
            }
        }
    });
    let router = Router::new().route("/metrics", get(async move || handle.render()));
    let serving = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "metrics are no longer served");
        }
    });
    Ok(Some(Metrics([serving.abort_handle(), upkeep.abort_handle()])))
}
