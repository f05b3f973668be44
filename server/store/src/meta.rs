//! What the store says of itself: a few named values.

use sqlx::Row;

use crate::{Result, Store, StoreError};

impl Store {
    /// The value of a name, if it was ever set.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn meta(&self, name: &'static str) -> Result<Option<String>> {
        let row = sqlx::query("SELECT value FROM meta WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.readers)
            .await
            .map_err(StoreError::while_it_should("read a setting"))?;
        row.map(|row| row.try_get(0)).transpose().map_err(StoreError::while_it_should("read a setting"))
    }

    /// Sets the value of a name.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn set_meta(&self, name: &'static str, value: String) -> Result<()> {
        self.writer
            .work("keep a setting", move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO meta (name, value) VALUES ($1, $2) \
                         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    )
                    .bind(name)
                    .bind(value)
                    .execute(connection)
                    .await
                    .map(|_| ())
                })
            })
            .await
    }
}
