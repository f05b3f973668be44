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
use store::{NewReport, Origin, Place, Settings, Store};

use crate::driver::{self, Connection};
use crate::process::Server;

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
    let started = Instant::now();
    for first in (0..reports).step_by(256) {
        store.take_reports((first..reports.min(first + 256)).map(made_up).collect()).await.unwrap();
    }
    store.close().await;
    println!("  {reports} reports laid in advance in {:.1} s", started.elapsed().as_secs_f64());
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
        origin: Origin::Import,
        told: Sealed::from_bytes(vec![9; 320]),
        contact: None,
        wrapped: vec![5; 72],
        marks: Marks::default(),
        program: None,
        reaches: Vec::new(),
    }
}
