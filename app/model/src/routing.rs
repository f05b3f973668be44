//! Which department gets a report.
//!
//! An ordered list of rules, as data: the first that fits wins, and the trace says why. Whose the report is from then on, until another
//! department accepts it, stands in [`handover`].

pub mod defaults;
pub mod handover;
pub mod rule;
pub mod rules;
pub mod trace;

use std::collections::BTreeMap;

pub use handover::{HandoverError, Ownership};
pub use rule::{Condition, Period, Rule, When};
pub use rules::{RuleError, Rules};
pub use trace::{Looked, Passed, RunnerUp, Trace};

use crate::calendar::date::local;
use crate::calendar::{MINUTE, Weekday};
use crate::category::Category;
use crate::department::Department;
use crate::position::Position;

/// What the rules may look at.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    pub category: &'static Category,
    /// The position, or the middle of the cell that it was filed under.
    pub position: Option<Position>,
    /// UTC milliseconds.
    pub at: i64,
    /// Minutes east of UTC that the local clocks show then.
    pub offset: i32,
    /// The choices made, by the code of the question.
    pub answers: &'a BTreeMap<String, Vec<String>>,
    pub people: Option<u32>,
    pub danger: bool,
}

/// Where a report goes, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Routed {
    pub department: &'static Department,
    pub trace: Trace,
}

impl Inputs<'_> {
    /// The local day of the week, and the minute of the day.
    fn clock(&self) -> (Weekday, u32) {
        let (date, milliseconds) = local(self.at, self.offset);
        (date.weekday(), u32::try_from(milliseconds / MINUTE).unwrap_or_default())
    }
}

/// Sends a report to the department of the first rule that fits; the last one always does.
pub fn route(rules: &Rules, inputs: &Inputs<'_>) -> Routed {
    let mut passed_over = Vec::new();
    let mut fitting = None;
    let mut runner_up = None;
    for rule in rules.ordered() {
        match (rules.failing(rule, inputs), fitting) {
            (None, None) => fitting = Some(rule),
            (None, Some(_)) => {
                runner_up = Some(RunnerUp { rule: rule.code.clone(), department: rule.department.code.to_owned() });
                break;
            }
            (Some(failed), None) => passed_over.push(Passed { rule: rule.code.clone(), failed }),
            (Some(_), Some(_)) => {}
        }
    }
    let winner = fitting.unwrap_or(rules.last());
    let trace = Trace {
        version: trace::VERSION,
        rule: winner.code.clone(),
        department: winner.department.code.to_owned(),
        inputs: rules.looked(winner, inputs),
        runner_up,
        passed_over,
        flood: None,
    };
    Routed { department: winner.department, trace }
}

#[cfg(test)]
mod tests;
