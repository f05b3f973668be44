//! One consumer's queue and those who wait at it.

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::event::Event;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::Options;
use super::queue::Queue;
use crate::{DeadLetter, Delivery};

/// Longer delays are cut: the clock cannot count to any number that a duration can hold.
const LONGEST_DELAY: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A queue that can be waited at, from both of its ends.
pub(super) struct Line {
    queue: Mutex<Queue>,
    /// Something may be there to take.
    arrived: Notify,
    /// Something was taken away for good; all lines of a feed share it.
    room: Arc<Notify>,
    ack_wait: Duration,
}

impl Line {
    pub(super) fn new(options: &Options, room: Arc<Notify>) -> Self {
        let queue = Mutex::new(Queue::new(options.dead_letters));
        Self { queue, arrived: Notify::new(), room, ack_wait: options.ack_wait.min(LONGEST_DELAY) }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn len(&self) -> usize {
        self.queue().len()
    }

    /// Adds an event without waking anyone: that is done once for many.
    pub(super) fn push(&self, number: u64, event: Arc<Event>) {
        self.queue().push(number, event);
    }

    pub(super) fn wake(&self) {
        self.arrived.notify_waiters();
    }

    /// Waits for events and lends up to `max` of them to the subscription `to`.
    pub(super) async fn take(&self, to: u64, max: usize) -> Vec<Delivery> {
        loop {
            // Enabled before looking, so that an event that comes in between is not missed.
            let mut arrived = pin!(self.arrived.notified());
            arrived.as_mut().enable();
            let now = Instant::now();
            let due = {
                let mut queue = self.queue();
                let taken = queue.take(to, max, now, now + self.ack_wait);
                if !taken.is_empty() {
                    return taken;
                }
                queue.next_due()
            };
            match due {
                Some(due) => tokio::select! { () = arrived => (), () = sleep_until(due) => () },
                None => arrived.await,
            }
        }
    }

    pub(super) fn settle(&self, number: u64) {
        if self.queue().settle(number) {
            self.room.notify_waiters();
        }
    }

    pub(super) fn retry(&self, to: u64, number: u64, after: Duration) {
        self.queue().retry(to, number, Instant::now() + after.min(LONGEST_DELAY));
        self.wake();
    }

    pub(super) fn bury(&self, number: u64, reason: &str) {
        if self.queue().bury(number, reason) {
            self.room.notify_waiters();
        }
    }

    /// Takes back what the subscription `to` was lent.
    pub(super) fn release(&self, to: u64) {
        self.queue().release(to);
        self.wake();
    }

    pub(super) fn dead_letters(&self, limit: usize) -> Vec<DeadLetter> {
        self.queue().dead_letters(limit)
    }
}
