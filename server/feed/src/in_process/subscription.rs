//! One worker at a line.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::line::Line;
use crate::delivery::Token;
use crate::{Delivery, FeedError, Subscription};

/// A share in the work of one consumer.
pub(super) struct Share {
    line: Arc<Line>,
    /// Tells the subscriptions of a feed apart.
    id: u64,
}

impl Share {
    pub(super) fn new(line: Arc<Line>, id: u64) -> Self {
        Self { line, id }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.line.release(self.id);
    }
}

fn number(delivery: &Delivery) -> Result<u64, FeedError> {
    match delivery.token {
        Token::InProcess(number) => Ok(number),
        Token::JetStream(_) => Err(FeedError::Foreign),
    }
}

#[async_trait]
impl Subscription for Share {
    async fn fetch(&mut self, max: usize) -> Result<Vec<Delivery>, FeedError> {
        Ok(self.line.take(self.id, max).await)
    }

    async fn ack(&mut self, deliveries: Vec<Delivery>) -> Result<(), FeedError> {
        for delivery in &deliveries {
            self.line.settle(number(delivery)?);
        }
        Ok(())
    }

    async fn retry(&mut self, delivery: Delivery, after: Duration) -> Result<(), FeedError> {
        self.line.retry(self.id, number(&delivery)?, after);
        Ok(())
    }

    async fn bury(&mut self, delivery: Delivery, reason: &str) -> Result<(), FeedError> {
        self.line.bury(number(&delivery)?, reason);
        Ok(())
    }
}
