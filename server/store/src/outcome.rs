//! How reports ended, as far as that is counted: the counter's second projection, one row a report.
//!
//! A row is what the earliest closing and any contest make of it, in whichever order they come and however often: so it can also be
//! made from the history, as the migration does.

use model::id::Key;
use sqlx::{AnyConnection, Row};

use crate::handling::NEVER;
use crate::{Result, Store, StoreError};

/// A step that decides how a report is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was closed, at a time in UTC milliseconds.
    Closed { report: Key, at: i64, solved: bool },
    /// The person says that it is not solved.
    Contested { report: Key },
}

/// Of a category, how many reports were solved when they were first closed, and of how many of these the person said that they are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SolvedRow {
    pub category: String,
    pub solved: i64,
    pub contested: i64,
}

impl Store {
    /// What was solved, by category. Not fit to be published as it is.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn solved(&self) -> Result<Vec<SolvedRow>> {
        let doing = "read what was solved";
        // Goes over the index of what was solved, as the counts go over theirs; who asks keeps the answer for a moment.
        let sql = "SELECT category, COUNT(*), CAST(SUM(contested) AS BIGINT) FROM outcome WHERE solved = 1 GROUP BY category \
                   ORDER BY category";
        let rows = self.rows(doing, sql, |question| question).await?;
        rows.iter()
            .map(|row| Ok(SolvedRow { category: row.try_get(0)?, solved: row.try_get(1)?, contested: row.try_get(2)? }))
            .collect::<sqlx::Result<_>>()
            .map_err(StoreError::while_it_should(doing))
    }
}

/// Writes down what a step decides.
pub(crate) async fn note(connection: &mut AnyConnection, ending: Ending) -> sqlx::Result<()> {
    let query = match ending {
        Ending::Closed { report, at, solved } => sqlx::query(
            "INSERT INTO outcome (report, category, closed_at, solved, contested) \
             SELECT id, category, $2, $3, 0 FROM report WHERE id = $1 \
             ON CONFLICT (report) DO UPDATE SET closed_at = excluded.closed_at, solved = excluded.solved \
             WHERE outcome.closed_at > excluded.closed_at",
        )
        .bind(report.bytes().to_vec())
        .bind(at)
        .bind(i64::from(solved)),
        Ending::Contested { report } => sqlx::query(
            "INSERT INTO outcome (report, category, closed_at, solved, contested) \
             SELECT id, category, $2, 0, 1 FROM report WHERE id = $1 \
             ON CONFLICT (report) DO UPDATE SET contested = 1",
        )
        .bind(report.bytes().to_vec())
        .bind(NEVER),
    };
    query.execute(connection).await.map(|_| ())
}
