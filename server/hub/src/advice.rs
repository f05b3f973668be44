//! That whoever reported something was shown whom to call.

use std::time::Duration;

use model::id::Key;
use store::StoreError;

use crate::Hub;

/// How long a page waits for the record of what it says: it is the page with the numbers to call.
const PATIENCE: Duration = Duration::from_millis(500);

impl Hub {
    /// Records that the page behind a link said "call now"; only the first time counts. It never fails: what cannot be
    /// recorded is logged, and keeps the page from nobody.
    pub async fn advised(&self, link: &str) {
        if let Ok(key) = self.key_of(link) {
            self.record_advice(&[key]).await;
        }
    }

    pub(crate) async fn record_advice(&self, reports: &[Key]) {
        let recording = async {
            let mut new = false;
            for report in reports {
                new |= self.0.store.advise(*report, self.now()).await?;
            }
            Ok::<bool, StoreError>(new)
        };
        match tokio::time::timeout(PATIENCE, recording).await {
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
