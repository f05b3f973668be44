//! What anybody may know of reports.

use model::cell::Cell;
use model::id::Key;
use model::status::Status;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::keep::{cell_from, decode, key_from};
use crate::{NEVER, Origin, Result, Store, StoreError};

/// A report as far as it is public: nothing that is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    pub report: Key,
    pub category: String,
    pub status: Status,
    /// The department that has it; nobody before the router has placed it.
    pub owner: Option<String>,
    pub cell: Option<Cell>,
    /// UTC milliseconds.
    pub received_at: i64,
    pub changed_at: i64,
    /// The next promised time that is open, or [`crate::NEVER`].
    pub due: i64,
}

/// Which reports, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Received from `since` on and up to `until`, in UTC milliseconds.
    pub since: i64,
    pub until: i64,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
    /// Only of these categories, at most 40 of them.
    pub categories: Option<Vec<&'static str>>,
    pub limit: u32,
    pub offset: u32,
}

impl Store {
    /// The reports that are handled here, as far as they are public.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn published(&self, wanted: &Wanted) -> Result<Vec<PublishedRow>> {
        let doing = "read what is public";
        // 1: open, 0: closed, 2: either. The categories stand in one text between commas.
        let sql = "SELECT h.report, h.category, r.status, h.owner, h.cell, h.received_at, h.changed_at, h.due FROM handling h \
                   JOIN report r ON r.id = h.report WHERE h.received_at >= $1 AND h.received_at <= $2 \
                   AND ($3 = 2 OR ($3 = 1 AND h.closed_at IS NULL) OR ($3 = 0 AND h.closed_at IS NOT NULL)) \
                   AND ($4 = '' OR $5 LIKE '%,' || h.category || ',%') \
                   ORDER BY h.received_at DESC, h.report LIMIT $6 OFFSET $7";
        let open = wanted.open.map_or(2_i64, i64::from);
        let categories = wanted.categories.as_ref().map(|codes| format!(",{},", codes.join(","))).unwrap_or_default();
        let rows = self.rows(doing, sql, |question| {
            let question = question.bind(wanted.since).bind(wanted.until).bind(open).bind(categories.clone());
            question.bind(categories.clone()).bind(i64::from(wanted.limit)).bind(i64::from(wanted.offset))
        });
        rows.await?.iter().map(row).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }

    /// One of them, also before the router has placed it; `None` for what is handled elsewhere.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn published_one(&self, report: Key) -> Result<Option<PublishedRow>> {
        let doing = "read what is public";
        let sql = "SELECT r.id, r.category, r.status, h.owner, r.cell, r.received_at, h.changed_at, h.due FROM report r \
                   LEFT JOIN handling h ON h.report = r.id WHERE r.id = $1 AND r.origin <> $2";
        let import = Origin::Import.name();
        let rows = self.rows(doing, sql, |question| question.bind(report.bytes().to_vec()).bind(import)).await?;
        rows.first().map(row).transpose().map_err(StoreError::while_it_should(doing))
    }
}

fn row(row: &AnyRow) -> sqlx::Result<PublishedRow> {
    let received_at = row.try_get(5)?;
    Ok(PublishedRow {
        report: key_from(row.try_get::<&[u8], _>(0)?)?,
        category: row.try_get(1)?,
        status: Status::parse(row.try_get(2)?).ok_or_else(|| decode("an unknown status"))?,
        owner: row.try_get(3)?,
        cell: cell_from(row.try_get(4)?)?,
        received_at,
        changed_at: row.try_get::<Option<i64>, _>(6)?.unwrap_or(received_at),
        due: row.try_get::<Option<i64>, _>(7)?.unwrap_or(NEVER),
    })
}
