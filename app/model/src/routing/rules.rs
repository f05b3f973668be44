//! The list of rules, checked once.

use std::collections::BTreeSet;
use std::fmt;

use super::rule::{Condition, Rule, When};
use super::trace::Looked;
use super::{Inputs, defaults};
use crate::area::Area;
use crate::category::CATALOGUE;
use crate::department::Department;

/// Rules that name only what there is, in their order. The last one always fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    first: Vec<Checked>,
    last: Checked,
    areas: Vec<Area>,
}

/// A rule whose department is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Checked {
    pub code: String,
    pub department: &'static Department,
    when: When,
}

/// What is wrong with a list of rules; the first text is the rule's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleError {
    /// A rule without a code.
    Nameless,
    /// Two rules, or two areas, of one code.
    Doubled(String),
    UnknownDepartment(String, String),
    /// Neither a category's code nor the beginning of one.
    UnknownCategory(String, String),
    UnknownArea(String, String),
    /// A period without a day.
    NoDays(String),
    /// The second rule takes all that the first would.
    Unreachable(String, String),
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nameless => f.write_str("a rule has no code"),
            Self::Doubled(code) => write!(f, "the code {code} is used twice"),
            Self::UnknownDepartment(rule, code) => write!(f, "rule {rule}: there is no department {code}"),
            Self::UnknownCategory(rule, code) => write!(f, "rule {rule}: no category is, or begins with, {code:?}"),
            Self::UnknownArea(rule, code) => write!(f, "rule {rule}: there is no area {code}"),
            Self::NoDays(rule) => write!(f, "rule {rule}: its hours name no day"),
            Self::Unreachable(rule, before) => {
                write!(f, "rule {rule} is never reached: rule {before} before it takes the same reports")
            }
        }
    }
}

impl std::error::Error for RuleError {}

impl Rules {
    /// A city's rules, first to last, and the areas they name. The default rules come after them, so a city writes only what differs;
    /// a rule that asks nothing takes their place.
    ///
    /// # Errors
    /// The first thing that is wrong: a code used twice, something unknown, or a rule that is never reached.
    pub fn new(rules: Vec<Rule>, areas: Vec<Area>) -> Result<Self, RuleError> {
        doubled(areas.iter().map(Area::code))?;
        for (place, rule) in rules.iter().enumerate() {
            let before = rules.iter().take(place).find(|before| before.when.covers(&rule.when));
            if let Some(before) = before {
                return Err(RuleError::Unreachable(rule.code.clone(), before.code.clone()));
            }
        }
        let (first, last) = with_defaults(rules);
        doubled(first.iter().chain([&last]).map(|rule| rule.code.as_str()))?;
        let check = |rule| Checked::new(rule, &areas);
        let last = check(last)?;
        let first = first.into_iter().map(check).collect::<Result<_, _>>()?;
        Ok(Self { first, last, areas })
    }

    /// From first to last.
    pub(super) fn ordered(&self) -> impl Iterator<Item = &Checked> {
        self.first.iter().chain([&self.last])
    }

    /// The one that always fits.
    pub(super) fn last(&self) -> &Checked {
        &self.last
    }

    /// What keeps a rule from fitting; `None` when it fits.
    pub(super) fn failing(&self, checked: &Checked, inputs: &Inputs<'_>) -> Option<Condition> {
        let when = &checked.when;
        let category = || when.categories.iter().any(|prefix| inputs.category.code.starts_with(prefix.as_str()));
        let (day, minute) = inputs.clock();
        let people = |least| inputs.people.is_some_and(|people| people >= least);
        let conditions = [
            (Condition::Category, when.categories.is_empty() || category()),
            (Condition::Danger, when.danger.is_none_or(|danger| danger == inputs.danger)),
            (Condition::People, when.people_at_least.is_none_or(people)),
            (Condition::Hours, when.hours.is_empty() || when.hours.iter().any(|period| period.holds(day, minute))),
            (Condition::Answer, when.answers.iter().all(|(question, choice)| chosen(inputs, question, choice))),
            (Condition::Area, when.areas.is_empty() || self.around(when, inputs).next().is_some()),
        ];
        conditions.into_iter().find(|(_, holds)| !holds).map(|(condition, _)| condition)
    }

    /// What a rule that fits has looked at.
    pub(super) fn looked(&self, checked: &Checked, inputs: &Inputs<'_>) -> Looked {
        let when = &checked.when;
        Looked {
            category: (!when.categories.is_empty()).then(|| inputs.category.code.to_owned()),
            areas: self.around(when, inputs).map(|area| area.code().to_owned()).collect(),
            clock: (!when.hours.is_empty()).then(|| inputs.clock()),
            answers: when.answers.clone(),
            people: when.people_at_least.and(inputs.people),
            danger: when.danger.and(Some(inputs.danger)),
        }
    }

    /// Those of the areas named that hold the place.
    fn around(&self, when: &When, inputs: &Inputs<'_>) -> impl Iterator<Item = &Area> {
        let named = self.areas.iter().filter(|area| when.areas.iter().any(|code| code == area.code()));
        named.filter(|area| inputs.position.is_some_and(|position| area.holds(position)))
    }
}

impl Checked {
    fn new(rule: Rule, areas: &[Area]) -> Result<Self, RuleError> {
        let Rule { code, department, when } = rule;
        if code.is_empty() {
            return Err(RuleError::Nameless);
        }
        let known = |prefix: &&String| {
            !prefix.is_empty() && CATALOGUE.iter().any(|category| category.code.starts_with(prefix.as_str()))
        };
        if let Some(unknown) = when.categories.iter().find(|prefix| !known(prefix)) {
            return Err(RuleError::UnknownCategory(code, unknown.clone()));
        }
        if let Some(unknown) = when.areas.iter().find(|name| !areas.iter().any(|area| area.code() == *name)) {
            return Err(RuleError::UnknownArea(code, unknown.clone()));
        }
        if when.hours.iter().any(|period| period.days.is_empty()) {
            return Err(RuleError::NoDays(code));
        }
        match Department::of(&department) {
            Some(department) => Ok(Self { code, department, when }),
            None => Err(RuleError::UnknownDepartment(code, department)),
        }
    }
}

/// The rules and the one that always fits: the city's own when its last asks nothing, else the defaults.
fn with_defaults(mut rules: Vec<Rule>) -> (Vec<Rule>, Rule) {
    if let Some(last) = rules.pop_if(|rule| rule.when.is_everything()) {
        return (rules, last);
    }
    rules.extend(defaults::by_department());
    (rules, defaults::last())
}

fn chosen(inputs: &Inputs<'_>, question: &str, choice: &str) -> bool {
    inputs.answers.get(question).is_some_and(|choices| choices.iter().any(|given| given == choice))
}

fn doubled<'a>(mut codes: impl Iterator<Item = &'a str>) -> Result<(), RuleError> {
    let mut seen = BTreeSet::new();
    codes.find(|code| !seen.insert(*code)).map_or(Ok(()), |code| Err(RuleError::Doubled(code.to_owned())))
}

#[cfg(test)]
mod tests;
