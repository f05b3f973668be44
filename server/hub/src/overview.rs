//! The hub's own view: reports by kind, area and hour, and what was solved, from the counter's projections alone.
//!
//! Every view, and every table of them, comes from one reading of the store, which is kept for a moment: [`crate::fresh`].

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use model::anonymity;
use model::category::{CATALOGUE, Category, Class};
use model::cell::Cell;
use model::tally::{hour_of, start_of};
use store::{Count, SolvedRow};

use crate::counter::COUNTER;
use crate::export::table_of;
use crate::{Hub, HubError};

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
    /// Up to when areas are counted, in UTC milliseconds: the last full hour, so that nobody sees one report come in.
    pub cells_until: i64,
    /// Areas with enough reports, most first.
    pub by_cell: Vec<(Cell, i64)>,
    /// Areas that have too few to be shown.
    pub cells_left_out: usize,
    /// Of all time, whatever the period: there is nothing to subtract from.
    pub solved: Arc<[Solved]>,
}

/// Reports of a class that were closed as solved the first time they were closed: enough to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Solved {
    pub class: Class,
    pub reports: i64,
    /// How many people said that they are not, as far as that may be shown.
    pub contested: Option<i64>,
}

/// One reading of the store, and what is shown of it.
pub(crate) struct Reading {
    /// Of the periods in the order of [`Period::ALL`].
    overviews: [Arc<Overview>; 3],
    counts: Vec<Count>,
    /// The counts as CSV, once somebody has asked for that.
    table: OnceLock<Arc<[u8]>>,
}

impl Hub {
    /// The view of a period, a few seconds old at most while others ask for it too.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn overview(&self, period: Period) -> Result<Arc<Overview>, HubError> {
        let reading = self.reading().await?;
        let [all, month, day] = &reading.overviews;
        let overview = match period {
            Period::All => all,
            Period::Month => month,
            Period::Day => day,
        };
        Ok(overview.clone())
    }

    /// All counts by category and hour as CSV, of the same reading as the views.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn counts_table(&self) -> Result<Arc<[u8]>, HubError> {
        let reading = self.reading().await?;
        if let Some(table) = reading.table.get() {
            return Ok(table.clone());
        }
        let table: Arc<[u8]> = table_of(&reading.counts)?.into();
        Ok(reading.table.get_or_init(|| table).clone())
    }

    /// All counts by category and hour, oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn counts(&self) -> Result<Vec<Count>, HubError> {
        Ok(self.0.store.counts_by_hour(i64::MIN).await?)
    }

    async fn reading(&self) -> Result<Arc<Reading>, HubError> {
        let now = self.now();
        self.0.reading.get(now, self.read(now)).await
    }

    async fn read(&self, now: i64) -> Result<Reading, HubError> {
        let behind = self.0.store.head().await? - self.0.store.cursor(COUNTER).await?;
        let counts = self.counts().await?;
        let [_, month, day] = Period::ALL.map(|period| period.since(now));
        let cells = self.0.store.counts_by_cell([month, day], hour_of(now)).await?;
        let solved: Arc<[Solved]> = solved(&self.0.store.solved().await?).into();
        let overviews = std::array::from_fn(|place| {
            let since = Period::ALL[place].since(now);
            let of_period: Vec<&Count> = counts.iter().filter(|count| count.slot.hour >= since).collect();
            let cells = cells.iter().map(|(cell, reports)| (*cell, reports[place]));
            let (by_cell, cells_left_out) = anonymity::shown(cells.filter(|(_, reports)| *reports > 0).collect());
            let by_category = by_category(&of_period);
            Arc::new(Overview {
                period: Period::ALL[place],
                at: now,
                behind: behind.max(0),
                total: by_category.iter().map(|(_, reports)| reports).sum(),
                by_hour: self.by_hour(&by_category, &of_period),
                span: of_period
                    .first()
                    .zip(of_period.last())
                    .map(|(first, last)| (start_of(first.slot.hour), start_of(last.slot.hour))),
                by_category,
                cells_until: start_of(hour_of(now)),
                by_cell,
                cells_left_out,
                solved: solved.clone(),
            })
        });
        Ok(Reading { overviews, counts, table: OnceLock::new() })
    }

    fn by_hour(&self, categories: &[(&Category, i64)], counts: &[&Count]) -> Vec<Vec<i64>> {
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

/// Categories that have reports, most first.
fn by_category(counts: &[&Count]) -> Vec<(&'static Category, i64)> {
    let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
    for count in counts {
        *totals.entry(&count.slot.category).or_default() += count.reports;
    }
    let mut by_category: Vec<(&'static Category, i64)> =
        CATALOGUE.iter().filter_map(|category| totals.get(category.code).map(|reports| (category, *reports))).collect();
    by_category.sort_by_key(|(_, reports)| std::cmp::Reverse(*reports));
    by_category
}

/// The classes of which enough was solved to be shown, in their order.
fn solved(rows: &[SolvedRow]) -> Vec<Solved> {
    let of = |class: Class| {
        let rows =
            rows.iter().filter(|row| Category::of(&row.category).is_some_and(|category| category.class == class));
        let (reports, contested) =
            rows.fold((0, 0), |(all, contested), row| (all + row.solved, contested + row.contested));
        let contested = anonymity::part(reports, contested);
        (reports >= anonymity::K).then_some(Solved { class, reports, contested })
    };
    Class::ALL.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use model::id::Key;
    use model::position::Position;
    use model::report::RawReport;
    use model::tally::Slot;
    use store::{Blobs, Counted, Place, Settings, Store};

    use super::*;
    use crate::{Home, Keys, ManualClock, Source};

    const HOUR: i64 = 3_600_000;
    /// Half past an hour.
    const NOW: i64 = 480_000 * HOUR + HOUR / 2;

    /// A hub that has counted `reports` here in each of these hours.
    async fn counted(clock: &Arc<ManualClock>, hours: &[i64], reports: i64) -> (tempfile::TempDir, Hub) {
        let data = tempfile::tempdir().unwrap();
        let store =
            Store::open(Settings { place: Place::File(data.path().join("store.db")), readers: 1 }).await.unwrap();
        let cell = Some(Cell::at(Position::new(31.2304, 121.4737).unwrap()).shown());
        let slot = |hour: i64| Some(Counted::Report(Slot { category: "12G00".to_owned(), cell, hour }));
        let slots = hours.iter().flat_map(|hour| (0..reports).map(move |_| slot(*hour)));
        store.count(COUNTER, (1..).zip(slots).collect()).await.unwrap();
        let home = Home::plain().unwrap();
        let blobs = Blobs::folder(&data.path().join("photos")).unwrap();
        (data, Hub::new(store, blobs, &Keys::from_bytes([1; 32]), clock.clone(), home))
    }

    fn areas(overview: &Overview) -> Vec<i64> {
        overview.by_cell.iter().map(|(_, reports)| *reports).collect()
    }

    #[tokio::test]
    async fn nobody_sees_one_report_come_in_where_it_came_from() {
        let clock = Arc::new(ManualClock::at(NOW));
        let hour = hour_of(NOW);
        let (_data, hub) = counted(&clock, &[hour - 1, hour], 5).await;
        let overview = hub.overview(Period::All).await.unwrap();
        assert_eq!((overview.total, areas(&overview), overview.cells_until), (10, vec![5], start_of(hour)));
        clock.set(NOW + HOUR);
        let later = hub.overview(Period::All).await.unwrap();
        assert_eq!((later.total, areas(&later)), (10, vec![10]), "when the hour is over");
    }

    #[tokio::test]
    async fn the_area_of_a_report_is_told_when_its_hour_is_over_and_of_a_lonely_one_never() {
        let clock = Arc::new(ManualClock::at(NOW));
        let (_data, hub) = counted(&clock, &[hour_of(NOW) - 1], 5).await;
        let mut ids = Vec::new();
        for (n, position) in ["31.2304, 121.4737", "31.9, 121.9"].into_iter().enumerate() {
            let key = Key::from_parts(1, &[u8::try_from(n).unwrap(); 10]).to_string();
            let raw = RawReport { key, category: "12P00".into(), position: position.into(), ..RawReport::default() };
            ids.push(hub.public_id(hub.submit(&raw, &Source::default()).await.unwrap().key));
        }
        let areas = async || {
            let reports = hub.public_reports(&ids).await.unwrap();
            reports.into_iter().map(|report| report.area).collect::<Vec<_>>()
        };
        assert_eq!(areas().await, [None, None]);
        clock.set(NOW + HOUR);
        let here = Cell::at(Position::new(31.2304, 121.4737).unwrap()).shown().centre();
        assert_eq!(areas().await, [Some(here), None]);
    }

    #[tokio::test]
    async fn every_view_and_the_table_come_from_one_reading() {
        let clock = Arc::new(ManualClock::at(NOW));
        let hour = hour_of(NOW);
        let (_data, hub) = counted(&clock, &[hour - 2_000, hour - 100, hour - 3], 6).await;
        let [all, month, day] = [Period::All, Period::Month, Period::Day];
        for (period, total, area) in [(all, 18, 18), (month, 12, 12), (day, 6, 6)] {
            let overview = hub.overview(period).await.unwrap();
            assert_eq!((overview.period, overview.total, areas(&overview)), (period, total, vec![area]));
        }
        let table = hub.counts_table().await.unwrap();
        assert_eq!(table.iter().filter(|byte| **byte == b'\n').count(), 4);
        let more = Slot { category: "12G00".to_owned(), cell: None, hour };
        hub.store().count(COUNTER, vec![(19, Some(Counted::Report(more)))]).await.unwrap();
        assert_eq!(hub.overview(Period::All).await.unwrap().total, 18, "the same for a moment");
        assert!(Arc::ptr_eq(&hub.counts_table().await.unwrap(), &table));
        clock.set(NOW + 2_000);
        assert_eq!(hub.overview(Period::Day).await.unwrap().total, 7);
        assert_ne!(hub.counts_table().await.unwrap(), table);
    }

    #[test]
    fn classes_of_which_little_was_solved_are_not_among_those_that_are_shown() {
        let row = |category: &str, solved, contested| SolvedRow { category: category.into(), solved, contested };
        let rows = [row("11A01", 4, 4), row("12G00", 6, 3), row("12P00", 5, 2), row("13Y00", 9, 1), row("gone", 9, 9)];
        let shown = [
            Solved { class: Class::Accident, reports: 11, contested: Some(5) },
            Solved { class: Class::Health, reports: 9, contested: None },
        ];
        assert_eq!(solved(&rows), shown);
    }
}
