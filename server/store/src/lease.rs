//! Who is at work on a report, and until when that is believed.

use model::id::Key;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::keep::key_from;
use crate::{Result, Store};

impl Store {
    /// Lets `editor` work on a report until `until` in the place of whoever did.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn take_up(&self, report: Key, editor: Key, until: i64) -> Result<()> {
        self.writer
            .work("take over a report", move |transaction| {
                Box::pin(async move {
                    sqlx::query("UPDATE handling SET editor = $2, editor_until = $3 WHERE report = $1")
                        .bind(report.bytes().to_vec())
                        .bind(editor.bytes().to_vec())
                        .bind(until)
                        .execute(transaction.alone().await?)
                        .await
                        .map(|_| ())
                })
            })
            .await
    }

    /// Lets `editor` work on a report until `until`, if nobody else does at `now`. Gives back who does.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn edit(&self, report: Key, editor: Key, now: i64, until: i64) -> Result<Option<(Key, i64)>> {
        self.writer
            .work("take up a report", move |transaction| {
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    sqlx::query(
                        "UPDATE handling SET editor = $2, editor_until = $4 WHERE report = $1 \
                         AND (editor IS NULL OR editor = $2 OR editor_until <= $3)",
                    )
                    .bind(report.bytes().to_vec())
                    .bind(editor.bytes().to_vec())
                    .bind(now)
                    .bind(until)
                    .execute(&mut *connection)
                    .await?;
                    let held = sqlx::query("SELECT editor, editor_until FROM handling WHERE report = $1");
                    let row = held.bind(report.bytes().to_vec()).fetch_optional(connection).await?;
                    row.as_ref().map(|row| editing(row, 0)).transpose().map(Option::flatten)
                })
            })
            .await
    }
}

/// Who is at work, in the columns from `first` on.
pub(crate) fn editing(row: &AnyRow, first: usize) -> sqlx::Result<Option<(Key, i64)>> {
    let editor = row.try_get::<Option<Vec<u8>>, _>(first)?.map(|bytes| key_from(&bytes)).transpose()?;
    Ok(editor.zip(row.try_get(first + 1)?))
}
