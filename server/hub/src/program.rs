//! Programs of other systems that send reports for many people, and follow what becomes of them.

use model::canonical::Canonical;
use model::id::Key;
use model::note::{Noted, RawNote, Saying};
use model::status::{LegalGround, Status};
use store::{MovedRow, Program};

use crate::keys::{Keys, authenticate};
use crate::{Hub, HubError, PublicId};

/// Marks programs by their keys.
pub(crate) struct Programs([u8; 32]);

impl Programs {
    pub fn new(keys: &Keys) -> Self {
        Self(keys.derive("program/1"))
    }

    fn mark(&self, key: &str) -> Program {
        let [a, b, c, d, e, f, g, h, ..] = authenticate(&self.0, &[key.as_bytes()]);
        Program([a, b, c, d, e, f, g, h])
    }
}

/// A report has come to another state, as far as that is public: no words of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUpdate {
    pub id: PublicId,
    pub report: PublicId,
    /// UTC milliseconds.
    pub at: i64,
    pub status: Status,
    /// Of a refusal.
    pub ground: Option<LegalGround>,
}

impl PublicUpdate {
    /// The state in the word of mySociety's `servicerequestupdates`.
    pub fn extended(&self) -> &'static str {
        self.ground.map_or_else(|| self.status.extended(), LegalGround::extended)
    }
}

/// The legal ground of a refusal; other steps have details of their own.
fn ground(row: &MovedRow) -> Option<LegalGround> {
    row.detail.as_deref().filter(|_| row.status == Status::Refused).and_then(LegalGround::parse)
}

/// What a program says of a report that it sent.
#[derive(Clone, Debug)]
pub struct ProgramNote {
    pub report: PublicId,
    /// The program's own name for it: the same name again is the same note.
    pub update: String,
    pub text: String,
}

impl Hub {
    /// The program that has a key.
    pub fn program(&self, key: &str) -> Program {
        self.0.programs.mark(key)
    }

    /// Adds a note to a report that this program sent, once.
    ///
    /// # Errors
    /// As for [`Hub::say`]; `NoSuchLink` when the report is not one of the program's.
    pub async fn note_by(&self, program: Program, note: &ProgramNote) -> Result<Key, HubError> {
        let report = self.0.public_ids.key(note.report).ok_or(HubError::NoSuchLink)?;
        if self.0.store.program_of(report).await? != Some(program) {
            return Err(HubError::NoSuchLink);
        }
        let row = self.0.store.report(report).await?.ok_or(HubError::NoSuchLink)?;
        let key = named(program, report, &note.update);
        let raw = RawNote { key: key.to_string(), note: note.text.clone(), ..RawNote::default() };
        let parsed = raw.parse().map_err(HubError::Invalid)?;
        let Saying::More(text) = parsed.saying else { return Err(HubError::Conflict) };
        self.add(row, parsed.key, parsed.hash, &Noted::Words(text)).await?;
        Ok(key)
    }

    /// How reports moved between two times (UTC milliseconds, both included), the oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn updates(
        &self,
        since: i64,
        until: i64,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<PublicUpdate>, HubError> {
        let moved = self.0.store.moved(since, until, limit, offset).await?;
        Ok(moved.iter().map(|row| self.update(row)).collect())
    }

    /// How one report moved, the oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn updates_of(&self, report: PublicId) -> Result<Vec<PublicUpdate>, HubError> {
        let Some(key) = self.0.public_ids.key(report) else { return Ok(Vec::new()) };
        Ok(self.0.store.moves_of(key).await?.iter().map(|row| self.update(row)).collect())
    }

    fn update(&self, row: &MovedRow) -> PublicUpdate {
        let (id, report) = (self.0.public_ids.of(row.key), self.0.public_ids.of(row.report));
        PublicUpdate { id, report, at: row.at, status: row.status, ground: ground(row) }
    }
}

/// The key of a note that a program has a name of its own for.
fn named(program: Program, report: Key, update: &str) -> Key {
    let [a, b, c, d, e, f, g, h, i, j, ..] = Canonical::new("program-note/1").bytes(&program.0).text(update).hash();
    report.derived(Key::from_parts(0, &[a, b, c, d, e, f, g, h, i, j]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_tells_programs_apart_and_nothing_of_their_keys() {
        let programs = Programs::new(&Keys::from_bytes([1; 32]));
        assert_eq!(programs.mark("one"), programs.mark("one"));
        assert_ne!(programs.mark("one"), programs.mark("other"));
        assert_ne!(programs.mark("one"), Programs::new(&Keys::from_bytes([2; 32])).mark("one"), "another installation");
    }

    #[test]
    fn the_same_name_is_the_same_note_of_one_program_and_one_report() {
        let note = |program, millis, update| named(program, Key::from_parts(millis, &[1; 10]), update);
        let one = Program([1; 8]);
        assert_eq!(note(one, 1, "7"), note(one, 1, "7"));
        for other in [note(one, 1, "8"), note(one, 2, "7"), note(Program([2; 8]), 1, "7")] {
            assert_ne!(other, note(one, 1, "7"));
        }
    }

    #[test]
    fn only_a_refusal_has_a_ground() {
        let key = Key::from_parts(1, &[1; 10]);
        let of = |status, detail: &str| {
            ground(&MovedRow { key, report: key, at: 1, status, detail: Some(detail.to_owned()) })
        };
        assert_eq!(of(Status::Refused, "no-power").map(LegalGround::extended), Some("NOT_COUNCILS_RESPONSIBILITY"));
        assert_eq!(of(Status::Done, "no-power"), None);
        assert_eq!(of(Status::Refused, "nonsense"), None);
    }
}
