//! Whether there is a connection, and when it changed.

use async_nats::Event;
use tokio::sync::watch;
use tracing::{info, warn};

/// The connection as the client last told of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) up: bool,
    /// Counts the connections: what a broker knew of an earlier one, such as a waiting request, may be forgotten.
    pub(super) number: u64,
}

/// Writes down what the client tells.
pub(super) fn note(link: &watch::Sender<Link>, event: &Event) {
    match event {
        Event::Connected => {
            info!("connected to the broker");
            link.send_modify(|link| *link = Link { up: true, number: link.number + 1 });
        }
        Event::Disconnected | Event::Closed => {
            warn!("the connection to the broker is lost");
            link.send_modify(|link| link.up = false);
        }
        Event::LameDuckMode | Event::Draining => info!(%event, "the broker is going away"),
        Event::SlowConsumer(_) | Event::ServerError(_) | Event::ClientError(_) => {
            warn!(%event, "trouble with the broker");
        }
    }
}
