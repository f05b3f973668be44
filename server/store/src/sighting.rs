//! Where reports came from, for as long as floods are looked for.

use model::flood::{Marks, Sighting};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::handling::NewHandling;
use crate::keep::{cell_from, decode};
use crate::rows::Insert;
use crate::transaction::Statements;
use crate::{Result, Store, StoreError};

use model::cell::Cell;

/// The most that is looked at for one mark.
const MOST: i64 = 300;

const SIGHTINGS: Insert<'static> = Insert::new(
    "INSERT INTO sighting (report, at, cell, device, block, words) VALUES",
    6,
    "ON CONFLICT (report) DO NOTHING",
);

/// The statements that note where reports came from, as far as anything is known of it.
pub(crate) fn noting(placed: &[&NewHandling]) -> Statements<'static> {
    let known = placed.iter().filter(|new| new.marks != Marks::default()).map(|new| (*new).clone()).collect();
    SIGHTINGS.rows(known, |query, new: &NewHandling| {
        query
            .bind(new.report.bytes().to_vec())
            .bind(new.received_at)
            .bind(new.cell.map(Cell::number))
            .bind(new.marks.device.map(i64::from))
            .bind(new.marks.block.map(i64::from))
            .bind(new.marks.words.map(i64::from))
    })
}

impl Store {
    /// What came since a time from the device of a mark, or from its network: the newest few hundred.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn sightings(&self, marks: Marks, since: i64) -> Result<Vec<Sighting>> {
        let doing = "look for floods";
        let by = [
            (
                "SELECT at, cell, device, block, words FROM sighting \
                 WHERE device IS NOT NULL AND device = $1 AND at >= $2 ORDER BY at DESC LIMIT $3",
                marks.device,
            ),
            // What was found by its device is not counted twice.
            (
                "SELECT at, cell, device, block, words FROM sighting \
                 WHERE block IS NOT NULL AND block = $1 AND at >= $2 AND (device IS NULL OR device <> $4) ORDER BY at DESC LIMIT $3",
                marks.block,
            ),
        ];
        let device = marks.device.map_or(-1, i64::from);
        let mut found = Vec::new();
        for (place, (sql, mark)) in by.into_iter().enumerate() {
            let Some(mark) = mark else { continue };
            let rows = self.rows(doing, sql, |question| {
                let question = question.bind(i64::from(mark)).bind(since).bind(MOST);
                if place == 0 { question } else { question.bind(device) }
            });
            let rows: sqlx::Result<Vec<Sighting>> = rows.await?.iter().map(sighting).collect();
            found.extend(rows.map_err(StoreError::while_it_should(doing))?);
        }
        Ok(found)
    }

    /// Forgets where reports came from that came before a time.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn forget_sightings(&self, before: i64) -> Result<()> {
        self.writer
            .work("forget where reports came from", move |transaction| {
                Box::pin(async move {
                    let query = sqlx::query("DELETE FROM sighting WHERE at < $1").bind(before);
                    query.execute(transaction.alone().await?).await.map(|_| ())
                })
            })
            .await
    }
}

fn sighting(row: &AnyRow) -> sqlx::Result<Sighting> {
    let mark = |column| -> sqlx::Result<Option<u16>> {
        row.try_get::<Option<i64>, _>(column)?.map(|mark| u16::try_from(mark).map_err(decode)).transpose()
    };
    let marks = Marks { device: mark(2)?, block: mark(3)?, words: mark(4)? };
    Ok(Sighting { at: row.try_get(0)?, cell: cell_from(row.try_get(1)?)?, marks })
}
