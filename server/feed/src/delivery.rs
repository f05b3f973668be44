//! One event on its way to one consumer.

use std::sync::Arc;

use async_nats::Subject;
use model::event::Event;

/// An event that a subscription has been given and has to answer for.
#[derive(Debug)]
pub struct Delivery {
    pub event: Arc<Event>,
    /// 1 when the consumer sees the event for the first time, one more each time it comes again.
    pub attempt: u32,
    pub(crate) token: Token,
}

/// By what the engine that made a delivery finds it again.
#[derive(Debug)]
pub(crate) enum Token {
    /// The number of the event in the queue.
    InProcess(u64),
    /// The subject that the broker listens on for the answer.
    JetStream(Subject),
}
