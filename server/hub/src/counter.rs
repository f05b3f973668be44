//! The counter: reports by category, cell and hour, and how they ended, from the event log alone.

use model::event::Event;
use model::id::Key;
use model::status::Status;
use model::step::Act;
use model::tally::{Slot, hour_of};
use serde::Deserialize;
use store::{Applied, Counted, Ending, kind};

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

/// What it reads of a `report.stepped`. What is done to an incident is a step of every member too.
#[derive(Deserialize)]
struct Stepped {
    report: Key,
    act: String,
    #[serde(default)]
    status: Option<String>,
}

/// What an event adds; `Ok(None)` for one that adds nothing.
fn counted(event: &Event) -> Result<Option<Counted>, serde_json::Error> {
    Ok(match event.kind.as_str() {
        kind::REPORT_RECEIVED => Some(Counted::Report(slot(event, serde_json::from_str(&event.body)?))),
        kind::REPORT_STEPPED => ending(event.at, &serde_json::from_str(&event.body)?).map(Counted::Ending),
        _ => None,
    })
}

fn slot(event: &Event, received: Received) -> Slot {
    let cell = event.cell.map(model::cell::Cell::shown);
    Slot { category: received.category, cell, hour: hour_of(received.occurred) }
}

fn ending(at: i64, stepped: &Stepped) -> Option<Ending> {
    let report = stepped.report;
    if stepped.act == Act::Contest.name() {
        return Some(Ending::Contested { report });
    }
    let status = stepped.status.as_deref().and_then(Status::parse).filter(|status| status.is_closed())?;
    Some(Ending::Closed { report, at, solved: status.is_solved() })
}

pub(crate) struct Counter;

impl Projection for Counter {
    type Item = Counted;
    const NAME: &'static str = COUNTER;
    const BATCH: usize = 1_024;

    fn read(&self, _: &Hub, event: &Event) -> Result<Option<Counted>, Unreadable> {
        Ok(counted(event)?)
    }

    async fn write(&self, hub: &Hub, events: Vec<(i64, Option<Counted>)>) -> store::Result<Applied> {
        hub.store().count(COUNTER, events).await
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const KEY: &str = "01936b7e-5c00-7abc-8def-0123456789ab";

    fn event(kind: &str, body: &str) -> Event {
        Event { seq: 1, id: Uuid::nil(), kind: kind.into(), cell: None, at: 7, body: body.into() }
    }

    #[test]
    fn a_report_is_counted_in_the_hour_it_happened() {
        let event = event(kind::REPORT_RECEIVED, r#"{"category":"12G00","occurred":7200001,"people":3}"#);
        let slot = Slot { category: "12G00".into(), cell: None, hour: 2 };
        assert_eq!(counted(&event).unwrap(), Some(Counted::Report(slot)));
    }

    #[test]
    fn a_closing_counts_as_what_it_is_and_a_contest_as_a_contest() {
        let report = Key::parse(KEY).unwrap();
        let step = |act: &str, status: &str| {
            let body = format!(r#"{{"report":"{KEY}","act":"{act}","status":{status}}}"#);
            counted(&event(kind::REPORT_STEPPED, &body)).unwrap()
        };
        let closed = |solved| Some(Counted::Ending(Ending::Closed { report, at: 7, solved }));
        assert_eq!(step("status", r#""done""#), closed(true));
        assert_eq!(step("status", r#""refused""#), closed(false));
        assert_eq!(step("contest", r#""reopened""#), Some(Counted::Ending(Ending::Contested { report })));
        assert_eq!((step("status", r#""in-progress""#), step("remark", "null")), (None, None));
    }

    #[test]
    fn other_events_count_nothing_and_unreadable_ones_are_told_apart() {
        assert_eq!(counted(&event(kind::NOTE_ADDED, "{}")).unwrap(), None);
        assert!(counted(&event(kind::REPORT_RECEIVED, "{}")).is_err());
        assert!(counted(&event(kind::REPORT_STEPPED, "{}")).is_err());
    }
}
