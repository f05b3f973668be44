//! Programs of other systems that send reports for many people, and follow what becomes of them.

use model::canonical::Canonical;
use model::id::Key;
use model::note::{Noted, RawNote, Saying};
use model::status::{LegalGround, Status};
use store::{MovedRow, Program};

use crate::keys::{Keys, authenticate};
use crate::{Hub, HubError};

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
    pub key: Key,
    pub report: Key,
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

impl From<MovedRow> for PublicUpdate {
    fn from(row: MovedRow) -> Self {
        let ground = row.detail.as_deref().filter(|_| row.status == Status::Refused).and_then(LegalGround::parse);
        Self { key: row.key, report: row.report, at: row.at, status: row.status, ground }
    }
}

/// What a program says of a report that it sent.
#[derive(Clone, Debug)]
pub struct ProgramNote {
    pub report: Key,
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
        if self.0.store.program_of(note.report).await? != Some(program) {
            return Err(HubError::NoSuchLink);
        }
        let row = self.0.store.report(note.report).await?.ok_or(HubError::NoSuchLink)?;
        let key = named(program, note);
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
        Ok(self.0.store.moved(since, until, limit, offset).await?.into_iter().map(Into::into).collect())
    }

    /// How one report moved, the oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn updates_of(&self, report: Key) -> Result<Vec<PublicUpdate>, HubError> {
        Ok(self.0.store.moves_of(report).await?.into_iter().map(Into::into).collect())
    }
}

/// The key of a note that a program has a name of its own for.
fn named(program: Program, note: &ProgramNote) -> Key {
    let [a, b, c, d, e, f, g, h, i, j, ..] =
        Canonical::new("program-note/1").bytes(&program.0).text(&note.update).hash();
    note.report.derived(Key::from_parts(0, &[a, b, c, d, e, f, g, h, i, j]))
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
        let note = |report: u64, update: &str| ProgramNote {
            report: Key::from_parts(report, &[1; 10]),
            update: update.to_owned(),
            text: String::new(),
        };
        let one = Program([1; 8]);
        assert_eq!(named(one, &note(1, "7")), named(one, &note(1, "7")));
        for other in [named(one, &note(1, "8")), named(one, &note(2, "7")), named(Program([2; 8]), &note(1, "7"))] {
            assert_ne!(other, named(one, &note(1, "7")));
        }
    }

    #[test]
    fn only_a_refusal_has_a_ground() {
        let key = Key::from_parts(1, &[1; 10]);
        let row = |status, detail: &str| MovedRow { key, report: key, at: 1, status, detail: Some(detail.to_owned()) };
        let update = |status, detail| PublicUpdate::from(row(status, detail));
        assert_eq!(update(Status::Refused, "no-power").extended(), "NOT_COUNCILS_RESPONSIBILITY");
        assert_eq!(update(Status::Done, "no-power").ground, None);
        assert_eq!(update(Status::Refused, "nonsense").extended(), "NO_FURTHER_ACTION");
    }
}
