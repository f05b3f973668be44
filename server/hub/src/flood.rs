//! Putting floods aside, and letting them out again.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use model::department::Department;
use model::flood::{KEPT, Marks, QUEUE, RawRelease, Sighting, WINDOW, judge};
use model::routing::Trace;
use model::staff::{Right, Role};
use model::step::Act;
use store::{Handling, NewHandling, Queue};

use crate::desk::QueueLine;
use crate::moves::Taking;
use crate::{Hub, HubError, Staff};

/// The most that is shown, and let out at a time.
const MOST: u32 = 200;

/// A report that the router is about to place, and the decision about it.
pub(crate) struct Placing {
    pub new: NewHandling,
    pub trace: Trace,
    pub danger: bool,
}

impl Hub {
    /// Judges reports on their way into the queues: those of a flood go to the queue of floods, with the reason in their trace. A report
    /// that tells of danger stays where it is, and is marked.
    pub(crate) async fn sort_out(
        &self,
        events: Vec<(i64, Option<Placing>)>,
    ) -> store::Result<Vec<(i64, Option<NewHandling>)>> {
        let mut windows: HashMap<(Option<u16>, Option<u16>), Vec<Sighting>> = HashMap::new();
        let mut batch: Vec<Sighting> = Vec::new();
        let mut sorted = Vec::with_capacity(events.len());
        for (seq, placing) in events {
            let Some(Placing { mut new, mut trace, danger }) = placing else {
                sorted.push((seq, None));
                continue;
            };
            let marks = new.marks;
            if marks != Marks::default() {
                let this = Sighting { at: new.received_at, cell: new.cell, marks };
                let known = (marks.device, marks.block);
                let stored = match windows.entry(known) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new_one) => {
                        new_one.insert(self.0.store.sightings(marks, new.received_at - WINDOW).await?)
                    }
                };
                batch.push(this);
                let window: Vec<Sighting> = stored.iter().chain(&batch).copied().collect();
                trace.flood = judge(&this, &window);
                if trace.flood.is_some() && !danger {
                    QUEUE.clone_into(&mut new.handling.owner);
                }
            }
            new.trace = serde_json::to_string(&trace).unwrap_or_default();
            sorted.push((seq, Some(new)));
        }
        Ok(sorted)
    }

    /// What stands in the queue of floods, for a duty officer. Should one tell of danger, it comes first.
    ///
    /// # Errors
    /// `NotYours` for everybody else; or when the store is unavailable.
    pub async fn flood(&self, staff: &Staff) -> Result<Vec<QueueLine>, HubError> {
        if !staff.role.may(Right::SeeAllQueues) {
            return Err(HubError::NotYours);
        }
        let rows = self.0.store.queue(QUEUE, Queue::Aside, MOST, 0).await?;
        Ok(rows.into_iter().map(|row| self.line(row)).collect())
    }

    /// Lets reports out into the queues where the rules put them: those that were chosen, or all that are shown. What is out already is
    /// passed over, so the same form again lets nothing out twice. Gives back how many.
    ///
    /// # Errors
    /// `Invalid`, `NotYours`, or the store's.
    pub async fn release(&self, staff: &Staff, raw: &RawRelease) -> Result<usize, HubError> {
        if staff.role != Role::DutyOfficer {
            return Err(HubError::NotYours);
        }
        let release = raw.parse().map_err(HubError::Invalid)?;
        let reports = match release.reports {
            Some(chosen) => chosen,
            None => self.flood(staff).await?.into_iter().map(|line| line.key).collect(),
        };
        let mut released = 0;
        for report in reports {
            let Some((row, handling)) = self.handled(report).await? else { continue };
            // What somebody is at work on stays, to be looked at again.
            if handling.handling.owner != QUEUE || self.somebody_else(staff, handling.editor).is_some() {
                continue;
            }
            let trace: Option<Trace> = serde_json::from_str(&handling.trace).ok();
            let owner = trace.and_then(|trace| Department::of(&trace.department)).unwrap_or(Department::duty());
            let key = release.key.derived(report);
            let hash = model::canonical::Canonical::new("release/1").bytes(key.bytes()).hash();
            let next = Handling { owner: owner.code.to_owned(), seen: false, ..handling.handling };
            // Whose queue it stands in now had none of the time that it lay here.
            let next = if next.answered_at.is_none() { self.promised_anew(&row, next) } else { next };
            let detail = Some(owner.code.to_owned());
            let taking = Taking { detail, ..Taking::by(staff, key, hash, Act::Release, next) };
            match self.take(&row, handling.version, taking).await {
                Ok(()) => released += 1,
                // Somebody has just acted on it: it stays, to be looked at again.
                Err(HubError::Stale | HubError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(released)
    }

    /// Forgets where reports came from once no flood is looked for in them.
    pub(crate) async fn forget_marks(&self) -> Result<(), HubError> {
        Ok(self.0.store.forget_sightings(self.now() - KEPT).await?)
    }
}
