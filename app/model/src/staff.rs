//! Who works on reports, and what each may do.

/// What somebody is to a department. A person has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Works on the reports of one department.
    Handler,
    /// Keeps watch over all queues; nothing may stay without an owner.
    DutyOfficer,
    /// Takes out of sight what must not be shown, and joins what belongs together.
    Moderator,
    /// Lets people in and reads the journal. Opens no reports: who gives rights out must not use them (PIPL, article 51).
    Administrator,
}

/// One thing that needs leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See the queue of the own department, without opening anything.
    SeeQueue,
    SeeAllQueues,
    /// Open the words, the place and the contact of a report in a queue that they see.
    OpenReport,
    ChangeState,
    /// Open again what is closed.
    Reopen,
    /// Offer a report to another department, and answer such an offer.
    PassOn,
    /// Take words or a picture out of sight.
    Redact,
    /// Join reports about the same thing.
    Merge,
    /// Add people, end their service, give out links.
    SignIn,
    /// See what everybody did, and opened.
    ReadJournal,
    /// See what people could not be told, and have it tried again.
    SeeNotices,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Handler, Self::DutyOfficer, Self::Moderator, Self::Administrator];

    /// The name in columns and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Handler => "handler",
            Self::DutyOfficer => "duty-officer",
            Self::Moderator => "moderator",
            Self::Administrator => "administrator",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether the role has a right.
    pub fn may(self, right: Right) -> bool {
        RIGHTS.iter().any(|(given, roles)| *given == right && roles.contains(&self))
    }
}

use Role::{Administrator, DutyOfficer, Handler, Moderator};

/// Every right, and who has it.
static RIGHTS: [(Right, &[Role]); 11] = [
    (Right::SeeQueue, &[Handler, DutyOfficer, Moderator, Administrator]),
    (Right::SeeAllQueues, &[DutyOfficer, Moderator, Administrator]),
    (Right::OpenReport, &[Handler, DutyOfficer, Moderator]),
    (Right::ChangeState, &[Handler, DutyOfficer]),
    (Right::Reopen, &[DutyOfficer]),
    (Right::PassOn, &[Handler, DutyOfficer]),
    (Right::Redact, &[DutyOfficer, Moderator]),
    (Right::Merge, &[Handler, DutyOfficer, Moderator]),
    (Right::SignIn, &[Administrator]),
    (Right::ReadJournal, &[Administrator]),
    (Right::SeeNotices, &[DutyOfficer, Administrator]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_survives_the_way_through_a_column() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
        assert_eq!(Role::parse("mayor"), None);
    }

    #[test]
    fn every_right_stands_once_and_somebody_has_it() {
        for (right, roles) in &RIGHTS {
            assert_eq!(RIGHTS.iter().filter(|(other, _)| other == right).count(), 1, "{right:?}");
            assert!(!roles.is_empty(), "{right:?}");
        }
    }

    #[test]
    fn a_handler_sees_one_queue_and_works_on_it() {
        assert!(Handler.may(Right::SeeQueue) && Handler.may(Right::ChangeState));
        assert!(!Handler.may(Right::SeeAllQueues) && !Handler.may(Right::ReadJournal));
    }

    #[test]
    fn who_lets_people_in_opens_nothing_and_changes_nothing() {
        let rights = [Right::OpenReport, Right::ChangeState, Right::Reopen, Right::PassOn, Right::Redact, Right::Merge];
        for right in rights {
            assert!(!Administrator.may(right), "{right:?}");
        }
        for role in [Handler, DutyOfficer, Moderator] {
            assert!(!role.may(Right::SignIn), "{role:?}");
        }
    }

    #[test]
    fn whose_acts_stand_in_the_journal_does_not_judge_them() {
        assert!(Administrator.may(Right::ReadJournal));
        assert!([Handler, DutyOfficer, Moderator].into_iter().all(|role| !role.may(Right::ReadJournal)));
    }
}
