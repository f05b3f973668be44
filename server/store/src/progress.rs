//! How far a consumer has come, and its projection: both change in one transaction, so an event counts once however often it comes.
//!
//! A cursor is a low-water mark: everything up to it has been applied. Events that came early, out of order, are remembered one by one
//! in `applied` until the mark passes them. Positions have no gaps, so the mark always catches up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::cell::Cell;
use model::tally::Slot;
use sqlx::{AnyConnection, Row};

use crate::outcome::{self, Ending};
use crate::rows::Insert;
use crate::transaction::Transaction;
use crate::{Result, Store, StoreError};

/// What applying a batch did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Events that had not been applied before.
    pub new: usize,
    /// The low-water mark now.
    pub cursor: i64,
}

/// What an event adds to the counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// One report.
    Report(Slot),
    /// How a report ended.
    Ending(Ending),
}

const TALLY: Insert<'static> = Insert::new(
    "INSERT INTO tally (category, cell, hour, reports) VALUES",
    4,
    "ON CONFLICT (category, cell, hour) DO UPDATE SET reports = tally.reports + excluded.reports",
);
const EARLY: Insert<'static> = Insert::new("INSERT INTO applied (consumer, seq) VALUES", 2, "");

impl Store {
    /// The low-water mark of a consumer, 0 at the beginning.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn cursor(&self, consumer: &str) -> Result<i64> {
        let doing = "read a cursor";
        let sql = "SELECT seq FROM cursor WHERE consumer = $1";
        let rows = self.rows(doing, sql, |question| question.bind(consumer.to_owned())).await?;
        rows.first().map_or(Ok(0), |row| row.try_get(0)).map_err(StoreError::while_it_should(doing))
    }

    /// Applies events to the counts: each a position and what it adds, or nothing. Those applied before are passed over.
    ///
    /// # Errors
    /// When the store is unavailable: then none of them counts as applied.
    pub async fn count(&self, consumer: &'static str, events: Vec<(i64, Option<Counted>)>) -> Result<Applied> {
        let events = Arc::new(events);
        self.writer
            .work("apply events", move |transaction| {
                let events = Arc::clone(&events);
                Box::pin(async move { count(transaction, consumer, &events).await })
            })
            .await
    }

    /// Moves a consumer that only passes events on, in order. A mark never goes back, whichever worker comes last.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn advance(&self, consumer: &'static str, seq: i64) -> Result<()> {
        self.writer
            .work("move a cursor", move |transaction| {
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    if lock(connection, consumer).await? < seq {
                        set(connection, consumer, seq).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}

async fn count(
    transaction: &mut Transaction,
    consumer: &'static str,
    events: &[(i64, Option<Counted>)],
) -> sqlx::Result<Applied> {
    let (progress, fresh) = begin(transaction, consumer, events).await?;
    let mut slots: BTreeMap<&Slot, i64> = BTreeMap::new();
    for counted in fresh {
        match counted {
            Counted::Report(slot) => *slots.entry(slot).or_default() += 1,
            // Few, beside the reports.
            Counted::Ending(ending) => outcome::note(transaction.alone().await?, *ending).await?,
        }
    }
    let tallies = TALLY.rows(slots.into_iter().collect(), |query, (slot, reports)| {
        query.bind(slot.category.clone()).bind(slot.cell.map_or(0, Cell::number)).bind(slot.hour).bind(*reports)
    });
    transaction.send(&tallies).await?;
    settle(transaction, progress).await
}

/// A batch on its way into a projection.
pub(crate) struct Progress {
    consumer: &'static str,
    /// The mark before.
    before: i64,
    early: BTreeSet<i64>,
    known: BTreeSet<i64>,
    new: usize,
}

/// Holds the consumer against its other workers until the transaction ends; gives back what the projection has not seen yet.
pub(crate) async fn begin<'e, T>(
    transaction: &mut Transaction,
    consumer: &'static str,
    events: &'e [(i64, Option<T>)],
) -> sqlx::Result<(Progress, Vec<&'e T>)> {
    let before = lock(transaction.alone().await?, consumer).await?;
    let early = early(transaction.alone().await?, consumer).await?;
    let mut known: BTreeSet<i64> = early.range(before + 1..).copied().collect();
    let (mut new, mut fresh) = (0, Vec::new());
    for (seq, event) in events {
        if *seq > before && known.insert(*seq) {
            new += 1;
            fresh.extend(event);
        }
    }
    Ok((Progress { consumer, before, early, known, new }, fresh))
}

/// Moves the mark over everything that is applied without a gap, and remembers the rest.
pub(crate) async fn settle(transaction: &mut Transaction, progress: Progress) -> sqlx::Result<Applied> {
    let Progress { consumer, before, early, known, new } = progress;
    let connection = transaction.alone().await?;
    let cursor =
        (before + 1..).zip(&known).take_while(|(next, seq)| next == *seq).last().map_or(before, |(next, _)| next);
    if cursor != before {
        set(connection, consumer, cursor).await?;
    }
    if early.first().is_some_and(|seq| *seq <= cursor) {
        sqlx::query("DELETE FROM applied WHERE consumer = $1 AND seq <= $2")
            .bind(consumer)
            .bind(cursor)
            .execute(&mut *connection)
            .await?;
    }
    let fresh: Vec<i64> = known.difference(&early).copied().filter(|seq| *seq > cursor).collect();
    transaction.send(&EARLY.rows(fresh, move |query, seq| query.bind(consumer).bind(*seq))).await?;
    Ok(Applied { new, cursor })
}

/// The mark, held against every other worker of the consumer until the transaction ends.
async fn lock(connection: &mut AnyConnection, consumer: &'static str) -> sqlx::Result<i64> {
    sqlx::query(
        "INSERT INTO cursor (consumer, seq) VALUES ($1, 0) \
         ON CONFLICT (consumer) DO UPDATE SET seq = cursor.seq RETURNING seq",
    )
    .bind(consumer)
    .fetch_one(connection)
    .await?
    .try_get(0)
}

async fn early(connection: &mut AnyConnection, consumer: &'static str) -> sqlx::Result<BTreeSet<i64>> {
    let rows = sqlx::query("SELECT seq FROM applied WHERE consumer = $1").bind(consumer).fetch_all(connection).await?;
    rows.iter().map(|row| row.try_get(0)).collect()
}

async fn set(connection: &mut AnyConnection, consumer: &'static str, seq: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE cursor SET seq = $2 WHERE consumer = $1")
        .bind(consumer)
        .bind(seq)
        .execute(connection)
        .await
        .map(|_| ())
}
