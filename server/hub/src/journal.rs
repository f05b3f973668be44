//! What the staff did, for those who watch over it.

use model::id::Reference;
use model::journal::Deed;
use model::staff::Right;
use model::status::Status;
use uuid::Uuid;

use crate::{Hub, HubError, Staff};

/// The most lines that a page of the journal shows.
const MOST: u32 = 50;

/// A page of the journal, the newest first.
#[derive(Clone, Debug)]
pub struct JournalPage {
    pub lines: Vec<JournalLine>,
    /// What the page of older lines is asked for by, if there are any.
    pub older: Option<String>,
}

/// One thing that was done, at a time in UTC milliseconds.
#[derive(Clone, Debug)]
pub struct JournalLine {
    pub at: i64,
    /// By name; `None` for whoever runs the portal.
    pub who: Option<String>,
    pub deed: Deed,
    pub status: Option<Status>,
    pub report: Option<Reference>,
    /// Whom of the staff it is about.
    pub whom: Option<String>,
}

impl Hub {
    /// A page of the journal: the newest lines, or those before what [`JournalPage::older`] named.
    ///
    /// # Errors
    /// `NotYours` for whoever does not watch over the staff; or when the store is unavailable.
    pub async fn journal(&self, staff: &Staff, before: Option<&str>) -> Result<JournalPage, HubError> {
        if !staff.role.may(Right::ReadJournal) {
            return Err(HubError::NotYours);
        }
        let mut rows = self.0.store.deeds(before.and_then(read), MOST + 1).await?;
        let more = rows.len() > MOST as usize;
        rows.truncate(MOST as usize);
        let older = rows.last().filter(|_| more).map(|last| format!("{}-{}", last.at, last.id.simple()));
        let names = self.names().await?;
        let name = |key| names.get(&key).cloned();
        let lines = rows.into_iter().map(|row| JournalLine {
            at: row.at,
            who: row.staff.and_then(name),
            deed: row.deed,
            status: row.status,
            report: row.report.map(model::id::Key::reference),
            whom: row.whom.and_then(name),
        });
        Ok(JournalPage { lines: lines.collect(), older })
    }
}

/// The place in the journal that an address names.
fn read(before: &str) -> Option<(i64, Uuid)> {
    let (at, id) = before.split_once('-')?;
    Some((at.parse().ok()?, Uuid::try_parse(id).ok()?))
}
