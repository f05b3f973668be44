//! Dead letters on the broker.

use std::collections::VecDeque;
use std::time::Duration;

use async_nats::Subject;
use async_nats::header::HeaderMap;
use async_nats::jetstream::AckKind;
use async_nats::jetstream::consumer::{AckPolicy, Consumer, pull};
use async_nats::jetstream::message::PublishMessage;
use bytes::Bytes;
use futures::StreamExt;
use tokio::time::timeout;

use super::answer;
use super::broker::{Broker, DEAD_LETTERS};
use super::fault::Fault;
use crate::{Cause, Content, DeadLetter, FeedError, dead_letter};

const REASON: &str = "Shouwang-Reason";
const ATTEMPT: &str = "Shouwang-Attempt";

/// The broker forgets a reader that has been silent for this long.
const READER_LIFE: Duration = Duration::from_secs(10);

/// A message that a consumer gives up.
pub(super) struct Burial<'a> {
    pub(super) consumer: &'a str,
    /// The same for the same message, so that burying it twice leaves one letter.
    pub(super) id: String,
    pub(super) payload: Bytes,
    pub(super) reason: &'a str,
    pub(super) attempt: u32,
}

/// Writes a letter, waits until the broker has it, and only then tells the broker not to deliver the message again.
pub(super) async fn bury(broker: &Broker, burial: Burial<'_>, reply: Subject) -> Result<(), FeedError> {
    let refused = |source| FeedError::Bury { consumer: burial.consumer.to_owned(), source };
    let subject = broker.dead_subject(burial.consumer)?;
    broker.ready().await?;
    let message = PublishMessage::build()
        .payload(burial.payload)
        .message_id(format!("{}:{}", burial.consumer, burial.id))
        .header(REASON, dead_letter::one_line(burial.reason).as_str())
        .header(ATTEMPT, burial.attempt.to_string().as_str());
    let exchange = async { broker.context.send_publish(subject, message).await?.await };
    let stored = timeout(broker.options.timeout, exchange).await;
    let stored = stored.map_err(|error| FeedError::Unavailable(error.into()))?;
    stored.map_err(|error| {
        broker.doubt();
        Fault::from(error).or(refused)
    })?;
    answer::all(broker, vec![reply], AckKind::Term).await
}

/// The last `limit` letters of `consumer`, newest first.
pub(super) async fn list(broker: &Broker, consumer: &str, limit: usize) -> Result<Vec<DeadLetter>, FeedError> {
    let filter_subject = broker.dead_subject(consumer)?;
    broker.ready().await?;
    let reader = pull::Config {
        filter_subject,
        ack_policy: AckPolicy::None,
        memory_storage: true,
        inactive_threshold: READER_LIFE,
        ..pull::Config::default()
    };
    let exchange = async {
        let reader = broker.context.create_consumer_on_stream(reader, broker.dead_stream()).await?;
        read(&reader, limit).await.map_err(Fault::Unreachable)
    };
    let letters = timeout(broker.options.timeout, exchange).await;
    let letters = letters.map_err(|error| FeedError::Unavailable(error.into()))?;
    letters.map_err(|fault| fault.or(|source| FeedError::DeadLetters { consumer: consumer.to_owned(), source }))
}

/// Reads everything there is, of which the stream bounds the number, and keeps the end of it: a stream can only be
/// read forwards.
async fn read(reader: &Consumer<pull::Config>, limit: usize) -> Result<Vec<DeadLetter>, Cause> {
    let mut letters = VecDeque::new();
    if reader.cached_info().num_pending > 0 {
        let mut messages = reader.fetch().max_messages(usize::from(DEAD_LETTERS)).messages().await?;
        while let Some(message) = messages.next().await {
            let message = message?;
            letters.push_front(letter(message.headers.as_ref(), &message.payload));
            letters.truncate(limit);
        }
    }
    Ok(letters.into())
}

fn letter(headers: Option<&HeaderMap>, payload: &[u8]) -> DeadLetter {
    let header = |name: &str| headers.and_then(|headers| headers.get(name)).map(|value| value.as_str());
    DeadLetter {
        content: Content::from(payload),
        reason: header(REASON).unwrap_or_default().to_owned(),
        attempt: header(ATTEMPT).and_then(|attempt| attempt.parse().ok()).unwrap_or_default(),
    }
}
