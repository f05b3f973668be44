//! Whose a report is, as it is stored.

use model::calendar::MINUTE;
use model::department::Department;
use model::flood::QUEUE;
use model::routing::handover::{HandoverError, OFFER_MINUTES, Ownership};
use store::{Handling, ReportRow};

use crate::{Hub, HubError};

/// How long an offer waits, in milliseconds.
pub(crate) const OFFER: i64 = OFFER_MINUTES as i64 * MINUTE;

fn read(handling: &Handling) -> Ownership {
    // Of departments that are no more, the duty desk has the reports.
    let owner = Department::of(&handling.owner).unwrap_or(Department::duty());
    Ownership {
        owner,
        offered_to: handling.offered.as_deref().and_then(Department::of),
        refusals: u32::try_from(handling.refusals).unwrap_or_default(),
    }
}

/// The handling under another owner, who has not seen it yet.
fn write(handling: Handling, ownership: Ownership, now: i64) -> Handling {
    let changes_hands = handling.owner != ownership.owner.code;
    let offered_at = ownership.offered_to.map(|_| handling.offered_at.unwrap_or(now));
    Handling {
        owner: ownership.owner.code.to_owned(),
        offered: ownership.offered_to.map(|department| department.code.to_owned()),
        offered_at,
        refusals: i64::from(ownership.refusals),
        seen: handling.seen && !changes_hands,
        ..handling
    }
}

impl Hub {
    /// Hands a report over, as far as that is allowed.
    pub(crate) fn change_hands(
        &self,
        row: &ReportRow,
        handling: Handling,
        how: impl FnOnce(Ownership) -> Result<Ownership, HandoverError>,
    ) -> Result<Handling, HubError> {
        let ownership = how(read(&handling)).map_err(HubError::Handover)?;
        Ok(self.scheduled(row, write(handling, ownership, self.now())))
    }

    /// A clock has run out: the duty desk has it.
    pub(crate) fn expire(&self, row: &ReportRow, handling: Handling) -> Handling {
        let ownership = read(&handling).expire();
        self.scheduled(row, write(handling, ownership, self.now()))
    }
}

/// Whether a clock brings it to the duty desk: nobody has answered an offer in its time, or nobody the person who reported. The latter it
/// does once: whom the duty desk finds for it keeps it.
pub(crate) fn has_run_out(handling: &Handling, now: i64) -> bool {
    let unanswered = handling.answered_at.is_none()
        && handling.answer_due < now
        && handling.rung_at.is_none_or(|rung| rung <= handling.answer_due)
        && ![Department::duty().code, QUEUE].contains(&handling.owner.as_str());
    unanswered || handling.offered_at.is_some_and(|since| since + OFFER <= now)
}
