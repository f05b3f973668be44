//! A note that the person who reported adds later.

use serde::{Deserialize, Serialize};

use crate::canonical::{Canonical, Hash};
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;

/// The form as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawNote {
    pub key: String,
    pub note: String,
}

/// What a note says, open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteText(pub String);

/// A note that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub key: Key,
    pub text: NoteText,
    pub hash: Hash,
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
        if text.is_none() {
            problems.add(Field::Note, Fault::Missing);
        }
        let hash = Canonical::new("note/1").text(&self.note).hash();
        problems.or(key.zip(text).map(|(key, text)| Note { key, text, hash }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_note_is_no_note() {
        let raw = RawNote { key: "01936b7e-5c00-7abc-8def-0123456789ab".into(), note: " ".into() };
        assert_eq!(raw.parse(), Err(vec![Problem { field: Field::Note, fault: Fault::Missing }]));
        assert!(RawNote { note: "They are out".into(), ..raw }.parse().is_ok());
    }
}
