//! A report: what somebody tells of an incident, parsed once at the edge and trusted from then on.

use serde::{Deserialize, Serialize};

use crate::alarm;
use crate::canonical::{Canonical, Hash};
use crate::category::Category;
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;
use crate::place::Place;
use crate::position::Position;

/// More people than this is a slip of the finger.
const MOST_PEOPLE: u32 = 1_000_000;

/// The form as it came: every field a text, nothing trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawReport {
    pub key: String,
    pub category: String,
    /// Ticked: somebody is in danger now.
    pub danger: String,
    /// Coordinates, a plus code, a map link.
    pub position: String,
    /// Metres, filled in by the device that measured the position.
    pub accuracy: String,
    /// An address or a landmark.
    pub address: String,
    /// Ticked: "I do not know where".
    pub unknown: String,
    pub people: String,
    pub what: String,
    pub contact: String,
}

/// Whether somebody is in danger: ticked, said in words, or likely by the kind. For whoever must know it before the form is parsed.
pub fn tells_of_danger(category: &str, ticked: &str, what: &str) -> bool {
    let by_kind = Category::of(category).is_some_and(|category| category.danger);
    by_kind || !ticked.is_empty() || alarm::in_words(what).is_some()
}

/// What a report says, open: it exists on its way in, and where a grant has opened it again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub what: Option<String>,
    pub place: Place,
}

/// How to reach the person. Rests on consent alone, so it is sealed apart from the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact(pub String);

/// A report that can be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub key: Key,
    pub category: &'static Category,
    /// Said so, in a tick or in words, or likely by the kind of incident.
    pub danger: bool,
    pub people: Option<u32>,
    pub told: Told,
    pub contact: Option<Contact>,
    /// Of everything above as it was sent.
    pub hash: Hash,
}

impl RawReport {
    /// Parses the form; `near` is where the portal is at home, for short plus codes.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn parse(&self, near: Option<Position>) -> Result<Report, Vec<Problem>> {
        let mut problems = Problems::default();
        let key = Key::parse(&self.key);
        if key.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        let category = self.category(&mut problems);
        let typed = problems.text(Field::Position, &self.position);
        let address = problems.text(Field::Address, &self.address);
        if typed.is_none() && address.is_none() && self.unknown.is_empty() {
            problems.add(Field::Address, Fault::Missing);
        }
        let people = self.people(&mut problems);
        let what = problems.text(Field::What, &self.what);
        let contact = problems.text(Field::Contact, &self.contact).map(Contact);
        let accuracy = self.accuracy.parse::<f64>().ok().and_then(metres);
        let report = key.zip(category).map(|(key, category)| Report {
            key,
            category,
            danger: tells_of_danger(category.code, &self.danger, &self.what),
            people,
            told: Told { what, place: Place::told(typed, accuracy, address, near) },
            contact,
            hash: self.hash(),
        });
        problems.or(report)
    }

    fn category(&self, problems: &mut Problems) -> Option<&'static Category> {
        let category = Category::of(&self.category);
        if category.is_none() {
            problems.add(Field::Category, if self.category.is_empty() { Fault::Missing } else { Fault::Unknown });
        }
        category
    }

    fn people(&self, problems: &mut Problems) -> Option<u32> {
        let digits: String = self.people.trim().chars().map(narrow_digit).collect();
        if digits.is_empty() {
            return None;
        }
        let people = digits.parse().ok().filter(|people| *people <= MOST_PEOPLE);
        if people.is_none() {
            problems.add(Field::People, Fault::NotANumber);
        }
        people
    }

    fn hash(&self) -> Hash {
        let fields = [
            &self.category,
            &self.danger,
            &self.position,
            &self.accuracy,
            &self.address,
            &self.unknown,
            &self.people,
            &self.what,
            &self.contact,
        ];
        fields.into_iter().fold(Canonical::new("report/1"), |canonical, field| canonical.text(field)).hash()
    }
}

fn metres(value: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range by the line before")]
    let whole = |value: f64| value.ceil() as u32;
    (value.is_finite() && (0.0..1e7).contains(&value)).then(|| whole(value))
}

fn narrow_digit(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_digit(letter as u32 - '０' as u32, 10).unwrap_or(letter),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw() -> RawReport {
        RawReport {
            key: "01936b7e-5c00-7abc-8def-0123456789ab".into(),
            category: "12G00".into(),
            address: "3 Mill Lane".into(),
            people: "2".into(),
            what: "Smoke".into(),
            ..RawReport::default()
        }
    }

    fn faults(raw: &RawReport) -> Vec<(Field, Fault)> {
        raw.parse(None).unwrap_err().into_iter().map(|problem| (problem.field, problem.fault)).collect()
    }

    #[test]
    fn a_kind_and_a_place_are_enough() {
        let report = RawReport { people: String::new(), what: String::new(), ..raw() }.parse(None).unwrap();
        assert_eq!((report.people, report.told.what, report.contact), (None, None, None));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let raw = RawReport { people: "many".into(), ..RawReport::default() };
        assert_eq!(
            faults(&raw),
            [
                (Field::Key, Fault::Unknown),
                (Field::Category, Fault::Missing),
                (Field::Address, Fault::Missing),
                (Field::People, Fault::NotANumber),
            ]
        );
    }

    #[test]
    fn not_knowing_where_is_an_answer() {
        let raw = RawReport { address: String::new(), unknown: "on".into(), ..raw() };
        assert_eq!(raw.parse(None).unwrap().told.place, Place::default());
    }

    #[test]
    fn white_space_is_no_place() {
        assert_eq!(faults(&RawReport { address: " \u{3000}\n".into(), ..raw() }), [(Field::Address, Fault::Missing)]);
    }

    #[test]
    fn a_field_takes_its_limit_and_no_more() {
        let limit = Field::What.limit();
        assert!(RawReport { what: "火".repeat(limit), ..raw() }.parse(None).is_ok());
        let long = RawReport { what: "火".repeat(limit + 1), ..raw() };
        assert_eq!(faults(&long), [(Field::What, Fault::TooLong(limit + 1))]);
    }

    #[test]
    fn danger_is_what_the_kind_says_or_what_the_person_says() {
        let calm = RawReport { category: "12P00".into(), what: "No water since noon".into(), ..raw() };
        assert!(raw().parse(None).unwrap().danger);
        assert!(!calm.parse(None).unwrap().danger);
        assert!(RawReport { danger: "on".into(), ..calm.clone() }.parse(None).unwrap().danger);
        assert!(RawReport { what: "老人没有呼吸了".into(), ..calm }.parse(None).unwrap().danger);
    }

    #[test]
    fn people_are_counted_in_any_digits() {
        let people = |text: &str| RawReport { people: text.into(), ..raw() }.parse(None).map(|report| report.people);
        assert_eq!(people(" １２ "), Ok(Some(12)));
        for text in ["-1", "1.5", "1000001", "99999999999999999999"] {
            assert!(people(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_no_page_can_show_is_refused() {
        assert_eq!(faults(&RawReport { what: "a\0b".into(), ..raw() }), [(Field::What, Fault::Unprintable)]);
    }

    #[test]
    fn the_same_words_are_the_same_report_whatever_the_key() {
        let hash = |raw: RawReport| raw.parse(None).unwrap().hash;
        let other_key = RawReport { key: "01936b7e-5c00-7abc-8def-0123456789ac".into(), ..raw() };
        assert_eq!(hash(raw()), hash(other_key));
        assert_ne!(hash(raw()), hash(RawReport { what: "Smoke ".into(), ..raw() }));
    }
}
