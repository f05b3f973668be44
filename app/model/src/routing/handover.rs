//! Whose a report is: one department at every moment.
//!
//! Whoever has it keeps it until another accepts it (首接负责, the duty of the first receiver). What is handed around ends at the duty
//! desk: after three refusals, or when a clock runs out.

use crate::department::Department;

/// Refusals after which the duty desk takes a report.
pub const MOST_REFUSALS: u32 = 3;
/// How many minutes an offer waits to be accepted before the duty desk takes the report: the time in which what comes in by the web is
/// to be taken up.
pub const OFFER_MINUTES: u32 = 120;

/// Who has a report, and who is asked to take it over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ownership {
    pub owner: &'static Department,
    pub offered_to: Option<&'static Department>,
    /// Since somebody accepted it last.
    pub refusals: u32,
}

/// Why nothing was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoverError {
    /// Only the owner offers.
    NotOwner,
    /// Only the department that was asked accepts or refuses.
    NotAsked,
    /// Another department is being asked.
    OfferOpen,
    /// It has the report already.
    OwnerAlready,
    /// The duty desk takes what it is offered.
    DutyTakesAll,
}

impl Ownership {
    /// The first receiver's.
    pub fn first(owner: &'static Department) -> Self {
        Self { owner, offered_to: None, refusals: 0 }
    }

    /// Asks another department to take it over. Until it does, nothing changes hands.
    ///
    /// # Errors
    /// When `by` is not the owner, asks itself, or asks while an offer is open.
    pub fn offer(self, by: &Department, to: &'static Department) -> Result<Self, HandoverError> {
        if by != self.owner {
            return Err(HandoverError::NotOwner);
        }
        if to == self.owner {
            return Err(HandoverError::OwnerAlready);
        }
        if self.offered_to.is_some() {
            return Err(HandoverError::OfferOpen);
        }
        Ok(Self { offered_to: Some(to), ..self })
    }

    /// Takes it over.
    ///
    /// # Errors
    /// When `by` was not asked.
    pub fn accept(self, by: &Department) -> Result<Self, HandoverError> {
        self.asked(by).map(Self::first)
    }

    /// Does not take it over; the third refusal brings it to the duty desk.
    ///
    /// # Errors
    /// When `by` was not asked, or is the duty desk.
    pub fn refuse(self, by: &Department) -> Result<Self, HandoverError> {
        if self.asked(by)?.is_duty() {
            return Err(HandoverError::DutyTakesAll);
        }
        let refusals = self.refusals.saturating_add(1);
        Ok(if refusals >= MOST_REFUSALS { self.expire() } else { Self { offered_to: None, refusals, ..self } })
    }

    /// A clock has run out: the duty desk has it.
    #[must_use]
    pub fn expire(self) -> Self {
        Self::first(Department::duty())
    }

    fn asked(self, by: &Department) -> Result<&'static Department, HandoverError> {
        self.offered_to.filter(|asked| *asked == by).ok_or(HandoverError::NotAsked)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::department::DEPARTMENTS;

    fn department(code: &str) -> &'static Department {
        Department::of(code).unwrap()
    }

    fn offered() -> Ownership {
        Ownership::first(department("traffic")).offer(department("traffic"), department("police")).unwrap()
    }

    #[test]
    fn the_first_receiver_keeps_it_until_another_accepts() {
        assert_eq!(offered().owner, department("traffic"));
        let accepted = offered().accept(department("police")).unwrap();
        assert_eq!(accepted, Ownership::first(department("police")));
        let refused = offered().refuse(department("police")).unwrap();
        assert_eq!((refused.owner, refused.offered_to, refused.refusals), (department("traffic"), None, 1));
    }

    #[test]
    fn three_refusals_bring_it_to_the_duty_desk() {
        let mut ownership = Ownership::first(department("traffic"));
        for asked in ["police", "fire", "utilities"] {
            assert_eq!(ownership.owner, department("traffic"));
            ownership = ownership.offer(department("traffic"), department(asked)).unwrap();
            ownership = ownership.refuse(department(asked)).unwrap();
        }
        assert_eq!(ownership, Ownership::first(Department::duty()));
    }

    #[test]
    fn a_clock_brings_it_to_the_duty_desk() {
        assert_eq!(offered().expire(), Ownership::first(Department::duty()));
    }

    #[test]
    fn refusals_are_forgotten_when_somebody_accepts() {
        let refused = offered().refuse(department("police")).unwrap();
        let accepted =
            refused.offer(department("traffic"), department("fire")).unwrap().accept(department("fire")).unwrap();
        assert_eq!(accepted.refusals, 0);
    }

    #[test]
    fn only_the_owner_offers_and_only_the_asked_answers() {
        let police = department("police");
        assert_eq!(
            Ownership::first(department("fire")).offer(police, department("health")),
            Err(HandoverError::NotOwner)
        );
        assert_eq!(Ownership::first(police).offer(police, police), Err(HandoverError::OwnerAlready));
        assert_eq!(offered().offer(department("traffic"), department("fire")), Err(HandoverError::OfferOpen));
        assert_eq!(offered().accept(department("fire")), Err(HandoverError::NotAsked));
        assert_eq!(offered().refuse(department("traffic")), Err(HandoverError::NotAsked));
    }

    #[test]
    fn the_duty_desk_cannot_refuse() {
        let offered = Ownership::first(department("fire")).offer(department("fire"), Department::duty()).unwrap();
        assert_eq!(offered.refuse(Department::duty()), Err(HandoverError::DutyTakesAll));
        assert_eq!(offered.accept(Department::duty()).map(|ownership| ownership.owner), Ok(Department::duty()));
    }

    proptest! {
        #[test]
        fn at_every_moment_one_owner_who_changes_only_by_accepting_or_to_the_duty_desk(
            moves in prop::collection::vec((0_u8..4, 0_usize..8, 0_usize..8), 0..100),
        ) {
            let mut ownership = Ownership::first(department("health"));
            for (act, by, to) in moves {
                let (by, to) = (&DEPARTMENTS[by], &DEPARTMENTS[to]);
                let next = match act {
                    0 => ownership.offer(by, to),
                    1 => ownership.accept(by),
                    2 => ownership.refuse(by),
                    _ => Ok(ownership.expire()),
                };
                let Ok(next) = next else { continue };
                let kept = next.owner == ownership.owner || next.owner.is_duty();
                prop_assert!(kept || (act == 1 && ownership.offered_to == Some(by) && next.owner == by));
                prop_assert!(next.refusals < MOST_REFUSALS);
                prop_assert_ne!(next.offered_to, Some(next.owner));
                ownership = next;
            }
        }
    }
}
