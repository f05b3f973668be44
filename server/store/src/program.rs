//! Other systems' programs: which report came from which, and how reports moved.

use model::id::Key;
use model::status::Status;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::keep::{decode, key_from};
use crate::{Result, Store, StoreError};

/// A program that sends reports, by a mark of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program(pub [u8; 8]);

/// A report that has come to another state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedRow {
    /// The key of the step.
    pub key: Key,
    pub report: Key,
    /// UTC milliseconds.
    pub at: i64,
    pub status: Status,
    /// The legal ground of a refusal.
    pub detail: Option<String>,
}

impl Store {
    /// The program that a report came from, if it came from one that has a key.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn program_of(&self, report: Key) -> Result<Option<Program>> {
        let doing = "find the program of a report";
        let sql = "SELECT program FROM program_report WHERE report = $1";
        let rows = self.rows(doing, sql, |question| question.bind(report.bytes().to_vec())).await?;
        rows.first().map(program).transpose().map_err(StoreError::while_it_should(doing))
    }

    /// How the reports that are handled here moved from `since` on and up to `until` (UTC milliseconds), the oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn moved(&self, since: i64, until: i64, limit: u32, offset: u32) -> Result<Vec<MovedRow>> {
        let doing = "read how reports moved";
        let sql = "SELECT s.id, s.report, s.at, s.status, s.detail FROM step s JOIN handling h ON h.report = s.report \
                   WHERE s.status IS NOT NULL AND s.at >= $1 AND s.at <= $2 ORDER BY s.at, s.id LIMIT $3 OFFSET $4";
        let rows = self.rows(doing, sql, |question| {
            question.bind(since).bind(until).bind(i64::from(limit)).bind(i64::from(offset))
        });
        rows.await?.iter().map(moved).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }

    /// How one of them moved, the oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn moves_of(&self, report: Key) -> Result<Vec<MovedRow>> {
        let doing = "read how a report moved";
        let sql = "SELECT s.id, s.report, s.at, s.status, s.detail FROM step s JOIN handling h ON h.report = s.report \
                   WHERE s.report = $1 AND s.status IS NOT NULL ORDER BY s.at, s.id";
        let rows = self.rows(doing, sql, |question| question.bind(report.bytes().to_vec())).await?;
        rows.iter().map(moved).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }
}

fn program(row: &AnyRow) -> sqlx::Result<Program> {
    let mark: &[u8] = row.try_get(0)?;
    mark.try_into().map(Program).map_err(|_| decode("the mark of a program has another length"))
}

fn moved(row: &AnyRow) -> sqlx::Result<MovedRow> {
    Ok(MovedRow {
        key: key_from(row.try_get::<&[u8], _>(0)?)?,
        report: key_from(row.try_get::<&[u8], _>(1)?)?,
        at: row.try_get(2)?,
        status: Status::parse(row.try_get(3)?).ok_or_else(|| decode("an unknown status"))?,
        detail: row.try_get(4)?,
    })
}
