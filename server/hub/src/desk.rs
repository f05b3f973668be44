//! What the staff of a department sees: queues, and reports in them.

use std::collections::HashMap;

use model::basis::Purpose;
use model::department::Department;
use model::id::{Key, Reference};
use model::report::Told;
use model::routing::Trace;
use model::staff::{Right, Role};
use model::status::{Actor, Status, way};
use store::{HandlingRow, Queue, QueueRow, ReportRow};

use crate::history::{Entry, Reader, history};
use crate::promises::Clocks;
use crate::redact::{Hidden, without};
use crate::vault::Part;
use crate::{Hub, HubError, Notified, Photo, Related, Staff};

/// The most lines that a page of a queue shows.
const MOST: u32 = 100;
/// How long opening a report says "I am at work on it", in milliseconds.
pub(crate) const LEASE: i64 = 5 * 60_000;

/// A list of a department.
#[derive(Clone, Debug)]
pub struct QueueView {
    pub department: &'static Department,
    pub lines: Vec<QueueLine>,
    /// Which page of it, counted from 1.
    pub page: u32,
    /// Whether there is another page after it.
    pub more: bool,
    /// Open reports, and those of them that nobody has opened.
    pub open: i64,
    pub unseen: i64,
}

/// A line of a list: nothing that is sealed.
#[derive(Clone, Debug)]
pub struct QueueLine {
    pub key: Key,
    pub reference: Reference,
    pub category: String,
    pub danger: bool,
    pub people: Option<i64>,
    pub status: Status,
    pub received_at: i64,
    pub seen: bool,
    pub joined: i64,
    pub clocks: Option<Clocks>,
}

/// A report, opened for somebody of the staff, with what they may do.
#[derive(Clone, Debug)]
pub struct Case {
    pub key: Key,
    pub reference: Reference,
    pub status: Status,
    pub category: String,
    pub danger: bool,
    pub people: Option<i64>,
    pub received_at: i64,
    pub told: Told,
    /// Where the person agreed to be called back.
    pub contact: Option<String>,
    pub history: Vec<Entry>,
    pub photos: Vec<Photo>,
    /// Whether photos of what was done can be added.
    pub may_show: bool,
    pub owner: String,
    pub offered: Option<String>,
    pub joined: i64,
    /// The incident that it is a member of.
    pub incident: Option<Key>,
    pub may_join: bool,
    /// The report that it is closed as a duplicate of, and those that are closed as duplicates of it.
    pub duplicate_of: Option<Related>,
    pub duplicates: Vec<Related>,
    /// What is not shown as it was written.
    pub hidden: Vec<Hidden>,
    pub may_redact: bool,
    /// What the person was told of it by mail or short message, or could not be.
    pub notified: Vec<Notified>,
    pub clocks: Option<Clocks>,
    /// Why it stands in this queue.
    pub trace: Option<Trace>,
    /// To be sent back with a move.
    pub seen: i64,
    /// Who else is at work on it, until when: as long as they are, nobody else changes it.
    pub editor: Option<(String, i64)>,
    pub may_take_up: bool,
    pub role: Role,
    /// The states it can be moved to.
    pub next: Vec<Status>,
    pub may_ask: bool,
    pub may_offer: bool,
    pub may_answer_offer: bool,
}

impl Staff {
    pub(crate) fn sees_queue(&self, department: &Department) -> bool {
        let right = if department == self.department { Right::SeeQueue } else { Right::SeeAllQueues };
        self.role.may(right)
    }

    /// Whether a report in the hands of these departments is this one's to see.
    pub(crate) fn sees(&self, row: &HandlingRow) -> bool {
        let own = self.department.code;
        let near = row.handling.owner == own || row.handling.offered.as_deref() == Some(own);
        self.role.may(Right::SeeAllQueues) || near
    }

    /// Whether a report is this one's to work on.
    pub(crate) fn works_on(&self, row: &HandlingRow) -> bool {
        row.handling.owner == self.department.code || self.role == Role::DutyOfficer
    }

    /// Whether they may go on in the place of whoever is at work on a report.
    pub(crate) fn may_take_up(&self, row: &HandlingRow) -> bool {
        self.works_on(row) && self.role.may(Right::ChangeState) || self.role.may(Right::Redact)
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::Staff(self.role)
    }
}

impl Hub {
    /// A page of a list of a department, counted from 1.
    ///
    /// # Errors
    /// `NotYours` for a department that is none of theirs; or when the store is unavailable.
    pub async fn queue(
        &self,
        staff: &Staff,
        department: &'static Department,
        queue: Queue,
        page: u32,
    ) -> Result<QueueView, HubError> {
        if !staff.sees_queue(department) {
            return Err(HubError::NotYours);
        }
        let passed = page.saturating_sub(1).saturating_mul(MOST);
        let mut rows = self.0.store.queue(department.code, queue, MOST + 1, passed).await?;
        let more = rows.len() > MOST as usize;
        rows.truncate(MOST as usize);
        let (open, unseen) = self.0.store.queue_lengths(department.code).await?;
        let lines = rows.into_iter().map(|row| self.line(row)).collect();
        Ok(QueueView { department, lines, page, more, open, unseen })
    }

    /// The reports that go by a reference, as far as they are theirs to see.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn find(&self, staff: &Staff, reference: &str) -> Result<Vec<QueueLine>, HubError> {
        let mut found = Vec::new();
        for key in self.0.store.by_reference(&reference.trim().to_uppercase()).await? {
            let Some((row, handling)) = self.handled(key).await? else { continue };
            if staff.sees(&handling) {
                found.push(self.line(QueueRow {
                    report: key,
                    category: row.category,
                    danger: row.danger,
                    people: row.people,
                    status: row.status,
                    received_at: row.received_at,
                    handling: handling.handling,
                }));
            }
        }
        Ok(found)
    }

    pub(crate) fn line(&self, row: QueueRow) -> QueueLine {
        QueueLine {
            key: row.report,
            reference: row.report.reference(),
            clocks: self.clocks(&row.category, row.danger, &row.handling),
            danger: row.danger,
            people: row.people,
            status: row.status,
            received_at: row.received_at,
            seen: row.handling.seen,
            joined: row.handling.joined,
            category: row.category,
        }
    }

    /// A report and how it is handled; `None` when nobody handles it.
    pub(crate) async fn handled(&self, key: Key) -> Result<Option<(ReportRow, HandlingRow)>, HubError> {
        let Some(handling) = self.0.store.handling(key).await? else { return Ok(None) };
        Ok(self.0.store.report(key).await?.map(|row| (row, handling)))
    }

    /// The report of a key, if it is theirs to see.
    pub(crate) async fn shown_to(&self, staff: &Staff, key: &str) -> Result<(ReportRow, HandlingRow), HubError> {
        let key = Key::parse(key).ok_or(HubError::NoSuchLink)?;
        let (row, handling) = self.handled(key).await?.ok_or(HubError::NoSuchLink)?;
        if !staff.role.may(Right::OpenReport) || !staff.sees(&handling) {
            return Err(HubError::NotYours);
        }
        Ok((row, handling))
    }

    /// Opens a report for somebody of the staff. That is journalled, for the person who reported to read; and the department has seen it.
    ///
    /// # Errors
    /// `NotYours` when it is not theirs to see; `NotGranted` when no basis covers it; `NoSuchLink` when there is no such report; or when the store
    /// is unavailable.
    pub async fn case(&self, staff: &Staff, key: &str) -> Result<Case, HubError> {
        let (row, mut handling) = self.shown_to(staff, key).await?;
        let grant = self.grant_staff(&row, Purpose::Respond, staff).await?;
        let wrapped = row.wrapped.as_deref().ok_or(HubError::NotGranted)?;
        let subject = self.0.vault.subject(row.key, wrapped)?;
        let contact = match &row.contact {
            Some(contact) if row.purposes.contains(&Purpose::CallBack) => {
                let grant = self.grant_staff(&row, Purpose::CallBack, staff).await?;
                Some(subject.open(&grant, Part::Contact, contact)?.line())
            }
            _ => None,
        };
        let hidden = self.hidden(row.key, &subject, &grant).await?;
        let told = without(&hidden, subject.open(&grant, Part::Told, &row.told)?);
        let works = staff.works_on(&handling) && staff.role.may(Right::ChangeState);
        if works && !handling.handling.seen {
            handling = self.see(staff, row.key, handling).await?;
        }
        let names = self.names().await?;
        let editor = if works { self.take_up(staff, row.key).await? } else { handling.editor };
        let editor = self.somebody_else(staff, editor);
        let may_take_up = editor.is_some() && staff.may_take_up(&handling);
        let editor = editor.and_then(|(who, until)| Some((names.get(&who)?.clone(), until)));
        let incident = self.0.store.incident_of(row.key).await?.map(|incident| incident.key);
        let (duplicate_of, duplicates) = self.related(staff, row.key, row.status).await?;
        let steps = self.0.store.steps(row.key).await?;
        let name = |key| names.get(&key).cloned();
        let history = history(&row, steps, &subject, &grant, &Reader::Desk { name: &name, hidden: &hidden })?;
        let photos = self.photos_of(&row, &subject, &grant, &hidden).await?;
        let next: Vec<Status> =
            if works { way::next(row.status, staff.actor()).map(|(status, _)| status).collect() } else { Vec::new() };
        let offered_here = handling.handling.offered.as_deref() == Some(staff.department.code);
        Ok(Case {
            key: row.key,
            reference: row.key.reference(),
            clocks: self.clocks(&row.category, row.danger, &handling.handling),
            may_ask: next.contains(&Status::Waiting),
            may_join: staff.role.may(Right::Merge) && !row.status.is_closed() && editor.is_none(),
            may_offer: works
                && incident.is_none()
                && staff.role.may(Right::PassOn)
                && !row.status.is_closed()
                && handling.handling.offered.is_none(),
            may_answer_offer: offered_here && staff.role.may(Right::PassOn),
            // A question is asked by its own form.
            next: next.into_iter().filter(|status| *status != Status::Waiting).collect(),
            trace: serde_json::from_str(&handling.trace).ok(),
            status: row.status,
            danger: row.danger,
            people: row.people,
            received_at: row.received_at,
            told,
            contact,
            history,
            photos,
            may_show: works && editor.is_none(),
            owner: handling.handling.owner,
            offered: handling.handling.offered,
            joined: handling.handling.joined,
            incident,
            duplicate_of,
            duplicates,
            hidden,
            may_redact: staff.role.may(Right::Redact) && editor.is_none(),
            notified: self.notified(row.key).await?,
            seen: handling.version,
            may_take_up,
            editor,
            role: staff.role,
            category: row.category,
        })
    }

    pub(crate) async fn names(&self) -> Result<HashMap<Key, String>, HubError> {
        Ok(self.0.store.staff().await?.into_iter().map(|staff| (staff.id, staff.name)).collect())
    }

    /// Who else is at work on a report now, until when.
    pub(crate) fn somebody_else(&self, staff: &Staff, editor: Option<(Key, i64)>) -> Option<(Key, i64)> {
        editor.filter(|(who, until)| *who != staff.id && *until > self.now())
    }

    /// Nothing, unless somebody else is at work on the report.
    ///
    /// # Errors
    /// `Editing`; or when the store is unavailable.
    pub(crate) async fn free_for(&self, staff: &Staff, report: Key, handling: &HandlingRow) -> Result<(), HubError> {
        let Some((who, until)) = self.somebody_else(staff, handling.editor) else { return Ok(()) };
        let name = self.names().await?.remove(&who).unwrap_or_default();
        Err(HubError::Editing { report, name, until })
    }

    async fn take_up(&self, staff: &Staff, report: Key) -> Result<Option<(Key, i64)>, HubError> {
        let now = self.now();
        Ok(self.0.store.edit(report, staff.id, now, now + LEASE).await?)
    }
}
