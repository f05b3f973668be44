//! The feed of a single process: queues in memory.
//!
//! Nothing here survives the process. That is sound because the log in the store does: the relay begins again where the
//! consumers' cursors stand.

mod line;
mod queue;
mod remembered;
mod subscription;

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use model::event::Event;
use tokio::sync::Notify;

use crate::{DeadLetter, Feed, FeedError, Subscription};
use line::Line;
use remembered::Remembered;
use subscription::Share;

/// The bounds of an [`InProcess`] feed.
#[derive(Clone, Debug)]
pub struct Options {
    /// So many unanswered events may wait for one consumer; publishing waits for room beyond that.
    pub pending: usize,
    /// So many ids are remembered to recognise an event that is published again.
    pub remembered: usize,
    /// So many dead letters are kept per consumer; older ones are dropped.
    pub dead_letters: usize,
    /// An unanswered delivery comes again after this time.
    pub ack_wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { pending: 4_096, remembered: 65_536, dead_letters: 1_000, ack_wait: Duration::from_secs(30) }
    }
}

/// A bounded feed in memory, between tasks of one process.
pub struct InProcess {
    lines: BTreeMap<String, Arc<Line>>,
    entrance: Mutex<Entrance>,
    room: Arc<Notify>,
    subscriptions: AtomicU64,
    options: Options,
}

/// Held while an event is let in, so that every queue has the events in the same order.
struct Entrance {
    remembered: Remembered,
    /// The number of the next event, by which queues keep their order.
    next: u64,
}

impl InProcess {
    /// A feed for these consumers. Declare those that run: one that never fetches fills its queue, and publishing then
    /// waits for it.
    pub fn new<C: Into<String>>(consumers: impl IntoIterator<Item = C>, options: Options) -> Self {
        let room = Arc::new(Notify::new());
        let lines =
            consumers.into_iter().map(|name| (name.into(), Arc::new(Line::new(&options, Arc::clone(&room))))).collect();
        let entrance = Mutex::new(Entrance { remembered: Remembered::new(options.remembered), next: 0 });
        Self { lines, entrance, room, subscriptions: AtomicU64::new(0), options }
    }

    fn line(&self, consumer: &str) -> Result<&Arc<Line>, FeedError> {
        self.lines.get(consumer).ok_or_else(|| FeedError::Consumer { name: consumer.to_owned() })
    }

    /// Puts `event` into every queue, or into none when one of them is full. False when there was no room.
    fn admit(&self, event: &Arc<Event>) -> bool {
        let mut entrance = self.entrance.lock().unwrap_or_else(PoisonError::into_inner);
        if entrance.remembered.contains(event.id) {
            return true;
        }
        // Only this function makes queues longer, and one at a time: the room that is seen here stays.
        if self.lines.values().any(|line| line.len() >= self.options.pending) {
            return false;
        }
        entrance.remembered.insert(event.id);
        for line in self.lines.values() {
            line.push(entrance.next, Arc::clone(event));
        }
        entrance.next += 1;
        true
    }

    fn wake(&self) {
        for line in self.lines.values() {
            line.wake();
        }
    }
}

#[async_trait]
impl Feed for InProcess {
    async fn publish(&self, events: &[Event]) -> Result<(), FeedError> {
        for event in events {
            let event = Arc::new(event.clone());
            loop {
                // Enabled before looking, so that room made in between is not missed.
                let mut room = pin!(self.room.notified());
                room.as_mut().enable();
                if self.admit(&event) {
                    break;
                }
                self.wake();
                room.await;
            }
        }
        self.wake();
        Ok(())
    }

    async fn subscribe(&self, consumer: &str) -> Result<Box<dyn Subscription>, FeedError> {
        let line = Arc::clone(self.line(consumer)?);
        Ok(Box::new(Share::new(line, self.subscriptions.fetch_add(1, Ordering::Relaxed))))
    }

    async fn memory(&self) -> Result<Option<String>, FeedError> {
        Ok(None)
    }

    async fn health(&self) -> Result<(), FeedError> {
        Ok(())
    }

    async fn dead_letters(&self, consumer: &str, limit: usize) -> Result<Vec<DeadLetter>, FeedError> {
        Ok(self.line(consumer)?.dead_letters(limit))
    }
}
