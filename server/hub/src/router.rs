//! The router: places every new report in the queue of a department, from the event log alone, and says why.

use std::collections::BTreeMap;

use model::category::Category;
use model::event::Event;
use model::flood::Marks;
use model::id::Key;
use model::position::Position;
use model::promise::{Promise, Terms};
use model::routing::{Inputs, route};
use serde::Deserialize;
use store::{Applied, Handling, NewHandling, Origin, kind};

use crate::Hub;
use crate::consume::{Projection, Unreadable};
use crate::flood::Placing;
use crate::promises::keep;

/// The name of the consumer, in the store and in the feed.
pub(crate) const ROUTER: &str = "router";

/// What the router reads of a `report.received`.
#[derive(Deserialize)]
struct Received {
    category: String,
    danger: bool,
    people: Option<u32>,
    #[serde(default)]
    origin: Option<String>,
    #[serde(default)]
    marks: Marks,
    #[serde(default)]
    answers: BTreeMap<String, Vec<String>>,
}

pub(crate) struct Router;

impl Projection for Router {
    type Item = Placing;
    const NAME: &'static str = ROUTER;
    // A row with all its indexes for every report: dear, and no hurry.
    const BATCH: usize = 64;

    fn read(&self, hub: &Hub, event: &Event) -> Result<Option<Placing>, Unreadable> {
        if event.kind != kind::REPORT_RECEIVED {
            return Ok(None);
        }
        let received: Received = serde_json::from_str(&event.body)?;
        // What came from another system is handled there.
        if received.origin.as_deref() == Some(Origin::Import.name()) {
            return Ok(None);
        }
        let category = Category::of(&received.category).ok_or("an unknown category")?;
        let report = Key::from_bytes(event.id.as_bytes()).ok_or("an event without a key")?;
        let home = hub.home();
        let position = event.cell.and_then(|cell| {
            let (latitude, longitude) = cell.centre();
            Position::new(latitude, longitude)
        });
        let inputs = Inputs {
            category,
            position,
            at: event.at,
            offset: home.offset(event.at),
            answers: &received.answers,
            people: received.people,
            danger: received.danger,
        };
        let routed = route(&home.rules, &inputs);
        let terms = Terms::of(category, received.danger);
        let promise = home.timed(|timing| Promise::start(event.at, terms, timing));
        let handling = keep(home, Handling::new(routed.department.code), promise, event.at);
        let new = NewHandling {
            report,
            category: received.category,
            cell: event.cell,
            received_at: event.at,
            // Once it is known whether it is part of a flood.
            trace: String::new(),
            handling,
            marks: received.marks,
        };
        Ok(Some(Placing { new, trace: routed.trace, danger: received.danger }))
    }

    async fn write(&self, hub: &Hub, events: Vec<(i64, Option<Placing>)>) -> store::Result<Applied> {
        let events = hub.sort_out(events).await?;
        hub.store().place(ROUTER, events).await
    }
}
