//! Stores with reports laid in advance.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use model::cell::Cell;
use model::flood::Marks;
use model::id::Key;
use model::place::PlaceMark;
use model::position::Position;
use model::sealed::Sealed;
use store::{Handling, NewHandling, NewReport, Origin, Place, Settings, Store};

use crate::driver::{self, Connection};
use crate::process::Server;

const MONTH: i64 = 30 * 86_400_000;

/// Waits until the consumers have applied everything.
pub async fn settled(server: &Server) {
    let mut connection = Connection::open(server.address).await;
    loop {
        connection.ask(&driver::get("/readyz", "identity")).await;
        if connection.answer().contains("\"backlog\":0}") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

pub async fn fill(folder: &Path, reports: usize) {
    let place = Place::File(folder.join("shouwang.db"));
    let store = Store::open(Settings { place, readers: 1 }).await.unwrap();
    lay(&store, reports, made_up).await;
    store.close().await;
}

/// Stores reports, which come in the order of their times, and places each in a queue, as the router would. What is older than a month is
/// closed, as it would be where somebody works.
pub async fn lay(store: &Store, reports: usize, report: impl Fn(usize) -> NewReport) {
    let started = Instant::now();
    let end = report(reports).received_at;
    let mut position = store.head().await.unwrap();
    for first in (0..reports).step_by(256) {
        let new: Vec<NewReport> = (first..reports.min(first + 256)).map(&report).collect();
        let placed: Vec<(i64, Option<NewHandling>)> = new.iter().map(|new| placed(&mut position, new, end)).collect();
        store.take_reports(new).await.unwrap();
        store.place("router", placed).await.unwrap();
    }
    println!("  {reports} reports laid in advance in {:.1} s", started.elapsed().as_secs_f64());
}

fn placed(position: &mut i64, new: &NewReport, end: i64) -> (i64, Option<NewHandling>) {
    *position += 1;
    let closed_at = (end - new.received_at > MONTH).then_some(new.received_at + MONTH);
    let handling = Handling { closed_at, ..Handling::new("fire") };
    let placed = NewHandling {
        marks: Marks::default(),
        report: new.key,
        category: new.category.to_owned(),
        cell: new.cell,
        received_at: new.received_at,
        trace: "{}".to_owned(),
        handling,
    };
    (*position, Some(placed))
}

/// A report of the size and the spread of real ones.
pub fn made_up(number: usize) -> NewReport {
    let mut rest = [0; 10];
    getrandom::fill(&mut rest).unwrap();
    let step = number as f64;
    let position = Position::new(40.0 + step * 0.000_37 % 0.5, -75.6 + step * 0.000_91 % 0.5).unwrap();
    let time = 1_450_000_000_000 + i64::try_from(number).unwrap() * 60_000;
    NewReport {
        key: Key::from_parts(u64::try_from(time).unwrap(), &rest),
        hash: [7; 32],
        category: ["12G00", "13Y00", "12H00"][number % 3],
        danger: true,
        people: Some(1),
        choices: BTreeMap::new(),
        mark: PlaceMark::Located,
        cell: Some(Cell::at(position)),
        occurred_at: time,
        received_at: time,
        origin: Origin::Portal,
        told: Sealed::from_bytes(vec![9; 320]),
        contact: None,
        wrapped: vec![5; 72],
        marks: Marks::default(),
        program: None,
        reaches: Vec::new(),
    }
}
