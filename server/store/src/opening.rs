//! The journal of openings: who opened sealed data, for what, for the subject to read.

use model::basis::Purpose;
use model::id::Key;
use sqlx::Row;

use crate::{Result, Store, StoreError};

/// That a subject's data was opened for a purpose within an hour, once or more often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub purpose: Purpose,
    /// Hours since the epoch.
    pub hour: i64,
}

impl Store {
    /// Journals an opening.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn journal(&self, subject: Key, purpose: Purpose, hour: i64) -> Result<()> {
        self.writer
            .work("journal an opening", move |transaction| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO opening (subject, purpose, hour) VALUES ($1, $2, $3) \
                         ON CONFLICT (subject, purpose, hour) DO NOTHING",
                    )
                    .bind(subject.bytes().to_vec())
                    .bind(purpose.name())
                    .bind(hour)
                    .execute(transaction.alone().await?)
                    .await
                    .map(|_| ())
                })
            })
            .await
    }

    /// The openings of a subject's data, newest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn openings(&self, subject: Key) -> Result<Vec<Opening>> {
        let sql = "SELECT purpose, hour FROM opening WHERE subject = $1 ORDER BY hour DESC, purpose";
        let rows = self.rows("read the journal", sql, |question| question.bind(subject.bytes().to_vec())).await?;
        rows.iter()
            .map(|row| {
                let purpose =
                    Purpose::parse(row.try_get(0)?).ok_or_else(|| crate::keep::decode("an unknown purpose"))?;
                Ok(Opening { purpose, hour: row.try_get(1)? })
            })
            .collect::<sqlx::Result<_>>()
            .map_err(StoreError::while_it_should("read the journal"))
    }
}
