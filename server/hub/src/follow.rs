//! What the person who reported does later, with the secret link as the leave to do so.

use model::note::{Note, Noted, RawNote, Saying};
use model::status::{Actor as Mover, Status, step};
use model::step::{Act, Actor, Words};
use store::{Handling, NewNote, ReportRow, Taken};

use crate::moves::Taking;
use crate::vault::Part;
use crate::{Hub, HubError};

/// How long a question waits for its answer, in milliseconds: five days.
pub(crate) const WAIT: i64 = 5 * 86_400_000;

impl Hub {
    /// Takes what the person says, once.
    ///
    /// # Errors
    /// As for [`Hub::submit`]; `Step` when it has been closed, opened or contested meanwhile; and when the link leads nowhere.
    pub async fn say(&self, link: &str, raw: &RawNote) -> Result<(), HubError> {
        let row = self.followed(link).await?;
        let note = raw.parse().map_err(HubError::Invalid)?;
        match note.saying {
            Saying::More(text) => self.add(row, note.key, note.hash, &Noted::Words(text)).await,
            Saying::Answer(_) | Saying::Contest(_) | Saying::Rate(..) => self.answer(row, note).await,
        }
    }

    pub(crate) async fn add(
        &self,
        row: ReportRow,
        key: model::id::Key,
        hash: model::canonical::Hash,
        noted: &Noted,
    ) -> Result<(), HubError> {
        let wrapped = row.wrapped.as_deref().ok_or(HubError::NotGranted)?;
        let text = self.0.vault.subject(row.key, wrapped)?.seal(Part::Note, noted)?;
        let new = NewNote { key, report: row.key, hash, at: self.now(), text };
        match self.0.store.take_note(new).await? {
            Taken::Conflict => Err(HubError::Conflict),
            Taken::New | Taken::Again => {
                self.0.committed.notify_one();
                Ok(())
            }
        }
    }

    /// A step of the person's.
    async fn answer(&self, row: ReportRow, note: Note) -> Result<(), HubError> {
        if let Some(known) = self.0.store.step_hash(note.key, row.key).await? {
            return if known == note.hash { Ok(()) } else { Err(HubError::Conflict) };
        }
        self.take_on_top(row.key, |row, handling| self.said(row, handling, note.clone())).await
    }

    fn said(&self, row: &ReportRow, handling: Handling, note: Note) -> Result<Taking, HubError> {
        let (act, status, detail, text) = match note.saying {
            Saying::More(text) => (Act::Remark, None, None, Some(text)),
            Saying::Answer(text) => {
                step(row.status, Status::InProgress, Mover::System)
                    .ok()
                    .filter(|_| row.status == Status::Waiting)
                    .ok_or(HubError::Step(model::status::Refused::NoWay))?;
                (Act::Answer, Some(Status::InProgress), None, Some(text))
            }
            Saying::Contest(text) => {
                let contested = handling.contested_at.is_some();
                step(row.status, Status::Reopened, Mover::Citizen { contested }).map_err(HubError::Step)?;
                (Act::Contest, Some(Status::Reopened), None, Some(text))
            }
            Saying::Rate(rating, text) => {
                if !row.status.is_closed() {
                    return Err(HubError::Step(model::status::Refused::NoWay));
                }
                (Act::Rating, None, Some(rating.name().to_owned()), text)
            }
        };
        let handling = match status {
            Some(to) => self.moved(row, handling, to),
            None => handling,
        };
        let contested_at = if act == Act::Contest { Some(self.now()) } else { handling.contested_at };
        // What the person says must be looked at again.
        let handling = Handling { contested_at, seen: false, ..handling };
        let told = text.map(|text| Words { text: Some(text.0), ..Words::default() });
        Ok(Taking { status, detail, told, ..Taking::new(note.key, note.hash, act, Actor::Citizen, handling) })
    }
}
