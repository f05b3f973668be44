//! That whoever reported something was shown whom to call.

use model::id::Key;

use crate::log::{self, NewEvent, kind, message_id};
use crate::{Result, Store};

const ADVISED: &str =
    "INSERT INTO advice (report, at) SELECT id, $2 FROM report WHERE id = $1 ON CONFLICT (report) DO NOTHING";

impl Store {
    /// Records that the advice to call was shown with a report, and appends the event. Gives back whether it was the first time: nothing is
    /// recorded of any later one.
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was done, and asking again is safe.
    pub async fn advise(&self, report: Key, at: i64) -> Result<bool> {
        self.writer
            .work("record the advice to call", move |transaction| {
                Box::pin(async move {
                    let query = sqlx::query(ADVISED).bind(report.bytes().to_vec()).bind(at);
                    let first = query.execute(transaction.alone().await?).await?.rows_affected() > 0;
                    if first {
                        transaction.send(&log::append(vec![event(report, at)])).await?;
                    }
                    Ok(first)
                })
            })
            .await
    }
}

fn event(report: Key, at: i64) -> NewEvent {
    let id = message_id(kind::REPORT_ADVISED, report);
    let body = serde_json::json!({ "report": report }).to_string();
    NewEvent { id, kind: kind::REPORT_ADVISED, cell: None, at, body }
}
