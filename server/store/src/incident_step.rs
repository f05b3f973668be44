//! What is done to an incident: to all its members at once, or to none.

use model::canonical::Hash;
use model::id::Key;
use model::status::Status;
use model::step::Act;
use sqlx::AnyConnection;

use crate::intake::{Taken, compare};
use crate::log::{self, NewEvent, kind, message_id};
use crate::step::{self, Change, NewStep, Stepped};
use crate::transaction::Transaction;
use crate::{Result, Store};

/// A step of an incident, without words: those stand in the steps of its members.
#[derive(Clone, Debug)]
pub struct NewIncidentStep {
    /// From the form, so that sending twice is one step.
    pub key: Key,
    pub hash: Hash,
    /// UTC milliseconds.
    pub at: i64,
    pub act: Act,
    /// Who of the staff, and of which department.
    pub staff: (Key, String),
    pub status: Option<Status>,
    pub incident: Incident,
    pub members: Vec<Member>,
}

/// The incident that a step is about.
#[derive(Clone, Debug)]
pub enum Incident {
    /// It begins with this step.
    New { key: Key, category: String, department: String },
    /// It is there, in the version that the author saw.
    Seen { key: Key, version: i64 },
}

/// A member, and what the step does to it.
#[derive(Clone, Debug)]
pub struct Member {
    pub part: Part,
    pub step: NewStep,
    pub change: Change,
}

/// What a step does to a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Joins,
    Stays,
    Leaves,
}

impl Incident {
    pub fn key(&self) -> Key {
        match self {
            Self::New { key, .. } | Self::Seen { key, .. } => *key,
        }
    }
}

impl Store {
    /// Takes a step of an incident with the steps of its members and their events: all of it, or nothing when one of them is stale.
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was done, and sending again is safe.
    pub async fn take_incident_step(&self, mut step: NewIncidentStep) -> Result<Stepped> {
        // Everybody locks in one order.
        step.members.sort_by_key(|member| member.step.report);
        self.writer
            .work("take a step of an incident", move |transaction| {
                let step = step.clone();
                Box::pin(async move { take(transaction, &step).await })
            })
            .await
    }

    /// The hash of a step that an incident took before; for the step of another incident one that fits nothing.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn incident_step_hash(&self, key: Key) -> Result<Option<Hash>> {
        let doing = "look a step of an incident up";
        let sql = "SELECT hash FROM incident_step WHERE id = $1";
        let rows = self.rows(doing, sql, |question| question.bind(key.bytes().to_vec())).await?;
        let hash = rows.first().map(|row| -> sqlx::Result<Hash> {
            let bytes: &[u8] = sqlx::Row::try_get(row, 0)?;
            bytes.try_into().map_err(|_| crate::keep::decode("a hash that is not 32 bytes"))
        });
        hash.transpose().map_err(crate::StoreError::while_it_should(doing))
    }
}

async fn take(transaction: &mut Transaction, step: &NewIncidentStep) -> sqlx::Result<Stepped> {
    let connection = transaction.alone().await?;
    let stored = sqlx::query("SELECT hash FROM incident_step WHERE id = $1").bind(step.key.bytes().to_vec());
    if stored.fetch_optional(&mut *connection).await?.is_some() {
        let stored = sqlx::query("SELECT hash FROM incident_step WHERE id = $1 AND incident = $2")
            .bind(step.key.bytes().to_vec())
            .bind(step.incident.key().bytes().to_vec());
        return Ok(match compare(connection, stored, &step.hash).await? {
            Taken::Conflict => Stepped::Conflict,
            _ => Stepped::Again,
        });
    }
    // A transaction is shared: what is refused must have changed nothing. So everything is held first, as it was seen.
    if !held(connection, step).await? {
        return Ok(Stepped::Stale);
    }
    begin(connection, step).await?;
    for member in &step.members {
        step::changed(connection, &member.step, &member.change).await?;
        step::write(connection, &member.step).await?;
        belong(connection, step, member).await?;
    }
    insert(connection, step).await?;
    let events = step.members.iter().map(|member| step::event(&member.step)).chain([event(step)]).collect();
    transaction.send(&log::append(events)).await?;
    Ok(Stepped::New)
}

/// Holds the incident and its members against everybody else until the commit, if they are still what the author saw.
async fn held(connection: &mut AnyConnection, step: &NewIncidentStep) -> sqlx::Result<bool> {
    if let Incident::Seen { key, version } = &step.incident {
        let hold = sqlx::query("UPDATE incident SET version = version WHERE id = $1 AND version = $2");
        if hold.bind(key.bytes().to_vec()).bind(*version).execute(&mut *connection).await?.rows_affected() != 1 {
            return Ok(false);
        }
    }
    for Member { step, change, .. } in &step.members {
        let hold = sqlx::query("UPDATE handling SET version = version WHERE report = $1 AND version = $2");
        let hold = hold.bind(step.report.bytes().to_vec()).bind(change.seen);
        if hold.execute(&mut *connection).await?.rows_affected() != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn begin(connection: &mut AnyConnection, step: &NewIncidentStep) -> sqlx::Result<()> {
    let query = match &step.incident {
        Incident::New { key, category, department } => {
            sqlx::query("INSERT INTO incident (id, category, department, since, version) VALUES ($1, $2, $3, $4, 1)")
                .bind(key.bytes().to_vec())
                .bind(category.clone())
                .bind(department.clone())
                .bind(step.at)
        }
        Incident::Seen { key, .. } => {
            sqlx::query("UPDATE incident SET version = version + 1 WHERE id = $1").bind(key.bytes().to_vec())
        }
    };
    query.execute(connection).await.map(|_| ())
}

async fn belong(connection: &mut AnyConnection, step: &NewIncidentStep, member: &Member) -> sqlx::Result<()> {
    let query = match member.part {
        Part::Stays => return Ok(()),
        Part::Joins => sqlx::query("INSERT INTO incident_member (report, incident, since) VALUES ($1, $2, $3)")
            .bind(member.step.report.bytes().to_vec())
            .bind(step.incident.key().bytes().to_vec())
            .bind(step.at),
        Part::Leaves => sqlx::query("DELETE FROM incident_member WHERE report = $1 AND incident = $2")
            .bind(member.step.report.bytes().to_vec())
            .bind(step.incident.key().bytes().to_vec()),
    };
    query.execute(connection).await.map(|_| ())
}

async fn insert(connection: &mut AnyConnection, step: &NewIncidentStep) -> sqlx::Result<()> {
    let only = match &step.members[..] {
        [only] => Some(only.step.report),
        _ => None,
    };
    sqlx::query(
        "INSERT INTO incident_step (id, incident, hash, at, act, staff, department, status, reports, report) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(step.key.bytes().to_vec())
    .bind(step.incident.key().bytes().to_vec())
    .bind(step.hash.to_vec())
    .bind(step.at)
    .bind(step.act.name())
    .bind(step.staff.0.bytes().to_vec())
    .bind(step.staff.1.clone())
    .bind(step.status.map(Status::name))
    .bind(i64::try_from(step.members.len()).unwrap_or(i64::MAX))
    .bind(only.map(|report| report.bytes().to_vec()))
    .execute(connection)
    .await
    .map(|_| ())
}

fn event(step: &NewIncidentStep) -> NewEvent {
    let reports: Vec<Key> = step.members.iter().map(|member| member.step.report).collect();
    let body = serde_json::json!({ "incident": step.incident.key(), "act": step.act.name(), "status": step.status.map(Status::name), "reports": reports });
    NewEvent {
        id: message_id(kind::INCIDENT_STEPPED, step.key),
        kind: kind::INCIDENT_STEPPED,
        cell: None,
        at: step.at,
        body: body.to_string(),
    }
}
