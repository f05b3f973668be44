//! What the staff does to a report.

use model::desk::{Doing, Move, RawMove};
use model::form::{Fault, Field, Problem};
use model::id::Key;
use model::incident::Obstacle;
use model::routing::Ownership;
use model::staff::Right;
use model::status::{Needs, Status, step};
use model::step::{Act, Actor, Words};
use store::{Change, Handling, HandlingRow, NewStep, ReportRow, Stepped};

use crate::desk::LEASE;
use crate::promises::{keep, promise};
use crate::vault::Part;
use crate::{Hub, HubError, Staff};

/// How often a step is tried again on top of what somebody else has just done.
const TRIES: usize = 5;

/// A step before its words are sealed.
#[derive(Clone)]
pub(crate) struct Taking {
    pub key: Key,
    pub hash: model::canonical::Hash,
    pub act: Act,
    pub actor: Actor,
    pub staff: Option<(Key, String)>,
    pub status: Option<Status>,
    pub detail: Option<String>,
    pub other: Option<Key>,
    pub told: Option<Words>,
    pub inner: Option<Words>,
    pub handling: Handling,
}

impl Taking {
    /// A step that leads to no other state, and with which nothing is said.
    pub fn new(key: Key, hash: model::canonical::Hash, act: Act, actor: Actor, handling: Handling) -> Self {
        let (staff, status, detail, other, told, inner) = (None, None, None, None, None, None);
        Self { key, hash, act, actor, staff, status, detail, other, told, inner, handling }
    }

    /// The same, taken by somebody of the staff.
    pub fn by(staff: &Staff, key: Key, hash: model::canonical::Hash, act: Act, handling: Handling) -> Self {
        let who = Some((staff.id, staff.department.code.to_owned()));
        Self { staff: who, ..Self::new(key, hash, act, Actor::Staff, handling) }
    }
}

impl Hub {
    /// Does what somebody of the staff asks for, once.
    ///
    /// # Errors
    /// `Invalid` with what is missing; `Step` when the state or the role does not allow it; `Editing` while somebody else is at work on
    /// the report, whom the form does not take over from; `Stale` when somebody changed the report since the page was made; `Conflict` when the key was used for something else; `NotYours`, `NoSuchLink`, or the store's.
    pub async fn act(&self, staff: &Staff, key: &str, raw: &RawMove) -> Result<(), HubError> {
        let (row, handling) = self.shown_to(staff, key).await?;
        let doing = raw.parse().map_err(HubError::Invalid)?;
        // What was done before is not judged by the state that it led to.
        if let Some(known) = self.0.store.step_hash(doing.key, row.key).await? {
            return if known == doing.hash { Ok(()) } else { Err(HubError::Conflict) };
        }
        let is_fresh = doing.seen == handling.version;
        // Whose it is not to change learns that first.
        let bound = doing.doing.is_for_one() && staff.may_take_up(&handling);
        let free = if bound { self.free_for(staff, row.key, &handling).await } else { Ok(()) };
        let over = match free {
            Err(HubError::Editing { .. }) if doing.over && is_fresh => Some(handling.handling.clone()),
            free => free.map(|()| None)?,
        };
        if !is_fresh {
            return Err(HubError::Stale);
        }
        let mut seen = handling.version;
        let taking = self.taking(staff, &row, handling, doing).await?;
        if let Some(handling) = over {
            let key = taking.key.derived(row.key);
            let hash = model::canonical::Canonical::new("take-up/1").bytes(key.bytes()).hash();
            self.take(&row, seen, Taking::by(staff, key, hash, Act::TakeUp, handling)).await?;
            self.0.store.take_up(row.key, staff.id, self.now() + LEASE).await?;
            seen += 1;
        }
        let takes_up = taking.act == Act::TakeUp;
        self.take(&row, seen, taking).await?;
        if takes_up {
            // After the step, which whoever was at work on it runs into.
            self.0.store.take_up(row.key, staff.id, self.now() + LEASE).await?;
        }
        Ok(())
    }

    /// Seals the words of a step and takes it.
    pub(crate) async fn take(&self, row: &ReportRow, seen: i64, taking: Taking) -> Result<(), HubError> {
        let (step, change) = self.sealed(row, seen, taking)?;
        self.stepped(self.0.store.take_step(step, change).await?)
    }

    /// Takes a step of somebody who did not look at a version: what others do meanwhile only matters if it makes the step impossible.
    pub(crate) async fn take_on_top(
        &self,
        report: Key,
        make: impl Fn(&ReportRow, Handling) -> Result<Taking, HubError>,
    ) -> Result<(), HubError> {
        let mut result = Err(HubError::Stale);
        for _ in 0..TRIES {
            let (row, handling) = self.handled(report).await?.ok_or(HubError::NoSuchLink)?;
            let taking = make(&row, handling.handling)?;
            result = self.take(&row, handling.version, taking).await;
            if !matches!(result, Err(HubError::Stale)) {
                break;
            }
        }
        result
    }

    /// What became of a step; whoever relays events learns that there may be one.
    pub(crate) fn stepped(&self, stepped: Stepped) -> Result<(), HubError> {
        match stepped {
            Stepped::New | Stepped::Again => {
                self.0.committed.notify_one();
                Ok(())
            }
            Stepped::Conflict => Err(HubError::Conflict),
            Stepped::Stale => Err(HubError::Stale),
        }
    }

    /// A step with its words sealed under the key of the report's subject, and its change.
    pub(crate) fn sealed(&self, row: &ReportRow, seen: i64, taking: Taking) -> Result<(NewStep, Change), HubError> {
        let wrapped = row.wrapped.as_deref().ok_or(HubError::NotGranted)?;
        let subject = self.0.vault.subject(row.key, wrapped)?;
        let step = NewStep {
            key: taking.key,
            report: row.key,
            hash: taking.hash,
            at: self.now(),
            act: taking.act,
            actor: taking.actor,
            staff: taking.staff,
            status: taking.status,
            detail: taking.detail,
            other: taking.other,
            told: taking.told.as_ref().map(|words| subject.seal(Part::Answered, words)).transpose()?,
            template: taking.told.as_ref().and_then(|words| words.template.clone()),
            inner: taking.inner.as_ref().map(|words| subject.seal(Part::Inner, words)).transpose()?,
        };
        Ok((step, Change { seen, handling: taking.handling }))
    }

    /// The handling after the report has moved to another state.
    pub(crate) fn moved(&self, row: &ReportRow, handling: Handling, to: Status) -> Handling {
        let now = self.now();
        let handling = Handling { closed_at: to.is_closed().then_some(now), ..handling };
        match promise(&row.category, row.danger, &handling) {
            Some(promise) => {
                let promise = self.0.home.timed(|timing| promise.moved(to, now, timing));
                keep(&self.0.home, handling, promise, now)
            }
            // Of categories that are no more nothing is promised; a question still ends.
            None => {
                let paused_at = (to == Status::Waiting).then_some(now);
                self.scheduled(row, Handling { paused_at, ..handling })
            }
        }
    }

    async fn taking(
        &self,
        staff: &Staff,
        row: &ReportRow,
        handling: HandlingRow,
        doing: Move,
    ) -> Result<Taking, HubError> {
        let (works, may_take_up) = (staff.works_on(&handling), staff.may_take_up(&handling));
        let owner = handling.handling.owner.clone();
        let offered_here = handling.handling.offered.as_deref() == Some(staff.department.code);
        let plain = Taking {
            told: words(doing.told),
            inner: words(doing.inner),
            ..Taking::by(staff, doing.key, doing.hash, Act::Remark, handling.handling)
        };
        let may = |right, theirs: bool| -> Result<(), HubError> {
            if theirs && staff.role.may(right) { Ok(()) } else { Err(HubError::NotYours) }
        };
        match doing.doing {
            Doing::Remark => Ok(plain),
            Doing::TakeUp => {
                if !may_take_up {
                    return Err(HubError::NotYours);
                }
                Ok(Taking { act: Act::TakeUp, ..plain })
            }
            Doing::Ask { template } => {
                may(Right::ChangeState, works)?;
                step(row.status, Status::Waiting, staff.actor()).map_err(HubError::Step)?;
                let handling = self.moved(row, plain.handling, Status::Waiting);
                let told = Some(Words { template: template.map(str::to_owned), ..plain.told.unwrap_or_default() });
                Ok(Taking { act: Act::Question, status: Some(Status::Waiting), told, handling, ..plain })
            }
            Doing::Change { to, template, ground, evidence, duplicate } => {
                may(Right::ChangeState, works)?;
                let needs = step(row.status, to, staff.actor()).map_err(HubError::Step)?;
                let other = self.other(row.key, needs, duplicate.as_deref()).await?;
                let mut said = plain.told.unwrap_or_default();
                said.template = template.map(str::to_owned);
                said.evidence = evidence;
                let missing = missing(needs, &said, ground.is_some(), other.is_some());
                if !missing.is_empty() {
                    return Err(HubError::Invalid(missing));
                }
                let told = (said != Words::default()).then_some(said);
                let detail = ground.filter(|_| needs.legal).map(|ground| ground.name().to_owned());
                let handling = self.moved(row, plain.handling, to);
                Ok(Taking { act: Act::Status, status: Some(to), detail, other, told, handling, ..plain })
            }
            Doing::Offer(department) => {
                may(Right::PassOn, works && !row.status.is_closed())?;
                if self.0.store.incident_of(row.key).await?.is_some() {
                    return Err(HubError::Incident(Obstacle::Member));
                }
                let offer = |ownership: Ownership| ownership.offer(ownership.owner, department);
                let handling = self.change_hands(row, plain.handling, offer)?;
                Ok(Taking { act: Act::Offer, detail: Some(department.code.to_owned()), handling, ..plain })
            }
            Doing::Accept => {
                may(Right::PassOn, offered_here)?;
                let handling =
                    self.change_hands(row, plain.handling, |ownership| ownership.accept(staff.department))?;
                Ok(Taking { act: Act::Accept, detail: Some(owner), handling, ..plain })
            }
            Doing::Refuse => {
                may(Right::PassOn, offered_here)?;
                let handling =
                    self.change_hands(row, plain.handling, |ownership| ownership.refuse(staff.department))?;
                Ok(Taking { act: Act::Refuse, detail: Some(owner), handling, ..plain })
            }
        }
    }

    /// The report that this one duplicates, when the step needs one.
    async fn other(&self, this: Key, needs: Needs, reference: Option<&str>) -> Result<Option<Key>, HubError> {
        match reference {
            Some(reference) if needs.other => self.named(this, reference).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Another report than this one, by its reference.
    pub(crate) async fn named(&self, this: Key, reference: &str) -> Result<Key, HubError> {
        let found = self.0.store.by_reference(reference).await?.into_iter().find(|key| *key != this);
        found.ok_or_else(|| HubError::Invalid(vec![Problem { field: Field::Duplicate, fault: Fault::Unknown }]))
    }

    /// The department has seen it. When somebody else was quicker, so it has.
    pub(crate) async fn see(&self, staff: &Staff, report: Key, row: HandlingRow) -> Result<HandlingRow, HubError> {
        let handling = Handling { seen: true, ..row.handling.clone() };
        let key = self.new_key()?;
        let step = NewStep {
            key,
            report,
            hash: model::canonical::Canonical::new("seen/1").hash(),
            at: self.now(),
            act: Act::Seen,
            actor: Actor::Staff,
            staff: Some((staff.id, staff.department.code.to_owned())),
            status: None,
            detail: None,
            other: None,
            template: None,
            told: None,
            inner: None,
        };
        self.0.store.take_step(step, Change { seen: row.version, handling }).await?;
        Ok(self.0.store.handling(report).await?.unwrap_or(row))
    }
}

pub(crate) fn words(text: Option<String>) -> Option<Words> {
    text.map(|text| Words { text: Some(text), ..Words::default() })
}

/// What a step needs and does not have.
pub(crate) fn missing(needs: Needs, said: &Words, ground: bool, other: bool) -> Vec<Problem> {
    let there = [
        (Field::Told, needs.reason, said.text.is_some() || said.template.is_some()),
        (Field::Evidence, needs.evidence, said.evidence.is_some()),
        (Field::Ground, needs.legal, ground),
        (Field::Duplicate, needs.other, other),
    ];
    let missing = there.into_iter().filter(|(_, needed, there)| *needed && !*there);
    missing.map(|(field, ..)| Problem { field, fault: Fault::Missing }).collect()
}
