//! A report: what somebody tells of an incident, parsed once at the edge and trusted from then on.

use serde::{Deserialize, Serialize};

use crate::alarm;
use crate::canonical::{Canonical, Hash};
use crate::category::Category;
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;
use crate::place::Place;
use crate::position::Position;
use crate::question::{self, Answers, Checked};

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
    /// To the extra questions of the category.
    pub answers: Answers,
    /// The page that the form comes from, see [`crate::sending`]; whoever sends a whole report at once leaves it out.
    pub step: String,
    /// The codes of the questions that stood on that page, with commas between.
    pub asked: String,
    /// The reference of a report close by that is about the same; joining it takes the place of sending this one.
    pub join: String,
    /// Pressed: back to the first page, to change something.
    pub back: String,
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
    /// To the extra questions; sound, and only to those that are asked.
    #[serde(default)]
    pub answers: Answers,
}

/// How to reach the person. Rests on consent alone, so it is sealed apart from the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact(pub String);

/// A report that can be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub key: Key,
    pub category: &'static Category,
    /// Said so, in a tick, an answer or in words, or likely by the kind of incident.
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
        let said = typed.is_some() || address.is_some();
        if !said && self.unknown.is_empty() {
            problems.add(Field::Address, Fault::Missing);
        }
        let people = self.people(&mut problems);
        let what = problems.text(Field::What, &self.what);
        let contact = problems.text(Field::Contact, &self.contact).map(Contact);
        let answered = category.map(|category| self.answered(category, &mut problems)).unwrap_or_default();
        let report = key.zip(category).map(|(key, category)| Report {
            key,
            category,
            danger: answered.danger.is_some() || tells_of_danger(category.code, &self.danger, &self.what),
            people,
            told: Told { what, place: self.place(near), answers: answered.answers },
            contact,
            hash: self.hash(),
        });
        problems.or(report)
    }

    /// Where it is, whatever may be wrong with the rest of the form; `near` as for [`RawReport::parse`].
    pub fn place(&self, near: Option<Position>) -> Place {
        let typed = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        let accuracy = self.accuracy.parse::<f64>().ok().and_then(metres);
        Place::told(typed(&self.position), accuracy, typed(&self.address), near)
    }

    fn category(&self, problems: &mut Problems) -> Option<&'static Category> {
        let category = Category::of(&self.category);
        if category.is_none() {
            problems.add(Field::Category, if self.category.is_empty() { Fault::Missing } else { Fault::Unknown });
        }
        category
    }

    /// What was answered must be sound. That something was not is for the page to say that asks: a program may leave out all of it.
    fn answered(&self, category: &Category, problems: &mut Problems) -> Checked {
        let checked = question::check(question::for_category(category.code), &self.answers, true);
        for problem in checked.problems.iter().filter(|problem| problem.fault != Fault::Missing) {
            problems.add(Field::Question(problem.question), problem.fault);
        }
        checked
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
        let fields = fields.into_iter().fold(Canonical::new("report/1"), |canonical, field| canonical.text(field));
        self.answers
            .map()
            .iter()
            .fold(fields, |canonical, (code, values)| {
                let canonical = canonical.text(code).text(&values.len().to_string());
                values.iter().fold(canonical, |canonical, value| canonical.text(value))
            })
            .hash()
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

    fn answering(raw: RawReport, pairs: &[(&str, &str)]) -> RawReport {
        RawReport { answers: Answers::from_pairs(pairs.iter().copied()), ..raw }
    }

    #[test]
    fn answers_are_kept_and_what_is_not_one_of_them_is_to_be_mended() {
        let report =
            answering(raw(), &[("burning", "home"), ("floor", "１２"), ("colour", "red")]).parse(None).unwrap();
        assert_eq!(
            (report.told.answers.of("floor"), report.told.answers.of("colour")),
            (&["12".to_owned()][..], &[][..])
        );
        let wrong = answering(raw(), &[("burning", "moon")]);
        assert_eq!(faults(&wrong), [(Field::Question("burning"), Fault::Unknown)]);
    }

    #[test]
    fn an_answer_may_say_that_a_life_is_in_danger() {
        let calm = RawReport { category: "12P00".into(), what: String::new(), ..raw() };
        assert!(!answering(calm.clone(), &[("wire-down", "no")]).parse(None).unwrap().danger);
        assert!(answering(calm, &[("supply", "power"), ("wire-down", "yes")]).parse(None).unwrap().danger);
    }

    #[test]
    fn other_answers_are_another_report() {
        let hash = |pairs: &[(&str, &str)]| answering(raw(), pairs).parse(None).unwrap().hash;
        assert_ne!(hash(&[]), hash(&[("burning", "home")]));
        assert_ne!(hash(&[("close-by", "fuel")]), hash(&[("close-by", "fuel"), ("close-by", "cylinders")]));
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
