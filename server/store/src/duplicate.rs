//! Reports that are closed as duplicates of another.

use model::id::Key;
use sqlx::Row;

use crate::keep::key_from;
use crate::{Result, Store, StoreError};

/// The report that a duplicate was closed in favour of: as its last step to that state says, while it stands there.
const ORIGINAL: &str = "SELECT s.other FROM step s JOIN report r ON r.id = s.report \
    WHERE s.report = $1 AND s.status = 'duplicate' AND r.status = 'duplicate' AND s.other IS NOT NULL \
    ORDER BY s.at DESC, s.id DESC LIMIT 1";

/// The other way round. Who was closed as a duplicate of one report, opened and closed as one of another, is the other's.
const DUPLICATES: &str = "SELECT s.report FROM step s JOIN report r ON r.id = s.report \
    WHERE s.other = $1 AND s.status = 'duplicate' AND r.status = 'duplicate' AND NOT EXISTS \
    (SELECT 1 FROM step later WHERE later.report = s.report AND later.status = 'duplicate' AND later.at > s.at) \
    ORDER BY s.at, s.id LIMIT $2";

impl Store {
    /// What a report is a duplicate of, as long as it is closed as one.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn duplicate_of(&self, report: Key) -> Result<Option<Key>> {
        let doing = "read what a report is a duplicate of";
        let rows = self.rows(doing, ORIGINAL, |question| question.bind(report.bytes().to_vec())).await?;
        let found = rows.first().map(|row| key_from(row.try_get::<&[u8], _>(0)?)).transpose();
        found.map_err(StoreError::while_it_should(doing))
    }

    /// The reports that are closed as duplicates of one, oldest first, as many as `limit`.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn duplicates(&self, report: Key, limit: u32) -> Result<Vec<Key>> {
        let doing = "read the duplicates of a report";
        let rows = self
            .rows(doing, DUPLICATES, |question| question.bind(report.bytes().to_vec()).bind(i64::from(limit)))
            .await?;
        let keys = rows.iter().map(|row| key_from(row.try_get::<&[u8], _>(0)?));
        keys.collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }
}
