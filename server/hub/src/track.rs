//! Following a report by its secret link.

use model::basis::Purpose;
use model::id::{Key, Reference};
use model::report::Told;
use model::status::Status;
use model::step::{Act, Words};
use store::ReportRow;

use crate::follow::WAIT;
use crate::history::{Entry, Past, Reader, history};
use crate::more::may_tell_more;
use crate::promises::Clocks;
use crate::vault::Part;
use crate::{Hub, HubError, Notified, Photo};

/// What the person who reported sees, and what they may do.
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
    /// Oldest first, its author's and those of what was done.
    pub photos: Vec<Photo>,
    /// The department that has it; `None` before the router has placed it.
    pub owner: Option<String>,
    pub clocks: Option<Clocks>,
    /// The departments that opened it, with the hour since the epoch, the latest first.
    pub opened: Vec<(String, i64)>,
    /// What the desk asks, and until when it waits for the answer, in UTC milliseconds.
    pub question: Option<(Words, i64)>,
    /// Whether "it is not solved" can be said.
    pub may_contest: bool,
    /// Whether there are extra questions that nobody answered yet.
    pub may_tell_more: bool,
    /// Whether nobody has said yet how it went.
    pub may_rate: bool,
    /// What they were told of it by mail or short message, or could not be.
    pub notified: Vec<Notified>,
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
        let handling = row.handling.as_ref();
        // As long as nobody has touched it, there is nothing to ask for.
        let touched = handling.is_some_and(|handling| handling.version > 1);
        let (steps, opened) = if touched {
            (self.0.store.steps(row.key).await?, self.0.store.staff_openings(row.key).await?)
        } else {
            (Vec::new(), Vec::new())
        };
        let history = history(&row, steps, &subject, &grant, &Reader::Citizen)?;
        let photos = self.photos_of(&row, &subject, &grant, &[]).await?;
        let closed = row.status.is_closed();
        let told_of = row.bases.iter().any(|basis| basis.purpose == Purpose::Tell);
        let notified = if told_of { self.notified(row.key).await? } else { Vec::new() };
        Ok(Tracked {
            reference: row.key.reference(),
            status: row.status,
            danger: row.danger,
            people: row.people,
            contact: contact.map(|contact| contact.line()),
            owner: handling.map(|handling| handling.handling.owner.clone()),
            clocks: handling.and_then(|handling| self.clocks(&row.category, row.danger, &handling.handling)),
            opened,
            question: (row.status == Status::Waiting).then(|| question(&history)).flatten(),
            may_contest: closed && handling.is_some_and(|handling| handling.handling.contested_at.is_none()),
            may_tell_more: may_tell_more(&row, &told.answers, &history),
            may_rate: closed && !steps_of(&history).any(|past| past.act == Act::Rating),
            told,
            history,
            photos,
            notified,
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

fn steps_of(history: &[Entry]) -> impl DoubleEndedIterator<Item = &Past> {
    history.iter().filter_map(|entry| match entry {
        Entry::Step(past) => Some(&**past),
        Entry::Received(_) | Entry::Advised(_) | Entry::Note(..) | Entry::More(..) | Entry::Withdrawn(..) => None,
    })
}

/// The last question that was asked.
fn question(history: &[Entry]) -> Option<(Words, i64)> {
    let asked = steps_of(history).rev().find(|past| past.act == Act::Question)?;
    Some((asked.told.clone()?, asked.at + WAIT))
}
