//! Where people can be written to, by marks of their addresses.

use model::contact::Channel;
use model::id::Key;
use model::status::Status;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::intake::NewReport;
use crate::keep::{decode, key_from};
use crate::rows::Insert;
use crate::transaction::Statements;
use crate::{Result, Store, StoreError};

/// A keyed mark of an address: the same for the same address, and telling nothing of it.
pub type Mark = [u8; 16];

/// Where the person of a report can be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    pub channel: Channel,
    pub mark: Mark,
    /// The language to write in (BCP 47).
    pub language: String,
}

/// A report in somebody's own list: nothing that is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRow {
    pub key: Key,
    pub category: String,
    pub status: Status,
    /// UTC milliseconds.
    pub received_at: i64,
}

const REACHES: Insert<'static> =
    Insert::new("INSERT INTO reach (report, channel, mark, language, since) VALUES", 5, "");

/// The statements that note where the people of new reports can be written to.
pub(crate) fn noting<'a>(new: &[&'a NewReport]) -> Statements<'a> {
    let reaches = new.iter().flat_map(|report| report.reaches.iter().map(|reach| (*report, reach))).collect();
    REACHES.rows(reaches, |query, (report, reach): &(&NewReport, &Reach)| {
        query
            .bind(report.key.bytes().to_vec())
            .bind(reach.channel.name())
            .bind(reach.mark.to_vec())
            .bind(reach.language.clone())
            .bind(report.received_at)
    })
}

impl Store {
    /// The reports with a contact that were received since a time, the newest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn reports_of(&self, mark: Mark, since: i64, limit: u32) -> Result<Vec<OwnRow>> {
        let doing = "read somebody's reports";
        let sql = "SELECT r.id, r.category, r.status, r.received_at FROM reach c JOIN report r ON r.id = c.report \
                   WHERE c.mark = $1 AND c.since >= $2 ORDER BY c.since DESC, r.id LIMIT $3";
        let rows =
            self.rows(doing, sql, |question| question.bind(mark.to_vec()).bind(since).bind(i64::from(limit))).await?;
        rows.iter().map(own).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }
}

fn own(row: &AnyRow) -> sqlx::Result<OwnRow> {
    Ok(OwnRow {
        key: key_from(row.try_get::<&[u8], _>(0)?)?,
        category: row.try_get(1)?,
        status: Status::parse(row.try_get(2)?).ok_or_else(|| decode("an unknown status"))?,
        received_at: row.try_get(3)?,
    })
}
