//! Writes that share a transaction.

use futures::future::BoxFuture;
use sqlx::AnyConnection;
use tokio::sync::oneshot;

use crate::intake::{self, NewReport, Taken, Taking};
use crate::note::{self, NewNote};
use crate::transaction::Transaction;
use crate::{Result, StoreError, log};

/// Where the one who asked for a write waits.
pub type Reply<T> = oneshot::Sender<Result<T>>;

/// A write, and who waits for it.
pub enum Job {
    Report(Box<NewReport>, Reply<Taken>),
    Note(Box<NewNote>, Reply<Taken>),
    Work(Box<dyn Work>),
}

/// A write that is none of the frequent ones.
pub trait Work: Send {
    /// Writes. It may have to do so again in another transaction, when this one is not committed.
    fn run<'w>(&'w mut self, transaction: &'w mut Transaction) -> BoxFuture<'w, sqlx::Result<()>>;
    /// Answers, after the commit or after the failure.
    fn answer(self: Box<Self>, outcome: Result<()>);
}

/// [`Work`] that gives something back, and keeps it until the commit.
pub struct Asked<T, F> {
    pub work: F,
    pub given: Option<T>,
    pub reply: Reply<T>,
}

impl<T, F> Work for Asked<T, F>
where
    T: Send,
    F: for<'c> Fn(&'c mut Transaction) -> BoxFuture<'c, sqlx::Result<T>> + Send,
{
    fn run<'w>(&'w mut self, transaction: &'w mut Transaction) -> BoxFuture<'w, sqlx::Result<()>> {
        let working = (self.work)(transaction);
        let given = &mut self.given;
        Box::pin(async move {
            *given = Some(working.await?);
            Ok(())
        })
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let Self { given, reply, .. } = *self;
        let gone = StoreError::Unavailable { doing: "answer", cause: None };
        give(reply, outcome.and_then(|()| given.ok_or(gone)));
    }
}

impl Job {
    /// Tells whoever waits that nothing was written.
    pub fn refuse(self, error: StoreError) {
        match self {
            Self::Report(_, reply) | Self::Note(_, reply) => give(reply, Err(error)),
            Self::Work(work) => work.answer(Err(error)),
        }
    }
}

/// The jobs of one transaction, by kind.
#[derive(Default)]
pub struct Group {
    reports: Vec<NewReport>,
    report_replies: Vec<Reply<Taken>>,
    notes: Vec<NewNote>,
    note_replies: Vec<Reply<Taken>>,
    work: Vec<Box<dyn Work>>,
}

/// What became of the reports and notes of a group.
pub struct Written {
    reports: Vec<Taken>,
    notes: Vec<Taken>,
}

impl Written {
    pub fn len(&self) -> u64 {
        (self.reports.len() + self.notes.len()) as u64
    }
}

impl Group {
    pub fn of(jobs: impl IntoIterator<Item = Job>) -> Self {
        let mut group = Self::default();
        for job in jobs {
            match job {
                Job::Report(report, reply) => {
                    group.reports.push(*report);
                    group.report_replies.push(reply);
                }
                Job::Note(note, reply) => {
                    group.notes.push(*note);
                    group.note_replies.push(reply);
                }
                Job::Work(work) => group.work.push(work),
            }
        }
        group
    }

    pub fn len(&self) -> usize {
        self.reports.len() + self.notes.len() + self.work.len()
    }

    pub fn into_jobs(self) -> impl DoubleEndedIterator<Item = Job> {
        let reports = self.reports.into_iter().zip(self.report_replies);
        let notes = self.notes.into_iter().zip(self.note_replies);
        reports
            .map(|(report, reply)| Job::Report(Box::new(report), reply))
            .chain(notes.map(|(note, reply)| Job::Note(Box::new(note), reply)))
            .chain(self.work.into_iter().map(Job::Work))
    }

    /// Writes everything and commits.
    pub async fn write(&mut self, mut transaction: Transaction) -> sqlx::Result<(AnyConnection, Written)> {
        if self.notes.is_empty() && self.work.is_empty() && transaction.is_one_trip() {
            let Taking { taken, mut rest, events } = intake::take_new(&self.reports);
            rest.extend(log::append(events));
            match transaction.commit_if_new(&rest).await? {
                Ok(connection) => return Ok((connection, Written { reports: taken, notes: Vec::new() })),
                Err(begun_anew) => transaction = begun_anew,
            }
        }
        let reports = intake::take(&mut transaction, &self.reports).await?;
        let notes = note::take(&mut transaction, &self.notes).await?;
        for work in &mut self.work {
            work.run(&mut transaction).await?;
        }
        let events = reports.events.into_iter().chain(notes.events).collect();
        let rest = reports.rest.into_iter().chain(notes.rest).chain(log::append(events)).collect();
        let connection = transaction.commit(&rest).await?;
        Ok((connection, Written { reports: reports.taken, notes: notes.taken }))
    }

    /// Answers everybody, after the commit.
    pub fn answer(self, written: Written) {
        self.report_replies.into_iter().zip(written.reports).for_each(|(reply, taken)| give(reply, Ok(taken)));
        self.note_replies.into_iter().zip(written.notes).for_each(|(reply, taken)| give(reply, Ok(taken)));
        self.work.into_iter().for_each(|work| work.answer(Ok(())));
    }
}

fn give<T>(reply: Reply<T>, answer: Result<T>) {
    // A caller that has gone away needs no answer; its write stands.
    let _ = reply.send(answer);
}
