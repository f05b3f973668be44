//! The notifier: which events people are told of, from the event log alone.

use model::event::Event;
use model::id::Key;
use model::notice::{self, Kind};
use model::status::Status;
use model::step::Act;
use serde::Deserialize;
use store::{Applied, NewNotice, kind};

use crate::Hub;
use crate::consume::{Projection, Unreadable};

/// The name of the consumer, in the store and in the feed.
pub(crate) const NOTIFIER: &str = "notifier";

/// What the notifier reads of a `report.received`.
#[derive(Deserialize)]
struct Received {
    #[serde(default)]
    reach: Vec<String>,
}

/// What it reads of a `report.stepped`.
#[derive(Deserialize)]
struct Stepped {
    act: String,
    #[serde(default)]
    status: Option<String>,
    report: Key,
}

pub(crate) struct Notifier;

impl Projection for Notifier {
    type Item = Vec<NewNotice>;
    const NAME: &'static str = NOTIFIER;
    // Most events bring nothing; those that do can wait for the reports that come in meanwhile.
    const BATCH: usize = 512;

    fn read(&self, _: &Hub, event: &Event) -> Result<Option<Self::Item>, Unreadable> {
        notices(event)
    }

    async fn write(&self, hub: &Hub, events: Vec<(i64, Option<Self::Item>)>) -> store::Result<Applied> {
        let applied = hub.store().queue_notices(NOTIFIER, hub.channels(), events).await?;
        hub.0.queued.notify_one();
        Ok(applied)
    }
}

fn notices(event: &Event) -> Result<Option<Vec<NewNotice>>, Unreadable> {
    let notice = |report, kind, status| NewNotice { event: event.id, report, kind, status, at: event.at };
    match event.kind.as_str() {
        kind::REPORT_RECEIVED => {
            let received: Received = serde_json::from_str(&event.body)?;
            if received.reach.is_empty() {
                return Ok(None);
            }
            let report = Key::from_bytes(event.id.as_bytes()).ok_or("an event without a key")?;
            Ok(Some(vec![notice(report, Kind::Received, None)]))
        }
        // What is done to an incident is a step of each of its members, with an event of its own.
        kind::REPORT_STEPPED => {
            let stepped: Stepped = serde_json::from_str(&event.body)?;
            let status = stepped.status.as_deref().and_then(Status::parse);
            let told = Act::parse(&stepped.act).and_then(|act| notice::of_step(act, status));
            Ok(told.map(|kind| vec![notice(stepped.report, kind, status)]))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const KEY: &str = "01936b7e-5c00-7abc-8def-0123456789ab";

    fn told(kind: &str, body: &str) -> Option<Vec<(Kind, Option<Status>)>> {
        let id = Uuid::parse_str(KEY).unwrap();
        let event = Event { seq: 1, id, kind: kind.into(), cell: None, at: 7, body: body.into() };
        let made = notices(&event).unwrap()?;
        assert!(made.iter().all(|notice| notice.event == id && notice.at == 7));
        Some(made.iter().map(|notice| (notice.kind, notice.status)).collect())
    }

    #[test]
    fn whoever_can_be_reached_is_told_that_the_report_is_there() {
        assert_eq!(
            told(kind::REPORT_RECEIVED, r#"{"category":"12G00","reach":["mail"]}"#),
            Some(vec![(Kind::Received, None)])
        );
        assert_eq!(told(kind::REPORT_RECEIVED, r#"{"category":"12G00"}"#), None);
        assert_eq!(told(kind::NOTE_ADDED, "{}"), None);
    }

    #[test]
    fn steps_are_told_and_what_is_done_to_an_incident_is_told_by_the_steps_of_its_members() {
        let step = |act: &str, status: &str| format!(r#"{{"report":"{KEY}","act":"{act}","status":{status}}}"#);
        assert_eq!(
            told(kind::REPORT_STEPPED, &step("status", "\"done\"")),
            Some(vec![(Kind::Closed, Some(Status::Done))])
        );
        assert_eq!(told(kind::REPORT_STEPPED, &step("offer", "null")), None);
        let two =
            format!(r#"{{"incident":"{KEY}","act":"status","status":"in-progress","reports":["{KEY}","{KEY}"]}}"#);
        assert_eq!(told(kind::INCIDENT_STEPPED, &two), None, "or everybody would be told twice");
    }
}
