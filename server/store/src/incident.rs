//! Incidents and their members, as they stand.

use model::id::Key;
use model::status::Status;
use model::step::Act;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::handling::{QueueRow, columns, line};
use crate::keep::{decode, key_from};
use crate::{Result, Store, StoreError};

/// An incident: nothing that is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRow {
    pub key: Key,
    pub category: String,
    pub department: String,
    pub since: i64,
    /// To be given back with a change.
    pub version: i64,
}

/// An incident in the list of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentLine {
    pub key: Key,
    pub category: String,
    pub since: i64,
    /// Members, those of them that are open, and whether one tells of danger.
    pub members: i64,
    pub open: i64,
    pub danger: bool,
}

/// What was done to an incident, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentStepRow {
    pub at: i64,
    pub act: Act,
    pub staff: Key,
    pub department: String,
    pub status: Option<Status>,
    pub reports: i64,
    pub report: Option<Key>,
}

impl Store {
    /// # Errors
    /// When the store is unavailable.
    pub async fn incident(&self, key: Key) -> Result<Option<IncidentRow>> {
        let doing = "read an incident";
        let sql = "SELECT id, category, department, since, version FROM incident WHERE id = $1";
        let rows = self.rows(doing, sql, |question| question.bind(key.bytes().to_vec())).await?;
        rows.first().map(incident).transpose().map_err(StoreError::while_it_should(doing))
    }

    /// The incident that a report is a member of.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn incident_of(&self, report: Key) -> Result<Option<IncidentRow>> {
        let doing = "read the incident of a report";
        let sql = "SELECT i.id, i.category, i.department, i.since, i.version FROM incident_member m \
                   JOIN incident i ON i.id = m.incident WHERE m.report = $1";
        let rows = self.rows(doing, sql, |question| question.bind(report.bytes().to_vec())).await?;
        rows.first().map(incident).transpose().map_err(StoreError::while_it_should(doing))
    }

    /// The members of an incident, in the order in which they were joined.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn members(&self, incident: Key) -> Result<Vec<QueueRow>> {
        let doing = "read the members of an incident";
        let sql = concat!(
            "SELECT h.report, h.category, r.danger, r.people, r.status, h.received_at, ",
            columns!(),
            " FROM incident_member m JOIN handling h ON h.report = m.report JOIN report r ON r.id = m.report \
             WHERE m.incident = $1 ORDER BY m.since, m.report"
        );
        let rows = self.rows(doing, sql, |question| question.bind(incident.bytes().to_vec())).await?;
        rows.iter().map(line).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }

    /// The newest incidents of a department that have members, at most `limit`.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn incidents(&self, department: &str, limit: u32) -> Result<Vec<IncidentLine>> {
        let doing = "read incidents";
        let sql = "SELECT i.id, i.category, i.since, COUNT(*), \
                   CAST(SUM(CASE WHEN h.closed_at IS NULL THEN 1 ELSE 0 END) AS BIGINT), MAX(r.danger) \
                   FROM (SELECT id, category, since FROM incident WHERE department = $1 ORDER BY since DESC LIMIT $2) i \
                   JOIN incident_member m ON m.incident = i.id JOIN handling h ON h.report = m.report \
                   JOIN report r ON r.id = m.report GROUP BY i.id, i.category, i.since ORDER BY i.since DESC, i.id";
        let rows =
            self.rows(doing, sql, |question| question.bind(department.to_owned()).bind(i64::from(limit))).await?;
        rows.iter().map(listed).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }

    /// What was done to an incident, oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn incident_steps(&self, incident: Key) -> Result<Vec<IncidentStepRow>> {
        let doing = "read the history of an incident";
        let sql = "SELECT at, act, staff, department, status, reports, report FROM incident_step \
                   WHERE incident = $1 ORDER BY at, id";
        let rows = self.rows(doing, sql, |question| question.bind(incident.bytes().to_vec())).await?;
        rows.iter().map(stepped).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }
}

fn incident(row: &AnyRow) -> sqlx::Result<IncidentRow> {
    Ok(IncidentRow {
        key: key_from(row.try_get::<&[u8], _>(0)?)?,
        category: row.try_get(1)?,
        department: row.try_get(2)?,
        since: row.try_get(3)?,
        version: row.try_get(4)?,
    })
}

fn listed(row: &AnyRow) -> sqlx::Result<IncidentLine> {
    Ok(IncidentLine {
        key: key_from(row.try_get::<&[u8], _>(0)?)?,
        category: row.try_get(1)?,
        since: row.try_get(2)?,
        members: row.try_get(3)?,
        open: row.try_get(4)?,
        danger: row.try_get::<i64, _>(5)? != 0,
    })
}

fn stepped(row: &AnyRow) -> sqlx::Result<IncidentStepRow> {
    let status: Option<String> = row.try_get(4)?;
    let report: Option<Vec<u8>> = row.try_get(6)?;
    Ok(IncidentStepRow {
        at: row.try_get(0)?,
        act: Act::parse(row.try_get(1)?).ok_or_else(|| decode("an unknown act"))?,
        staff: key_from(row.try_get::<&[u8], _>(2)?)?,
        department: row.try_get(3)?,
        status: status.map(|name| Status::parse(&name).ok_or_else(|| decode("an unknown status"))).transpose()?,
        reports: row.try_get(5)?,
        report: report.map(|bytes| key_from(&bytes)).transpose()?,
    })
}
