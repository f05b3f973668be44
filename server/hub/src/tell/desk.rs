//! What people could not be told, for those who keep watch.

use model::id::{Key, Reference};
use model::staff::Right;
use uuid::Uuid;

use super::Notified;
use super::sender::notified;
use crate::{Hub, HubError, Staff};

/// The most that is shown.
const MOST: u32 = 100;

/// A notice that was not delivered, or not yet.
pub struct Undelivered {
    pub id: Uuid,
    pub report: Key,
    pub reference: Reference,
    pub notified: Notified,
    pub tries: i64,
    /// When it is tried again, in UTC milliseconds; `None`: not by itself.
    pub next_at: Option<i64>,
}

impl Hub {
    /// What could not be delivered, the latest first.
    ///
    /// # Errors
    /// `NotYours`, or when the store is unavailable.
    pub async fn undelivered(&self, staff: &Staff) -> Result<Vec<Undelivered>, HubError> {
        if !staff.role.may(Right::SeeNotices) {
            return Err(HubError::NotYours);
        }
        let rows = self.0.store.undelivered_notices(MOST).await?;
        let shown = rows.into_iter().map(|row| Undelivered {
            id: row.id,
            report: row.report,
            reference: row.report.reference(),
            notified: notified(&row),
            tries: row.tries,
            next_at: row.next_at,
        });
        Ok(shown.collect())
    }

    /// Has a notice tried again, from the beginning.
    ///
    /// # Errors
    /// `NotYours`; `NoSuchLink` when there is none that was not delivered; or when the store is unavailable.
    pub async fn tell_again(&self, staff: &Staff, notice: &str) -> Result<(), HubError> {
        if !staff.role.may(Right::SeeNotices) {
            return Err(HubError::NotYours);
        }
        let id = Uuid::try_parse(notice).map_err(|_| HubError::NoSuchLink)?;
        if !self.0.store.requeue_notice(id, self.now()).await? {
            return Err(HubError::NoSuchLink);
        }
        self.0.queued.notify_one();
        Ok(())
    }
}
