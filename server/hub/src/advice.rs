//! That whoever reported something was shown whom to call.

use std::time::Duration;

use crate::Hub;

/// How long a page waits for the record of what it says: it is the page with the numbers to call.
const PATIENCE: Duration = Duration::from_millis(500);

impl Hub {
    /// Records that the page behind a link said "call now"; only the first time counts. It never fails: what cannot be
    /// recorded is logged, and keeps the page from nobody.
    pub async fn advised(&self, link: &str) {
        let Ok(key) = self.key_of(link) else { return };
        match tokio::time::timeout(PATIENCE, self.0.store.advise(key, self.now())).await {
            Ok(Ok(true)) => self.0.committed.notify_one(),
            Ok(Ok(false)) => {}
            Ok(Err(error)) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the advice to call could not be recorded");
            }
            // It may be recorded yet; the next page tries again.
            Err(_) => tracing::warn!("the advice to call was not recorded in time"),
        }
    }
}
