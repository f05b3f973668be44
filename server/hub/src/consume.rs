//! Consumers of the event log: each applies every event once to a projection of its own.

use std::sync::Arc;
use std::time::{Duration, Instant};

use feed::{Delivery, Feed, FeedError, Subscription};
use model::event::Event;
use store::Applied;
use tokio_util::sync::CancellationToken;

use crate::{Hub, HubError};

/// How long to wait after a failure of the store or the feed.
const PAUSE: Duration = Duration::from_millis(500);

/// How many times as long as a transaction took a consumer rests after it while this process takes reports in, so that most of its writer's
/// time is for them, and what is applied is applied together.
const REST: u32 = 9;
/// However long a transaction took.
const LONGEST_REST: Duration = Duration::from_secs(1);

/// Why an event cannot be read. It is said in the log and to the dead letters.
pub(crate) type Unreadable = Box<dyn std::error::Error + Send + Sync>;

/// What a consumer makes of events.
pub(crate) trait Projection: Send + Sync + 'static {
    type Item: Send;
    /// The name of the consumer, in the store and in the feed.
    const NAME: &'static str;
    /// Events applied in one transaction. Reports that come in meanwhile wait for it.
    const BATCH: usize;

    /// What an event brings; nothing, when it is of a kind that does not matter here.
    fn read(&self, hub: &Hub, event: &Event) -> Result<Option<Self::Item>, Unreadable>;

    /// Applies what the events at these positions of the log bring, each once.
    fn write(
        &self,
        hub: &Hub,
        events: Vec<(i64, Option<Self::Item>)>,
    ) -> impl Future<Output = store::Result<Applied>> + Send;
}

/// Consumes until it is told to stop. Failures of the store and of the feed are waited out.
pub(crate) async fn run<P: Projection>(projection: P, hub: Hub, feed: Arc<dyn Feed>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let ended = tokio::select! {
            () = stop.cancelled() => break,
            ended = subscribed(&projection, &hub, feed.as_ref()) => ended,
        };
        if let Err(error) = ended {
            tracing::warn!(consumer = P::NAME, error = &error as &dyn std::error::Error, "a consumer pauses");
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn subscribed<P: Projection>(projection: &P, hub: &Hub, feed: &dyn Feed) -> Result<(), FeedError> {
    let mut subscription = feed.subscribe(P::NAME).await?;
    let mut seen = hub.store().taken();
    loop {
        let deliveries = subscription.fetch(P::BATCH).await?;
        let (Read { brings, unreadable }, took) = loop {
            let begun = Instant::now();
            match apply(projection, hub, &deliveries).await {
                Ok(read) => break (read, begun.elapsed()),
                Err(error) => {
                    tracing::warn!(
                        consumer = P::NAME,
                        error = &error as &dyn std::error::Error,
                        "events wait to be applied"
                    );
                    tokio::time::sleep(PAUSE).await;
                }
            }
        };
        settle(P::NAME, subscription.as_mut(), deliveries, unreadable).await?;
        let taken = hub.store().taken();
        if brings && std::mem::replace(&mut seen, taken) != taken {
            tokio::time::sleep(rest_after(took)).await;
        }
    }
}

fn rest_after(took: Duration) -> Duration {
    took.saturating_mul(REST).min(LONGEST_REST)
}

/// What a batch held.
struct Read {
    /// Anything that matters here.
    brings: bool,
    /// The places of what cannot be read, and why.
    unreadable: Vec<(usize, Unreadable)>,
}

/// Applies a batch. An event that cannot be read brings nothing but is passed over, so that it never stops the others.
async fn apply<P: Projection>(projection: &P, hub: &Hub, deliveries: &[Delivery]) -> Result<Read, HubError> {
    let (mut events, mut unreadable) = (Vec::with_capacity(deliveries.len()), Vec::new());
    for (place, delivery) in deliveries.iter().enumerate() {
        let item = projection.read(hub, &delivery.event).unwrap_or_else(|error| {
            unreadable.push((place, error));
            None
        });
        events.push((delivery.event.seq, item));
    }
    let brings = events.iter().any(|(_, item)| item.is_some());
    let applied = projection.write(hub, events).await?;
    metrics::counter!("events_applied_total", "consumer" => P::NAME).increment(applied.new as u64);
    metrics::counter!("events_repeated_total", "consumer" => P::NAME)
        .increment(deliveries.len().saturating_sub(applied.new) as u64);
    Ok(Read { brings, unreadable })
}

async fn settle(
    consumer: &'static str,
    subscription: &mut dyn Subscription,
    deliveries: Vec<Delivery>,
    unreadable: Vec<(usize, Unreadable)>,
) -> Result<(), FeedError> {
    let mut unreadable = unreadable.into_iter().peekable();
    let mut good = Vec::with_capacity(deliveries.len());
    for (place, delivery) in deliveries.into_iter().enumerate() {
        let Some((_, error)) = unreadable.next_if(|(bad, _)| *bad == place) else {
            good.push(delivery);
            continue;
        };
        let Event { seq, kind, .. } = &*delivery.event;
        tracing::error!(
            consumer,
            seq,
            kind,
            error = &*error as &dyn std::error::Error,
            "an event cannot be read and is put aside"
        );
        subscription.bury(delivery, "the body is not what its kind says").await?;
    }
    subscription.ack(good).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_that_took_very_long_is_no_reason_to_rest_for_ever() {
        assert_eq!(rest_after(Duration::from_millis(4)), Duration::from_millis(36));
        assert_eq!(rest_after(Duration::from_secs(600)), LONGEST_REST);
        assert_eq!(rest_after(Duration::MAX), LONGEST_REST);
    }
}
