//! Extra questions by category: data, and the rules that say which of them are asked and what an answer means.
//!
//! The tables stand in [`table`]. The server decides by [`shown`] and [`check`]; the browser, which gets the rules of one page, by [`rule`].

pub mod answers;
pub mod check;
pub mod condition;
pub mod rule;
pub mod table;
#[cfg(test)]
mod tests;

pub use answers::{Answers, field_name};
pub use check::{Checked, QuestionProblem, check};
pub use condition::{Condition, shown};
pub use table::{every, for_category};

use crate::category::Service;

/// No category asks more than this.
pub const MOST_QUESTIONS: usize = 20;
/// How many characters a free text takes.
pub const TEXT_LIMIT: usize = 500;

/// One question. The same code is the same question in every category that asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name in routing rules and in the keys of texts (`question-` and the code).
    pub code: &'static str,
    pub kind: Kind,
    /// Whether the form waits for an answer; never so in a category that is dangerous by itself.
    pub required: bool,
    /// When it is asked.
    pub when: Condition,
}

/// What an answer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text of at most [`TEXT_LIMIT`] characters.
    Text,
    /// A whole number, both ends included.
    Number { least: i64, most: i64 },
    /// Local civil time to the minute, as HTML's `datetime-local` gives it: `2026-03-01T14:30`.
    DateTime,
    /// One of the choices.
    One(&'static [Choice]),
    /// Any number of the choices.
    Many(&'static [Choice]),
}

/// One of the answers to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its value in the form, and its name in the keys of texts (`choice-` and the code): the same word wherever it stands.
    pub code: &'static str,
    pub effect: Option<Effect>,
}

/// What choosing it means beyond the answer itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A life may be in danger: the page says whom to call.
    Danger(Service),
    /// The form is not the way: it ends with advice.
    Stop(Advice),
    /// The same, while nobody is at work who could act on it.
    StopOutOfHours(Advice),
}

/// What to do instead of sending the form; each sentence (`advice-` and the name) gives the number of the city's hotline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// A bill or a contract: its supplier answers for it.
    Bill,
    /// Something lost or found.
    LostProperty,
    /// A price or a purchase that makes nobody ill.
    Purchase,
    /// An office that works by day.
    OfficeHours,
}

impl Advice {
    pub const ALL: [Self; 4] = [Self::Bill, Self::LostProperty, Self::Purchase, Self::OfficeHours];

    /// The name in the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bill => "bill",
            Self::LostProperty => "lost-property",
            Self::Purchase => "purchase",
            Self::OfficeHours => "office-hours",
        }
    }
}

impl Kind {
    /// The choices, where there are any.
    pub fn choices(self) -> &'static [Choice] {
        match self {
            Self::One(choices) | Self::Many(choices) => choices,
            Self::Text | Self::Number { .. } | Self::DateTime => &[],
        }
    }
}
