//! Following a report by its secret link.

use model::basis::Purpose;
use model::id::{Key, Reference};
use model::report::Told;
use model::status::Status;
use store::ReportRow;

use crate::vault::Part;
use crate::{Hub, HubError};

/// What the person who reported sees.
#[derive(Clone, Debug)]
pub struct Tracked {
    pub reference: Reference,
    pub status: Status,
    pub category: String,
    pub danger: bool,
    pub people: Option<i64>,
    pub told: Told,
    pub contact: Option<String>,
    /// Oldest first.
    pub history: Vec<Entry>,
}

/// One thing that happened, at a time in UTC milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Received(i64),
    Note(i64, String),
}

impl Hub {
    /// What is behind a link, opened for the person who holds it.
    ///
    /// # Errors
    /// When the link leads nowhere, or the store is unavailable.
    pub async fn track(&self, link: &str) -> Result<Tracked, HubError> {
        let row = self.followed(link).await?;
        let grant = self.grant(&row, Purpose::OwnAccess).await?;
        let wrapped = row.wrapped.as_deref().ok_or(HubError::NotGranted)?;
        let subject = self.0.vault.subject(row.key, wrapped)?;
        let told = subject.open(&grant, Part::Told, &row.told)?;
        let contact = row.contact.as_ref().map(|contact| subject.open(&grant, Part::Contact, contact)).transpose()?;
        let mut history = vec![Entry::Received(row.received_at)];
        for note in &row.notes {
            history.push(Entry::Note(note.at, subject.open(&grant, Part::Note, &note.text)?.0));
        }
        Ok(Tracked {
            reference: row.key.reference(),
            status: row.status,
            danger: row.danger,
            people: row.people,
            told,
            contact: contact.map(|contact| contact.0),
            history,
            category: row.category,
        })
    }

    /// The key behind a link.
    pub(crate) fn key_of(&self, link: &str) -> Result<Key, HubError> {
        self.0.links.follow(link).ok_or(HubError::NoSuchLink)
    }

    pub(crate) async fn followed(&self, link: &str) -> Result<ReportRow, HubError> {
        let key = self.key_of(link)?;
        self.0.store.report(key).await?.ok_or(HubError::NoSuchLink)
    }
}
