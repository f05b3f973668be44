//! Backing up a running store.

use std::io::Write;

use futures::TryStreamExt;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AnyConnection, AssertSqlSafe, Column, Connection, Row, TypeInfo, ValueRef};

use crate::engine::Role;
use crate::transfer::{FORMAT, Foot, Head, TABLES, bytes};
use crate::{Result, Store, StoreError};

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    pub rows: u64,
    /// The last position of the log in it.
    pub head: i64,
}

impl Store {
    /// Writes everything, as it is at one moment, while the store goes on working. `at` is the time, in UTC milliseconds.
    ///
    /// Keys that unwrap sealed data are not in the store and so not in its backup.
    ///
    /// # Errors
    /// When the store is unavailable, or the output cannot be written.
    pub async fn backup(&self, at: i64, output: &mut (impl Write + Send)) -> Result<Backup> {
        let doing = "back up";
        let connecting = self.source.connect(Role::Leisure).await;
        let mut connection = connecting.map_err(StoreError::while_it_should(doing))?;
        let begin = self.source.engine.begin_snapshot();
        let backup = write(&mut connection, begin, at, output).await.map_err(StoreError::while_it_should(doing))?;
        connection.close().await.map_err(StoreError::while_it_should(doing))?;
        Ok(backup)
    }
}

async fn write(
    connection: &mut AnyConnection,
    begin: &'static str,
    at: i64,
    output: &mut (impl Write + Send),
) -> sqlx::Result<Backup> {
    let mut snapshot = connection.begin_with(begin).await?;
    let schema: i64 =
        sqlx::query("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut *snapshot).await?.try_get(0)?;
    let head: i64 =
        sqlx::query("SELECT seq FROM log_head WHERE one = 1").fetch_one(&mut *snapshot).await?.try_get(0)?;

    let mut lines = Lines { output, digest: Sha256::new(), rows: 0 };
    lines.line(&Head { format: FORMAT.to_owned(), schema, at })?;
    for table in &TABLES {
        let sql = format!("SELECT {} FROM {} ORDER BY 1", table.columns, table.name);
        let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut *snapshot);
        while let Some(row) = rows.try_next().await? {
            let values = (0..table.kinds.len()).map(|column| value(&row, column));
            let row: Vec<Value> = std::iter::once(Ok(table.name.into())).chain(values).collect::<sqlx::Result<_>>()?;
            lines.line(&row)?;
            lines.rows += 1;
        }
    }
    let foot = Foot { rows: lines.rows, sha256: data_encoding::HEXLOWER.encode(&lines.digest.clone().finalize()) };
    lines.line(&foot)?;
    let rows = foot.rows;
    lines.output.flush()?;
    snapshot.rollback().await?;
    Ok(Backup { rows, head })
}

struct Lines<'a, W> {
    output: &'a mut W,
    digest: Sha256,
    rows: u64,
}

impl<W: Write> Lines<'_, W> {
    fn line(&mut self, line: &impl Serialize) -> sqlx::Result<()> {
        let mut text = serde_json::to_vec(line).map_err(crate::keep::decode)?;
        text.push(b'\n');
        self.digest.update(&text);
        Ok(self.output.write_all(&text)?)
    }
}

fn value(row: &AnyRow, column: usize) -> sqlx::Result<Value> {
    let raw = row.try_get_raw(column)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    match raw.type_info().kind() {
        AnyTypeInfoKind::Blob => Ok(bytes(row.try_get(column)?)),
        AnyTypeInfoKind::Text => Ok(row.try_get::<String, _>(column)?.into()),
        AnyTypeInfoKind::Integer | AnyTypeInfoKind::BigInt => Ok(row.try_get::<i64, _>(column)?.into()),
        other => Err(crate::keep::decode(format!(
            "column {} is {other:?} ({})",
            row.column(column).name(),
            raw.type_info().name()
        ))),
    }
}
