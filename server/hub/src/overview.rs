//! The hub's own view: reports by kind, area and hour, from the counter's projection alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use model::anonymity;
use model::category::{CATALOGUE, Category};
use model::cell::Cell;
use model::tally::{hour_of, start_of};
use store::Count;
use tokio::sync::Mutex;

use crate::counter::COUNTER;
use crate::{Hub, HubError};

/// How long a view may be shown before it is made anew, in milliseconds.
const FRESH: i64 = 2_000;

/// How far back a view looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    Day,
    Month,
    All,
}

impl Period {
    pub const ALL: [Self; 3] = [Self::All, Self::Month, Self::Day];

    /// The name in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::All => "all",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }

    /// The first hour of the period that ends now.
    fn since(self, now: i64) -> i64 {
        match self {
            Self::Day => hour_of(now) - 23,
            Self::Month => hour_of(now) - (30 * 24 - 1),
            Self::All => i64::MIN,
        }
    }
}

/// Counts that may be shown to anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    pub period: Period,
    /// When this was counted, in UTC milliseconds.
    pub at: i64,
    /// Events that are in the log and not yet counted.
    pub behind: i64,
    pub total: i64,
    /// Categories that have reports, most first.
    pub by_category: Vec<(&'static Category, i64)>,
    /// For each hour of the day of the portal's calendar, the counts of `by_category` in the same order.
    pub by_hour: Vec<Vec<i64>>,
    /// The first and the last hour that has reports, as the starts of these hours in UTC milliseconds.
    pub span: Option<(i64, i64)>,
    /// Areas with enough reports, most first.
    pub by_cell: Vec<(Cell, i64)>,
    /// Areas that have too few to be shown.
    pub cells_left_out: usize,
}

/// Views that are still fresh. One view is made at a time: a crowd that comes at once waits for one reading.
#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<Period, Arc<Overview>>>);

impl Hub {
    /// The view of a period, at most [`FRESH`] old.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn overview(&self, period: Period) -> Result<Arc<Overview>, HubError> {
        let now = self.now();
        let mut cache = self.0.overviews.0.lock().await;
        if let Some(overview) = cache.get(&period)
            && (0..FRESH).contains(&(now - overview.at))
        {
            return Ok(overview.clone());
        }
        let overview = Arc::new(self.count(period, now).await?);
        cache.insert(period, overview.clone());
        Ok(overview)
    }

    /// All counts by category and hour, oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn counts(&self) -> Result<Vec<Count>, HubError> {
        Ok(self.0.store.counts_by_hour(i64::MIN).await?)
    }

    async fn count(&self, period: Period, now: i64) -> Result<Overview, HubError> {
        let since = period.since(now);
        let behind = self.0.store.head().await? - self.0.store.cursor(COUNTER).await?;
        let counts = self.0.store.counts_by_hour(since).await?;
        let cells = self.0.store.counts_by_cell(since).await?;
        let (by_cell, cells_left_out) = anonymity::shown(cells);
        let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
        for count in &counts {
            *totals.entry(&count.slot.category).or_default() += count.reports;
        }
        let mut by_category: Vec<(&'static Category, i64)> = CATALOGUE
            .iter()
            .filter_map(|category| totals.get(category.code).map(|reports| (category, *reports)))
            .collect();
        by_category.sort_by_key(|(_, reports)| std::cmp::Reverse(*reports));
        Ok(Overview {
            period,
            at: now,
            behind: behind.max(0),
            total: by_category.iter().map(|(_, reports)| reports).sum(),
            by_hour: self.by_hour(&by_category, &counts),
            span: counts
                .first()
                .zip(counts.last())
                .map(|(first, last)| (start_of(first.slot.hour), start_of(last.slot.hour))),
            by_category,
            by_cell,
            cells_left_out,
        })
    }

    fn by_hour(&self, categories: &[(&Category, i64)], counts: &[Count]) -> Vec<Vec<i64>> {
        let column: HashMap<&str, usize> =
            categories.iter().enumerate().map(|(column, (category, _))| (category.code, column)).collect();
        let mut table = vec![vec![0; categories.len()]; 24];
        for count in counts {
            let hour = self.hour_of_day(start_of(count.slot.hour));
            if let Some(place) =
                column.get(count.slot.category.as_str()).and_then(|column| table.get_mut(hour)?.get_mut(*column))
            {
                *place += count.reports;
            }
        }
        table
    }

    fn hour_of_day(&self, millis: i64) -> usize {
        let hour = Timestamp::from_millisecond(millis).map(|time| time.to_zoned(self.0.home.zone.clone()).hour());
        hour.ok().and_then(|hour| usize::try_from(hour).ok()).unwrap_or_default()
    }
}
