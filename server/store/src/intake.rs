//! Taking reports in: each once, however often it comes.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use model::basis::{NOTICE, Purpose};
use model::canonical::Hash;
use model::cell::Cell;
use model::contact::Contact;
use model::flood::Marks;
use model::id::Key;
use model::place::PlaceMark;
use model::report::Told;
use model::sealed::Sealed;
use model::status::Status;
use sqlx::{AnyConnection, Row};

use crate::keep::key_from;
use crate::log::{NewEvent, kind};
use crate::program::Program;
use crate::reach::{self, Reach};
use crate::rows::{Bound, Insert};
use crate::transaction::{Statements, Transaction};
use crate::{Result, Store};

/// How a report came to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Portal,
    Import,
    /// Demonstration data: a city that does not exist.
    Demo,
}

impl Origin {
    pub fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Import => "import",
            Self::Demo => "demo",
        }
    }
}

/// A report, sealed and ready to be stored. It is the subject of its own data.
#[derive(Clone, Debug)]
pub struct NewReport {
    pub key: Key,
    pub hash: Hash,
    pub category: &'static str,
    pub danger: bool,
    pub people: Option<u32>,
    /// Answers that are one of several given, by the code of their question: they stand in the event, in the open.
    pub choices: BTreeMap<String, Vec<String>>,
    pub mark: PlaceMark,
    pub cell: Option<Cell>,
    /// UTC milliseconds.
    pub occurred_at: i64,
    /// UTC milliseconds.
    pub received_at: i64,
    pub origin: Origin,
    pub told: Sealed<Told>,
    pub contact: Option<Sealed<Contact>>,
    /// The subject's key, wrapped.
    pub wrapped: Vec<u8>,
    /// Where it came from, as far as floods are concerned.
    pub marks: Marks,
    /// The program that sent it, where it has a key of ours.
    pub program: Option<Program>,
    /// Where the person can be written to, as they agreed.
    pub reaches: Vec<Reach>,
}

/// What became of something that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Stored now.
    New,
    /// It was there already, the same to the byte.
    Again,
    /// Something else was stored under its key before; nothing was changed.
    Conflict,
}

const REPORTS: Insert<'static> = Insert::new(
    "INSERT INTO report (id, hash, category, danger, people, mark, cell, occurred_at, received_at, status, origin, told, contact) VALUES",
    13,
    "ON CONFLICT (id) DO NOTHING RETURNING id",
);
const KEYS: Insert<'static> = Insert::new("INSERT INTO subject_key (subject, wrapped) VALUES", 2, "");
const PROGRAMS: Insert<'static> = Insert::new("INSERT INTO program_report (report, program) VALUES", 2, "");
const BASES: Insert<'static> = Insert::new("INSERT INTO basis (subject, purpose, ground, notice, since) VALUES", 5, "");

impl Store {
    /// Stores a report with its key, the bases of its data and its event, and comes back when all of it is durable.
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was acknowledged, and sending again is safe.
    pub async fn take_report(&self, report: NewReport) -> Result<Taken> {
        self.writer.report(report).await
    }

    /// The same for many, in one transaction.
    ///
    /// # Errors
    /// As for [`Self::take_report`], for all of them.
    pub async fn take_reports(&self, reports: Vec<NewReport>) -> Result<Vec<Taken>> {
        let reports = Arc::new(reports);
        self.writer
            .work("store reports", move |transaction| {
                let reports = Arc::clone(&reports);
                Box::pin(async move {
                    let Taking { taken, mut rest, events } = take(transaction, &reports).await?;
                    rest.extend(crate::log::append(events));
                    transaction.send(&rest).await?;
                    Ok(taken)
                })
            })
            .await
    }
}

/// Reports or notes on their way in.
pub(crate) struct Taking<'a> {
    pub taken: Vec<Taken>,
    /// What is to be written yet.
    pub rest: Statements<'a>,
    pub events: Vec<NewEvent>,
}

pub(crate) async fn take<'a>(transaction: &mut Transaction, reports: &'a [NewReport]) -> sqlx::Result<Taking<'a>> {
    let rows = inserting(REPORTS, reports);
    let inserted = transaction.send(&rows).await?;
    let mut inserted =
        inserted.iter().map(|row| key_from(row.try_get::<&[u8], _>(0)?)).collect::<sqlx::Result<HashSet<Key>>>()?;

    let mut taken = Vec::with_capacity(reports.len());
    let mut new = Vec::with_capacity(reports.len());
    for report in reports {
        // Of two with one key in the same group, the first went in.
        if inserted.remove(&report.key) {
            taken.push(Taken::New);
            new.push(report);
        } else {
            let stored = sqlx::query("SELECT hash FROM report WHERE id = $1").bind(report.key.bytes().to_vec());
            taken.push(compare(transaction.alone().await?, stored, &report.hash).await?);
        }
    }
    let (rest, events) = follow(new);
    Ok(Taking { taken, rest, events })
}

/// The same when every report is new, as nearly all are: nothing has to be asked. It fails when one of them is not.
pub(crate) fn take_new(reports: &[NewReport]) -> Taking<'_> {
    let mut rest = inserting(Insert { tail: "", ..REPORTS }, reports);
    let (more, events) = follow(reports.iter().collect());
    rest.extend(more);
    Taking { taken: vec![Taken::New; reports.len()], rest, events }
}

fn inserting<'a>(insert: Insert<'static>, reports: &'a [NewReport]) -> Statements<'a> {
    insert.rows(reports.iter().collect(), |query, report: &&NewReport| {
        query
            .bind(report.key.bytes().to_vec())
            .bind(report.hash.to_vec())
            .bind(report.category)
            .bind(i64::from(report.danger))
            .bind(report.people.map(i64::from))
            .bind(report.mark.name())
            .bind(report.cell.map(Cell::number))
            .bind(report.occurred_at)
            .bind(report.received_at)
            .bind(Status::Received.name())
            .bind(report.origin.name())
            .bind(report.told.bytes().to_vec())
            .bind(report.contact.as_ref().map(|contact| contact.bytes().to_vec()))
    })
}

/// What new reports bring with them: their keys, their bases, their events.
fn follow(new: Vec<&NewReport>) -> (Statements<'_>, Vec<NewEvent>) {
    let mut rest =
        KEYS.rows(new.clone(), |query, report| query.bind(report.key.bytes().to_vec()).bind(report.wrapped.clone()));
    let sent = new.iter().filter_map(|report| Some((*report, report.program?))).collect();
    rest.extend(
        PROGRAMS
            .rows(sent, |query, (report, program)| query.bind(report.key.bytes().to_vec()).bind(program.0.to_vec())),
    );
    for purpose in [Purpose::Respond, Purpose::OwnAccess, Purpose::CallBack, Purpose::Tell] {
        let based = new.iter().filter(|report| match purpose {
            Purpose::CallBack => report.contact.is_some(),
            Purpose::Tell => !report.reaches.is_empty(),
            _ => true,
        });
        let bases = based.map(|report| (*report, purpose)).collect();
        rest.extend(BASES.rows(bases, |query, (report, purpose)| {
            query
                .bind(report.key.bytes().to_vec())
                .bind(purpose.name())
                .bind(purpose.ground().name())
                .bind(NOTICE)
                .bind(report.received_at)
        }));
    }
    rest.extend(reach::noting(&new));
    (rest, new.into_iter().map(event).collect())
}

/// Whether what is stored, as `stored` finds it, is what was sent.
pub(crate) async fn compare(connection: &mut AnyConnection, stored: Bound<'_>, hash: &Hash) -> sqlx::Result<Taken> {
    let row = stored.fetch_optional(connection).await?;
    let stored: Option<&[u8]> = row.as_ref().map(|row| row.try_get(0)).transpose()?;
    Ok(if stored == Some(hash) { Taken::Again } else { Taken::Conflict })
}

fn event(report: &NewReport) -> NewEvent {
    let mut body = serde_json::json!({
        "category": report.category,
        "danger": report.danger,
        "people": report.people,
        "mark": report.mark.name(),
        "occurred": report.occurred_at,
        "origin": report.origin.name(),
    });
    if report.marks != Marks::default() {
        body["marks"] = serde_json::json!(report.marks);
    }
    if !report.reaches.is_empty() {
        body["reach"] = serde_json::json!(report.reaches.iter().map(|reach| reach.channel.name()).collect::<Vec<_>>());
    }
    if !report.choices.is_empty() {
        body["answers"] = serde_json::json!(report.choices);
    }
    NewEvent {
        id: report.key.uuid(),
        kind: kind::REPORT_RECEIVED,
        cell: report.cell,
        at: report.received_at,
        body: body.to_string(),
    }
}
