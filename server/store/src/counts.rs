//! Reading the counter's projection.

use model::cell::Cell;
use model::tally::Slot;
use sqlx::Row;

use crate::keep::cell_from;
use crate::{Result, Store, StoreError};

/// How many reports a slot has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub slot: Slot,
    pub reports: i64,
}

impl Store {
    /// Counts by category and hour, over all cells, from hour `since` on.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn counts_by_hour(&self, since: i64) -> Result<Vec<Count>> {
        let sql = "SELECT category, hour, CAST(SUM(reports) AS BIGINT) FROM tally WHERE hour >= $1 GROUP BY category, hour \
                   ORDER BY hour, category";
        let rows = self.rows("read counts", sql, |question| question.bind(since)).await?;
        rows.iter()
            .map(|row| {
                let slot = Slot { category: row.try_get(0)?, cell: None, hour: row.try_get(1)? };
                Ok(Count { slot, reports: row.try_get(2)? })
            })
            .collect::<sqlx::Result<_>>()
            .map_err(StoreError::while_it_should("read counts"))
    }

    /// Counts by cell, over all categories, before hour `until`: of all time, and from each of two hours on. Not fit to be published as
    /// they are.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn counts_by_cell(&self, since: [i64; 2], until: i64) -> Result<Vec<(Cell, [i64; 3])>> {
        let sql = "SELECT cell, CAST(SUM(reports) AS BIGINT), \
                   CAST(SUM(CASE WHEN hour >= $1 THEN reports ELSE 0 END) AS BIGINT), \
                   CAST(SUM(CASE WHEN hour >= $2 THEN reports ELSE 0 END) AS BIGINT) \
                   FROM tally WHERE hour < $3 AND cell <> 0 GROUP BY cell";
        let [early, late] = since;
        let rows = self.rows("read counts", sql, |question| question.bind(early).bind(late).bind(until)).await?;
        rows.iter()
            .filter_map(|row| {
                let cell = row.try_get(0).and_then(cell_from).transpose()?;
                Some(cell.and_then(|cell| Ok((cell, [row.try_get(1)?, row.try_get(2)?, row.try_get(3)?]))))
            })
            .collect::<sqlx::Result<_>>()
            .map_err(StoreError::while_it_should("read counts"))
    }
}
