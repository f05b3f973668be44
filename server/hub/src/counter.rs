//! The counter: reports by category, cell and hour, from the event log alone.

use model::event::Event;
use model::tally::{Slot, hour_of};
use serde::Deserialize;
use store::{Applied, kind};

use crate::Hub;
use crate::consume::{Projection, Unreadable};

/// The name of the consumer, in the store and in the feed.
pub(crate) const COUNTER: &str = "counter";

/// What the counter reads of a `report.received`.
#[derive(Deserialize)]
struct Received {
    category: String,
    occurred: i64,
}

/// The slot that an event adds to; `Ok(None)` for an event of another kind.
fn slot(event: &Event) -> Result<Option<Slot>, serde_json::Error> {
    if event.kind != kind::REPORT_RECEIVED {
        return Ok(None);
    }
    let received: Received = serde_json::from_str(&event.body)?;
    let cell = event.cell.map(model::cell::Cell::shown);
    Ok(Some(Slot { category: received.category, cell, hour: hour_of(received.occurred) }))
}

pub(crate) struct Counter;

impl Projection for Counter {
    type Item = Slot;
    const NAME: &'static str = COUNTER;
    const BATCH: usize = 1_024;
    const REST: u32 = 0;

    fn read(&self, _: &Hub, event: &Event) -> Result<Option<Slot>, Unreadable> {
        Ok(slot(event)?)
    }

    async fn write(&self, hub: &Hub, events: Vec<(i64, Option<Slot>)>) -> store::Result<Applied> {
        hub.store().count(COUNTER, events).await
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn event(kind: &str, body: &str) -> Event {
        Event { seq: 1, id: Uuid::nil(), kind: kind.into(), cell: None, at: 0, body: body.into() }
    }

    #[test]
    fn a_report_is_counted_in_the_hour_it_happened() {
        let event = event(kind::REPORT_RECEIVED, r#"{"category":"12G00","occurred":7200001,"people":3}"#);
        assert_eq!(slot(&event).unwrap(), Some(Slot { category: "12G00".into(), cell: None, hour: 2 }));
    }

    #[test]
    fn other_events_count_nothing_and_unreadable_ones_are_told_apart() {
        assert_eq!(slot(&event(kind::NOTE_ADDED, "{}")).unwrap(), None);
        assert!(slot(&event(kind::REPORT_RECEIVED, "{}")).is_err());
    }
}
