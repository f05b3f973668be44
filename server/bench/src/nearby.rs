//! The look around a place, and taking reports in beside it, in a store of few reports and in one of many.
//!
//! The reports are the real calls over and over, each moved by up to two hundred metres, in the rhythm of the file: one every 223 seconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hub::{NEARBY_AMONG, NEARBY_FOR};
use model::category::Category;
use model::cell::{Cell, covering};
use model::nearby::radius;
use model::position::Position;
use store::{NewReport, Place, Settings, Store};

use crate::aim::Aim;
use crate::fill::{lay, made_up};
use crate::input::{self, Call};
use crate::table::Table;
use crate::{folder, machine};

const RHYTHM: i64 = 223_000;
const START: i64 = 1_450_000_000_000;
/// Who asks at the same time.
const TASKS: usize = 8;

/// Each size and case is measured so often, in turns: the slowest of a hundred depends on when the store writes its log back.
const ROUNDS: usize = 5;
const CASES: [(&str, bool); 2] = [("nearby", false), ("nearby, then the report", true)];

pub async fn bench(quick: bool) {
    let calls = Arc::new(input::slice(usize::MAX));
    let sizes = if quick { [1_000, 100_000] } else { [10_000, 1_000_000] };
    let total = if quick { 2_000 } else { 16_000 };
    let folders = sizes.map(|_| folder());
    let mut stores = Vec::new();
    for (reports, folder) in sizes.into_iter().zip(&folders) {
        let place = Place::File(folder.path().join("shouwang.db"));
        let store = Store::open(Settings { place, readers: 4 }).await.unwrap();
        lay(&store, reports, |number| report(&calls, number, time(number))).await;
        stores.push(store);
    }
    // By case and size.
    let mut runs: [[Vec<Run>; 2]; 2] = Default::default();
    for round in 0..ROUNDS {
        for (runs, (_, intake)) in runs.iter_mut().zip(CASES) {
            for ((runs, store), reports) in runs.iter_mut().zip(&stores).zip(sizes) {
                runs.push(run(store, &calls, time(reports), reports + round * total, total, intake).await);
            }
        }
    }
    let mut table = Table::new(&["what", "reports", "a second", "p50 ms", "p99 ms", "found on average"]);
    for (of_case, (name, _)) in runs.iter().zip(CASES) {
        for (runs, reports) in of_case.iter().zip(sizes) {
            table.row(&[
                name.to_owned(),
                reports.to_string(),
                format!("{:.0}", median(runs, |run| total as f64 / run.took.as_secs_f64())),
                format!("{:.3}", median(runs, |run| run.percentile(50))),
                format!("{:.3}", median(runs, |run| run.percentile(99))),
                format!("{:.1}", median(runs, |run| run.found as f64 / total as f64)),
            ]);
        }
    }
    table.print(&format!(
        "Nearby, SQLite, {TASKS} at a time, medians of {ROUNDS}, on {}{}",
        machine(),
        input::made_up_or_real()
    ));
    for (of_case, (name, _)) in runs.iter().zip(CASES) {
        let [few, many] = of_case.each_ref().map(|runs| median(runs, |run| run.percentile(99)));
        let what = format!("{name}, p99 at {} reports against {}, times", sizes[1], sizes[0]);
        Aim::AtMost(1.3).tell(&what, many / few);
    }
    for store in stores {
        store.close().await;
    }
}

fn median(runs: &[Run], figure: impl Fn(&Run) -> f64) -> f64 {
    let mut figures: Vec<f64> = runs.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn position(calls: &[Call], number: usize) -> Position {
    let call = &calls[number % calls.len()];
    let moved =
        |text: &str, factor: usize| text.parse::<f64>().unwrap() + ((number * factor) % 4_001) as f64 * 1e-6 - 0.002;
    Position::new(moved(&call.latitude, 7_919), moved(&call.longitude, 6_007)).unwrap()
}

fn time(number: usize) -> i64 {
    START + i64::try_from(number).unwrap() * RHYTHM
}

fn report(calls: &[Call], number: usize, at: i64) -> NewReport {
    NewReport {
        category: calls[number % calls.len()].category,
        cell: Some(Cell::at(position(calls, number))),
        occurred_at: at,
        received_at: at,
        ..made_up(number)
    }
}

struct Run {
    took: Duration,
    /// Sorted.
    latencies: Vec<Duration>,
    found: usize,
}

impl Run {
    fn percentile(&self, percent: usize) -> f64 {
        self.latencies[self.latencies.len() * percent / 100].as_secs_f64() * 1e3
    }
}

/// Asks `total` times; what is then reported follows on the `first` reports that are stored, as their keys do.
async fn run(store: &Store, calls: &Arc<Vec<Call>>, now: i64, first: usize, total: usize, intake: bool) -> Run {
    let next = Arc::new(AtomicUsize::new(first));
    let started = Instant::now();
    let tasks = (0..TASKS).map(|_| {
        let (store, calls, next) = (store.clone(), calls.clone(), next.clone());
        tokio::spawn(async move {
            let (mut latencies, mut found) = (Vec::new(), 0);
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= first + total {
                    return (latencies, found);
                }
                // All over the file, whatever its order.
                let asked = number * 7_919 % calls.len();
                // A fire looks far, and in a city there is always one.
                let ranges = covering(position(&calls, asked), radius(Category::of("12G00").unwrap()));
                let sent = Instant::now();
                found += store.near("12G00", &ranges, now - NEARBY_FOR, NEARBY_AMONG).await.unwrap().len();
                if intake {
                    store.take_report(report(&calls, number, now)).await.unwrap();
                }
                latencies.push(sent.elapsed());
            }
        })
    });
    let (mut latencies, mut found) = (Vec::with_capacity(total), 0);
    for task in tasks.collect::<Vec<_>>() {
        let (of_task, hits) = task.await.unwrap();
        latencies.extend(of_task);
        found += hits;
    }
    latencies.sort();
    Run { took: started.elapsed(), latencies, found }
}
