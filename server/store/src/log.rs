//! The event log: appended to in the transaction of what an event tells of, read in the order of commits.

use model::cell::Cell;
use model::event::Event;
use model::id::Key;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::keep::cell_from;
use crate::rows::Insert;
use crate::{Result, Store, StoreError};

/// The kinds of event.
pub mod kind {
    /// A report was stored. Body: `category`, `danger`, `people`, `mark`, `occurred` (UTC milliseconds).
    pub const REPORT_RECEIVED: &str = "report.received";
    /// A note was added to a report. Body: `report`, its key.
    pub const NOTE_ADDED: &str = "note.added";
}

/// An event before it has a place in the log.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// The key of what it tells of: one event a thing, so this is also the message id.
    pub id: Key,
    pub kind: &'static str,
    pub cell: Option<Cell>,
    pub at: i64,
    pub body: String,
}

const EVENTS: Insert<'static> =
    Insert { head: "INSERT INTO event (seq, id, kind, cell, at, body) VALUES", width: 6, tail: "" };

/// Gives the events the next positions of the log.
pub(crate) async fn append(connection: &mut AnyConnection, events: &[NewEvent]) -> sqlx::Result<()> {
    let Ok(count @ 1..) = i64::try_from(events.len()) else { return Ok(()) };
    let last: i64 = sqlx::query("UPDATE log_head SET seq = seq + $1 WHERE one = 1 RETURNING seq")
        .bind(count)
        .fetch_one(&mut *connection)
        .await?
        .try_get(0)?;
    let placed: Vec<(i64, &NewEvent)> = (last - count + 1..).zip(events).collect();
    EVENTS
        .run(connection, &placed, |query, (seq, event)| {
            query
                .bind(*seq)
                .bind(event.id.bytes().to_vec())
                .bind(event.kind)
                .bind(event.cell.map(Cell::number))
                .bind(event.at)
                .bind(event.body.clone())
        })
        .await?;
    Ok(())
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
