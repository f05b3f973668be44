//! Asking questions: on a few connections that only read, and never waiting for an answer without end.
//!
//! This stands in place of `sqlx`'s pool. That one asks the database for a sign of life before and after every question, two more
//! round trips, and waits for the second sign without end: a network that swallows everything would take one connection after the
//! other from it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Executor, Row};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::connect::{LIMIT, PATIENCE, Source, TRUST, silence};
use crate::engine::Role;
use crate::error::is_lost;
use crate::rows::Bound;
use crate::{Result, Store, StoreError};

/// The connections that only read: opened when they are needed, and kept.
pub(crate) struct Readers {
    source: Source,
    most: u32,
    /// How many more may be in use.
    free: Semaphore,
    /// With the time when each was of use last.
    idle: Mutex<Vec<(AnyConnection, Instant)>>,
}

impl Store {
    /// All rows that answer a question; `bind` binds its values.
    pub(crate) async fn rows(
        &self,
        doing: &'static str,
        sql: &'static str,
        bind: impl for<'q> Fn(Bound<'q>) -> Bound<'q>,
    ) -> Result<Vec<AnyRow>> {
        self.readers.rows(sql, bind).await.map_err(StoreError::while_it_should(doing))
    }

    /// The one number that answers a question.
    pub(crate) async fn number(&self, doing: &'static str, sql: &'static str) -> Result<i64> {
        let rows = self.rows(doing, sql, |question| question).await?;
        let number = rows.first().ok_or(sqlx::Error::RowNotFound).and_then(|row| row.try_get(0));
        number.map_err(StoreError::while_it_should(doing))
    }
}

impl Readers {
    pub fn new(source: Source, most: u32) -> Self {
        let free = Semaphore::new(usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS));
        Self { source, most, free, idle: Mutex::default() }
    }

    /// See [`Store::rows`].
    pub async fn rows(
        &self,
        sql: &'static str,
        bind: impl for<'q> Fn(Bound<'q>) -> Bound<'q>,
    ) -> sqlx::Result<Vec<AnyRow>> {
        // Whether its time is up or its caller goes away, a question that is dropped takes its connection with it.
        timeout(LIMIT, self.ask(|| bind(sqlx::query(sql)))).await.unwrap_or_else(|_| {
            self.idle().clear();
            Err(silence())
        })
    }

    async fn ask<'q>(&self, question: impl Fn() -> Bound<'q>) -> sqlx::Result<Vec<AnyRow>> {
        let free = timeout(PATIENCE, self.free.acquire()).await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let _in_use = free.map_err(|_| sqlx::Error::PoolClosed)?;
        if let Some(mut kept) = self.kept() {
            match kept.fetch_all(question()).await {
                // It died since it was of use, and the others with it. Asking twice does no harm.
                Err(error) if is_lost(&error) => self.idle().clear(),
                answer => {
                    self.keep(kept);
                    return answer;
                }
            }
        }
        let mut new = self.source.connect(Role::Read).await?;
        let answer = new.fetch_all(question()).await;
        if !answer.as_ref().is_err_and(is_lost) {
            self.keep(new);
        }
        answer
    }

    fn kept(&self) -> Option<AnyConnection> {
        let (connection, since) = self.idle().pop()?;
        (since.elapsed() < TRUST).then_some(connection)
    }

    fn keep(&self, connection: AnyConnection) {
        self.idle().push((connection, Instant::now()));
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(AnyConnection, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the questions of this moment come to their answers, and closes the connections.
    pub async fn close(&self) {
        let _all = timeout(LIMIT, self.free.acquire_many(self.most)).await;
        self.free.close();
        let idle = std::mem::take(&mut *self.idle());
        for (connection, _) in idle {
            let _ = timeout(PATIENCE, connection.close()).await;
        }
    }
}
