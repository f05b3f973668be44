//! The feed of many processes: NATS JetStream, from server version 2.9 on.
//!
//! Events lie in a stream on the broker's disk under `<prefix>.event.<kind>.<partition>`, every consumer is a durable
//! pull consumer of it, and dead letters lie in a second stream under `<prefix>.dead.<consumer>`. All of that is made
//! when it is first needed and again when the broker has lost it, so an empty broker is all that has to be provided.

mod answer;
mod broker;
mod dead;
mod fault;
mod link;
mod options;
mod subject;
mod subscription;

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::message::PublishMessage;
use async_trait::async_trait;
use model::event::Event;
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::{DeadLetter, Feed, FeedError, Subscription};
use broker::Broker;
use fault::Fault;
pub use options::Options;
use subscription::Share;

/// So many events are under way to the broker at once, well under what the client allows to be unacknowledged.
const WINDOW: usize = 1_024;

/// How long `/readyz` waits for the broker.
const HEALTH_WAIT: Duration = Duration::from_millis(1_500);

/// A feed over a broker.
pub struct JetStream {
    broker: Arc<Broker>,
    /// Held while a window is under way, which keeps the order of events and bounds what is unacknowledged.
    turn: Mutex<()>,
}

impl JetStream {
    /// A feed over the broker at `url`: `nats://host:4222`, `tls://` where encryption must be had, with `user:password@`
    /// or `token@` where needed, or several servers of one cluster separated by commas.
    ///
    /// Returns at once. The connection is made and kept up in the background for as long as the feed lives; until it
    /// stands, operations answer [`FeedError::Unavailable`].
    ///
    /// # Errors
    /// [`FeedError::Address`] and [`FeedError::Credentials`] for what can be told without the broker.
    pub async fn connect(url: &str, options: Options) -> Result<Self, FeedError> {
        Ok(Self { broker: Arc::new(Broker::connect(url, options).await?), turn: Mutex::new(()) })
    }

    /// Sends a window of events one behind the other, then waits for every acknowledgement.
    async fn send(&self, window: &[Event]) -> Result<(), FeedError> {
        let _turn = self.turn.lock().await;
        let refused = |id| move |source| FeedError::Publish { id, source };
        let mut sent = Vec::with_capacity(window.len());
        for event in window {
            let payload = serde_json::to_vec(event).map_err(|error| refused(event.id)(error.into()))?;
            let message = PublishMessage::build().payload(payload.into()).message_id(event.id.to_string());
            let ack = self
                .broker
                .context
                .send_publish(subject::of(&self.broker.options.prefix, event), message)
                .await
                .map_err(|error| Fault::from(error).or(refused(event.id)))?;
            sent.push((event.id, ack));
        }
        for (id, ack) in sent {
            ack.await.map_err(|error| Fault::from(error).or(refused(id)))?;
        }
        Ok(())
    }
}

#[async_trait]
impl Feed for JetStream {
    async fn publish(&self, events: &[Event]) -> Result<(), FeedError> {
        for window in events.chunks(WINDOW) {
            self.broker.ready().await?;
            self.broker.remembers()?;
            let sent = timeout(self.broker.options.timeout, self.send(window)).await;
            let sent = sent.unwrap_or_else(|error| Err(FeedError::Unavailable(error.into())));
            if sent.is_err() {
                // The stream may be gone.
                self.broker.doubt();
            }
            sent?;
        }
        Ok(())
    }

    async fn subscribe(&self, consumer: &str) -> Result<Box<dyn Subscription>, FeedError> {
        Ok(Box::new(Share::open(Arc::clone(&self.broker), consumer).await?))
    }

    async fn memory(&self) -> Result<Option<String>, FeedError> {
        self.broker.memory().await.map(Some)
    }

    async fn health(&self) -> Result<(), FeedError> {
        self.broker.doubt();
        timeout(HEALTH_WAIT, self.broker.ready())
            .await
            .unwrap_or_else(|error| Err(FeedError::Unavailable(error.into())))
            .map(drop)
    }

    async fn dead_letters(&self, consumer: &str, limit: usize) -> Result<Vec<DeadLetter>, FeedError> {
        dead::list(&self.broker, consumer, limit).await
    }
}
