//! What has happened to a report.

use model::consent::Consent;
use model::note::Noted;
use model::question::{self, Answers};
use model::status::Status;
use model::step::{Act, Actor, Words};
use store::{ReportRow, StepRow};

use crate::consent::withdrawn;
use crate::more::without_words;
use crate::redact::{Hidden, instead};
use crate::vault::{Part, SubjectKey};
use crate::{Grant, HubError};

/// One thing that happened, at a time in UTC milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Received(i64),
    Note(i64, String),
    /// Answers to the extra questions, after it was sent.
    More(i64, Answers),
    /// They were shown whom to call.
    Advised(i64),
    /// The person took back what they had agreed to.
    Withdrawn(i64, Consent),
    Step(Box<Past>),
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub at: i64,
    pub act: Act,
    pub actor: Actor,
    pub department: Option<String>,
    /// Who of the staff: the desk alone learns that.
    pub staff: Option<String>,
    pub status: Option<Status>,
    pub detail: Option<String>,
    pub told: Option<Words>,
    pub inner: Option<Words>,
}

impl Entry {
    pub fn at(&self) -> i64 {
        match self {
            Self::Received(at) | Self::Advised(at) | Self::Note(at, _) | Self::More(at, _) | Self::Withdrawn(at, _) => {
                *at
            }
            Self::Step(past) => past.at,
        }
    }
}

/// Who reads it.
pub(crate) enum Reader<'a> {
    Citizen,
    /// With the names of the staff, without what is hidden: whoever wrote it goes on reading it.
    Desk {
        name: &'a dyn Fn(model::id::Key) -> Option<String>,
        hidden: &'a [Hidden],
    },
}

/// Everything that happened, oldest first, as far as the reader may know it.
pub(crate) fn history(
    row: &ReportRow,
    steps: Vec<StepRow>,
    subject: &SubjectKey,
    grant: &Grant,
    reader: &Reader<'_>,
) -> Result<Vec<Entry>, HubError> {
    let mut entries = vec![Entry::Received(row.received_at)];
    entries.extend(row.advised_at.map(Entry::Advised));
    entries.extend(withdrawn(row).map(|(at, consent)| Entry::Withdrawn(at, consent)));
    for note in &row.notes {
        let instead = match reader {
            Reader::Citizen => None,
            Reader::Desk { hidden, .. } => instead(hidden, model::redaction::Part::Note(note.key)),
        };
        match (subject.open(grant, Part::Note, &note.text)?, instead) {
            (Noted::Words(words), None) => entries.push(Entry::Note(note.at, words.0)),
            (Noted::Words(_), Some(text)) => entries.push(Entry::Note(note.at, text)),
            (Noted::Answers(answers), None) => entries.push(Entry::More(note.at, answers)),
            (Noted::Answers(answers), Some(text)) => {
                entries.push(Entry::More(note.at, without_words(&answers, question::for_category(&row.category))));
                entries.push(Entry::Note(note.at, text));
            }
        }
    }
    for step in steps {
        if matches!(reader, Reader::Desk { .. }) || step.act.is_shown(step.status.is_some()) {
            entries.push(Entry::Step(Box::new(past(step, subject, grant, reader)?)));
        }
    }
    // Stable: what happened in the same millisecond stays in its order.
    entries.sort_by_key(Entry::at);
    Ok(entries)
}

fn past(step: StepRow, subject: &SubjectKey, grant: &Grant, reader: &Reader<'_>) -> Result<Past, HubError> {
    let instead = match reader {
        Reader::Citizen => None,
        Reader::Desk { hidden, .. } => instead(hidden, model::redaction::Part::Said(step.key)),
    };
    let told = match instead {
        Some(text) => Some(Words { text: Some(text), ..Words::default() }),
        None => step.told.as_ref().map(|words| subject.open(grant, Part::Answered, words)).transpose()?,
    };
    let (staff, inner) = match reader {
        Reader::Citizen => (None, None),
        Reader::Desk { name, .. } => {
            let inner = step.inner.as_ref().map(|words| subject.open(grant, Part::Inner, words)).transpose()?;
            (step.staff.and_then(name), inner)
        }
    };
    let StepRow { at, act, actor, department, status, detail, .. } = step;
    Ok(Past { at, act, actor, department, staff, status, detail, told, inner })
}
