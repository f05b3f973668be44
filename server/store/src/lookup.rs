//! Looking reports up, several at once.
//!
//! A question is a trip, to the thread of a connection or over the net, and the trip costs several times what the answer does. While one is
//! under way, whoever wants another report waits; the next trip asks for all that wait.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use model::id::Key;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::connect::{LIMIT, silence};
use crate::read::Readers;
use crate::report::{ONE, ReportRow, SEVERAL, TOGETHER, report};
use crate::{Result, Store, StoreError};

/// Who may wait before a caller has to wait for a place.
const QUEUE: usize = 1_024;
const DOING: &str = "read a report";

type Reply = oneshot::Sender<Result<Option<ReportRow>>>;

/// Where those who want a report wait.
#[derive(Clone)]
pub(crate) struct Lookups(mpsc::Sender<(Key, Reply)>);

impl Lookups {
    pub fn start(readers: Arc<Readers>) -> Self {
        let (queue, wanted) = mpsc::channel(QUEUE);
        tokio::spawn(look(readers, wanted));
        Self(queue)
    }
}

impl Store {
    /// The report of a key.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn report(&self, key: Key) -> Result<Option<ReportRow>> {
        let asking = async {
            let (reply, answer) = oneshot::channel();
            self.lookups.0.send((key, reply)).await.ok()?;
            answer.await.ok()
        };
        match timeout(LIMIT, asking).await {
            Ok(Some(answer)) => answer,
            Ok(None) => Err(StoreError::Unavailable { doing: DOING, cause: None }),
            Err(_) => Err(StoreError::while_it_should(DOING)(silence())),
        }
    }
}

async fn look(readers: Arc<Readers>, mut wanted: mpsc::Receiver<(Key, Reply)>) {
    let mut waiting = Vec::new();
    while wanted.recv_many(&mut waiting, TOGETHER).await > 0 {
        // A defect that panics over one report must not end the reading for all that come after. Who waits is told by what is dropped.
        let _ = AssertUnwindSafe(answer(&readers, std::mem::take(&mut waiting))).catch_unwind().await;
    }
}

async fn answer(readers: &Readers, mut waiting: Vec<(Key, Reply)>) {
    waiting.retain(|(_, reply)| !reply.is_closed());
    let Some((last, _)) = waiting.last() else { return };
    // The statement has so many places: those that are left are filled with the last key.
    let mut keys = [*last; TOGETHER];
    keys.iter_mut().zip(&waiting).for_each(|(place, (key, _))| *place = *key);
    let (sql, keys) = if waiting.len() == 1 { (ONE, &keys[..1]) } else { (SEVERAL, &keys[..]) };
    let asking = readers.rows(sql, |mut question| {
        for key in keys {
            question = question.bind(key.bytes().to_vec());
        }
        question
    });
    let found = asking.await.map_err(Arc::new);
    for (key, reply) in waiting {
        let answer = match &found {
            Ok(rows) => report(key, rows).map_err(StoreError::while_it_should(DOING)),
            Err(cause) => Err(StoreError::of(DOING, Arc::clone(cause))),
        };
        // Who went away meanwhile needs no answer.
        let _ = reply.send(answer);
    }
}
