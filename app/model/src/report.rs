//! A report: what somebody tells of an incident, parsed once at the edge and trusted from then on.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::alarm;
use crate::canonical::{Canonical, Hash};
use crate::category::Category;
use crate::contact::Contact;
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;
use crate::place::Place;
use crate::position::Position;
use crate::question::{self, Answers, Checked};
use crate::site::Site;

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
    /// Who is to be asked for there.
    pub name: String,
    /// The organisation, and which of its sites.
    pub site: String,
    /// The code of a [`crate::site::Hazard`].
    pub hazard: String,
    /// Which substance or equipment, and how much of it.
    pub substance: String,
    /// The other places of the same event, one a line.
    pub places: String,
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
    #[serde(default, skip_serializing_if = "Site::is_empty")]
    pub site: Site,
}

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
        let contact = self.contact(&mut problems);
        let site = Site::parse(self, near, &mut problems);
        let answered = category.map(|category| self.answered(category, &mut problems)).unwrap_or_default();
        let report = key.zip(category).map(|(key, category)| Report {
            key,
            category,
            danger: answered.danger.is_some() || tells_of_danger(category.code, &self.danger, &self.what),
            people,
            told: Told { what, place: self.place(near), answers: answered.answers, site },
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

    /// A name alone reaches nobody.
    fn contact(&self, problems: &mut Problems) -> Option<Contact> {
        let how = problems.text(Field::Contact, &self.contact);
        let name = problems.text(Field::Name, &self.name);
        if how.is_none() && name.is_some() {
            problems.add(Field::Name, Fault::Missing);
        }
        how.map(|how| Contact { how, name })
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

    /// The fields of the first page that everybody fills in, without the key, by their names.
    pub fn told(&self) -> [(&'static str, &str); 9] {
        [
            ("category", &self.category),
            ("danger", &self.danger),
            ("position", &self.position),
            ("accuracy", &self.accuracy),
            ("address", &self.address),
            ("unknown", &self.unknown),
            ("people", &self.people),
            ("what", &self.what),
            ("contact", &self.contact),
        ]
    }

    /// Those that an organisation fills in besides.
    pub fn told_of_site(&self) -> [(&'static str, &str); 5] {
        [
            ("name", &self.name),
            ("site", &self.site),
            ("hazard", &self.hazard),
            ("substance", &self.substance),
            ("places", &self.places),
        ]
    }

    /// Whoever keeps a receipt computes this again from what was sent: its order never changes.
    fn hash(&self) -> Hash {
        let site = self.told_of_site();
        let shape = if site.iter().all(|(_, value)| value.is_empty()) { "report/1" } else { "report/2" };
        let more = site.iter().filter(|_| shape == "report/2");
        let fields = self.told();
        let canonical =
            fields.iter().chain(more).fold(Canonical::new(shape), |canonical, (_, value)| canonical.text(value));
        let answered = self.answers.map().iter().fold(canonical, |canonical, (code, values)| {
            let canonical = canonical.text(code).text(&values.len().to_string());
            values.iter().fold(canonical, |canonical, value| canonical.text(value))
        });
        answered.hash()
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
