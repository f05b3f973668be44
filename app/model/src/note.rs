//! What the person who reported says later: more about it, the answer to a question, that it is not solved, how it went.

use serde::{Deserialize, Serialize};

use crate::canonical::{Canonical, Hash};
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;
use crate::question::Answers;

/// The form as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawNote {
    pub key: String,
    /// Which of the page's forms: nothing adds a note.
    pub act: String,
    pub rating: String,
    pub note: String,
}

/// The words of a note, open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteText(pub String);

/// What a note holds, open: words, or answers to the extra questions. Words are text in JSON, answers an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Noted {
    Words(NoteText),
    Answers(Answers),
}

/// How it went, in the words of whoever reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rating {
    Solved,
    Partly,
    NotSolved,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saying {
    More(NoteText),
    /// To the question of the desk.
    Answer(NoteText),
    /// It was closed, and is not solved.
    Contest(NoteText),
    Rate(Rating, Option<NoteText>),
}

/// A note that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub key: Key,
    pub saying: Saying,
    pub hash: Hash,
}

impl Rating {
    pub const ALL: [Self; 3] = [Self::Solved, Self::Partly, Self::NotSolved];

    /// The name in columns, forms and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Partly => "partly",
            Self::NotSolved => "not-solved",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rating| rating.name() == name)
    }
}

impl RawNote {
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(&self) -> Result<Note, Vec<Problem>> {
        let mut problems = Problems::default();
        let key = Key::parse(&self.key);
        if key.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        let text = problems.text(Field::Note, &self.note).map(NoteText);
        if text.is_none() && self.act != "rate" {
            problems.add(Field::Note, Fault::Missing);
        }
        let saying = match self.act.as_str() {
            "" => text.map(Saying::More),
            "answer" => text.map(Saying::Answer),
            "contest" => text.map(Saying::Contest),
            "rate" => self.rating(&mut problems).map(|rating| Saying::Rate(rating, text)),
            _ => {
                problems.add(Field::Key, Fault::Unknown);
                None
            }
        };
        let hash = self.hash();
        problems.or(key.zip(saying).map(|(key, saying)| Note { key, saying, hash }))
    }

    fn rating(&self, problems: &mut Problems) -> Option<Rating> {
        let rating = Rating::parse(&self.rating);
        if rating.is_none() {
            problems.add(Field::Rating, if self.rating.is_empty() { Fault::Missing } else { Fault::Unknown });
        }
        rating
    }

    fn hash(&self) -> Hash {
        let fields = [&self.act, &self.rating, &self.note];
        fields.into_iter().fold(Canonical::new("note/2"), |canonical, field| canonical.text(field)).hash()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(act: &str, note: &str) -> RawNote {
        let key = "01936b7e-5c00-7abc-8def-0123456789ab".into();
        RawNote { key, act: act.into(), note: note.into(), ..RawNote::default() }
    }

    #[test]
    fn whoever_says_something_says_something() {
        let nothing = vec![Problem { field: Field::Note, fault: Fault::Missing }];
        for act in ["", "answer", "contest"] {
            assert_eq!(raw(act, " ").parse(), Err(nothing.clone()), "{act}");
            assert!(raw(act, "They are out").parse().is_ok(), "{act}");
        }
    }

    #[test]
    fn words_and_answers_are_told_apart_in_what_is_sealed() {
        let words = Noted::Words(NoteText("{\"burning\":[\"home\"]}".into()));
        let answers = Noted::Answers(Answers::from_pairs([("burning", "home")]));
        for noted in [words, answers] {
            let sealed = serde_json::to_string(&noted).unwrap();
            assert_eq!(serde_json::from_str::<Noted>(&sealed).unwrap(), noted, "{sealed}");
        }
    }

    #[test]
    fn how_it_went_needs_no_words() {
        let rated = RawNote { rating: "partly".into(), ..raw("rate", "") }.parse().unwrap();
        assert_eq!(rated.saying, Saying::Rate(Rating::Partly, None));
        let missing = vec![Problem { field: Field::Rating, fault: Fault::Missing }];
        assert_eq!(raw("rate", "Well").parse(), Err(missing));
    }

    #[test]
    fn the_same_words_to_another_end_are_something_else() {
        let hash = |act: &str| raw(act, "It still smells of gas").parse().unwrap().hash;
        assert_ne!(hash("answer"), hash("contest"));
        assert!(raw("dance", "x").parse().is_err());
    }
}
