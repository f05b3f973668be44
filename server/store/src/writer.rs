//! The one task that writes, and group commit.
//!
//! While a transaction is on its way to the disk, whatever else wants to be written waits in a queue; the next transaction takes all of
//! it. One commit then pays for many writes, and nobody is answered before it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{AnyConnection, Connection};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::connect::{LIMIT, PATIENCE, Source, TRUST, silence};
use crate::engine::Role;
use crate::error::{is_lost, is_of_the_writes};
use crate::group::{Asked, Group, Job, Reply, Written};
use crate::intake::{NewReport, Taken};
use crate::note::NewNote;
use crate::transaction::Transaction;
use crate::{Result, StoreError};

/// The most writes that share a transaction.
const GROUP: usize = 64;
/// Writes that may wait before a caller has to.
const QUEUE: usize = 1_024;

/// The writer's mailbox.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Job>,
    /// A word is the wish to stop; the other end goes when the task has ended.
    stopping: mpsc::Sender<()>,
    /// Set from a commit that the database did not take to the next one that it takes.
    in_doubt: Arc<AtomicBool>,
    taken: Arc<AtomicU64>,
}

impl Writer {
    pub fn start(source: Source) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (stopping, stop) = mpsc::channel(1);
        let writer = Self { queue, stopping, in_doubt: Arc::default(), taken: Arc::default() };
        tokio::spawn(write(source, jobs, stop, Arc::clone(&writer.in_doubt), Arc::clone(&writer.taken)));
        writer
    }

    /// Takes nothing new, finishes what waits, and ends.
    pub async fn stop(&self) {
        let _ = self.stopping.try_send(());
        self.stopping.closed().await;
    }

    /// Whether it takes writes.
    pub fn is_at_work(&self) -> bool {
        !self.queue.is_closed()
    }

    /// Whether the last commit failed, and not for what was written: only another one tells whether the next would, too.
    pub fn is_in_doubt(&self) -> bool {
        self.in_doubt.load(Ordering::Relaxed)
    }

    /// How many reports and notes came one by one and were committed.
    pub fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    pub async fn report(&self, report: NewReport) -> Result<Taken> {
        self.ask("store a report", |reply| Job::Report(Box::new(report), reply)).await
    }

    pub async fn note(&self, note: NewNote) -> Result<Taken> {
        self.ask("store a note", |reply| Job::Note(Box::new(note), reply)).await
    }

    /// Runs `work` in a transaction that may be shared, and gives back what it gives once that is committed. If others in the
    /// transaction fail, `work` runs again, alone.
    pub async fn work<T, F>(&self, doing: &'static str, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> Fn(&'c mut Transaction) -> BoxFuture<'c, sqlx::Result<T>> + Send + 'static,
    {
        self.ask(doing, |reply| Job::Work(Box::new(Asked { work, given: None, reply }))).await
    }

    async fn ask<T>(&self, doing: &'static str, job: impl FnOnce(Reply<T>) -> Job) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let gone = || StoreError::Unavailable { doing, cause: None };
        self.queue.send(job(reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

async fn write(
    source: Source,
    mut jobs: mpsc::Receiver<Job>,
    mut stop: mpsc::Receiver<()>,
    in_doubt: Arc<AtomicBool>,
    taken: Arc<AtomicU64>,
) {
    let mut kept = None;
    let mut waiting = Vec::with_capacity(GROUP);
    loop {
        tokio::select! {
            taken = jobs.recv_many(&mut waiting, GROUP) => if taken == 0 { break },
            _ = stop.recv() => {
                jobs.close();
                continue;
            }
        }
        let mut groups = vec![Group::of(waiting.drain(..))];
        while let Some(mut group) = groups.pop() {
            let committed = commit(&source, &mut kept, &mut group).await;
            // Before anybody is answered: who heard of a failure and asks finds the store in doubt.
            match &committed {
                Ok(_) => in_doubt.store(false, Ordering::Relaxed),
                Err(trouble) if trouble.is_of_the_database() => in_doubt.store(true, Ordering::Relaxed),
                Err(_) => {}
            }
            match committed {
                Ok(written) => {
                    taken.fetch_add(written.len(), Ordering::Relaxed);
                    group.answer(written);
                }
                Err(Trouble::Refused(cause)) if group.len() == 1 => {
                    if let Some(job) = group.into_jobs().next() {
                        job.refuse(StoreError::while_it_should("commit")(cause));
                    }
                }
                Err(Trouble::Refused(cause)) if is_of_the_writes(&cause) => {
                    tracing::warn!(error = &cause as &dyn std::error::Error, "a group is written one by one");
                    groups.extend(group.into_jobs().map(|job| Group::of([job])).rev());
                }
                Err(Trouble::Refused(cause)) => refuse(group.into_jobs(), cause),
                Err(Trouble::Away(cause)) => {
                    // Nobody behind should wait just as long to hear the same.
                    let next = groups.drain(..).rev().flat_map(Group::into_jobs);
                    let queued = std::iter::from_fn(|| jobs.try_recv().ok());
                    refuse(group.into_jobs().chain(next).chain(queued), cause);
                }
            }
        }
    }
    if let Some((connection, _)) = kept {
        let _ = timeout(PATIENCE, connection.close()).await;
    }
}

/// The connection, with the time when it was of use last.
type Kept = Option<(AnyConnection, Instant)>;

/// Why a group was not committed.
enum Trouble {
    /// The database is not there, or does not answer.
    Away(sqlx::Error),
    /// It is there, and did not take this group.
    Refused(sqlx::Error),
}

impl Trouble {
    fn is_of_the_database(&self) -> bool {
        match self {
            Self::Away(_) => true,
            Self::Refused(cause) => !is_of_the_writes(cause),
        }
    }
}

/// Writes and commits. After a failure the connection is thrown away: what state it is in only its engine knows.
async fn commit(source: &Source, kept: &mut Kept, group: &mut Group) -> std::result::Result<Written, Trouble> {
    metrics::histogram!("store_group_size").record(f64::from(u32::try_from(group.len()).unwrap_or(u32::MAX)));
    let started = Instant::now();
    // A defect that panics is one of what was written, too: it must not end the writing for all that come after.
    let committing = AssertUnwindSafe(async {
        let transaction = begin(source, kept.take()).await.map_err(Trouble::Away)?;
        group.write(transaction).await.map_err(Trouble::Refused)
    });
    let committed = timeout(LIMIT, committing.catch_unwind()).await.map_err(|_| Trouble::Away(silence()))?;
    let panicked = |_| Trouble::Refused(sqlx::Error::AnyDriverError("a write panicked".into()));
    let (connection, written) = committed.map_err(panicked)??;
    metrics::histogram!("store_commit_seconds").record(started.elapsed());
    *kept = Some((connection, Instant::now()));
    Ok(written)
}

/// Begins a transaction: on the connection at hand or, when that has died since it was last used, on a new one.
async fn begin(source: &Source, kept: Kept) -> sqlx::Result<Transaction> {
    if let Some((connection, since)) = kept
        && since.elapsed() < TRUST
    {
        match Transaction::begin(connection, source.engine).await {
            Err(error) if is_lost(&error) => {}
            begun => return begun,
        }
    }
    Transaction::begin(source.connect(Role::Write).await?, source.engine).await
}

/// Tells everybody that nothing was written.
fn refuse(jobs: impl Iterator<Item = Job>, cause: sqlx::Error) {
    let (cause, mut refused) = (Arc::new(cause), 0);
    for job in jobs {
        job.refuse(StoreError::Unavailable { doing: "commit", cause: Some(Arc::clone(&cause)) });
        refused += 1;
    }
    tracing::warn!(error = &cause as &dyn std::error::Error, refused, "writes were not committed");
}

#[cfg(test)]
mod tests {
    use sqlx::Executor;

    use super::*;
    use crate::{Place, Settings, Store};

    #[tokio::test]
    async fn a_write_that_panics_harms_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("store.db"));
        let store = Store::open(Settings { place, readers: 1 }).await.unwrap();
        let panicking = store.writer.work("panic", |_| -> BoxFuture<'_, sqlx::Result<()>> { panic!("a defect") });
        let setting = store.set_meta("city".to_owned(), "a".to_owned());
        let (panicked, set) = futures::join!(panicking, setting);
        assert!(!panicked.unwrap_err().is_unavailable());
        set.unwrap();
        store.set_meta("city".to_owned(), "b".to_owned()).await.unwrap();
        assert_eq!(store.meta("city").await.unwrap().as_deref(), Some("b"));
    }

    #[tokio::test]
    async fn what_a_write_gives_is_not_given_before_the_commit() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("store.db"));
        let store = Store::open(Settings { place, readers: 1 }).await.unwrap();
        // A statement that the engine takes at once and refuses at the commit.
        let broken = store.writer.work("break a promise", |transaction| {
            Box::pin(async move {
                let connection = transaction.alone().await?;
                connection.execute("PRAGMA defer_foreign_keys = ON").await?;
                connection.execute("INSERT INTO note VALUES (x'01', x'02', x'03', 0, x'04')").await?;
                Ok("written")
            })
        });
        assert!(!broken.await.unwrap_err().is_unavailable());
        assert_eq!(store.writer.work("go on", |_| Box::pin(async { Ok("written") })).await.unwrap(), "written");
    }
}
