//! Why a report went where it went: stored with it, shown to the staff, and to the person who reported on request (PIPL, article 24).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rule::Condition;
use crate::calendar::Weekday;
use crate::flood::Verdict;

/// The shape of [`Trace`]; another shape is another number.
pub const VERSION: u32 = 1;

/// The way of one decision. It holds no personal data: codes, and how many people need help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    pub version: u32,
    /// The code of the rule that won, and its department.
    pub rule: String,
    pub department: String,
    /// What that rule looked at.
    pub inputs: Looked,
    /// The next rule that would have fitted.
    pub runner_up: Option<RunnerUp>,
    /// The rules before it, in order.
    pub passed_over: Vec<Passed>,
    /// Why it is taken for part of a flood, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flood: Option<Verdict>,
}

/// What a rule looked at, and what it saw; what it did not ask for is not here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Looked {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Those of the rule's areas that hold the place; never the place itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// The local day, and the minute of the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<(Weekday, u32)>,
    /// Those choices that the rule named; never what somebody wrote.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub danger: Option<bool>,
}

/// Who would have had it otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunnerUp {
    pub rule: String,
    pub department: String,
}

/// A rule that did not fit, and the first condition that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    pub rule: String,
    pub failed: Condition,
}
