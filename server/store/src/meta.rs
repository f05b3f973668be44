//! What the store says of itself: a few named values.

use sqlx::Row;

use crate::{Result, Store, StoreError};

impl Store {
    /// The value of a name, if it was ever set.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn meta(&self, name: &str) -> Result<Option<String>> {
        let doing = "read a setting";
        let sql = "SELECT value FROM meta WHERE name = $1";
        let rows = self.rows(doing, sql, |question| question.bind(name.to_owned())).await?;
        rows.first().map(|row| row.try_get(0)).transpose().map_err(StoreError::while_it_should(doing))
    }

    /// The version of the schema: the newest migration that was run.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn schema(&self) -> Result<i64> {
        self.number("read the version of the schema", "SELECT MAX(version) FROM _sqlx_migrations").await
    }

    /// Gives a name its value, unless it has one already; what it has now comes back.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn settle_meta(&self, name: &'static str, value: String) -> Result<String> {
        self.writer
            .work("settle a setting", move |transaction| {
                let value = value.clone();
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    sqlx::query("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
                        .bind(name)
                        .bind(value)
                        .execute(&mut *connection)
                        .await?;
                    let settled = sqlx::query("SELECT value FROM meta WHERE name = $1").bind(name);
                    settled.fetch_one(connection).await?.try_get(0)
                })
            })
            .await
    }

    /// Sets the value of a name.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn set_meta(&self, name: String, value: String) -> Result<()> {
        self.writer
            .work("keep a setting", move |transaction| {
                let (name, value) = (name.clone(), value.clone());
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO meta (name, value) VALUES ($1, $2) \
                         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    )
                    .bind(name)
                    .bind(value)
                    .execute(transaction.alone().await?)
                    .await
                    .map(|_| ())
                })
            })
            .await
    }
}
