//! What a report is a duplicate of, and its own duplicates, for the desk.

use model::id::Key;
use model::status::Status;

use crate::{Hub, HubError, Staff};

/// The most duplicates that are named: beyond this many, an incident is the better way.
const MOST: u32 = 20;

/// Another report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Related {
    pub key: Key,
    /// Whether it is theirs to open.
    pub opens: bool,
}

impl Hub {
    /// The report that this one is closed as a duplicate of, and those that are closed as duplicates of this one.
    pub(crate) async fn related(
        &self,
        staff: &Staff,
        report: Key,
        status: Status,
    ) -> Result<(Option<Related>, Vec<Related>), HubError> {
        let original = if status == Status::Duplicate { self.0.store.duplicate_of(report).await? } else { None };
        let original = match original {
            Some(original) => Some(self.as_related(staff, original).await?),
            None => None,
        };
        let mut duplicates = Vec::new();
        for duplicate in self.0.store.duplicates(report, MOST).await? {
            duplicates.push(self.as_related(staff, duplicate).await?);
        }
        Ok((original, duplicates))
    }

    async fn as_related(&self, staff: &Staff, key: Key) -> Result<Related, HubError> {
        let handling = self.0.store.handling(key).await?;
        Ok(Related { key, opens: handling.is_some_and(|handling| staff.sees(&handling)) })
    }
}
