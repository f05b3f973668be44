//! Words that are not shown as they were written.

use model::id::Key;
use model::redaction::{Part, Reason, Shown};
use model::sealed::Sealed;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::keep::{decode, key_from};
use crate::step::{self, Change, NewStep, Stepped};
use crate::{Result, Store, StoreError};

/// A redaction as it is stored; what is read instead is sealed under the key of the report's subject.
#[derive(Clone, Debug)]
pub struct RedactionRow {
    pub part: Part,
    pub reason: Reason,
    pub shown: Sealed<Shown>,
}

impl Store {
    /// Takes words out of sight, or shows them again where there is nothing to be read instead, with the step that says so.
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was done, and sending again is safe.
    pub async fn redact(
        &self,
        step: NewStep,
        change: Change,
        part: Part,
        shown: Option<(Reason, Sealed<Shown>)>,
    ) -> Result<Stepped> {
        self.writer
            .work("take words out of sight", move |transaction| {
                let (step, change, shown) = (step.clone(), change.clone(), shown.clone());
                Box::pin(async move {
                    let stepped = step::take(transaction, &step, &change).await?;
                    if stepped == Stepped::New {
                        let query = match shown {
                            Some((reason, shown)) => sqlx::query(
                                "INSERT INTO redaction (report, part, item, at, reason, told) VALUES ($1, $2, $3, $4, $5, $6) \
                                 ON CONFLICT (report, part, item) \
                                 DO UPDATE SET at = excluded.at, reason = excluded.reason, told = excluded.told",
                            )
                            .bind(step.report.bytes().to_vec())
                            .bind(part.name().into_owned())
                            .bind(part.item(step.report).bytes().to_vec())
                            .bind(step.at)
                            .bind(reason.name())
                            .bind(shown.into_bytes()),
                            None => sqlx::query("DELETE FROM redaction WHERE report = $1 AND part = $2 AND item = $3")
                                .bind(step.report.bytes().to_vec())
                                .bind(part.name().into_owned())
                                .bind(part.item(step.report).bytes().to_vec()),
                        };
                        query.execute(transaction.alone().await?).await?;
                    }
                    Ok(stepped)
                })
            })
            .await
    }

    /// What of a report is not shown as it was written.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn redactions(&self, report: Key) -> Result<Vec<RedactionRow>> {
        let doing = "read redactions";
        let sql = "SELECT part, item, reason, told FROM redaction WHERE report = $1 ORDER BY at";
        let rows = self.rows(doing, sql, |question| question.bind(report.bytes().to_vec())).await?;
        rows.iter()
            .filter_map(|found| row(found).transpose())
            .collect::<sqlx::Result<_>>()
            .map_err(StoreError::while_it_should(doing))
    }
}

/// A redaction; nothing for an answer to a question that is asked no more.
fn row(row: &AnyRow) -> sqlx::Result<Option<RedactionRow>> {
    let (name, item) = (row.try_get::<&str, _>(0)?, key_from(row.try_get::<&[u8], _>(1)?)?);
    let part = match Part::of(name, item) {
        None if Part::is_asked_no_more(name) => return Ok(None),
        part => part.ok_or_else(|| decode("an unknown part"))?,
    };
    let reason = Reason::parse(row.try_get(2)?).ok_or_else(|| decode("an unknown reason"))?;
    Ok(Some(RedactionRow { part, reason, shown: Sealed::from_bytes(row.try_get(3)?) }))
}
