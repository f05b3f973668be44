//! Restoring a backup: all of it in one transaction, or nothing.

use std::io::BufRead;

use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use thiserror::Error;

use crate::transfer::{FORMAT, Foot, Head, TABLES, Table, unbytes};
use crate::{Backup, Store, StoreError};

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
    /// Works on a running store: others see the old content until the commit, then the new.
    ///
    /// # Errors
    /// See [`RestoreError`].
    pub async fn restore(&self, input: &mut (impl BufRead + Send), replace: bool) -> Result<Backup, RestoreError> {
        let unavailable = || StoreError::while_it_should("restore");
        let mut connection = self.source.connect().await.map_err(unavailable())?;
        let mut transaction = connection.begin().await.map_err(unavailable())?;
        // The first statement writes, so that the writers of this moment finish first and later ones wait.
        for table in TABLES.iter().rev().filter(|_| replace) {
            let sql = format!("DELETE FROM {}", table.name);
            sqlx::query(AssertSqlSafe(sql)).execute(&mut *transaction).await.map_err(unavailable())?;
        }
        if !replace {
            let held: i64 = number(&mut transaction, "SELECT COUNT(*) FROM report").await?;
            if held > 0 {
                return Err(RestoreError::NotEmpty(held));
            }
            sqlx::query("DELETE FROM log_head").execute(&mut *transaction).await.map_err(unavailable())?;
            sqlx::query("DELETE FROM cursor").execute(&mut *transaction).await.map_err(unavailable())?;
        }
        let rows = read(&mut transaction, input).await?;
        let head = number(&mut transaction, "SELECT seq FROM log_head").await?;
        transaction.commit().await.map_err(unavailable())?;
        Ok(Backup { rows, head })
    }
}

async fn number(connection: &mut AnyConnection, sql: &'static str) -> Result<i64, StoreError> {
    let row = sqlx::query(sql).fetch_one(connection).await;
    row.and_then(|row| row.try_get(0)).map_err(StoreError::while_it_should("restore"))
}

async fn read(connection: &mut AnyConnection, input: &mut (impl BufRead + Send)) -> Result<u64, RestoreError> {
    let mut digest = Sha256::new();
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
            let values: Vec<Value> = serde_json::from_slice(&text).map_err(|_| damaged("no row"))?;
            insert(connection, &values).await.map_err(|error| match error {
                Refused::Shape(why) => damaged(why),
                Refused::Store(cause) => StoreError::while_it_should("restore")(cause).into(),
            })?;
            rows += 1;
        } else {
            let foot: Foot = serde_json::from_slice(&text).map_err(|_| damaged("no foot"))?;
            let sha256 = data_encoding::HEXLOWER.encode(&digest.finalize());
            return if foot == (Foot { rows, sha256 }) { Ok(rows) } else { Err(damaged("the checksum differs")) };
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

enum Refused {
    Shape(&'static str),
    Store(sqlx::Error),
}

async fn insert(connection: &mut AnyConnection, values: &[Value]) -> Result<(), Refused> {
    let (table, values) = values.split_first().ok_or(Refused::Shape("an empty row"))?;
    let name = table.as_str().ok_or(Refused::Shape("no table"))?;
    let table = TABLES.iter().find(|table| table.name == name).ok_or(Refused::Shape("an unknown table"))?;
    if values.len() != table.width() {
        return Err(Refused::Shape("a row of another width"));
    }
    let mut query = sqlx::query(AssertSqlSafe(sql(table, values)));
    for value in values {
        query = match value {
            Value::Null => continue,
            Value::String(text) => query.bind(text.clone()),
            Value::Number(number) => query.bind(number.as_i64().ok_or(Refused::Shape("a number that is not whole"))?),
            bytes => query.bind(unbytes(bytes).ok_or(Refused::Shape("a value of no kind"))?),
        };
    }
    query.execute(connection).await.map(|_| ()).map_err(Refused::Store)
}

/// Nulls stand in the text, since a bound one needs a type.
fn sql(table: &Table, values: &[Value]) -> String {
    let mut parameter = 0;
    let places: Vec<String> = values
        .iter()
        .map(|value| {
            if value.is_null() {
                return "NULL".to_owned();
            }
            parameter += 1;
            format!("${parameter}")
        })
        .collect();
    format!("INSERT INTO {} ({}) VALUES ({})", table.name, table.columns, places.join(", "))
}
