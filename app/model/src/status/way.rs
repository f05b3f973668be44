//! The ways from one state to the next: who may go them, and what they need.

use Status::{
    Assigned, Done, Duplicate, InProgress, Partly, Received, Reopened, ResolvedItself, Triaged, Unreachable, Waiting,
};

use super::Status;
use crate::staff::{Right, Role};

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Staff(Role),
    /// Whoever holds the report's secret link, and whether they contested a closing of it before.
    Citizen {
        contested: bool,
    },
    /// A rule or a clock.
    System,
}

/// What must come with a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Words that the person who reported reads.
    pub reason: bool,
    /// A [`super::LegalGround`].
    pub legal: bool,
    /// Something that shows it: a picture, a document.
    pub evidence: bool,
    /// The report that it duplicates.
    pub other: bool,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No way leads from the one state to the other.
    NoWay,
    /// There is a way, but not for this actor.
    NotYours,
    /// A closing may be contested once, and was.
    ContestedBefore,
}

/// The ways that lead to one state: from where, with what, by whom.
struct Ways {
    from: &'static [Status],
    to: Status,
    needs: Needs,
    staff: Right,
    citizen: bool,
    system: bool,
}

const NOTHING: Needs = Needs { reason: false, legal: false, evidence: false, other: false };
const REASON: Needs = Needs { reason: true, ..NOTHING };

/// Ways of the staff alone.
const fn ways(from: &'static [Status], to: Status, needs: Needs, staff: Right) -> Ways {
    Ways { from, to, needs, staff, citizen: false, system: false }
}

const fn by_system_too(ways: Ways) -> Ways {
    Ways { system: true, ..ways }
}

const fn by_citizen_too(ways: Ways) -> Ways {
    Ways { citizen: true, ..ways }
}

const OPEN: &[Status] = &[Received, Triaged, Assigned, InProgress, Waiting, Reopened];
const AT_WORK: &[Status] = &[Assigned, InProgress, Waiting];
const CLOSED: &[Status] = &[Done, Partly, Status::Refused, ResolvedItself, Duplicate, Unreachable];

/// Every way there is. No rule and no clock closes a report: a person does, and says why. The states follow field practice in
/// municipal systems: a table of allowed next states, and no way out of a closing but to open it again.
static WAYS: [Ways; 12] = [
    by_system_too(ways(&[Received, Reopened], Triaged, NOTHING, Right::ChangeState)),
    by_system_too(ways(&[Received, Triaged, InProgress, Reopened], Assigned, NOTHING, Right::ChangeState)),
    ways(&[Received, Triaged, Assigned, Reopened], InProgress, NOTHING, Right::ChangeState),
    // The answer has come.
    by_system_too(ways(&[Waiting], InProgress, NOTHING, Right::ChangeState)),
    // The reason is the question.
    ways(&[Received, Triaged, Assigned, InProgress, Reopened], Waiting, REASON, Right::ChangeState),
    ways(AT_WORK, Done, Needs { evidence: true, ..REASON }, Right::ChangeState),
    ways(AT_WORK, Partly, REASON, Right::ChangeState),
    ways(OPEN, Status::Refused, Needs { legal: true, ..REASON }, Right::ChangeState),
    ways(OPEN, ResolvedItself, REASON, Right::ChangeState),
    ways(OPEN, Duplicate, Needs { other: true, ..REASON }, Right::Merge),
    ways(&[Assigned, InProgress, Waiting, Reopened], Unreachable, REASON, Right::ChangeState),
    // A report that was opened again without a word helps nobody, so the citizen says what is still wrong.
    by_citizen_too(ways(CLOSED, Reopened, REASON, Right::Reopen)),
];

impl Actor {
    fn may(self, ways: &Ways) -> Result<(), Refused> {
        match self {
            Self::Staff(role) if role.may(ways.staff) => Ok(()),
            Self::Citizen { contested: true } if ways.citizen => Err(Refused::ContestedBefore),
            Self::Citizen { contested: false } if ways.citizen => Ok(()),
            Self::System if ways.system => Ok(()),
            _ => Err(Refused::NotYours),
        }
    }
}

/// What the step from one state to another needs when this actor takes it.
///
/// # Errors
/// When there is no such way, or it is not this actor's.
pub fn step(from: Status, to: Status, actor: Actor) -> Result<Needs, Refused> {
    let ways = WAYS.iter().find(|ways| ways.to == to && ways.from.contains(&from)).ok_or(Refused::NoWay)?;
    actor.may(ways).map(|()| ways.needs)
}

/// Where a report that stands at `from` may be moved by this actor, in the order of [`Status::ALL`].
pub fn next(from: Status, actor: Actor) -> impl Iterator<Item = (Status, Needs)> {
    Status::ALL.into_iter().filter_map(move |to| step(from, to, actor).ok().map(|needs| (to, needs)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const HANDLER: Actor = Actor::Staff(Role::Handler);
    const OFFICER: Actor = Actor::Staff(Role::DutyOfficer);
    const CITIZEN: Actor = Actor::Citizen { contested: false };

    fn actors() -> Vec<Actor> {
        let others = [CITIZEN, Actor::Citizen { contested: true }, Actor::System];
        Role::ALL.into_iter().map(Actor::Staff).chain(others).collect()
    }

    #[test]
    fn the_table_has_no_doubles_and_no_way_stays_where_it_is() {
        let mut seen = BTreeSet::new();
        for ways in &WAYS {
            for from in ways.from {
                assert!(seen.insert((from.name(), ways.to.name())), "{from:?} to {:?} stands twice", ways.to);
                assert_ne!(*from, ways.to);
            }
        }
    }

    #[test]
    fn every_state_is_reached_from_the_first_and_can_be_left() {
        let mut reached = vec![Received];
        while let Some(more) = Status::ALL
            .into_iter()
            .find(|to| !reached.contains(to) && reached.iter().any(|from| step(*from, *to, OFFICER).is_ok()))
        {
            reached.push(more);
        }
        assert_eq!(reached.len(), Status::ALL.len());
        for status in Status::ALL {
            assert!(next(status, OFFICER).next().is_some(), "{status:?} is a trap");
        }
    }

    #[test]
    fn no_way_leads_out_of_a_closing_but_to_open_it_again() {
        for from in Status::ALL.into_iter().filter(|status| status.is_closed()) {
            for to in Status::ALL {
                assert_eq!(step(from, to, OFFICER).is_ok(), to == Reopened, "{from:?} to {to:?}");
            }
        }
        assert_eq!(CLOSED.len(), Status::ALL.into_iter().filter(|status| status.is_closed()).count());
    }

    #[test]
    fn every_closing_gives_a_reason_and_none_is_a_clocks() {
        for ways in WAYS.iter().filter(|ways| ways.to.is_closed()) {
            assert!(ways.needs.reason, "{:?}", ways.to);
            assert!(!ways.system && !ways.citizen, "{:?}", ways.to);
        }
    }

    #[test]
    fn what_a_closing_claims_it_must_show() {
        let needs = |to| step(InProgress, to, OFFICER).unwrap();
        assert!(needs(Done).evidence);
        assert!(needs(Status::Refused).legal);
        assert!(needs(Duplicate).other);
        assert_eq!(needs(Partly), REASON);
        assert_eq!(step(Received, Done, OFFICER), Err(Refused::NoWay));
    }

    #[test]
    fn the_citizen_contests_once_and_does_nothing_else() {
        assert_eq!(step(Done, Reopened, CITIZEN), Ok(REASON));
        assert_eq!(step(Done, Reopened, Actor::Citizen { contested: true }), Err(Refused::ContestedBefore));
        for from in Status::ALL {
            for (to, _) in next(from, CITIZEN) {
                assert!(from.is_closed() && to == Reopened);
            }
        }
    }

    #[test]
    fn the_system_sorts_and_takes_answers_but_never_judges() {
        assert!(step(Received, Triaged, Actor::System).is_ok());
        assert!(step(Waiting, InProgress, Actor::System).is_ok());
        assert_eq!(step(Assigned, InProgress, Actor::System), Err(Refused::NotYours));
        assert_eq!(step(Done, Reopened, Actor::System), Err(Refused::NotYours));
    }

    #[test]
    fn a_handler_works_on_a_report_and_the_duty_officer_opens_it_again() {
        assert!(step(Received, InProgress, HANDLER).is_ok());
        assert_eq!(step(Done, Reopened, HANDLER), Err(Refused::NotYours));
        assert!(step(Done, Reopened, OFFICER).is_ok());
        assert_eq!(step(Received, InProgress, Actor::Staff(Role::Administrator)), Err(Refused::NotYours));
    }

    proptest! {
        #[test]
        fn a_walk_of_random_steps_never_leaves_the_table(steps in prop::collection::vec((0_usize..12, 0_usize..7), 0..200)) {
            let actors = actors();
            let mut status = Received;
            for (to, actor) in steps {
                let (to, actor) = (Status::ALL[to], actors[actor]);
                if let Ok(needs) = step(status, to, actor) {
                    prop_assert!(WAYS.iter().any(|ways| ways.to == to && ways.from.contains(&status)));
                    prop_assert!(!to.is_closed() || needs.reason);
                    prop_assert!(!status.is_closed() || to == Reopened);
                    status = to;
                }
            }
        }
    }
}
