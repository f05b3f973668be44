//! The log: to standard error, as JSON where nobody watches a terminal.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// `RUST_LOG` chooses what is logged; by default what concerns an operator.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,async_nats=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        log.compact().init();
    } else {
        log.json().flatten_event(true).init();
    }
}
