//! What a person agreed to, and what is left when they take it back.

use model::basis::Purpose;
use model::id::Key;

use crate::keep::decode;
use crate::log::{self, NewEvent, kind, message_id};
use crate::{Result, Store};

/// Why data of a subject may be opened, or might be. Times are UTC milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    pub purpose: Purpose,
    pub since: i64,
    pub ended: Option<i64>,
}

/// The bases of a report as one value, as [`Basis::read`] takes it, where the report is called `r`. Rows of their own would repeat all that
/// stands beside them.
macro_rules! bases {
    () => {
        "(SELECT string_agg(b.purpose || ' ' || CAST(b.since AS TEXT) || ' ' || COALESCE(CAST(b.ended AS TEXT), ''), ',') \
         FROM basis b WHERE b.subject = r.id)"
    };
}

pub(crate) use bases;

impl Basis {
    /// What [`bases`] found. A purpose that we do not know allows nothing.
    pub(crate) fn read(found: Option<&str>) -> sqlx::Result<Vec<Self>> {
        let mut bases = Vec::new();
        for one in found.into_iter().flat_map(|found| found.split(',')) {
            let mut parts = one.split(' ');
            let (Some(purpose), Some(since), Some(ended)) = (parts.next(), parts.next(), parts.next()) else {
                return Err(decode("an unreadable basis"));
            };
            let Some(purpose) = Purpose::parse(purpose) else { continue };
            let ended = (!ended.is_empty()).then(|| ended.parse().map_err(decode)).transpose()?;
            bases.push(Self { purpose, since: since.parse().map_err(decode)?, ended });
        }
        // The engines put them together in any order.
        bases.sort_unstable_by_key(|basis| basis.purpose.name());
        Ok(bases)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_come_apart_again_whatever_their_order() {
        let basis = |purpose, since, ended| Basis { purpose, since, ended };
        let found = Basis::read(Some("respond 7 ,call-back 7 9,of-tomorrow 7 ")).unwrap();
        assert_eq!(found, [basis(Purpose::CallBack, 7, Some(9)), basis(Purpose::Respond, 7, None)]);
        assert_eq!(Basis::read(None).unwrap(), []);
        for damaged in ["respond", "respond 7", "respond x ", "respond 7 x"] {
            assert!(Basis::read(Some(damaged)).is_err(), "{damaged:?} opened something");
        }
    }
}
