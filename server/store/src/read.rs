//! Asking questions: on a few connections that only read, and never waiting for an answer without end.
//!
//! This stands in place of `sqlx`'s pool. That one asks the database for a sign of life before and after every question, two more
//! round trips, and waits for the second sign without end: a network that swallows everything would take one connection after the
//! other from it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Executor};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::connect::{LIMIT, PATIENCE, Source, silence};
use crate::engine::Role;
use crate::error::is_lost;
use crate::rows::Bound;
use crate::{Result, Store, StoreError};

/// A connection that was of use this short a time ago is taken to be alive.
const FRESH: Duration = Duration::from_secs(1);

/// The connections that only read: opened when they are needed, and kept.
pub(crate) struct Readers {
    source: Source,
    most: u32,
    /// How many more may be in use.
    free: Semaphore,
    /// The one that was of use last is the last.
    idle: Mutex<Vec<(AnyConnection, Instant)>>,
}

impl Store {
    /// All rows of the answer.
    pub(crate) async fn rows(&self, doing: &'static str, question: Bound<'_>) -> Result<Vec<AnyRow>> {
        // Dropped at the end of its time, or with a caller who goes away, the question takes its connection with it.
        let answer = timeout(LIMIT, self.readers.ask(question)).await.unwrap_or_else(|_| Err(silence()));
        answer.map_err(StoreError::while_it_should(doing))
    }
}

impl Readers {
    pub fn new(source: Source, most: u32) -> Self {
        let free = Semaphore::new(usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS));
        Self { source, most, free, idle: Mutex::default() }
    }

    async fn ask(&self, question: Bound<'_>) -> sqlx::Result<Vec<AnyRow>> {
        let free = timeout(PATIENCE, self.free.acquire()).await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let _in_use = free.map_err(|_| sqlx::Error::PoolClosed)?;
        let mut connection = self.connection().await?;
        let answer = connection.fetch_all(question).await;
        if !answer.as_ref().is_err_and(is_lost) {
            self.idle().push((connection, Instant::now()));
        }
        answer
    }

    async fn connection(&self) -> sqlx::Result<AnyConnection> {
        let last = self.idle().pop();
        if let Some((mut connection, since)) = last {
            if since.elapsed() < FRESH || timeout(PATIENCE, connection.ping()).await.is_ok_and(|sign| sign.is_ok()) {
                return Ok(connection);
            }
            // The others were of use even longer ago.
            self.idle().clear();
        }
        self.source.connect(Role::Read).await
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

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(AnyConnection, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
