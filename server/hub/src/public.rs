//! What anybody may know of reports: for other cities' programs, for maps and for tables.

use std::collections::HashSet;

use model::category::Category;
use model::cell::Cell;
use model::status::Status;
use store::{NEVER, PublishedRow};

use crate::overview::Period;
use crate::{Hub, HubError, PublicId};

/// A report as far as it is public: neither words nor people nor an exact place.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicReport {
    pub id: PublicId,
    pub category: String,
    pub status: Status,
    /// The department that has it, once it was placed.
    pub owner: Option<String>,
    /// UTC milliseconds.
    pub received_at: i64,
    pub changed_at: i64,
    /// The next promised time that is open.
    pub expected_at: Option<i64>,
    /// The middle of its area, latitude and longitude in degrees, where the area has reports enough to hide one; not before the hour is
    /// over, or the list would tell what the counts do not.
    pub area: Option<(f64, f64)>,
}

/// Which reports, the newest first.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Only of these.
    pub categories: Option<Vec<&'static Category>>,
    /// Received from `since` on and up to `until`, in UTC milliseconds.
    pub since: i64,
    pub until: i64,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
    pub limit: u32,
    pub offset: u32,
}

impl Hub {
    /// The reports that are handled here.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn published(&self, wanted: &Wanted) -> Result<Vec<PublicReport>, HubError> {
        let categories = wanted.categories.as_ref();
        let wanted = store::Wanted {
            since: wanted.since,
            until: wanted.until,
            open: wanted.open,
            categories: categories.map(|list| list.iter().map(|category| category.code).collect()),
            limit: wanted.limit,
            offset: wanted.offset,
        };
        let rows = self.0.store.published(&wanted).await?;
        self.public(rows).await
    }

    /// Those of these names that are handled here, or will be: also before the router has placed them.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn public_reports(&self, ids: &[PublicId]) -> Result<Vec<PublicReport>, HubError> {
        let mut rows = Vec::new();
        for key in ids.iter().filter_map(|id| self.0.public_ids.key(*id)) {
            rows.extend(self.0.store.published_one(key).await?);
        }
        self.public(rows).await
    }

    async fn public(&self, rows: Vec<PublishedRow>) -> Result<Vec<PublicReport>, HubError> {
        let overview = self.overview(Period::All).await?;
        let shown: HashSet<Cell> = overview.by_cell.iter().map(|(cell, _)| *cell).collect();
        let public = |row: PublishedRow| PublicReport {
            id: self.0.public_ids.of(row.report),
            status: row.status,
            owner: row.owner,
            received_at: row.received_at,
            changed_at: row.changed_at,
            expected_at: (row.due != NEVER).then_some(row.due),
            area: row
                .cell
                .filter(|_| row.received_at < overview.cells_until)
                .map(Cell::shown)
                .filter(|area| shown.contains(area))
                .map(Cell::centre),
            category: row.category,
        };
        Ok(rows.into_iter().map(public).collect())
    }
}
