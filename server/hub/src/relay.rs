//! The relay: carries the event log into the feed, in order, from where it stopped.

use std::sync::Arc;
use std::time::Duration;

use feed::Feed;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::Hub;

/// The relay's own cursor, where the feed is durable.
const RELAY: &str = "relay";
const BATCH: u32 = 1_024;
/// How often the log is looked at when no commit of this process rings: other processes write too.
const LOOK: Duration = Duration::from_millis(250);
/// How long events gather before they are carried. Each batch costs its consumers a transaction, which reports wait for.
const GATHER: Duration = Duration::from_millis(200);
/// The longest pause after failures.
const LONGEST: Duration = Duration::from_secs(5);

/// What a feed keeps of what it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Nothing survives the process: after a start, everything that was not applied is carried again.
    Process,
    /// The broker keeps what it accepted.
    Broker,
}

#[derive(Debug, Error)]
enum RelayError {
    #[error("the log cannot be read")]
    Store(#[from] store::StoreError),
    #[error("the feed does not take events")]
    Feed(#[from] feed::FeedError),
}

/// Carries events until it is told to stop. Failures are waited out, longer each time.
pub(crate) async fn run(
    hub: Hub,
    feed: Arc<dyn Feed>,
    memory: Memory,
    consumers: &'static [&'static str],
    stop: CancellationToken,
) {
    let mut pause = LOOK;
    loop {
        let ended = tokio::select! {
            () = stop.cancelled() => return,
            ended = carry(&hub, feed.as_ref(), memory, consumers, &mut pause) => ended,
        };
        let Err(error) = ended;
        tracing::warn!(error = &error as &dyn std::error::Error, "the relay pauses");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => pause = (pause * 2).min(LONGEST),
        }
    }
}

async fn carry(
    hub: &Hub,
    feed: &dyn Feed,
    memory: Memory,
    consumers: &[&'static str],
    pause: &mut Duration,
) -> Result<std::convert::Infallible, RelayError> {
    let store = hub.store();
    let mut position = start(hub, memory, consumers).await?;
    loop {
        let events = store.events_after(position, BATCH).await?;
        let Some(last) = events.last() else {
            *pause = LOOK;
            let _ = tokio::time::timeout(LOOK, hub.0.committed.notified()).await;
            continue;
        };
        let last = last.seq;
        feed.publish(&events).await?;
        if memory == Memory::Broker {
            store.advance(RELAY, last).await?;
        }
        metrics::gauge!("relay_position").set(last as f64);
        *pause = LOOK;
        position = last;
        if events.len() < BATCH as usize {
            tokio::time::sleep(GATHER).await;
        }
    }
}

async fn start(hub: &Hub, memory: Memory, consumers: &[&'static str]) -> Result<i64, RelayError> {
    let store = hub.store();
    if memory == Memory::Broker {
        return Ok(store.cursor(RELAY).await?);
    }
    let mut lowest = i64::MAX;
    for consumer in consumers {
        lowest = lowest.min(store.cursor(consumer).await?);
    }
    Ok(lowest)
}
