//! The journal: what the staff did, for those who watch over it.

use crate::basis::Purpose;
use crate::step::Act;

/// One thing that stands in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// A step of a report.
    Step(Act),
    /// A photo of what was done.
    Photo,
    /// The words of a report were opened, for an hour.
    Opened,
    OpenedContact,
    /// As they were written, of what is hidden too.
    OpenedOriginal,
    /// Somebody was added to the staff.
    Added,
    /// A link was made that signs somebody in once.
    Invited,
    /// Somebody's service was ended.
    Ended,
    SignedIn,
}

/// The steps that are told of. That a report was seen for the first time is an opening.
const STEPS: [Act; 12] = [
    Act::Status,
    Act::Offer,
    Act::Accept,
    Act::Refuse,
    Act::Question,
    Act::Remark,
    Act::Merge,
    Act::Split,
    Act::Notice,
    Act::Redact,
    Act::Release,
    Act::TakeUp,
];

const OTHERS: [Deed; 8] = [
    Deed::Photo,
    Deed::Opened,
    Deed::OpenedContact,
    Deed::OpenedOriginal,
    Deed::Added,
    Deed::Invited,
    Deed::Ended,
    Deed::SignedIn,
];

impl Deed {
    pub fn all() -> impl Iterator<Item = Self> {
        STEPS.into_iter().map(Self::Step).chain(OTHERS)
    }

    /// The deed that a step is, if it is one.
    pub fn of_step(act: Act) -> Option<Self> {
        STEPS.contains(&act).then_some(Self::Step(act))
    }

    /// The deed that an opening is, if somebody of the staff opens for that.
    pub fn of_opening(purpose: Purpose) -> Option<Self> {
        match purpose {
            Purpose::Respond => Some(Self::Opened),
            Purpose::CallBack => Some(Self::OpenedContact),
            Purpose::Moderate => Some(Self::OpenedOriginal),
            Purpose::OwnAccess | Purpose::Tell => None,
        }
    }

    /// The name in columns and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Step(act) => act.name(),
            Self::Photo => "photo",
            Self::Opened => "open",
            Self::OpenedContact => "open-contact",
            Self::OpenedOriginal => "open-original",
            Self::Added => "staff-add",
            Self::Invited => "staff-link",
            Self::Ended => "staff-end",
            Self::SignedIn => "sign-in",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::all().find(|deed| deed.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_deed_survives_the_way_through_a_column() {
        let names: BTreeSet<_> = Deed::all().map(Deed::name).collect();
        assert_eq!(names.len(), Deed::all().count(), "no two have one name");
        assert!(Deed::all().all(|deed| Deed::parse(deed.name()) == Some(deed)));
    }

    #[test]
    fn what_the_person_or_a_clock_does_is_no_deed_of_the_staff() {
        for act in [Act::Answer, Act::Contest, Act::Rating, Act::Join, Act::Alarm, Act::Seen] {
            assert_eq!(Deed::of_step(act), None, "{act:?}");
        }
        assert_eq!(Deed::of_step(Act::Redact), Some(Deed::Step(Act::Redact)));
    }
}
