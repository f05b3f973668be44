//! What is done to a report, step by step: each once, on top of what its author saw.

use model::canonical::Hash;
use model::id::Key;
use model::journal::Deed;
use model::sealed::Sealed;
use model::status::Status;
use model::step::{Act, Actor, Words};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::handling::Handling;
use crate::intake::{Taken, compare};
use crate::journal::{self, JournalRow};
use crate::keep::{decode, key_from};
use crate::log::{self, NewEvent, kind, message_id};
use crate::transaction::Transaction;
use crate::{Result, Store, StoreError};

/// A step, its words sealed under the key of its report's subject.
#[derive(Clone, Debug)]
pub struct NewStep {
    /// From the form, so that sending twice is one step.
    pub key: Key,
    pub report: Key,
    pub hash: Hash,
    /// UTC milliseconds.
    pub at: i64,
    pub act: Act,
    pub actor: Actor,
    /// Who of the staff, and of which department.
    pub staff: Option<(Key, String)>,
    /// Where the report stands afterwards, when that changes.
    pub status: Option<Status>,
    /// A code that belongs to the act: a legal ground, a department.
    pub detail: Option<String>,
    /// Another report that the act is about.
    pub other: Option<Key>,
    /// The sentence among the words for the person who reported, by its code: no words of anybody, so it stands in the open.
    pub template: Option<String>,
    /// For the person who reported.
    pub told: Option<Sealed<Words>>,
    /// For the desk alone.
    pub inner: Option<Sealed<Words>>,
}

/// How a step changes the handling.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version that the author saw.
    pub seen: i64,
    pub handling: Handling,
}

/// A step as it is stored.
#[derive(Clone, Debug)]
pub struct StepRow {
    pub key: Key,
    pub at: i64,
    pub act: Act,
    pub actor: Actor,
    pub staff: Option<Key>,
    pub department: Option<String>,
    pub status: Option<Status>,
    pub detail: Option<String>,
    pub other: Option<Key>,
    pub template: Option<String>,
    pub told: Option<Sealed<Words>>,
    pub inner: Option<Sealed<Words>>,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    New,
    /// It was there already, the same to the byte.
    Again,
    /// Something else was stored under its key before; nothing was changed.
    Conflict,
    /// The report has changed since its author looked at it; nothing was changed.
    Stale,
}

impl Store {
    /// Takes a step with its change and its event.
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was done, and sending again is safe.
    pub async fn take_step(&self, step: NewStep, change: Change) -> Result<Stepped> {
        self.writer
            .work("take a step", move |transaction| {
                let (step, change) = (step.clone(), change.clone());
                Box::pin(async move { take(transaction, &step, &change).await })
            })
            .await
    }

    /// The hash of a step that was taken before; for the step of another report one that fits nothing.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn step_hash(&self, key: Key, report: Key) -> Result<Option<Hash>> {
        let doing = "look a step up";
        let sql = "SELECT hash, report FROM step WHERE id = $1";
        let rows = self.rows(doing, sql, |question| question.bind(key.bytes().to_vec())).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let hash = || -> sqlx::Result<Hash> {
            if key_from(row.try_get::<&[u8], _>(1)?)? != report {
                return Ok([0; 32]);
            }
            row.try_get::<&[u8], _>(0)?.try_into().map_err(|_| decode("a hash that is not 32 bytes"))
        };
        hash().map(Some).map_err(StoreError::while_it_should(doing))
    }

    /// The report that somebody joined by the step of this key.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn joined_by(&self, key: Key) -> Result<Option<Key>> {
        let doing = "look up who joined";
        let sql = "SELECT report FROM step WHERE id = $1 AND act = 'join'";
        let rows = self.rows(doing, sql, |question| question.bind(key.bytes().to_vec())).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let report = || key_from(row.try_get::<&[u8], _>(0)?);
        report().map(Some).map_err(StoreError::while_it_should(doing))
    }

    /// The steps of a report, oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn steps(&self, report: Key) -> Result<Vec<StepRow>> {
        let doing = "read a history";
        let sql = "SELECT at, act, actor, staff, department, status, detail, other, told, inner_told, id, template FROM step \
                   WHERE report = $1 ORDER BY at, id";
        let rows = self.rows(doing, sql, |question| question.bind(report.bytes().to_vec())).await?;
        rows.iter().map(row).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }
}

pub(crate) async fn take(transaction: &mut Transaction, step: &NewStep, change: &Change) -> sqlx::Result<Stepped> {
    let connection = transaction.alone().await?;
    let stored = sqlx::query("SELECT hash FROM step WHERE id = $1").bind(step.key.bytes().to_vec());
    if stored.fetch_optional(&mut *connection).await?.is_some() {
        // The key of a step of another report is somebody else's: as good as other words.
        let stored = sqlx::query("SELECT hash FROM step WHERE id = $1 AND report = $2")
            .bind(step.key.bytes().to_vec())
            .bind(step.report.bytes().to_vec());
        return Ok(match compare(connection, stored, &step.hash).await? {
            Taken::Conflict => Stepped::Conflict,
            _ => Stepped::Again,
        });
    }
    if !changed(connection, step, change).await? {
        return Ok(Stepped::Stale);
    }
    write(connection, step).await?;
    transaction.send(&log::append(vec![event(step)])).await?;
    Ok(Stepped::New)
}

/// Writes a step down, with the state that it leads to; in the journal too, if it is one of the staff's.
pub(crate) async fn write(connection: &mut AnyConnection, step: &NewStep) -> sqlx::Result<()> {
    insert(connection, step).await?;
    if let (Some((staff, _)), Some(deed)) = (&step.staff, Deed::of_step(step.act)) {
        let (id, staff) = (message_id(kind::REPORT_STEPPED, step.key), Some(*staff));
        let (status, report) = (step.status, Some(step.report));
        journal::write(connection, &JournalRow { id, at: step.at, staff, deed, status, report, whom: None }).await?;
    }
    if let Some(status) = step.status {
        sqlx::query("UPDATE report SET status = $2 WHERE id = $1")
            .bind(step.report.bytes().to_vec())
            .bind(status.name())
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Changes the handling, if it is still what the author saw. This also holds it against every other step until the commit.
pub(crate) async fn changed(connection: &mut AnyConnection, step: &NewStep, change: &Change) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "UPDATE handling SET version = version + 1, owner = $3, offered = $4, offered_at = $5, refusals = $6, answer_due = $7, \
         answered_at = $8, act_due = $9, acted_at = $10, paused_at = $11, due = $12, alarm_at = $13, seen = $14, closed_at = $15, \
         contested_at = $16, joined = $17, rung_at = $18, changed_at = $19, \
         editor = CASE WHEN owner = $3 THEN editor ELSE NULL END WHERE report = $1 AND version = $2",
    );
    let update = update.bind(step.report.bytes().to_vec()).bind(change.seen);
    Ok(change.handling.bind(update).bind(step.at).execute(connection).await?.rows_affected() == 1)
}

async fn insert(connection: &mut AnyConnection, step: &NewStep) -> sqlx::Result<()> {
    let (staff, department) = step.staff.clone().unzip();
    sqlx::query(
        "INSERT INTO step (id, report, hash, at, act, actor, staff, department, status, detail, other, told, inner_told, template) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(step.key.bytes().to_vec())
    .bind(step.report.bytes().to_vec())
    .bind(step.hash.to_vec())
    .bind(step.at)
    .bind(step.act.name())
    .bind(step.actor.name())
    .bind(staff.map(|staff| staff.bytes().to_vec()))
    .bind(department)
    .bind(step.status.map(Status::name))
    .bind(step.detail.clone())
    .bind(step.other.map(|other| other.bytes().to_vec()))
    .bind(step.told.as_ref().map(|words| words.bytes().to_vec()))
    .bind(step.inner.as_ref().map(|words| words.bytes().to_vec()))
    .bind(step.template.clone())
    .execute(connection)
    .await
    .map(|_| ())
}

fn row(row: &AnyRow) -> sqlx::Result<StepRow> {
    let key = |column| -> sqlx::Result<Option<Key>> {
        row.try_get::<Option<Vec<u8>>, _>(column)?.map(|bytes| key_from(&bytes)).transpose()
    };
    let status: Option<String> = row.try_get(5)?;
    let status = status.map(|name| Status::parse(&name).ok_or_else(|| decode("an unknown status"))).transpose()?;
    Ok(StepRow {
        key: key_from(row.try_get::<&[u8], _>(10)?)?,
        at: row.try_get(0)?,
        act: Act::parse(row.try_get(1)?).ok_or_else(|| decode("an unknown act"))?,
        actor: Actor::parse(row.try_get(2)?).ok_or_else(|| decode("an unknown actor"))?,
        staff: key(3)?,
        department: row.try_get(4)?,
        status,
        detail: row.try_get(6)?,
        other: key(7)?,
        template: row.try_get(11)?,
        told: row.try_get::<Option<Vec<u8>>, _>(8)?.map(Sealed::from_bytes),
        inner: row.try_get::<Option<Vec<u8>>, _>(9)?.map(Sealed::from_bytes),
    })
}

pub(crate) fn event(step: &NewStep) -> NewEvent {
    let body = serde_json::json!({
        "report": step.report,
        "act": step.act.name(),
        "status": step.status.map(Status::name),
        "department": step.staff.as_ref().map(|(_, department)| department),
        "detail": step.detail,
    });
    NewEvent {
        id: message_id(kind::REPORT_STEPPED, step.key),
        kind: kind::REPORT_STEPPED,
        cell: None,
        at: step.at,
        body: body.to_string(),
    }
}
