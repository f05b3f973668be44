//! What the desk sees of reports that belong together: those near by, and incidents with their members.

use model::category::Category;
use model::department::Department;
use model::id::{Key, Reference};
use model::nearby::desk_radius;
use model::position::Position;
use model::staff::Right;
use model::status::{Status, way};
use model::step::Act;
use store::{HandlingRow, QueueRow, ReportRow};

use crate::desk::QueueLine;
use crate::{Hub, HubError, Staff};

/// How old a report near by may be, in milliseconds: a week.
const RECENT: i64 = 7 * 86_400_000;
/// The most that are shown, of reports near by and of incidents.
const MOST: u32 = 30;

/// What may be joined with a report.
#[derive(Clone, Debug)]
pub struct Near {
    /// The report itself, and the version to be sent back.
    pub line: QueueLine,
    pub seen: i64,
    /// Its incident.
    pub incident: Option<Key>,
    /// Open reports of its kind, the nearest first.
    pub lines: Vec<NearLine>,
    /// How many more there are with other departments.
    pub elsewhere: usize,
}

/// A report near by.
#[derive(Clone, Debug)]
pub struct NearLine {
    pub line: QueueLine,
    pub metres: u32,
    /// Its incident.
    pub incident: Option<Key>,
}

/// An incident in a list.
#[derive(Clone, Debug)]
pub struct IncidentLine {
    pub key: Key,
    pub reference: Reference,
    pub category: String,
    pub since: i64,
    pub members: i64,
    pub open: i64,
    pub danger: bool,
}

/// An incident, with what the reader may do to it.
#[derive(Clone, Debug)]
pub struct IncidentView {
    pub key: Key,
    pub reference: Reference,
    pub category: String,
    pub department: String,
    pub since: i64,
    /// To be sent back with a form.
    pub seen: i64,
    pub members: Vec<QueueLine>,
    pub history: Vec<IncidentPast>,
    /// The states to which all open members can be moved.
    pub next: Vec<Status>,
    pub may_tell: bool,
    pub may_split: bool,
}

/// What was done to an incident. The words stand in the histories of its members.
#[derive(Clone, Debug)]
pub struct IncidentPast {
    pub at: i64,
    pub act: Act,
    pub status: Option<Status>,
    pub department: String,
    pub staff: Option<String>,
    pub reports: i64,
    /// Which, when it was one.
    pub report: Option<Reference>,
}

impl Hub {
    /// Open reports of the same kind around a report, as far as they are this one's to see.
    ///
    /// # Errors
    /// `NotYours`, `NoSuchLink`, or the store's.
    pub async fn near(&self, staff: &Staff, key: &str) -> Result<Near, HubError> {
        let (row, handling) = self.shown_to(staff, key).await?;
        if !staff.role.may(Right::Merge) {
            return Err(HubError::NotYours);
        }
        let (mut lines, mut elsewhere) = (Vec::new(), 0);
        for (other, metres) in self.around(&row).await? {
            let Some((other, handling)) = self.handled(other).await? else { continue };
            if staff.sees(&handling) {
                let incident = self.0.store.incident_of(other.key).await?.map(|incident| incident.key);
                lines.push(NearLine { line: self.line(queue_row(&other, handling)), metres, incident });
            } else {
                elsewhere += 1;
            }
        }
        let incident = self.0.store.incident_of(row.key).await?.map(|incident| incident.key);
        let seen = handling.version;
        Ok(Near { line: self.line(queue_row(&row, handling)), seen, incident, lines, elsewhere })
    }

    /// The keys of open reports around a report with their distances in metres, the nearest first.
    async fn around(&self, row: &ReportRow) -> Result<Vec<(Key, u32)>, HubError> {
        let Some((cell, category)) = row.cell.zip(Category::of(&row.category)) else { return Ok(Vec::new()) };
        let (latitude, longitude) = cell.centre();
        let Some(middle) = Position::new(latitude, longitude) else { return Ok(Vec::new()) };
        let (radius, since) = (desk_radius(category), self.now() - RECENT);
        // One more than are shown: the report itself is the nearest of all.
        let found = self.open_near(category, middle, radius, since, MOST as usize + 1).await?.into_iter();
        let others = found.map(|(metres, near)| (near.report, metres)).filter(|(key, _)| *key != row.key);
        Ok(others.take(MOST as usize).collect())
    }

    /// The newest incidents of a department.
    ///
    /// # Errors
    /// `NotYours` for a department that is none of theirs; or when the store is unavailable.
    pub async fn incidents(&self, staff: &Staff, department: &Department) -> Result<Vec<IncidentLine>, HubError> {
        if !staff.sees_queue(department) {
            return Err(HubError::NotYours);
        }
        let lines = self.0.store.incidents(department.code, MOST).await?;
        let line = |line: store::IncidentLine| IncidentLine {
            key: line.key,
            reference: line.key.reference(),
            category: line.category,
            since: line.since,
            members: line.members,
            open: line.open,
            danger: line.danger,
        };
        Ok(lines.into_iter().map(line).collect())
    }

    /// An incident. Nothing sealed is opened for it.
    ///
    /// # Errors
    /// `NotYours` when it is another department's; `NoSuchLink` when there is none; or when the store is unavailable.
    pub async fn incident(&self, staff: &Staff, key: &str) -> Result<IncidentView, HubError> {
        let (incident, members) = self.incident_shown_to(staff, key).await?;
        let names = self.names().await?;
        let works = staff.leads(&incident.department);
        let open: Vec<&QueueRow> = members.iter().filter(|member| !member.status.is_closed()).collect();
        let moved = |to: &Status| open.iter().any(|member| member.status != *to);
        let next = Status::ALL.into_iter().filter(|to| works && moved(to) && common(&open, *to, staff));
        let history = self.0.store.incident_steps(incident.key).await?.into_iter().map(|step| IncidentPast {
            at: step.at,
            act: step.act,
            status: step.status,
            department: step.department,
            staff: names.get(&step.staff).cloned(),
            reports: step.reports,
            report: step.report.map(Key::reference),
        });
        Ok(IncidentView {
            key: incident.key,
            reference: incident.key.reference(),
            next: next.collect(),
            history: history.collect(),
            category: incident.category,
            since: incident.since,
            seen: incident.version,
            may_tell: works && !members.is_empty() && staff.role.may(Right::ChangeState),
            may_split: staff.joins(&incident.department) && !members.is_empty(),
            department: incident.department,
            members: members.into_iter().map(|member| self.line(member)).collect(),
        })
    }

    /// The incident of a key with its members, if it is theirs to see.
    pub(crate) async fn incident_shown_to(
        &self,
        staff: &Staff,
        key: &str,
    ) -> Result<(store::IncidentRow, Vec<QueueRow>), HubError> {
        let key = Key::parse(key).ok_or(HubError::NoSuchLink)?;
        let incident = self.0.store.incident(key).await?.ok_or(HubError::NoSuchLink)?;
        let own = incident.department == staff.department.code;
        if !staff.role.may(Right::OpenReport) || !(own || staff.role.may(Right::SeeAllQueues)) {
            return Err(HubError::NotYours);
        }
        let members = self.0.store.members(incident.key).await?;
        Ok((incident, members))
    }
}

impl Staff {
    /// Whether an incident of a department is this one's to work on.
    pub(crate) fn leads(&self, department: &str) -> bool {
        self.department.code == department || self.role == model::staff::Role::DutyOfficer
    }

    /// Whether this one joins and takes out reports of a department.
    pub(crate) fn joins(&self, department: &str) -> bool {
        let sees = self.department.code == department || self.role.may(Right::SeeAllQueues);
        sees && self.role.may(Right::Merge)
    }
}

/// Whether every open member can be moved to a state, or is there already. What needs another report is no common state.
pub(crate) fn common(open: &[&QueueRow], to: Status, staff: &Staff) -> bool {
    let moves = |member: &QueueRow| {
        member.status == to || way::step(member.status, to, staff.actor()).is_ok_and(|needs| !needs.other)
    };
    // Questions are asked of one person at a time.
    to != Status::Waiting && to != Status::Duplicate && !open.is_empty() && open.iter().all(|member| moves(member))
}

fn queue_row(row: &ReportRow, handling: HandlingRow) -> QueueRow {
    QueueRow {
        report: row.key,
        category: row.category.clone(),
        danger: row.danger,
        people: row.people,
        status: row.status,
        received_at: row.received_at,
        handling: handling.handling,
    }
}
