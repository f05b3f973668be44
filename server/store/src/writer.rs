//! The one task that writes, and group commit.
//!
//! While a transaction is on its way to the disk, whatever else wants to be written waits in a queue; the next transaction takes all of
//! it. One commit then pays for many writes, and nobody is answered before it.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use futures::future::BoxFuture;
use sqlx::{AnyConnection, Connection};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::connect::Source;
use crate::intake::{self, NewReport, Taken};
use crate::note::{self, NewNote};
use crate::{Result, StoreError, log};

/// The most writes that share a transaction.
const GROUP: usize = 64;
/// Writes that may wait before a caller has to.
const QUEUE: usize = 1_024;

/// A write that is none of the frequent ones: it runs in the group's transaction, after them.
type Work = Box<dyn for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, sqlx::Result<()>> + Send>;

enum Job {
    Report(Box<NewReport>, oneshot::Sender<Result<Taken>>),
    Note(Box<NewNote>, oneshot::Sender<Result<Taken>>),
    Work(Work, oneshot::Sender<Result<()>>),
}

/// The writer's mailbox.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Job>,
    stopping: mpsc::Sender<()>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Writer {
    pub fn start(source: Source) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (stopping, stop) = mpsc::channel(1);
        let task = tokio::spawn(write(source, jobs, stop));
        Self { queue, stopping, task: Arc::new(Mutex::new(Some(task))) }
    }

    /// Takes nothing new, finishes what waits, and ends.
    pub async fn stop(&self) {
        let _ = self.stopping.try_send(());
        let task = self.task.lock().ok().and_then(|mut task| task.take());
        if let Some(task) = task {
            let _ = task.await;
        }
    }

    pub async fn report(&self, report: NewReport) -> Result<Taken> {
        self.ask("store a report", |reply| Job::Report(Box::new(report), reply)).await
    }

    pub async fn note(&self, note: NewNote) -> Result<Taken> {
        self.ask("store a note", |reply| Job::Note(Box::new(note), reply)).await
    }

    /// Runs `work` in a transaction that may be shared, and gives back what it gives once that is committed.
    pub async fn work<T, F>(&self, doing: &'static str, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, sqlx::Result<T>> + Send + 'static,
    {
        let (keep, kept) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            Box::pin(async move {
                // Nobody is left to tell when the caller has gone; the work stands all the same.
                let _ = keep.send(work(connection).await?);
                Ok(())
            })
        });
        self.ask(doing, |reply| Job::Work(work, reply)).await?;
        kept.await.map_err(|_| StoreError::Unavailable { doing, cause: None })
    }

    async fn ask<T>(&self, doing: &'static str, job: impl FnOnce(oneshot::Sender<Result<T>>) -> Job) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let gone = || StoreError::Unavailable { doing, cause: None };
        self.queue.send(job(reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

async fn write(source: Source, mut jobs: mpsc::Receiver<Job>, mut stop: mpsc::Receiver<()>) {
    let mut connection = None;
    let mut waiting = Vec::with_capacity(GROUP);
    loop {
        tokio::select! {
            taken = jobs.recv_many(&mut waiting, GROUP) => if taken == 0 { break },
            _ = stop.recv() => {
                jobs.close();
                continue;
            }
        }
        metrics::histogram!("store_group_size").record(f64::from(u32::try_from(waiting.len()).unwrap_or(u32::MAX)));
        let started = Instant::now();
        Group::of(&mut waiting).commit(&source, &mut connection).await;
        metrics::histogram!("store_commit_seconds").record(started.elapsed());
    }
    if let Some(connection) = connection {
        let _ = connection.close().await;
    }
}

/// The jobs of one transaction, by kind.
#[derive(Default)]
struct Group {
    reports: Vec<NewReport>,
    report_replies: Vec<oneshot::Sender<Result<Taken>>>,
    notes: Vec<NewNote>,
    note_replies: Vec<oneshot::Sender<Result<Taken>>>,
    work: Vec<Work>,
    work_replies: Vec<oneshot::Sender<Result<()>>>,
}

impl Group {
    fn of(jobs: &mut Vec<Job>) -> Self {
        let mut group = Self::default();
        for job in jobs.drain(..) {
            match job {
                Job::Report(report, reply) => {
                    group.reports.push(*report);
                    group.report_replies.push(reply);
                }
                Job::Note(note, reply) => {
                    group.notes.push(*note);
                    group.note_replies.push(reply);
                }
                Job::Work(work, reply) => {
                    group.work.push(work);
                    group.work_replies.push(reply);
                }
            }
        }
        group
    }

    /// Commits and answers everybody. After a failure the connection is dropped: what state it is in only its engine knows.
    async fn commit(mut self, source: &Source, connection: &mut Option<AnyConnection>) {
        match self.write(source, connection).await {
            Ok((reports, notes)) => {
                answer(self.report_replies, reports.into_iter().map(Ok));
                answer(self.note_replies, notes.into_iter().map(Ok));
                answer(self.work_replies, std::iter::repeat_with(|| Ok(())));
            }
            Err(cause) => {
                if let Some(connection) = connection.take() {
                    let _ = connection.close_hard().await;
                }
                let error = StoreError::while_it_should("commit")(cause);
                tracing::warn!(error = &error as &dyn std::error::Error, "a group of writes was not committed");
                answer(self.report_replies, std::iter::repeat_with(|| Err(error.again())));
                answer(self.note_replies, std::iter::repeat_with(|| Err(error.again())));
                answer(self.work_replies, std::iter::repeat_with(|| Err(error.again())));
            }
        }
    }

    async fn write(
        &mut self,
        source: &Source,
        connection: &mut Option<AnyConnection>,
    ) -> sqlx::Result<(Vec<Taken>, Vec<Taken>)> {
        let connection = match connection {
            Some(connection) => connection,
            None => connection.insert(source.connect().await?),
        };
        let mut transaction = connection.begin().await?;
        let mut events = Vec::with_capacity(self.reports.len() + self.notes.len());
        let reports = intake::take(&mut transaction, &self.reports, &mut events).await?;
        let notes = note::take(&mut transaction, &self.notes, &mut events).await?;
        for work in self.work.drain(..) {
            work(&mut transaction).await?;
        }
        // Last, because from here on every other writer of the log waits for the commit.
        log::append(&mut transaction, &events).await?;
        transaction.commit().await?;
        Ok((reports, notes))
    }
}

fn answer<T>(replies: Vec<oneshot::Sender<T>>, answers: impl Iterator<Item = T>) {
    for (reply, answer) in replies.into_iter().zip(answers) {
        // A caller that has gone away needs no answer; its write stands.
        let _ = reply.send(answer);
    }
}
