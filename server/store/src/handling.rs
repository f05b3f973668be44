//! How reports are handled: whose they are, what was promised, and how they stand in the queues.

use std::sync::Arc;

use model::cell::Cell;
use model::flood::Marks;
use model::id::Key;
use model::status::Status;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::keep::{decode, key_from};
use crate::lease::editing;
use crate::progress::{self, Applied};
use crate::rows::{Bound, Insert};
use crate::{Result, Store, StoreError, sighting};

/// Nothing is due any more.
pub const NEVER: i64 = i64::MAX;

/// The handling of a report as it changes. Times are UTC milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handling {
    /// The department whose queue it stands in.
    pub owner: String,
    /// The department that is asked to take it over.
    pub offered: Option<String>,
    pub offered_at: Option<i64>,
    pub refusals: i64,
    /// Until when somebody answers, and when somebody did.
    pub answer_due: i64,
    pub answered_at: Option<i64>,
    /// Until when somebody acts, and when somebody did.
    pub act_due: i64,
    pub acted_at: Option<i64>,
    /// Since when the clocks stand still.
    pub paused_at: Option<i64>,
    /// The next promised time that is open, or [`NEVER`].
    pub due: i64,
    /// When somebody must be told that it comes near.
    pub alarm_at: Option<i64>,
    /// When somebody was told last: what was so then is not told again.
    pub rung_at: Option<i64>,
    /// Whether somebody of the department has opened it.
    pub seen: bool,
    pub closed_at: Option<i64>,
    /// When the person who reported said that it is not solved.
    pub contested_at: Option<i64>,
    pub joined: i64,
}

impl Handling {
    /// In the queue of a department, before anything was promised and anybody has touched it.
    pub fn new(owner: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            offered: None,
            offered_at: None,
            refusals: 0,
            answer_due: NEVER,
            answered_at: None,
            act_due: NEVER,
            acted_at: None,
            paused_at: None,
            due: NEVER,
            alarm_at: None,
            rung_at: None,
            seen: false,
            closed_at: None,
            contested_at: None,
            joined: 0,
        }
    }
}

/// The handling of a report that the router has just placed.
#[derive(Clone, Debug)]
pub struct NewHandling {
    pub report: Key,
    pub category: String,
    pub cell: Option<Cell>,
    pub received_at: i64,
    /// Why it stands where it stands, as JSON.
    pub trace: String,
    pub handling: Handling,
    /// Where it came from, as far as floods are concerned.
    pub marks: Marks,
}

/// A handling as it is stored.
#[derive(Clone, Debug)]
pub struct HandlingRow {
    pub trace: String,
    pub handling: Handling,
    /// To be given back with a change: see [`crate::Change`].
    pub version: i64,
    /// Who is at work on it, until when.
    pub editor: Option<(Key, i64)>,
}

/// A line of a queue: nothing that is sealed.
#[derive(Clone, Debug)]
pub struct QueueRow {
    pub report: Key,
    pub category: String,
    pub danger: bool,
    pub people: Option<i64>,
    pub status: Status,
    pub received_at: i64,
    pub handling: Handling,
}

/// Which reports of a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Open ones: unseen first, then by the clock.
    Open,
    /// The same, those that tell of danger before all others: for reports that were put aside.
    Aside,
    /// Those it is asked to take over.
    Offered,
    /// Closed ones, the last first.
    Closed,
}

const HANDLINGS: Insert<'static> = Insert::new(
    "INSERT INTO handling (report, reference, category, cell, received_at, changed_at, trace, version, owner, offered, offered_at, refusals, \
     answer_due, answered_at, act_due, acted_at, paused_at, due, alarm_at, seen, closed_at, contested_at, joined, rung_at) VALUES",
    24,
    "ON CONFLICT (report) DO NOTHING",
);

/// The columns of [`Handling`], as [`read`] wants them: a text, to be put together with others while compiling.
macro_rules! columns {
    () => {
        "h.owner, h.offered, h.offered_at, h.refusals, h.answer_due, h.answered_at, h.act_due, h.acted_at, h.paused_at, h.due, \
         h.alarm_at, h.seen, h.closed_at, h.contested_at, h.joined, h.rung_at"
    };
}

/// Those of [`HandlingRow`], as [`row`] wants them.
macro_rules! handling_columns {
    () => {
        concat!("h.version, h.trace, h.editor, h.editor_until, ", crate::handling::columns!())
    };
}

pub(crate) use {columns, handling_columns};

impl Handling {
    /// Binds the columns of [`columns`], in their order.
    pub(crate) fn bind<'q>(&self, query: Bound<'q>) -> Bound<'q> {
        query
            .bind(self.owner.clone())
            .bind(self.offered.clone())
            .bind(self.offered_at)
            .bind(self.refusals)
            .bind(self.answer_due)
            .bind(self.answered_at)
            .bind(self.act_due)
            .bind(self.acted_at)
            .bind(self.paused_at)
            .bind(self.due)
            .bind(self.alarm_at)
            .bind(i64::from(self.seen))
            .bind(self.closed_at)
            .bind(self.contested_at)
            .bind(self.joined)
            .bind(self.rung_at)
    }
}

fn read(row: &AnyRow, first: usize) -> sqlx::Result<Handling> {
    Ok(Handling {
        owner: row.try_get(first)?,
        offered: row.try_get(first + 1)?,
        offered_at: row.try_get(first + 2)?,
        refusals: row.try_get(first + 3)?,
        answer_due: row.try_get(first + 4)?,
        answered_at: row.try_get(first + 5)?,
        act_due: row.try_get(first + 6)?,
        acted_at: row.try_get(first + 7)?,
        paused_at: row.try_get(first + 8)?,
        due: row.try_get(first + 9)?,
        alarm_at: row.try_get(first + 10)?,
        seen: row.try_get::<i64, _>(first + 11)? != 0,
        closed_at: row.try_get(first + 12)?,
        contested_at: row.try_get(first + 13)?,
        joined: row.try_get(first + 14)?,
        rung_at: row.try_get(first + 15)?,
    })
}

impl Store {
    /// Places reports in the queues of their departments: each a position of the log and what it brings, or nothing. Those placed before
    /// are passed over.
    ///
    /// # Errors
    /// When the store is unavailable: then none of them counts as placed.
    pub async fn place(&self, consumer: &'static str, events: Vec<(i64, Option<NewHandling>)>) -> Result<Applied> {
        let events = Arc::new(events);
        self.writer
            .work("place reports", move |transaction| {
                let events = Arc::clone(&events);
                Box::pin(async move {
                    let (progress, fresh) = progress::begin(transaction, consumer, &events).await?;
                    let sightings = sighting::noting(&fresh);
                    let rows = HANDLINGS.rows(fresh, |query, new: &&NewHandling| {
                        let query = query
                            .bind(new.report.bytes().to_vec())
                            .bind(new.report.reference().to_string())
                            .bind(new.category.clone())
                            .bind(new.cell.map(Cell::number))
                            .bind(new.received_at)
                            .bind(new.received_at)
                            .bind(new.trace.clone())
                            .bind(1_i64);
                        new.handling.bind(query)
                    });
                    transaction.send(&rows).await?;
                    transaction.send(&sightings).await?;
                    progress::settle(transaction, progress).await
                })
            })
            .await
    }

    /// The handling of a report; `None` before the router has placed it, and for what nobody here handles.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn handling(&self, report: Key) -> Result<Option<HandlingRow>> {
        let doing = "read a handling";
        let sql = concat!("SELECT ", handling_columns!(), " FROM handling h WHERE h.report = $1");
        let rows = self.rows(doing, sql, |question| question.bind(report.bytes().to_vec())).await?;
        let found = rows.first().map_or(Ok(None), |first| row(first, 0));
        found.map_err(StoreError::while_it_should(doing))
    }

    /// The lines of a department's queue after the first `passed`, at most `limit`.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn queue(&self, department: &str, queue: Queue, limit: u32, passed: u32) -> Result<Vec<QueueRow>> {
        macro_rules! lines {
            ($of:literal) => {
                concat!(
                    "SELECT h.report, h.category, r.danger, r.people, r.status, h.received_at, ",
                    columns!(),
                    " FROM handling h JOIN report r ON r.id = h.report WHERE ",
                    $of,
                    " LIMIT $2 OFFSET $3"
                )
            };
        }
        let sql = match queue {
            Queue::Open => lines!("h.owner = $1 AND h.closed_at IS NULL ORDER BY h.seen, h.due, h.report"),
            Queue::Aside => {
                lines!("h.owner = $1 AND h.closed_at IS NULL ORDER BY r.danger DESC, h.seen, h.due, h.report")
            }
            Queue::Offered => lines!("h.offered = $1 AND h.offered IS NOT NULL ORDER BY h.due, h.report"),
            Queue::Closed => lines!("h.owner = $1 AND h.closed_at IS NOT NULL ORDER BY h.closed_at DESC, h.report"),
        };
        let rows = self
            .rows("read a queue", sql, |question| {
                question.bind(department.to_owned()).bind(i64::from(limit)).bind(i64::from(passed))
            })
            .await?;
        rows.iter().map(line).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should("read a queue"))
    }

    /// How many open reports a department has, and how many of them nobody has opened.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn queue_lengths(&self, department: &str) -> Result<(i64, i64)> {
        let doing = "count a queue";
        let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(1 - seen), 0) AS BIGINT) FROM handling \
                   WHERE owner = $1 AND closed_at IS NULL";
        let rows = self.rows(doing, sql, |question| question.bind(department.to_owned())).await?;
        let counts =
            rows.first().ok_or(sqlx::Error::RowNotFound).and_then(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        counts.map_err(StoreError::while_it_should(doing))
    }

    /// The reports that go by a reference that somebody read out: nearly always one.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn by_reference(&self, reference: &str) -> Result<Vec<Key>> {
        let doing = "look a reference up";
        let sql = "SELECT report FROM handling WHERE reference = $1 ORDER BY report LIMIT 10";
        let rows = self.rows(doing, sql, |question| question.bind(reference.to_owned())).await?;
        rows.iter()
            .map(|row| key_from(row.try_get::<&[u8], _>(0)?))
            .collect::<sqlx::Result<_>>()
            .map_err(StoreError::while_it_should(doing))
    }

    /// Open reports whose clock needs somebody's attention at `now`, the longest waiting first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn alarms(&self, now: i64, limit: u32) -> Result<Vec<Key>> {
        let doing = "read alarms";
        let sql =
            "SELECT report FROM handling WHERE alarm_at IS NOT NULL AND alarm_at <= $1 ORDER BY alarm_at LIMIT $2";
        let rows = self.rows(doing, sql, |question| question.bind(now).bind(i64::from(limit))).await?;
        rows.iter()
            .map(|row| key_from(row.try_get::<&[u8], _>(0)?))
            .collect::<sqlx::Result<_>>()
            .map_err(StoreError::while_it_should(doing))
    }

    /// Puts off an alarm that could not be looked after at `now`, so that it does not stand before the others for ever.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn put_off(&self, report: Key, now: i64, until: i64) -> Result<()> {
        self.writer
            .work("put an alarm off", move |transaction| {
                Box::pin(async move {
                    sqlx::query("UPDATE handling SET alarm_at = $3 WHERE report = $1 AND alarm_at <= $2")
                        .bind(report.bytes().to_vec())
                        .bind(now)
                        .bind(until)
                        .execute(transaction.alone().await?)
                        .await
                        .map(|_| ())
                })
            })
            .await
    }
}

/// The handling in the columns from `first` on, if there is one.
pub(crate) fn row(row: &AnyRow, first: usize) -> sqlx::Result<Option<HandlingRow>> {
    let Some(version) = row.try_get::<Option<i64>, _>(first)? else { return Ok(None) };
    Ok(Some(HandlingRow {
        version,
        trace: row.try_get(first + 1)?,
        editor: editing(row, first + 2)?,
        handling: read(row, first + 4)?,
    }))
}

pub(crate) fn line(row: &AnyRow) -> sqlx::Result<QueueRow> {
    Ok(QueueRow {
        report: key_from(row.try_get::<&[u8], _>(0)?)?,
        category: row.try_get(1)?,
        danger: row.try_get::<i64, _>(2)? != 0,
        people: row.try_get(3)?,
        status: Status::parse(row.try_get(4)?).ok_or_else(|| decode("an unknown status"))?,
        received_at: row.try_get(5)?,
        handling: read(row, 6)?,
    })
}
