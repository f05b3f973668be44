//! What the desk does to reports that belong together.

use model::desk::Doing;
use model::id::Key;
use model::incident::{Act as Does, Join, Obstacle, RawJoin, RawTogether, Together};
use model::status::{Needs, Refused, Status, step};
use model::step::{Act, Words};
use store::{Handling, HandlingRow, Incident, IncidentRow, Member, NewIncidentStep, Part, QueueRow, ReportRow};

use crate::incident::common;
use crate::moves::{Taking, missing, words};
use crate::{Hub, HubError, Staff};

/// What every member of an incident gets, each under a key of its own.
struct Each {
    key: Key,
    act: Act,
    status: Option<Status>,
    detail: Option<String>,
    told: Option<Words>,
    inner: Option<Words>,
    part: Part,
}

impl Hub {
    /// Joins reports into one incident, once; gives back its key. Whoever reported one of them reads so.
    ///
    /// All of them must stand in the queue of one department: the incident's owner.
    ///
    /// # Errors
    /// `Invalid`; `Incident` when they cannot be joined; `Editing` while somebody else is at work on one; `Stale` when one was changed
    /// meanwhile; `Conflict` when the key was used for something else; `NotYours`, `NoSuchLink`, or the store's.
    pub async fn join(&self, staff: &Staff, key: &str, raw: &RawJoin) -> Result<Key, HubError> {
        let (row, handling) = self.shown_to(staff, key).await?;
        let owner = handling.handling.owner.clone();
        if !staff.joins(&owner) {
            return Err(HubError::NotYours);
        }
        let join = raw.parse().map_err(HubError::Invalid)?;
        if let Some(known) = self.0.store.incident_step_hash(join.key).await? {
            let incident = self.0.store.incident_of(row.key).await?;
            let same = known == join.hash;
            return incident.filter(|_| same).map(|incident| incident.key).ok_or(HubError::Conflict);
        }
        if join.seen != handling.version {
            return Err(HubError::Stale);
        }
        let (mut incident, mut joining) = (None, Vec::new());
        for report in self.to_join(row.key, &join).await? {
            let (row, handling) = self.shown_to(staff, &report.to_string()).await?;
            match self.0.store.incident_of(report).await? {
                Some(other) if incident.as_ref().is_some_and(|known: &IncidentRow| known.key != other.key) => {
                    return Err(HubError::Incident(Obstacle::TwoIncidents));
                }
                Some(other) => incident = Some(other),
                None => {
                    fits(&row, &handling.handling, &owner)?;
                    joining.push((row, handling));
                }
            }
        }
        if joining.is_empty() {
            return Err(HubError::Incident(Obstacle::Together));
        }
        for (row, handling) in &joining {
            self.free_for(staff, row.key, handling).await?;
        }
        let incident = match incident {
            Some(incident) if incident.department != owner => {
                return Err(HubError::Incident(Obstacle::OtherDepartment));
            }
            Some(incident) => Incident::Seen { key: incident.key, version: incident.version },
            None => Incident::New { key: join.key, category: row.category.clone(), department: owner },
        };
        let each = Each {
            key: join.key,
            act: Act::Merge,
            status: None,
            detail: Some(incident.key().reference().to_string()),
            told: words(join.told),
            inner: None,
            part: Part::Joins,
        };
        let member = |(row, HandlingRow { version, handling, .. }): (ReportRow, HandlingRow)| {
            self.member(staff, &row, version, handling, &each)
        };
        let members = joining.into_iter().map(member);
        let members = members.collect::<Result<_, _>>()?;
        let key = incident.key();
        self.take_incident(staff, incident, &each, join.hash, members).await.map(|()| key)
    }

    /// The report itself and those that were chosen.
    async fn to_join(&self, this: Key, join: &Join) -> Result<Vec<Key>, HubError> {
        let mut reports = vec![this];
        reports.extend(join.reports.iter().copied().filter(|report| *report != this));
        if let Some(reference) = &join.reference {
            let found = self.named(this, reference).await?;
            if !reports.contains(&found) {
                reports.push(found);
            }
        }
        Ok(reports)
    }

    /// Does something to an incident: to every open member at once, or takes one out of it.
    ///
    /// # Errors
    /// As for [`Hub::join`]; `Step` when the state or the role of one member does not allow it: then nothing is done to any.
    pub async fn act_together(&self, staff: &Staff, key: &str, raw: &RawTogether) -> Result<(), HubError> {
        let (incident, members) = self.incident_shown_to(staff, key).await?;
        let doing = raw.parse().map_err(HubError::Invalid)?;
        if let Some(known) = self.0.store.incident_step_hash(doing.key).await? {
            return if known == doing.hash { Ok(()) } else { Err(HubError::Conflict) };
        }
        if doing.seen != incident.version {
            return Err(HubError::Stale);
        }
        let hash = doing.hash;
        let (each, members) = self.each(staff, &incident, members, doing)?;
        let mut taken = Vec::with_capacity(members.len());
        for member in members {
            // As it stands now: what was done to it alone meanwhile counts.
            let (row, handling) = self.handled(member.report).await?.ok_or(HubError::Stale)?;
            if row.status != member.status {
                return Err(HubError::Stale);
            }
            if each.part == Part::Stays && !staff.works_on(&handling) {
                return Err(HubError::Incident(Obstacle::OtherDepartment));
            }
            self.free_for(staff, row.key, &handling).await?;
            let seen = handling.version;
            let handling = match each.status {
                Some(to) if to != row.status => self.moved(&row, handling.handling, to),
                _ => handling.handling,
            };
            taken.push(self.member(staff, &row, seen, handling, &each)?);
        }
        let incident = Incident::Seen { key: incident.key, version: incident.version };
        self.take_incident(staff, incident, &each, hash, taken).await
    }

    /// What is done, and to which members.
    fn each(
        &self,
        staff: &Staff,
        incident: &IncidentRow,
        members: Vec<QueueRow>,
        doing: Together,
    ) -> Result<(Each, Vec<QueueRow>), HubError> {
        let open = |members: Vec<QueueRow>| members.into_iter().filter(|member| !member.status.is_closed()).collect();
        let plain = Each {
            key: doing.key,
            act: Act::Notice,
            status: None,
            detail: None,
            told: words(doing.told),
            inner: words(doing.inner),
            part: Part::Stays,
        };
        match doing.act {
            Does::Split(report) => {
                if !staff.joins(&incident.department) {
                    return Err(HubError::NotYours);
                }
                let leaving: Vec<_> = members.into_iter().filter(|member| member.report == report).collect();
                let detail = Some(incident.key.reference().to_string());
                let each = Each { act: Act::Split, detail, part: Part::Leaves, ..plain };
                if leaving.is_empty() { Err(HubError::Stale) } else { Ok((each, leaving)) }
            }
            _ if !staff.leads(&incident.department) || !staff.role.may(model::staff::Right::ChangeState) => {
                Err(HubError::NotYours)
            }
            // Whoever's report is closed still reads what is told.
            Does::Tell => Ok((plain, members)),
            Does::Change(Doing::Change { to, template, ground, evidence, .. }) => {
                let members: Vec<QueueRow> = open(members);
                if !common(&members.iter().collect::<Vec<_>>(), to, staff) {
                    return Err(HubError::Step(Refused::NoWay));
                }
                let needs = members.iter().filter_map(|member| step(member.status, to, staff.actor()).ok());
                let needs = needs.fold(Needs::default(), |all, needs| Needs {
                    reason: all.reason || needs.reason,
                    legal: all.legal || needs.legal,
                    evidence: all.evidence || needs.evidence,
                    other: false,
                });
                let mut said = plain.told.unwrap_or_default();
                said.template = template.map(str::to_owned);
                said.evidence = evidence;
                let missing = missing(needs, &said, ground.is_some(), true);
                if !missing.is_empty() {
                    return Err(HubError::Invalid(missing));
                }
                let detail = ground.filter(|_| needs.legal).map(|ground| ground.name().to_owned());
                let told = (said != Words::default()).then_some(said);
                Ok((Each { act: Act::Status, status: Some(to), detail, told, ..plain }, members))
            }
            Does::Change(_) => Err(HubError::Step(Refused::NoWay)),
        }
    }

    fn member(
        &self,
        staff: &Staff,
        row: &ReportRow,
        seen: i64,
        handling: Handling,
        each: &Each,
    ) -> Result<Member, HubError> {
        let key = each.key.derived(row.key);
        let hash = model::canonical::Canonical::new("member/1").bytes(key.bytes()).hash();
        let taking = Taking {
            status: each.status,
            detail: each.detail.clone(),
            told: each.told.clone(),
            inner: each.inner.clone(),
            ..Taking::by(staff, key, hash, each.act, handling)
        };
        let (step, change) = self.sealed(row, seen, taking)?;
        Ok(Member { part: each.part, step, change })
    }

    async fn take_incident(
        &self,
        staff: &Staff,
        incident: Incident,
        each: &Each,
        hash: model::canonical::Hash,
        members: Vec<Member>,
    ) -> Result<(), HubError> {
        let step = NewIncidentStep {
            key: each.key,
            hash,
            at: self.now(),
            act: each.act,
            staff: (staff.id, staff.department.code.to_owned()),
            status: each.status,
            incident,
            members,
        };
        self.stepped(self.0.store.take_incident_step(step).await?)
    }
}

/// Whether a report can become a member of an incident of `owner`.
fn fits(row: &ReportRow, handling: &Handling, owner: &str) -> Result<(), HubError> {
    let obstacles = [
        (handling.owner != owner, Obstacle::OtherDepartment),
        (handling.offered.is_some(), Obstacle::Offered),
        (row.status.is_closed(), Obstacle::Closed),
    ];
    let found = obstacles.into_iter().find(|(stands, _)| *stands);
    found.map_or(Ok(()), |(_, obstacle)| Err(HubError::Incident(obstacle)))
}
