//! Looking reports up, several at once.
//!
//! A question is a trip, to the thread of a connection or over the net, and the trip costs several times what the answer does. While one is
//! under way, whoever wants another report waits; the next trip asks for all that wait.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use model::id::Key;
use sqlx::any::AnyRow;
use tokio::sync::{mpsc, oneshot};
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::connect::{LIMIT, silence};
use crate::error::is_passing;
use crate::read::Readers;
use crate::report::{REPORTS, ReportRow, TOGETHER, report};
use crate::{Result, Store, StoreError};

/// Who may wait before a caller has to wait for a place.
const QUEUE: usize = 1_024;
const DOING: &str = "read a report";

/// The rows of all that were asked for together, or why there are none.
type Answer = std::result::Result<Arc<[AnyRow]>, Arc<sqlx::Error>>;
type Asked = (Key, oneshot::Sender<Answer>);

/// Where those who want a report wait.
#[derive(Clone)]
pub(crate) struct Lookups(mpsc::Sender<Asked>);

impl Lookups {
    pub fn start(readers: Arc<Readers>) -> Self {
        let (queue, wanted) = mpsc::channel(QUEUE);
        tokio::spawn(look(readers, wanted));
        Self(queue)
    }

    async fn rows(&self, key: Key) -> Answer {
        // The task stays as long as the store, and drops whom it should answer only when it panics.
        let panicked = || Arc::new(sqlx::Error::AnyDriverError("a reading panicked".into()));
        let (reply, answer) = oneshot::channel();
        self.0.send((key, reply)).await.map_err(|_| panicked())?;
        answer.await.map_err(|_| panicked())?
    }
}

impl Store {
    /// The report of a key.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn report(&self, key: Key) -> Result<Option<ReportRow>> {
        let answer = timeout(LIMIT, self.lookups.rows(key)).await.unwrap_or_else(|_| Err(Arc::new(silence())));
        let rows = answer.map_err(|cause| StoreError::of(DOING, cause))?;
        report(key, &rows).map_err(StoreError::while_it_should(DOING))
    }
}

async fn look(readers: Arc<Readers>, mut wanted: mpsc::Receiver<Asked>) {
    let mut waiting = Vec::new();
    while wanted.recv_many(&mut waiting, TOGETHER).await > 0 {
        // Whoever is about to ask comes along.
        yield_now().await;
        waiting.extend(std::iter::from_fn(|| wanted.try_recv().ok()).take(TOGETHER - waiting.len()));
        waiting.retain(|(_, reply)| !reply.is_closed());
        // A driver that panics must not end the reading for all that come after.
        let answered = AssertUnwindSafe(answer(&readers, std::mem::take(&mut waiting))).catch_unwind().await;
        if let Ok(Some(away)) = answered {
            // Nobody behind should wait just as long to hear the same.
            while let Ok((_, reply)) = wanted.try_recv() {
                let _ = reply.send(Err(Arc::clone(&away)));
            }
        }
    }
}

/// Answers all that wait. Gives the error of a database that is away.
async fn answer(readers: &Readers, waiting: Vec<Asked>) -> Option<Arc<sqlx::Error>> {
    let mut keys: Vec<Key> = waiting.iter().map(|(key, _)| *key).collect();
    keys.sort_unstable();
    keys.dedup();
    let answer = ask(readers, &keys).await;
    if answer.as_ref().is_err_and(|cause| !is_passing(cause)) && keys.len() > 1 {
        // It may lie with one of them.
        for (key, reply) in waiting {
            let _ = reply.send(ask(readers, &[key]).await);
        }
        return None;
    }
    for (_, reply) in waiting {
        // Who went away meanwhile needs no answer.
        let _ = reply.send(answer.clone());
    }
    answer.err().filter(|cause| is_passing(cause))
}

async fn ask(readers: &Readers, keys: &[Key]) -> Answer {
    // There is none for no keys.
    let Some(sql) = keys.len().checked_sub(1).and_then(|others| REPORTS.get(others)) else { return Ok(Arc::default()) };
    let asking = readers.rows(sql, |mut question| {
        for key in keys {
            question = question.bind(key.bytes().to_vec());
        }
        question
    });
    asking.await.map(Into::into).map_err(Arc::new)
}
