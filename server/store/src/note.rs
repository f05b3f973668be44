//! Notes that people add to their reports.

use std::collections::HashSet;

use model::canonical::Hash;
use model::id::Key;
use model::note::Noted;
use model::sealed::Sealed;
use sqlx::{AnyConnection, Row};

use crate::intake::{Taken, Taking, compare};
use crate::keep::key_from;
use crate::log::{NewEvent, kind, message_id};
use crate::rows::Insert;
use crate::transaction::Transaction;
use crate::{Result, Store};

/// A note, words or answers, sealed under the key of its report's subject.
#[derive(Clone, Debug)]
pub struct NewNote {
    pub key: Key,
    pub report: Key,
    pub hash: Hash,
    /// UTC milliseconds.
    pub at: i64,
    pub text: Sealed<Noted>,
}

/// A note as it is stored.
#[derive(Clone, Debug)]
pub struct NoteRow {
    pub key: Key,
    pub at: i64,
    pub text: Sealed<Noted>,
}

const NOTES: Insert<'static> =
    Insert::new("INSERT INTO note (id, report, hash, at, told) VALUES", 5, "ON CONFLICT (id) DO NOTHING RETURNING id");

/// What somebody adds must be looked at again. It is another version, so that no step of somebody who has not read it sets that back.
const UNSEEN: &str = "UPDATE handling SET seen = 0, version = version + 1 WHERE report = $1";

impl Store {
    /// Stores a note with its event. The report must be there: see [`Store::report`].
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was acknowledged, and sending again is safe.
    pub async fn take_note(&self, note: NewNote) -> Result<Taken> {
        self.writer.note(note).await
    }
}

pub(crate) async fn take<'a>(transaction: &mut Transaction, notes: &'a [NewNote]) -> sqlx::Result<Taking<'a>> {
    let rows = NOTES.rows(notes.iter().collect(), |query, note| {
        query
            .bind(note.key.bytes().to_vec())
            .bind(note.report.bytes().to_vec())
            .bind(note.hash.to_vec())
            .bind(note.at)
            .bind(note.text.bytes().to_vec())
    });
    let inserted = transaction.send(&rows).await?;
    let mut inserted =
        inserted.iter().map(|row| key_from(row.try_get::<&[u8], _>(0)?)).collect::<sqlx::Result<HashSet<Key>>>()?;
    let (mut taken, mut events) = (Vec::with_capacity(notes.len()), Vec::new());
    for note in notes {
        if inserted.remove(&note.key) {
            taken.push(Taken::New);
            unseen(transaction.alone().await?, note.report).await?;
            events.push(event(note));
        } else {
            // The key of a note to another report is somebody else's: as good as other text.
            let stored = sqlx::query("SELECT hash FROM note WHERE id = $1 AND report = $2")
                .bind(note.key.bytes().to_vec())
                .bind(note.report.bytes().to_vec());
            taken.push(compare(transaction.alone().await?, stored, &note.hash).await?);
        }
    }
    Ok(Taking { taken, rest: Vec::new(), events })
}

/// Puts a report among those that its department has not seen.
pub(crate) async fn unseen(connection: &mut AnyConnection, report: Key) -> sqlx::Result<()> {
    sqlx::query(UNSEEN).bind(report.bytes().to_vec()).execute(connection).await.map(|_| ())
}

fn event(note: &NewNote) -> NewEvent {
    let body = serde_json::json!({ "report": note.report });
    NewEvent {
        id: message_id(kind::NOTE_ADDED, note.key),
        kind: kind::NOTE_ADDED,
        cell: None,
        at: note.at,
        body: body.to_string(),
    }
}
