//! What a subscription tells the broker about deliveries.

use async_nats::Subject;
use async_nats::jetstream::AckKind;
use bytes::Bytes;
use tokio::time::timeout;

use super::broker::Broker;
use crate::FeedError;

/// Gives the same answer to all of `replies` and waits until the broker confirms it.
///
/// Answers of one connection are heard in their order, so the confirmation of the last one stands for all.
pub(super) async fn all(broker: &Broker, mut replies: Vec<Subject>, kind: AckKind) -> Result<(), FeedError> {
    let Some(last) = replies.pop() else { return Ok(()) };
    broker.connected().await?;
    let answer = Bytes::from(kind);
    let exchange = async {
        for reply in replies {
            broker.client.publish(reply, answer.clone()).await.map_err(|error| FeedError::Unavailable(error.into()))?;
        }
        broker.client.request(last, answer.clone()).await.map_err(|error| FeedError::Unavailable(error.into()))
    };
    let answered = timeout(broker.options.timeout, exchange).await;
    answered.map_err(|error| FeedError::Unavailable(error.into()))?.map(drop)
}
