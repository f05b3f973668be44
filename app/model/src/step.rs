//! What is done to a report: by whom, and what.

use serde::{Deserialize, Serialize};

/// Who took a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the report's secret link.
    Citizen,
    Staff,
    /// A rule or a clock.
    System,
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// The report stands elsewhere now. Detail: the legal ground of a refusal.
    Status,
    /// Another department is asked to take it over. Detail: the department.
    Offer,
    /// The department that was asked has taken it over.
    Accept,
    /// The department that was asked has not, and says why.
    Refuse,
    /// The desk asks the person who reported.
    Question,
    /// The person answers.
    Answer,
    /// The person says that it is not solved.
    Contest,
    /// The person says how it went. Detail: `yes`, `partly` or `no`.
    Rating,
    /// A remark for the desk alone.
    Remark,
    /// Somebody of the department has opened it for the first time.
    Seen,
    /// A promised time is about to break.
    Alarm,
    /// Somebody else has the same problem.
    Join,
    /// It is a member of an incident from now on. Detail: the incident's reference.
    Merge,
    /// It is no member any more. Detail: the incident's reference.
    Split,
    /// Words for the person, while nothing else changes.
    Notice,
    /// Words of it are not shown as they were written, or are again. Detail: the reason, or `shown`.
    Redact,
    /// It is no part of a flood. Detail: the department that has it now.
    Release,
    /// Somebody goes on in the place of whoever was at work on it.
    TakeUp,
}

/// Words of a step, open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    pub text: Option<String>,
    /// A sentence that stands beside the other texts, by its code: see [`crate::desk::TEMPLATES`].
    pub template: Option<String>,
    /// What shows that it is so.
    pub evidence: Option<String>,
}

impl Actor {
    pub const ALL: [Self; 3] = [Self::Citizen, Self::Staff, Self::System];

    pub fn name(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|actor| actor.name() == name)
    }
}

impl Act {
    pub const ALL: [Self; 18] = [
        Self::Status,
        Self::Offer,
        Self::Accept,
        Self::Refuse,
        Self::Question,
        Self::Answer,
        Self::Contest,
        Self::Rating,
        Self::Remark,
        Self::Seen,
        Self::Alarm,
        Self::Join,
        Self::Merge,
        Self::Split,
        Self::Notice,
        Self::Redact,
        Self::Release,
        Self::TakeUp,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Offer => "offer",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Contest => "contest",
            Self::Rating => "rating",
            Self::Remark => "remark",
            Self::Seen => "seen",
            Self::Alarm => "alarm",
            Self::Join => "join",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Notice => "notice",
            Self::Redact => "redact",
            Self::Release => "release",
            Self::TakeUp => "take-up",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }

    /// Whether the person who reported sees it in the history: an alarm, where it `moves` the report.
    pub fn is_shown(self, moves: bool) -> bool {
        match self {
            Self::Alarm => moves,
            other => !matches!(other, Self::Remark | Self::Join | Self::Refuse | Self::Release | Self::TakeUp),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_and_actors_survive_the_way_through_a_column() {
        for act in Act::ALL {
            assert_eq!(Act::parse(act.name()), Some(act));
        }
        for actor in Actor::ALL {
            assert_eq!(Actor::parse(actor.name()), Some(actor));
        }
        assert_eq!(Act::parse("dance"), None);
    }

    #[test]
    fn remarks_are_for_the_desk_alone() {
        assert!(!Act::Remark.is_shown(false));
        assert!(Act::Question.is_shown(true));
    }

    #[test]
    fn an_alarm_is_for_the_desk_unless_it_changes_something() {
        assert!(!Act::Alarm.is_shown(false));
        assert!(Act::Alarm.is_shown(true));
    }
}
