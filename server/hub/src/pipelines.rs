//! What runs behind the pages: the relay and the consumers.

use std::sync::Arc;

use feed::Feed;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::consume;
use crate::counter::{COUNTER, Counter};
use crate::relay;
use crate::router::{ROUTER, Router};
use crate::tell::{self, NOTIFIER, Notifier};
use crate::{Hub, HubError, watch};

/// Every consumer of the event log.
pub const CONSUMERS: &[&str] = &[COUNTER, ROUTER, NOTIFIER];

/// Running pipelines; they stop, finishing what they hold, when [`Pipelines::stop`] is awaited.
pub struct Pipelines {
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

/// Which pipelines a process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Carries the log into the feed: a web server, when others consume.
    Relay,
    /// Consumes the feed: the hub as a process of its own.
    Worker,
    Both,
}

impl Pipelines {
    pub fn start(hub: &Hub, feed: &Arc<dyn Feed>, role: Role) -> Self {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        if role != Role::Worker {
            tasks.spawn(relay::run(hub.clone(), feed.clone(), CONSUMERS, stop.clone()));
        }
        if role != Role::Relay {
            tasks.spawn(consume::run(Counter, hub.clone(), feed.clone(), stop.clone()));
            tasks.spawn(consume::run(Router, hub.clone(), feed.clone(), stop.clone()));
            tasks.spawn(consume::run(Notifier, hub.clone(), feed.clone(), stop.clone()));
            tasks.spawn(tell::run(hub.clone(), stop.clone()));
            tasks.spawn(watch::run(hub.clone(), stop.clone()));
        }
        Self { tasks, stop }
    }

    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
    }
}

impl Hub {
    /// How many events of the log no consumer has applied yet.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn backlog(&self) -> Result<i64, HubError> {
        let head = self.store().head().await?;
        let mut behind = 0;
        for consumer in CONSUMERS {
            behind = behind.max(head - self.store().cursor(consumer).await?);
        }
        Ok(behind)
    }
}
