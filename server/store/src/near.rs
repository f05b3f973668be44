//! What is open near a place.

use model::cell::Cell;
use model::id::Key;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::keep::{cell_from, key_from};
use crate::{Result, Store, StoreError};

/// A report near by, as far as anybody may know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearRow {
    pub report: Key,
    pub cell: Cell,
    pub received_at: i64,
    pub joined: i64,
}

impl Store {
    /// Open reports of a category in ranges of cells, received since `since`: of each range the newest, at most `limit`.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn near(&self, category: &str, ranges: &[(i64, i64)], since: i64, limit: u32) -> Result<Vec<NearRow>> {
        let doing = "look near by";
        let sql = "SELECT report, cell, received_at, joined FROM handling WHERE category = $1 AND cell BETWEEN $2 AND $3 \
                   AND closed_at IS NULL AND cell IS NOT NULL AND received_at >= $4 ORDER BY received_at DESC, report LIMIT $5";
        let mut near = Vec::new();
        for (from, to) in ranges {
            let (from, to, limit) = (*from, *to, i64::from(limit));
            let rows = self.rows(doing, sql, |question| {
                question.bind(category.to_owned()).bind(from).bind(to).bind(since).bind(limit)
            });
            let rows = rows.await?;
            let found: sqlx::Result<Vec<Option<NearRow>>> = rows.iter().map(near_row).collect();
            near.extend(found.map_err(StoreError::while_it_should(doing))?.into_iter().flatten());
        }
        Ok(near)
    }
}

fn near_row(row: &AnyRow) -> sqlx::Result<Option<NearRow>> {
    let report = key_from(row.try_get::<&[u8], _>(0)?)?;
    let (received_at, joined) = (row.try_get(2)?, row.try_get(3)?);
    Ok(cell_from(row.try_get(1)?)?.map(|cell| NearRow { report, cell, received_at, joined }))
}
