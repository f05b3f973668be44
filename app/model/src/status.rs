//! Where a report stands.
//!
//! The ways from one state to the next are a table in [`way`]; what may be said when a report is refused stands in [`ground`].

pub mod ground;
pub mod open311;
pub mod way;

pub use ground::LegalGround;
pub use open311::Open311;
pub use way::{Actor, Needs, Refused, next, step};

/// The states a report goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Stored durably; nobody has taken it up yet.
    Received,
    /// Somebody, or a rule, has looked at what it is and how urgent it is.
    Triaged,
    /// A department has it.
    Assigned,
    /// People are at work on it.
    InProgress,
    /// The person who reported was asked something; the clocks stand still.
    Waiting,
    /// Closed: solved, and there is evidence.
    Done,
    /// Closed: a part is solved, and the reason says which.
    Partly,
    /// Closed: refused on a legal ground.
    Refused,
    /// Closed: it went away by itself.
    ResolvedItself,
    /// Closed: another report is about the same thing.
    Duplicate,
    /// Closed: nobody could be reached, and without them nothing could be done.
    Unreachable,
    /// Open again after it was closed.
    Reopened,
}

impl Status {
    pub const ALL: [Self; 12] = [
        Self::Received,
        Self::Triaged,
        Self::Assigned,
        Self::InProgress,
        Self::Waiting,
        Self::Done,
        Self::Partly,
        Self::Refused,
        Self::ResolvedItself,
        Self::Duplicate,
        Self::Unreachable,
        Self::Reopened,
    ];

    /// The name in columns, forms and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Triaged => "triaged",
            Self::Assigned => "assigned",
            Self::InProgress => "in-progress",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Refused => "refused",
            Self::ResolvedItself => "resolved-itself",
            Self::Duplicate => "duplicate",
            Self::Unreachable => "unreachable",
            Self::Reopened => "reopened",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether nothing more happens unless it is opened again.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            Self::Done | Self::Partly | Self::Refused | Self::ResolvedItself | Self::Duplicate | Self::Unreachable
        )
    }

    /// Whether it counts as solved: one way of closing out of six, or the rates would lie.
    pub fn is_solved(self) -> bool {
        self == Self::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_the_way_through_a_column() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.name()), Some(status));
        }
        assert_eq!(Status::parse("Received"), None);
        assert_eq!(Status::parse(""), None);
    }

    #[test]
    fn of_six_ways_to_close_only_done_is_solved() {
        let closed: Vec<Status> = Status::ALL.into_iter().filter(|status| status.is_closed()).collect();
        assert_eq!(closed.len(), 6);
        assert_eq!(closed.into_iter().filter(|status| status.is_solved()).collect::<Vec<_>>(), [Status::Done]);
        assert!(!Status::Reopened.is_closed());
    }
}
