//! Taking words out of sight: which, why, and what is read instead. The original stays where it is, sealed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::canonical::{Canonical, Hash};
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;
use crate::question::{self, Kind};

/// Which words of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    What,
    Address,
    /// What stood in the field for coordinates: people paste anything there. The position that was read from it stays.
    Position,
    /// What an organisation says of itself, of the substance, and of other places.
    Site,
    Substance,
    Places,
    /// The answer to an extra question in free text, by its code.
    Answer(&'static str),
    /// A note that was added later.
    Note(Key),
    /// What the person said with a step of theirs: an answer to the desk, why a report is not solved, how it went.
    Said(Key),
    /// A photo.
    Photo(Key),
}

/// Why words are not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Telephone numbers, identity cards, health of somebody else.
    Private,
    /// Somebody is named as guilty.
    Accusation,
    Insult,
    Advertising,
    Other,
}

/// What is read instead, and why, open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub text: String,
    pub why: String,
}

/// The form as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawRedaction {
    pub key: String,
    /// The version of the report that the page showed.
    pub seen: String,
    pub part: String,
    /// `hide`, or `show` for the original again.
    pub act: String,
    pub instead: String,
    pub reason: String,
    pub told: String,
}

/// A redaction that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redaction {
    pub key: Key,
    pub seen: i64,
    pub part: Part,
    /// Nothing shows the original again.
    pub shown: Option<(Reason, String)>,
    /// Why, as the person who reported reads it.
    pub why: String,
    pub hash: Hash,
}

/// What stands before the code of a question in the name of an answer.
const ANSWER: &str = "answer.";

impl Part {
    /// The name in columns; the key of an item stands beside it.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::What => "what",
            Self::Address => "address",
            Self::Position => "position",
            Self::Site => "site",
            Self::Substance => "substance",
            Self::Places => "places",
            Self::Answer(code) => return Cow::Owned([ANSWER, code].concat()),
            Self::Note(_) => "note",
            Self::Said(_) => "said",
            Self::Photo(_) => "photo",
        })
    }

    /// The name in forms and addresses: as in columns, with a dot and its key for an item.
    pub fn full_name(self) -> String {
        let name = self.name();
        self.key().map_or_else(|| name.clone().into_owned(), |key| format!("{name}.{key}"))
    }

    pub fn parse(name: &str) -> Option<Self> {
        if let Some(part) = Self::of_report(name) {
            return Some(part);
        }
        let (name, key) = name.split_once('.')?;
        Self::of_item(name, Key::parse(key)?)
    }

    /// The part that stands in columns as a name and an item.
    pub fn of(name: &str, item: Key) -> Option<Self> {
        Self::of_report(name).or_else(|| Self::of_item(name, item))
    }

    /// Whether it is the name of an answer to a question that is asked no more: nothing of it is shown, hidden or not.
    pub fn is_asked_no_more(name: &str) -> bool {
        name.strip_prefix(ANSWER).is_some_and(|code| free_text(code).is_none())
    }

    /// What tells it from others of its name: the note, the step or the photo, or the report.
    pub fn item(self, report: Key) -> Key {
        self.key().unwrap_or(report)
    }

    fn key(self) -> Option<Key> {
        match self {
            Self::Note(key) | Self::Said(key) | Self::Photo(key) => Some(key),
            Self::What
            | Self::Address
            | Self::Position
            | Self::Site
            | Self::Substance
            | Self::Places
            | Self::Answer(_) => None,
        }
    }

    fn of_report(name: &str) -> Option<Self> {
        match name {
            "what" => Some(Self::What),
            "address" => Some(Self::Address),
            "position" => Some(Self::Position),
            "site" => Some(Self::Site),
            "substance" => Some(Self::Substance),
            "places" => Some(Self::Places),
            answer => free_text(answer.strip_prefix(ANSWER)?).map(Self::Answer),
        }
    }

    fn of_item(name: &str, item: Key) -> Option<Self> {
        match name {
            "note" => Some(Self::Note(item)),
            "said" => Some(Self::Said(item)),
            "photo" => Some(Self::Photo(item)),
            _ => None,
        }
    }
}

/// The code of a question that is answered in free text. Whatever else is answered is one of our own words, or a number.
fn free_text(code: &str) -> Option<&'static str> {
    question::every()
        .find(|question| question.kind == Kind::Text && question.code == code)
        .map(|question| question.code)
}

impl Reason {
    pub const ALL: [Self; 5] = [Self::Private, Self::Accusation, Self::Insult, Self::Advertising, Self::Other];

    /// The name in columns, forms and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Accusation => "accusation",
            Self::Insult => "insult",
            Self::Advertising => "advertising",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

impl RawRedaction {
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(&self) -> Result<Redaction, Vec<Problem>> {
        let mut problems = Problems::default();
        let (key, seen, part) = (Key::parse(&self.key), self.seen.parse().ok(), Part::parse(&self.part));
        let hides = self.act == "hide";
        if key.is_none() || seen.is_none() || part.is_none() || !(hides || self.act == "show") {
            problems.add(Field::Key, Fault::Unknown);
        }
        let instead = problems.text(Field::Instead, &self.instead);
        let reason = Reason::parse(&self.reason);
        if hides && instead.is_none() {
            problems.add(Field::Instead, Fault::Missing);
        }
        if hides && reason.is_none() {
            problems.add(Field::Reason, Fault::Missing);
        }
        let why = problems.text(Field::Told, &self.told);
        if why.is_none() {
            problems.add(Field::Told, Fault::Missing);
        }
        let shown = reason.zip(instead).filter(|_| hides);
        let made = key.zip(seen).zip(part).zip(why);
        let hash = self.hash();
        problems.or(made.map(|(((key, seen), part), why)| Redaction { key, seen, part, shown, why, hash }))
    }

    fn hash(&self) -> Hash {
        let fields = [&self.part, &self.act, &self.instead, &self.reason, &self.told];
        fields.into_iter().fold(Canonical::new("redaction/1"), |canonical, field| canonical.text(field)).hash()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "01936b7e-5c00-7abc-8def-0123456789ab";

    fn hide() -> RawRedaction {
        RawRedaction {
            key: KEY.into(),
            seen: "1".into(),
            part: "what".into(),
            act: "hide".into(),
            instead: "Call ███".into(),
            reason: "private".into(),
            told: "It was a neighbour's number".into(),
        }
    }

    #[test]
    fn a_part_survives_the_way_through_columns_and_addresses() {
        let note = Key::parse(KEY).unwrap();
        let report = Key::from_parts(1, &[1; 10]);
        let told = [Part::What, Part::Address, Part::Position, Part::Site, Part::Substance, Part::Places];
        let of_report = told.into_iter().chain([Part::Answer("label")]);
        for part in of_report.chain([Part::Note(note), Part::Said(note), Part::Photo(note)]) {
            assert_eq!(Part::parse(&part.full_name()), Some(part));
            assert_eq!(Part::of(&part.name(), part.item(report)), Some(part));
        }
        for none in ["contact", "note", "note.x", &format!("what.{KEY}"), "answer", "answer.", ""] {
            assert_eq!(Part::parse(none), None, "{none}");
        }
    }

    #[test]
    fn only_answers_in_free_text_can_be_hidden() {
        assert_eq!(Part::parse("answer.burning"), None, "one of our own words");
        assert_eq!(Part::parse("answer.floor"), None, "a number");
        assert!(Part::is_asked_no_more("answer.once-asked"));
        assert!(!Part::is_asked_no_more("answer.label") && !Part::is_asked_no_more("rubbish"));
    }

    #[test]
    fn whoever_hides_words_says_why_and_what_is_read_instead() {
        let redaction = hide().parse().unwrap();
        assert_eq!(redaction.shown, Some((Reason::Private, "Call ███".to_owned())));
        let nothing = RawRedaction { instead: " ".into(), reason: String::new(), told: String::new(), ..hide() };
        let faults: Vec<Field> = nothing.parse().unwrap_err().iter().map(|problem| problem.field).collect();
        assert_eq!(faults, [Field::Instead, Field::Reason, Field::Told]);
    }

    #[test]
    fn the_original_comes_back_with_a_word_of_why_alone() {
        let show = RawRedaction { act: "show".into(), instead: String::new(), reason: String::new(), ..hide() };
        assert_eq!(show.parse().unwrap().shown, None);
        assert!(RawRedaction { act: "burn".into(), ..hide() }.parse().is_err());
    }
}
