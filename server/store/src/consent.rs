//! What a person agreed to, and what is left when they take it back.

use model::basis::Purpose;
use model::id::Key;

use crate::log::{self, NewEvent, kind, message_id};
use crate::{Result, Store};

/// Why data of a subject may be opened, or might be. Times are UTC milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    pub purpose: Purpose,
    pub since: i64,
    pub ended: Option<i64>,
}

/// Whose mark stands nowhere: no address has it.
const NOBODY: [u8; 16] = [0; 16];

impl Store {
    /// Ends the bases of a report for `purposes`, and removes what is of no use without them: where the person is written to and what waits
    /// to be told, and with the purpose of calling back the contact itself and its marks. Gives back whether any stood; the event says which.
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was done, and asking again is safe.
    pub async fn withdraw(&self, report: Key, purposes: &'static [Purpose], at: i64) -> Result<bool> {
        self.writer
            .work("withdraw consent", move |transaction| {
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    let mut ended = Vec::new();
                    for purpose in purposes {
                        let query = sqlx::query(
                            "UPDATE basis SET ended = $3 WHERE subject = $1 AND purpose = $2 AND ended IS NULL \
                             AND ground = 'consent'",
                        );
                        let query = query.bind(report.bytes().to_vec()).bind(purpose.name()).bind(at);
                        if query.execute(&mut *connection).await?.rows_affected() > 0 {
                            ended.push(*purpose);
                        }
                    }
                    let mut statements = Vec::new();
                    if ended.contains(&Purpose::Tell) {
                        statements.push("DELETE FROM reach WHERE report = $1");
                        statements.push("DELETE FROM notice WHERE report = $1 AND state <> 'sent'");
                    }
                    if ended.contains(&Purpose::CallBack) {
                        statements.push("UPDATE report SET contact = NULL WHERE id = $1");
                    }
                    for statement in statements {
                        sqlx::query(statement).bind(report.bytes().to_vec()).execute(&mut *connection).await?;
                    }
                    if ended.contains(&Purpose::CallBack) {
                        let query = sqlx::query("UPDATE notice SET mark = $2 WHERE report = $1");
                        query.bind(report.bytes().to_vec()).bind(NOBODY.to_vec()).execute(&mut *connection).await?;
                    }
                    if !ended.is_empty() {
                        transaction.send(&log::append(vec![event(report, &ended, at)])).await?;
                    }
                    Ok(!ended.is_empty())
                })
            })
            .await
    }
}

/// A consent ends once, so the report and the purposes that end name the event.
fn event(report: Key, ended: &[Purpose], at: i64) -> NewEvent {
    let purposes: Vec<&str> = ended.iter().map(|purpose| purpose.name()).collect();
    let id = message_id(&format!("{}/{}", kind::CONSENT_WITHDRAWN, purposes.join("+")), report);
    let body = serde_json::json!({ "report": report, "purposes": purposes }).to_string();
    NewEvent { id, kind: kind::CONSENT_WITHDRAWN, cell: None, at, body }
}
