//! The counter: reports by category, cell and hour, from the event log alone.

use std::time::Duration;

use feed::{Delivery, Feed, FeedError, Subscription};
use model::event::Event;
use model::tally::{Slot, hour_of};
use serde::Deserialize;
use store::kind;
use tokio_util::sync::CancellationToken;

use crate::{Hub, HubError};

/// The name of the consumer, in the store and in the feed.
pub(crate) const COUNTER: &str = "counter";

/// Events applied in one transaction.
const BATCH: usize = 1_024;
/// How long to wait after a failure of the store or the feed.
const PAUSE: Duration = Duration::from_millis(500);

/// What the counter reads of a `report.received`.
#[derive(Deserialize)]
struct Received {
    category: String,
    occurred: i64,
}

/// The slot that an event adds to; `Ok(None)` for an event of another kind.
fn slot(event: &Event) -> Result<Option<Slot>, serde_json::Error> {
    if event.kind != kind::REPORT_RECEIVED {
        return Ok(None);
    }
    let received: Received = serde_json::from_str(&event.body)?;
    let cell = event.cell.map(model::cell::Cell::shown);
    Ok(Some(Slot { category: received.category, cell, hour: hour_of(received.occurred) }))
}

/// Counts until it is told to stop. Failures of the store and of the feed are waited out.
pub(crate) async fn run(hub: Hub, feed: std::sync::Arc<dyn Feed>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let ended = tokio::select! {
            () = stop.cancelled() => break,
            ended = subscribed(&hub, feed.as_ref()) => ended,
        };
        if let Err(error) = ended {
            tracing::warn!(error = &error as &dyn std::error::Error, "the counter pauses");
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn subscribed(hub: &Hub, feed: &dyn Feed) -> Result<(), FeedError> {
    let mut subscription = feed.subscribe(COUNTER).await?;
    loop {
        let deliveries = subscription.fetch(BATCH).await?;
        while let Err(error) = apply(hub, &deliveries).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "events wait to be counted");
            tokio::time::sleep(PAUSE).await;
        }
        settle(subscription.as_mut(), deliveries).await?;
    }
}

/// Applies a batch. An event that cannot be read counts nothing but is passed over, so that it never stops the others.
async fn apply(hub: &Hub, deliveries: &[Delivery]) -> Result<(), HubError> {
    let events =
        deliveries.iter().map(|delivery| (delivery.event.seq, slot(&delivery.event).unwrap_or_default())).collect();
    let applied = hub.store().count(COUNTER, events).await?;
    metrics::counter!("events_counted_total").increment(applied.new as u64);
    metrics::counter!("events_repeated_total").increment((deliveries.len() - applied.new) as u64);
    Ok(())
}

async fn settle(subscription: &mut dyn Subscription, deliveries: Vec<Delivery>) -> Result<(), FeedError> {
    let (good, bad): (Vec<_>, Vec<_>) = deliveries.into_iter().partition(|delivery| slot(&delivery.event).is_ok());
    for delivery in bad {
        tracing::error!(
            seq = delivery.event.seq,
            kind = delivery.event.kind,
            "an event cannot be read and is put aside"
        );
        subscription.bury(delivery, "the body is not what its kind says").await?;
    }
    subscription.ack(good).await
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn event(kind: &str, body: &str) -> Event {
        Event { seq: 1, id: Uuid::nil(), kind: kind.into(), cell: None, at: 0, body: body.into() }
    }

    #[test]
    fn a_report_is_counted_in_the_hour_it_happened() {
        let event = event(kind::REPORT_RECEIVED, r#"{"category":"12G00","occurred":7200001,"people":3}"#);
        assert_eq!(slot(&event).unwrap(), Some(Slot { category: "12G00".into(), cell: None, hour: 2 }));
    }

    #[test]
    fn other_events_count_nothing_and_unreadable_ones_are_told_apart() {
        assert_eq!(slot(&event(kind::NOTE_ADDED, "{}")).unwrap(), None);
        assert!(slot(&event(kind::REPORT_RECEIVED, "{}")).is_err());
    }
}
