//! Reports of one event, handled together: what the desk asks for, and what it means.
//!
//! Members keep what is theirs: their words, their link, their history. What is done to the incident is done to each of them.

use serde::{Deserialize, Serialize};

use crate::canonical::{Canonical, Hash};
use crate::desk::{Doing, Move, RawMove};
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;

/// The most reports that one form joins.
pub const MOST: usize = 50;

/// Why reports cannot be joined, or not be handled like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// An incident has one owner, and one of the reports is in another department's queue.
    OtherDepartment,
    /// Another department is asked to take one of them over.
    Offered,
    /// One of them is closed.
    Closed,
    /// They are members of different incidents.
    TwoIncidents,
    /// They are together already.
    Together,
    /// What would take one member away from the others.
    Member,
}

/// The form that joins reports with the one on whose page it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawJoin {
    pub key: String,
    /// The version of the report that the page showed.
    pub seen: String,
    /// The keys that were ticked.
    pub reports: Vec<String>,
    /// The reference of one that was not on the list.
    pub duplicate: String,
    pub told: String,
}

/// What is to be joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    pub key: Key,
    pub seen: i64,
    pub reports: Vec<Key>,
    pub reference: Option<String>,
    /// What the people who reported read.
    pub told: Option<String>,
    pub hash: Hash,
}

/// A form on the page of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawTogether {
    pub key: String,
    /// The version of the incident that the page showed.
    pub seen: String,
    /// `change`, `tell` or `split`.
    pub act: String,
    pub to: String,
    pub template: String,
    pub ground: String,
    pub evidence: String,
    pub told: String,
    pub inner: String,
    /// The key of the member that leaves.
    pub reports: String,
}

/// What is to be done to an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    pub key: Key,
    pub seen: i64,
    pub act: Act,
    /// What the people who reported read.
    pub told: Option<String>,
    pub inner: Option<String>,
    pub hash: Hash,
}

/// What a form on the page of an incident does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Change the state of every open member: a [`Doing::Change`].
    Change(Doing),
    /// Tell everybody something.
    Tell,
    /// Take a member out again.
    Split(Key),
}

impl Obstacle {
    pub const ALL: [Self; 6] =
        [Self::OtherDepartment, Self::Offered, Self::Closed, Self::TwoIncidents, Self::Together, Self::Member];

    /// The name in the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::OtherDepartment => "other-department",
            Self::Offered => "offered",
            Self::Closed => "closed",
            Self::TwoIncidents => "two-incidents",
            Self::Together => "together",
            Self::Member => "member",
        }
    }
}

impl RawJoin {
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(&self) -> Result<Join, Vec<Problem>> {
        let mut problems = Problems::default();
        let (key, seen) = (Key::parse(&self.key), self.seen.parse().ok());
        if key.is_none() || seen.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        let told = problems.text(Field::Told, &self.told);
        let reference = problems.text(Field::Duplicate, &self.duplicate).map(|text| text.trim().to_uppercase());
        let mut reports: Vec<Key> = self.reports.iter().filter_map(|key| Key::parse(key)).collect();
        if reports.len() < self.reports.len() || reports.len() > MOST {
            problems.add(Field::Reports, Fault::Unknown);
        } else if reports.is_empty() && reference.is_none() {
            problems.add(Field::Reports, Fault::Missing);
        }
        reports.sort_unstable();
        reports.dedup();
        let hash = self.hash(&reports);
        problems.or(key.zip(seen).map(|(key, seen)| Join { key, seen, reports, reference, told, hash }))
    }

    fn hash(&self, reports: &[Key]) -> Hash {
        let form = Canonical::new("join/1").text(&self.duplicate).text(&self.told);
        reports.iter().fold(form, |form, report| form.bytes(report.bytes())).hash()
    }
}

impl RawTogether {
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(&self) -> Result<Together, Vec<Problem>> {
        if self.act == "change" {
            let Move { key, seen, doing, told, inner, .. } = self.change().parse()?;
            return Ok(Together { key, seen, act: Act::Change(doing), told, inner, hash: self.hash() });
        }
        let mut problems = Problems::default();
        let (key, seen) = (Key::parse(&self.key), self.seen.parse().ok());
        let told = problems.text(Field::Told, &self.told);
        let inner = problems.text(Field::Inner, &self.inner);
        let act = match self.act.as_str() {
            "tell" => Some(Act::Tell),
            "split" => Key::parse(&self.reports).map(Act::Split),
            _ => None,
        };
        if key.is_none() || seen.is_none() || act.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        if told.is_none() {
            problems.add(Field::Told, Fault::Missing);
        }
        let hash = self.hash();
        let made = key.zip(seen).zip(act);
        problems.or(made.map(|((key, seen), act)| Together { key, seen, act, told, inner, hash }))
    }

    fn change(&self) -> RawMove {
        let raw = self.clone();
        RawMove {
            key: raw.key,
            seen: raw.seen,
            act: raw.act,
            to: raw.to,
            template: raw.template,
            ground: raw.ground,
            evidence: raw.evidence,
            told: raw.told,
            inner: raw.inner,
            ..RawMove::default()
        }
    }

    fn hash(&self) -> Hash {
        let fields =
            [&self.act, &self.to, &self.template, &self.ground, &self.evidence, &self.told, &self.inner, &self.reports];
        fields.into_iter().fold(Canonical::new("together/1"), |canonical, field| canonical.text(field)).hash()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "01936b7e-5c00-7abc-8def-0123456789ab";
    const OTHER: &str = "01936b7e-5c00-7abc-8def-0123456789ac";

    fn join() -> RawJoin {
        RawJoin { key: ONE.into(), seen: "2".into(), reports: vec![OTHER.into()], ..RawJoin::default() }
    }

    fn together(act: &str) -> RawTogether {
        RawTogether { key: ONE.into(), seen: "2".into(), act: act.into(), ..RawTogether::default() }
    }

    fn fault<T: std::fmt::Debug>(parsed: Result<T, Vec<Problem>>) -> Vec<(Field, Fault)> {
        parsed.unwrap_err().into_iter().map(|problem| (problem.field, problem.fault)).collect()
    }

    #[test]
    fn something_is_joined_by_a_tick_or_by_a_reference() {
        assert_eq!(join().parse().unwrap().reports, [Key::parse(OTHER).unwrap()]);
        let by_reference = RawJoin { reports: Vec::new(), duplicate: " ab12-cde-f34 ".into(), ..join() };
        assert_eq!(by_reference.parse().unwrap().reference.as_deref(), Some("AB12-CDE-F34"));
        let nothing = RawJoin { reports: Vec::new(), ..join() };
        assert_eq!(fault(nothing.parse()), [(Field::Reports, Fault::Missing)]);
        let strange = RawJoin { reports: vec!["x".into()], ..join() };
        assert_eq!(fault(strange.parse()), [(Field::Reports, Fault::Unknown)]);
    }

    #[test]
    fn no_form_joins_more_than_the_most() {
        let key = |n: usize| Key::from_parts(1, &[u8::try_from(n).unwrap(); 10]).to_string();
        let many = |n| RawJoin { reports: (0..n).map(key).collect(), ..join() };
        assert!(many(MOST).parse().is_ok());
        assert_eq!(fault(many(MOST + 1).parse()), [(Field::Reports, Fault::Unknown)]);
    }

    #[test]
    fn the_order_of_the_ticks_means_nothing() {
        let both = |one: &str, other: &str| RawJoin { reports: vec![one.into(), other.into()], ..join() };
        assert_eq!(both(ONE, OTHER).parse().unwrap().hash, both(OTHER, ONE).parse().unwrap().hash);
    }

    #[test]
    fn whoever_tells_or_takes_out_says_something_to_the_people() {
        assert_eq!(fault(together("tell").parse()), [(Field::Told, Fault::Missing)]);
        let split = RawTogether { reports: OTHER.into(), told: "Another street".into(), ..together("split") };
        assert_eq!(split.parse().unwrap().act, Act::Split(Key::parse(OTHER).unwrap()));
        let nobody = RawTogether { reports: String::new(), ..split };
        assert_eq!(fault(nobody.parse()), [(Field::Key, Fault::Unknown)]);
        assert_eq!(fault(together("change").parse()), [(Field::To, Fault::Missing)]);
    }
}
