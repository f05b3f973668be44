//! The relay: carries the event log into the feed, in order, from where it stopped.

use std::sync::Arc;
use std::time::Duration;

use feed::Feed;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::Hub;

/// The relay's own cursor, for a feed that remembers.
const RELAY: &str = "relay";
/// Where the store keeps the name of the memory that cursor is about.
const MEMORY: &str = "feed";
const BATCH: u32 = 1_024;
/// How often the log is looked at when no commit of this process rings: other processes write too.
const LOOK: Duration = Duration::from_millis(250);
/// How long events gather before the next are carried. Each batch costs its consumers a transaction, for which reports have to wait.
const GATHER: Duration = Duration::from_millis(200);
/// The longest pause after failures.
const LONGEST: Duration = Duration::from_secs(5);

#[derive(Debug, Error)]
enum RelayError {
    #[error("the log cannot be read")]
    Store(#[from] store::StoreError),
    #[error("the feed does not take events")]
    Feed(#[from] feed::FeedError),
}

/// Carries events until it is told to stop. Failures are waited out, longer each time.
pub(crate) async fn run(hub: Hub, feed: Arc<dyn Feed>, consumers: &'static [&'static str], stop: CancellationToken) {
    let mut pause = LOOK;
    loop {
        let ended = tokio::select! {
            () = stop.cancelled() => return,
            ended = carry(&hub, feed.as_ref(), consumers, &mut pause) => ended,
        };
        let Err(error) = ended;
        tracing::warn!(error = &error as &dyn std::error::Error, "the relay pauses");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => pause = (pause * 2).min(LONGEST),
        }
    }
}

/// Where to begin.
struct Start {
    position: i64,
    /// Whether the feed outlives the process.
    remembers: bool,
    /// A memory that is new to us, and how far its predecessor had come: from there on, the cursor is about the new one.
    new: Option<(String, i64)>,
}

async fn carry(
    hub: &Hub,
    feed: &dyn Feed,
    consumers: &[&'static str],
    pause: &mut Duration,
) -> Result<std::convert::Infallible, RelayError> {
    let store = hub.store();
    let Start { mut position, remembers, mut new } = start(hub, feed, consumers).await?;
    loop {
        if let Some((memory, _)) = new.take_if(|(_, before)| position >= *before) {
            store.set_meta(MEMORY.to_owned(), memory).await?;
        }
        let events = store.events_after(position, BATCH).await?;
        let Some(last) = events.last() else {
            *pause = LOOK;
            let _ = tokio::time::timeout(LOOK, hub.0.committed.notified()).await;
            continue;
        };
        let last = last.seq;
        feed.publish(&events).await?;
        if remembers {
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

/// Behind what the feed has already; where it has forgotten that, behind what every consumer has applied.
async fn start(hub: &Hub, feed: &dyn Feed, consumers: &[&'static str]) -> Result<Start, RelayError> {
    let store = hub.store();
    let mut lowest = i64::MAX;
    for consumer in consumers {
        lowest = lowest.min(store.cursor(consumer).await?);
    }
    let Some(memory) = feed.memory().await? else {
        return Ok(Start { position: lowest, remembers: false, new: None });
    };
    let carried = store.cursor(RELAY).await?;
    if store.meta(MEMORY).await?.as_ref() == Some(&memory) {
        return Ok(Start { position: carried, remembers: true, new: None });
    }
    Ok(Start { position: lowest.min(carried), remembers: true, new: Some((memory, carried)) })
}
