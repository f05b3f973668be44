//! Notes that people add to their reports.

use std::collections::HashSet;

use model::canonical::Hash;
use model::id::Key;
use model::note::NoteText;
use model::sealed::Sealed;
use sqlx::{AnyConnection, Row};

use crate::intake::{Taken, compare};
use crate::keep::key_from;
use crate::log::{NewEvent, kind};
use crate::rows::Insert;
use crate::{Result, Store};

/// A note, sealed under the key of its report's subject.
#[derive(Clone, Debug)]
pub struct NewNote {
    pub key: Key,
    pub report: Key,
    pub hash: Hash,
    /// UTC milliseconds.
    pub at: i64,
    pub text: Sealed<NoteText>,
}

/// A note as it is stored.
#[derive(Clone, Debug)]
pub struct NoteRow {
    pub at: i64,
    pub text: Sealed<NoteText>,
}

const NOTES: Insert<'static> = Insert {
    head: "INSERT INTO note (id, report, hash, at, told) VALUES",
    width: 5,
    tail: "ON CONFLICT (id) DO NOTHING RETURNING id",
};

impl Store {
    /// Stores a note with its event. The report must be there: see [`Store::report`].
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was acknowledged, and sending again is safe.
    pub async fn take_note(&self, note: NewNote) -> Result<Taken> {
        self.writer.note(note).await
    }
}

pub(crate) async fn take(
    connection: &mut AnyConnection,
    notes: &[NewNote],
    events: &mut Vec<NewEvent>,
) -> sqlx::Result<Vec<Taken>> {
    let inserted = NOTES
        .run(connection, notes, |query, note| {
            query
                .bind(note.key.bytes().to_vec())
                .bind(note.report.bytes().to_vec())
                .bind(note.hash.to_vec())
                .bind(note.at)
                .bind(note.text.bytes().to_vec())
        })
        .await?;
    let mut inserted =
        inserted.iter().map(|row| key_from(row.try_get::<&[u8], _>(0)?)).collect::<sqlx::Result<HashSet<Key>>>()?;
    let mut taken = Vec::with_capacity(notes.len());
    for note in notes {
        if inserted.remove(&note.key) {
            taken.push(Taken::New);
            events.push(event(note));
        } else {
            // The key of a note to another report is somebody else's: as good as other text.
            let stored = sqlx::query("SELECT hash FROM note WHERE id = $1 AND report = $2")
                .bind(note.key.bytes().to_vec())
                .bind(note.report.bytes().to_vec());
            taken.push(compare(connection, stored, &note.hash).await?);
        }
    }
    Ok(taken)
}

fn event(note: &NewNote) -> NewEvent {
    let body = serde_json::json!({ "report": note.report });
    NewEvent { id: note.key, kind: kind::NOTE_ADDED, cell: None, at: note.at, body: body.to_string() }
}
