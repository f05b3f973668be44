//! Grants: the only way to sealed data.

use std::collections::HashSet;
use std::sync::Mutex;

use model::basis::Purpose;
use model::id::Key;
use model::tally::hour_of;
use store::ReportRow;

use crate::{Hub, HubError, Staff};

/// Leave to open one subject's data for one purpose. Made only where a basis stands, and journalled before it is handed out.
#[derive(Debug)]
pub struct Grant {
    subject: Key,
    purpose: Purpose,
}

impl Grant {
    pub fn subject(&self) -> Key {
        self.subject
    }

    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// For tests of the vault.
    #[cfg(test)]
    pub(crate) fn unchecked(subject: Key, purpose: Purpose) -> Self {
        Self { subject, purpose }
    }
}

/// What this process has journalled in the current hour: an opening of the same kind then shares the row that is there.
#[derive(Default)]
pub(crate) struct Journalled(Mutex<(i64, HashSet<(Key, Purpose)>)>);

impl Journalled {
    /// Beyond this many, memory is worth more than a saved write.
    const MOST: usize = 100_000;

    fn knows(&self, hour: i64, entry: (Key, Purpose)) -> bool {
        self.0.lock().is_ok_and(|journalled| journalled.0 == hour && journalled.1.contains(&entry))
    }

    fn note(&self, hour: i64, entry: (Key, Purpose)) {
        if let Ok(mut journalled) = self.0.lock() {
            if journalled.0 != hour || journalled.1.len() >= Self::MOST {
                *journalled = (hour, HashSet::new());
            }
            journalled.1.insert(entry);
        }
    }
}

impl Hub {
    /// A grant to open what a report says.
    ///
    /// # Errors
    /// `NotGranted` when no basis covers the purpose; when the opening cannot be journalled there is no grant either.
    pub(crate) async fn grant(&self, row: &ReportRow, purpose: Purpose) -> Result<Grant, HubError> {
        if !row.purposes.contains(&purpose) {
            return Err(HubError::NotGranted);
        }
        let (hour, entry) = (hour_of(self.now()), (row.key, purpose));
        if !self.0.journalled.knows(hour, entry) {
            self.0.store.journal(row.key, purpose, hour).await?;
            self.0.journalled.note(hour, entry);
        }
        Ok(Grant { subject: row.key, purpose })
    }

    /// A grant for somebody of the staff: it is journalled by department, for the subject to read.
    ///
    /// # Errors
    /// As for [`Hub::grant`].
    pub(crate) async fn grant_staff(
        &self,
        row: &ReportRow,
        purpose: Purpose,
        staff: &Staff,
    ) -> Result<Grant, HubError> {
        if !row.purposes.contains(&purpose.covered_by()) {
            return Err(HubError::NotGranted);
        }
        let department = staff.department.code.to_owned();
        self.0.store.journal_staff(row.key, staff.id, department, purpose, self.now()).await?;
        Ok(Grant { subject: row.key, purpose })
    }
}
