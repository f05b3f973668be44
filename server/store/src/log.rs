//! The event log: appended to in the transaction of what an event tells of, read in the order of commits.

use model::cell::Cell;
use model::event::Event;
use model::id::Key;
use sha2::{Digest, Sha256};
use sqlx::Row;
use uuid::{Builder, Uuid};

use crate::keep::cell_from;
use crate::rows::{Bound, Insert};
use crate::transaction::{Placeholders, Statement, Statements};
use crate::{Result, Store, StoreError};

/// The kinds of event.
pub mod kind {
    /// A report was stored. Body: `category`, `danger`, `people`, `mark`, `occurred` (UTC milliseconds),
    /// `origin`, `marks` (see [`model::flood::Marks`]), `reach` (the channels on which the person can be told).
    pub const REPORT_RECEIVED: &str = "report.received";
    /// A note was added to a report. Body: `report`, its key.
    pub const NOTE_ADDED: &str = "note.added";
    /// A photo was added to a report. Body: `report`, its key; `department` and `staff`, the key of who added it, where it is evidence of what was done.
    pub const PHOTO_ADDED: &str = "photo.added";
    /// Something was done to a report. Body: `report`, its key; `act`; `status` afterwards, if it changed; `department`; `detail`.
    pub const REPORT_STEPPED: &str = "report.stepped";
    /// Whoever reported something was shown whom to call. Body: `report`, its key.
    pub const REPORT_ADVISED: &str = "report.advised";
    /// The person who reported took back what they had agreed to. Body: `report`, its key; `purposes`, those that have ended.
    pub const CONSENT_WITHDRAWN: &str = "consent.withdrawn";
    /// Something was done to an incident. Body: `incident`, its key; `act`; `status` afterwards, if it changed; `reports`, the keys of the members it was done to.
    pub const INCIDENT_STEPPED: &str = "incident.stepped";
    /// Somebody was added to the staff, got a link, came in by it, or left. Body: `act`; `staff`, the key of who did it, null for whoever runs the portal; `whom`, the key of whom it is about.
    pub const STAFF_ACTED: &str = "staff.acted";
}

/// The message id of what has a key of somebody else's choice, which may be that of a report by mischief: derived and of version 8 (RFC
/// 9562, section 5.8), it is never the key of anything.
pub(crate) fn message_id(kind: &str, key: Key) -> Uuid {
    derived_id(kind, key.bytes())
}

/// The same of what has no key of its own: `of` makes it this one and no other.
pub(crate) fn derived_id(kind: &str, of: &[u8]) -> Uuid {
    let digest: [u8; 32] = Sha256::new_with_prefix(kind).chain_update(of).finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(id).into_uuid()
}

/// An event before it has a place in the log.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// The message id, the same whenever the same thing is told: for a report its key, for anything else [`message_id`].
    pub id: Uuid,
    pub kind: &'static str,
    pub cell: Option<Cell>,
    pub at: i64,
    pub body: String,
}

/// Positions are counted back from the head, which has gone before.
const EVENTS: Insert<'static> = Insert {
    from: "(SELECT seq FROM log_head WHERE one = 1) - ",
    ..Insert::new("INSERT INTO event (seq, id, kind, cell, at, body) VALUES", 6, "")
};

/// Moves the head of the log on.
struct Advance(i64);

impl Statement for Advance {
    fn write(&self, sql: &mut String, values: &mut Placeholders) {
        sql.push_str("UPDATE log_head SET seq = seq + ");
        values.next(sql);
        sql.push_str(" WHERE one = 1");
    }

    fn bind<'q>(&self, query: Bound<'q>) -> Bound<'q> {
        query.bind(self.0)
    }
}

/// The statements that give the events the next positions of the log. They go last: from here on every other writer of the log waits for
/// the commit.
pub(crate) fn append(events: Vec<NewEvent>) -> Statements<'static> {
    let Ok(count @ 1..) = i64::try_from(events.len()) else { return Vec::new() };
    let placed: Vec<(i64, NewEvent)> = (0..count).rev().zip(events).collect();
    let rows = EVENTS.rows(placed, |query, (behind, event)| {
        query
            .bind(*behind)
            .bind(event.id.as_bytes().to_vec())
            .bind(event.kind)
            .bind(event.cell.map(Cell::number))
            .bind(event.at)
            .bind(event.body.clone())
    });
    let mut statements: Statements<'static> = vec![Box::new(Advance(count))];
    statements.extend(rows);
    statements
}

impl Store {
    /// The events after position `after`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn events_after(&self, after: i64, limit: u32) -> Result<Vec<Event>> {
        let sql = "SELECT seq, id, kind, cell, at, body FROM event WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows = self.rows("read the log", sql, |question| question.bind(after).bind(i64::from(limit))).await?;
        rows.iter().map(event).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should("read an event"))
    }

    /// The position of the newest event, 0 for an empty log.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn head(&self) -> Result<i64> {
        self.number("read the head of the log", "SELECT seq FROM log_head WHERE one = 1").await
    }
}

fn event(row: &sqlx::any::AnyRow) -> sqlx::Result<Event> {
    let id: Vec<u8> = row.try_get(1)?;
    Ok(Event {
        seq: row.try_get(0)?,
        id: Uuid::from_slice(&id).map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        kind: row.try_get(2)?,
        cell: cell_from(row.try_get(3)?)?,
        at: row.try_get(4)?,
        body: row.try_get(5)?,
    })
}
