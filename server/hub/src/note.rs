//! Adding a note to a report.

use model::note::RawNote;
use store::{NewNote, Taken};

use crate::vault::Part;
use crate::{Hub, HubError};

/// A note that is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Whether it was stored by this very call.
    pub new: bool,
}

impl Hub {
    /// Adds a note for the person who holds the link.
    ///
    /// # Errors
    /// As for [`Hub::submit`], and when the link leads nowhere.
    pub async fn add_note(&self, link: &str, raw: &RawNote) -> Result<Noted, HubError> {
        let row = self.followed(link).await?;
        let note = raw.parse().map_err(HubError::Invalid)?;
        let wrapped = row.wrapped.as_deref().ok_or(HubError::NotGranted)?;
        let text = self.0.vault.subject(row.key, wrapped)?.seal(Part::Note, &note.text)?;
        let new = NewNote { key: note.key, report: row.key, hash: note.hash, at: self.now(), text };
        match self.0.store.take_note(new).await? {
            Taken::Conflict => Err(HubError::Conflict),
            taken => {
                self.0.committed.notify_one();
                Ok(Noted { new: taken == Taken::New })
            }
        }
    }
}
