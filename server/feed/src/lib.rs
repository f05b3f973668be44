//! The event log carried onward: in process, or over NATS JetStream.
//!
//! The log itself lives in the store. A relay publishes its events here, and the hub's consumers take them, each under
//! its own name and at its own pace. One process does well with [`InProcess`]; many share a broker by [`JetStream`].
//! Both keep the same promises, held by one suite of tests:
//!
//! - at least once: what was published and not acknowledged comes again, so consumers must be idempotent;
//! - one message id is one event, as long as the feed remembers the id;
//! - in the order of publishing, except where a delivery comes again;
//! - an event that cannot be handled is buried with its reason and can be listed, and never blocks the others.

mod dead_letter;
mod delivery;
mod error;
pub mod in_process;
pub mod jetstream;

use std::time::Duration;

use async_trait::async_trait;
use model::event::Event;

pub use dead_letter::{Content, DeadLetter};
pub use delivery::Delivery;
pub use error::{Cause, FeedError};
pub use in_process::InProcess;
pub use jetstream::JetStream;

/// Where the relay puts events and consumers find them.
#[async_trait]
pub trait Feed: Send + Sync {
    /// Hands `events` over, in their order, and returns once every one of them is accepted.
    ///
    /// An event whose id was published a short while ago is accepted and dropped, so after an error, or when the future
    /// was dropped, the whole slice is simply published again.
    ///
    /// # Errors
    /// [`FeedError::Unavailable`] when the broker does not answer in time, [`FeedError::Publish`] when it refuses an
    /// event, for example one that is too large; events before it may have been accepted. [`FeedError::Forgotten`]
    /// when it has lost what it held, until [`Self::memory`] is asked what it holds now.
    async fn publish(&self, events: &[Event]) -> Result<(), FeedError>;

    /// Joins the work of `consumer`. Every consumer gets every event; several subscriptions of one consumer share them.
    ///
    /// The name outlives the subscription: what is published while nobody is subscribed waits.
    ///
    /// # Errors
    /// [`FeedError::Consumer`] for a name that cannot be one, [`FeedError::Unavailable`] and [`FeedError::Subscribe`]
    /// from the broker.
    async fn subscribe(&self, consumer: &str) -> Result<Box<dyn Subscription>, FeedError>;

    /// The name of what this feed remembers: another one when that was lost, so that it can be told everything again. None when nothing
    /// outlives the process.
    ///
    /// # Errors
    /// As for [`Self::publish`].
    async fn memory(&self) -> Result<Option<String>, FeedError>;

    /// Whether events can be published now. Answers within two seconds.
    ///
    /// # Errors
    /// Why not.
    async fn health(&self) -> Result<(), FeedError>;

    /// What `consumer` has buried, newest first, at most `limit` letters.
    ///
    /// # Errors
    /// [`FeedError::Consumer`] for a name that cannot be one, [`FeedError::Unavailable`] and
    /// [`FeedError::DeadLetters`] from the broker.
    async fn dead_letters(&self, consumer: &str, limit: usize) -> Result<Vec<DeadLetter>, FeedError>;
}

/// One worker's share of a consumer.
///
/// Every delivery is to be answered by `ack`, `retry` or `bury`. One that is not comes again, to any subscription of
/// the consumer, when the ack-wait of the feed is over; in process also as soon as the subscription is dropped.
#[async_trait]
pub trait Subscription: Send {
    /// Waits until there is something to do and takes up to `max` deliveries (at least one), the oldest first.
    ///
    /// Dropping the future loses nothing: what it had received is returned by the next call.
    ///
    /// # Errors
    /// [`FeedError::Unavailable`] after about a second without a broker, so that the outage is noticed; the
    /// subscription stays good, and fetching again is all that is needed. [`FeedError::Fetch`] when the broker refuses.
    async fn fetch(&mut self, max: usize) -> Result<Vec<Delivery>, FeedError>;

    /// These are done and never come again.
    ///
    /// # Errors
    /// When it is not certain that the broker heard it: then some of them may come again.
    async fn ack(&mut self, deliveries: Vec<Delivery>) -> Result<(), FeedError>;

    /// Not now: the delivery comes again when `after` is over.
    ///
    /// # Errors
    /// When it is not certain that the broker heard it: then it comes again after the ack-wait.
    async fn retry(&mut self, delivery: Delivery, after: Duration) -> Result<(), FeedError>;

    /// Never again: the event goes to the dead letters with `reason`, of which one line is kept.
    ///
    /// # Errors
    /// When it is not certain that the broker heard it: then it comes again after the ack-wait.
    async fn bury(&mut self, delivery: Delivery, reason: &str) -> Result<(), FeedError>;
}
