//! That whoever reported something was shown whom to call.

use crate::Hub;

impl Hub {
    /// Records that the page behind a link said "call now"; only the first time counts. It never fails: what cannot be
    /// recorded is logged, and keeps the page from nobody.
    pub async fn advised(&self, link: &str) {
        let Ok(key) = self.key_of(link) else { return };
        match self.0.store.advise(key, self.now()).await {
            Ok(true) => self.0.committed.notify_one(),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the advice to call could not be recorded");
            }
        }
    }
}
