//! A rule: what must hold, and who gets the report then.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::Weekday;
use crate::calendar::span::minute;

/// One line of the list, as configuration says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The name in traces.
    pub code: String,
    /// The code of a department.
    pub department: String,
    /// Nothing said: every report.
    #[serde(default)]
    pub when: When,
}

/// What must hold, all of it. What is not said is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// One of these categories: codes, or the beginnings of codes, as `12` for all accidents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// In one of these areas.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// In one of these periods of the week, by the local clocks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Period>,
    /// To each of these questions, this choice was made.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// So many people need help, or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_at_least: Option<u32>,
    /// Whether somebody is in danger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub danger: Option<bool>,
}

/// A kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    Category,
    Area,
    Hours,
    Answer,
    People,
    Danger,
}

impl Condition {
    pub const ALL: [Self; 6] = [Self::Category, Self::Area, Self::Hours, Self::Answer, Self::People, Self::Danger];

    /// The name in the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Area => "area",
            Self::Hours => "hours",
            Self::Answer => "answer",
            Self::People => "people",
            Self::Danger => "danger",
        }
    }
}

/// From one minute of a local day to another. One that ends at or before it begins goes over midnight, and belongs to the day on which it
/// begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub days: Vec<Weekday>,
    pub from: Time,
    pub to: Time,
}

/// A minute of the day, written `22:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Time(u32);

impl Time {
    pub fn parse(text: &str) -> Option<Self> {
        minute(text).map(Self)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl From<Time> for String {
    fn from(time: Time) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for Time {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("a time is written like 22:00")
    }
}

impl Period {
    /// Whether it holds a minute of a day.
    pub fn holds(&self, day: Weekday, minute: u32) -> bool {
        let (from, to) = (self.from.0, self.to.0);
        if from < to {
            return self.days.contains(&day) && (from..to).contains(&minute);
        }
        (minute >= from && self.days.contains(&day)) || (minute < to && self.days.contains(&day.before()))
    }
}

impl When {
    /// Whether it asks nothing, so that every report fits.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Whether every report that fits `later` fits this too, as far as it can be told from the words: then a rule with `later` that comes
    /// after this one is never reached.
    pub fn covers(&self, later: &Self) -> bool {
        let each_in = |mine: &[String], theirs: &[String], fits: fn(&str, &str) -> bool| {
            mine.is_empty() || !theirs.is_empty() && theirs.iter().all(|one| mine.iter().any(|other| fits(one, other)))
        };
        each_in(&self.categories, &later.categories, |code, prefix| code.starts_with(prefix))
            && each_in(&self.areas, &later.areas, |one, other| one == other)
            && (self.hours.is_empty()
                || !later.hours.is_empty() && later.hours.iter().all(|period| self.hours.contains(period)))
            && self.answers.iter().all(|(question, choice)| later.answers.get(question) == Some(choice))
            && self.people_at_least.is_none_or(|least| later.people_at_least.is_some_and(|other| other >= least))
            && self.danger.is_none_or(|danger| later.danger == Some(danger))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::value::{Error, MapDeserializer};

    use super::*;

    fn period(days: &[Weekday], from: &str, to: &str) -> Period {
        Period { days: days.to_vec(), from: Time::parse(from).unwrap(), to: Time::parse(to).unwrap() }
    }

    fn categories(codes: &[&str]) -> When {
        When { categories: codes.iter().map(|code| (*code).to_owned()).collect(), ..When::default() }
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_begins() {
        let night = period(&[Weekday::Friday], "22:00", "06:00");
        assert!(night.holds(Weekday::Friday, 23 * 60));
        assert!(night.holds(Weekday::Saturday, 5 * 60 + 59));
        assert!(!night.holds(Weekday::Saturday, 6 * 60));
        assert!(!night.holds(Weekday::Saturday, 23 * 60));
        assert!(!night.holds(Weekday::Friday, 5 * 60));
    }

    #[test]
    fn a_day_ends_before_its_last_minute() {
        let day = period(&[Weekday::Monday], "09:00", "24:00");
        assert!(day.holds(Weekday::Monday, 1_439) && day.holds(Weekday::Monday, 540));
        assert!(!day.holds(Weekday::Monday, 539) && !day.holds(Weekday::Tuesday, 600));
    }

    #[test]
    fn what_asks_less_covers_what_asks_more() {
        let everything = When::default();
        let fires_of_many = When { people_at_least: Some(10), ..categories(&["12G00"]) };
        assert!(everything.is_everything() && everything.covers(&fires_of_many));
        assert!(!fires_of_many.covers(&everything));
        assert!(categories(&["12"]).covers(&fires_of_many));
        assert!(!categories(&["12G00"]).covers(&categories(&["12"])));
        assert!(!categories(&["12G00"]).covers(&categories(&["12G00", "12D00"])));
        let fires_of_more = When { people_at_least: Some(20), ..categories(&["12G00"]) };
        assert!(fires_of_many.covers(&fires_of_more) && !fires_of_more.covers(&fires_of_many));
    }

    #[test]
    fn a_word_that_no_rule_knows_is_refused() {
        let read = |key: &'static str| When::deserialize(MapDeserializer::<_, Error>::new([(key, 3_u32)].into_iter()));
        assert!(read("people_atleast").is_err());
        assert!(When::deserialize(MapDeserializer::<_, Error>::new(Vec::<(&str, u32)>::new().into_iter())).is_ok());
    }

    proptest! {
        #[test]
        fn any_time_is_read_without_a_panic(text in "\\PC*") {
            if let Some(time) = Time::parse(&text) {
                prop_assert_eq!(time.to_string(), text);
            }
        }
    }
}
