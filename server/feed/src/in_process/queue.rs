//! The events that one consumer has not answered yet. No clock and no waiting here: time comes in as an argument.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use model::event::Event;
use tokio::time::Instant;

use crate::delivery::Token;
use crate::{Content, DeadLetter, Delivery, dead_letter};

/// Unanswered events by their number, and the letters of those that were given up.
pub(super) struct Queue {
    entries: BTreeMap<u64, Entry>,
    /// The numbers of the entries that are `Ready`.
    ready: BTreeSet<u64>,
    /// When entries that are `Lent` or `Later` become `Ready`.
    due: BTreeSet<(Instant, u64)>,
    dead: VecDeque<DeadLetter>,
    most_dead: usize,
}

struct Entry {
    event: Arc<Event>,
    /// How often it was lent.
    attempt: u32,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Ready,
    Lent { to: u64, until: Instant },
    Later { from: Instant },
}

impl Queue {
    pub(super) fn new(most_dead: usize) -> Self {
        Self {
            entries: BTreeMap::new(),
            ready: BTreeSet::new(),
            due: BTreeSet::new(),
            dead: VecDeque::new(),
            most_dead,
        }
    }

    /// How many events are unanswered.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn push(&mut self, number: u64, event: Arc<Event>) {
        self.entries.insert(number, Entry { event, attempt: 0, place: Place::Ready });
        self.ready.insert(number);
    }

    /// Lends up to `max` events (at least one, if there is one), the oldest first, to the subscription `to`.
    pub(super) fn take(&mut self, to: u64, max: usize, now: Instant, until: Instant) -> Vec<Delivery> {
        while let Some(&(at, number)) = self.due.first()
            && at <= now
        {
            self.put(number, Place::Ready);
        }
        let numbers: Vec<u64> = self.ready.iter().copied().take(max.max(1)).collect();
        numbers.into_iter().filter_map(|number| self.lend(number, to, until)).collect()
    }

    fn lend(&mut self, number: u64, to: u64, until: Instant) -> Option<Delivery> {
        self.put(number, Place::Lent { to, until });
        let entry = self.entries.get_mut(&number)?;
        entry.attempt += 1;
        let event = Arc::clone(&entry.event);
        Some(Delivery { event, attempt: entry.attempt, token: Token::InProcess(number) })
    }

    /// When the next lent or delayed event becomes ready.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.due.first().map(|&(at, _)| at)
    }

    /// Done, even if the event has become ready again meanwhile: late is not wrong. False if it was settled before.
    pub(super) fn settle(&mut self, number: u64) -> bool {
        self.remove(number).is_some()
    }

    /// Delays an event that is still lent to `to`; one that has gone on to someone else is left alone.
    pub(super) fn retry(&mut self, to: u64, number: u64, from: Instant) {
        if self.entries.get(&number).is_some_and(|entry| entry.lent_to(to)) {
            self.put(number, Place::Later { from });
        }
    }

    /// Moves an event to the dead letters. False if it was settled before.
    pub(super) fn bury(&mut self, number: u64, reason: &str) -> bool {
        let Some(Entry { event, attempt, .. }) = self.remove(number) else { return false };
        let content = Content::Event(Arc::unwrap_or_clone(event));
        self.dead.push_back(DeadLetter { content, reason: dead_letter::one_line(reason), attempt });
        while self.dead.len() > self.most_dead {
            self.dead.pop_front();
        }
        true
    }

    /// Makes ready what was lent to `to`.
    pub(super) fn release(&mut self, to: u64) {
        let lent: Vec<u64> =
            self.entries.iter().filter(|(_, entry)| entry.lent_to(to)).map(|(&number, _)| number).collect();
        for number in lent {
            self.put(number, Place::Ready);
        }
    }

    pub(super) fn dead_letters(&self, limit: usize) -> Vec<DeadLetter> {
        self.dead.iter().rev().take(limit).cloned().collect()
    }

    /// Moves an entry and keeps both indexes true.
    fn put(&mut self, number: u64, place: Place) {
        let Some(entry) = self.entries.get_mut(&number) else { return };
        let before = std::mem::replace(&mut entry.place, place);
        self.unlist(number, before);
        match place.due() {
            None => self.ready.insert(number),
            Some(at) => self.due.insert((at, number)),
        };
    }

    fn remove(&mut self, number: u64) -> Option<Entry> {
        let entry = self.entries.remove(&number)?;
        self.unlist(number, entry.place);
        Some(entry)
    }

    fn unlist(&mut self, number: u64, place: Place) {
        match place.due() {
            None => self.ready.remove(&number),
            Some(at) => self.due.remove(&(at, number)),
        };
    }
}

impl Entry {
    fn lent_to(&self, subscription: u64) -> bool {
        matches!(self.place, Place::Lent { to, .. } if to == subscription)
    }
}

impl Place {
    /// When an entry here becomes ready; none if it is.
    fn due(self) -> Option<Instant> {
        match self {
            Self::Ready => None,
            Self::Lent { until: at, .. } | Self::Later { from: at } => Some(at),
        }
    }
}
