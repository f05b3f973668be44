//! Restoring a backup: all of it in one transaction, or nothing.

use std::io::BufRead;

use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use thiserror::Error;

use crate::engine::{Engine, Role};
use crate::rows::Insert;
use crate::transaction::one_by_one;
use crate::transfer::{FORMAT, Foot, Head, Held, TABLES, Table};
use crate::{Backup, Store, StoreError};

/// Rows that are gathered before they are inserted.
const BATCH: usize = 512;

/// Why a backup was not restored; the store is as it was.
#[derive(Debug, Error)]
pub enum RestoreError {
    #[error("the backup cannot be read")]
    Read(#[from] std::io::Error),
    #[error("this is no backup of ours, or it is damaged at line {line}: {why}")]
    Damaged { line: u64, why: &'static str },
    #[error("the backup is of schema {theirs}, this program's is {ours}: use the program that fits")]
    Schema { ours: i64, theirs: i64 },
    #[error("the store already holds {0} reports; nothing was changed")]
    NotEmpty(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Puts the backup in place of everything that is there. Without `replace` the store must hold no reports.
    ///
    /// Works on a running store: others see the old content until the commit, then the new. Writers wait, or are told that the store is
    /// unavailable when it takes long.
    ///
    /// # Errors
    /// See [`RestoreError`].
    pub async fn restore(&self, input: &mut (impl BufRead + Send), replace: bool) -> Result<Backup, RestoreError> {
        let mut connection = self.source.connect(Role::Leisure).await.map_err(unavailable())?;
        let mut transaction = connection.begin_with(self.source.engine.begin_alone()).await.map_err(unavailable())?;
        let restored = restore(&mut transaction, self.source.engine, input, replace).await;
        // Ended before the answer either way, so that whoever was told of it finds the store free to write.
        match restored {
            Ok(_) => transaction.commit().await.map_err(unavailable())?,
            Err(_) => transaction.rollback().await.map_err(unavailable())?,
        }
        connection.close().await.map_err(unavailable())?;
        restored
    }
}

async fn restore(
    connection: &mut AnyConnection,
    engine: Engine,
    input: &mut (impl BufRead + Send),
    replace: bool,
) -> Result<Backup, RestoreError> {
    if !replace {
        let held = number(connection, "SELECT COUNT(*) FROM report").await?;
        if held > 0 {
            return Err(RestoreError::NotEmpty(held));
        }
    }
    for table in TABLES.iter().rev() {
        let sql = format!("DELETE FROM {}", table.name);
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *connection).await.map_err(unavailable())?;
    }
    let rows = read(connection, engine, input).await?;
    let head = number(connection, "SELECT seq FROM log_head WHERE one = 1").await?;
    Ok(Backup { rows, head })
}

fn unavailable() -> impl FnOnce(sqlx::Error) -> StoreError {
    StoreError::while_it_should("restore")
}

async fn number(connection: &mut AnyConnection, sql: &'static str) -> Result<i64, StoreError> {
    let row = sqlx::query(sql).fetch_one(connection).await;
    row.and_then(|row| row.try_get(0)).map_err(unavailable())
}

async fn read(
    connection: &mut AnyConnection,
    engine: Engine,
    input: &mut (impl BufRead + Send),
) -> Result<u64, RestoreError> {
    let mut digest = Sha256::new();
    let mut batch = Batch { engine, table: &TABLES[0], rows: Vec::with_capacity(BATCH) };
    let (mut line, mut rows, mut text) = (0, 0, Vec::new());
    loop {
        text.clear();
        line += 1;
        let damaged = |why| RestoreError::Damaged { line, why };
        if input.read_until(b'\n', &mut text)? == 0 {
            return Err(damaged("it ends too early"));
        }
        if line == 1 {
            let head: Head = serde_json::from_slice(&text).map_err(|_| damaged("no head"))?;
            fits(connection, &head).await?;
        } else if text.starts_with(b"[") {
            let (table, row) = row(&text).map_err(damaged)?;
            batch.add(connection, table, row).await?;
            rows += 1;
        } else {
            let foot: Foot = serde_json::from_slice(&text).map_err(|_| damaged("no foot"))?;
            let sha256 = data_encoding::HEXLOWER.encode(&digest.finalize());
            if foot != (Foot { rows, sha256 }) {
                return Err(damaged("the checksum differs"));
            }
            if !input.fill_buf()?.is_empty() {
                return Err(damaged("something follows the foot"));
            }
            batch.insert(connection).await?;
            return Ok(rows);
        }
        digest.update(&text);
    }
}

async fn fits(connection: &mut AnyConnection, head: &Head) -> Result<(), RestoreError> {
    if head.format != FORMAT {
        return Err(RestoreError::Damaged { line: 1, why: "another format" });
    }
    let ours = number(connection, "SELECT MAX(version) FROM _sqlx_migrations").await?;
    if ours == head.schema { Ok(()) } else { Err(RestoreError::Schema { ours, theirs: head.schema }) }
}

/// The row of a line, and where it belongs.
fn row(text: &[u8]) -> Result<(&'static Table, Vec<Held>), &'static str> {
    let values: Vec<Value> = serde_json::from_slice(text).map_err(|_| "no row")?;
    let (name, values) = values.split_first().ok_or("an empty row")?;
    let table = TABLES.iter().find(|table| name == table.name).ok_or("an unknown table")?;
    if values.len() != table.kinds.len() {
        return Err("a row of another width");
    }
    let row = table.kinds.iter().zip(values).map(|(kind, value)| kind.read(value));
    Ok((table, row.collect::<Option<_>>().ok_or("a value of another kind")?))
}

/// Rows of one table that wait to be inserted.
struct Batch {
    engine: Engine,
    table: &'static Table,
    rows: Vec<Vec<Held>>,
}

impl Batch {
    async fn add(
        &mut self,
        connection: &mut AnyConnection,
        table: &'static Table,
        row: Vec<Held>,
    ) -> Result<(), StoreError> {
        if self.table.name != table.name || self.rows.len() == BATCH {
            self.insert(connection).await?;
            self.table = table;
        }
        self.rows.push(row);
        Ok(())
    }

    async fn insert(&mut self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let head = format!("INSERT INTO {} ({}) VALUES", self.table.name, self.table.columns);
        let rows = std::mem::take(&mut self.rows);
        for statement in Insert::new(&head, self.table.kinds.len(), "")
            .rows(rows, |query, row| row.iter().fold(query, |query, value| value.bind(query)))
        {
            one_by_one(connection, self.engine, statement.as_ref()).await.map_err(unavailable())?;
        }
        Ok(())
    }
}
