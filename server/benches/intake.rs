//! Durable reports a second, through the front door, beside a bare handler and beside raw SQLite.
//!
//! `cargo xtask bench intake [-- --quick]`
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a bench that cannot go on stops, and tells figures of a few digits"
)]

mod support;

#[path = "../store/tests/support/postgres.rs"]
mod postgres;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use model::cell::Cell;
use model::id::Key;
use model::place::PlaceMark;
use model::position::Position;
use model::sealed::Sealed;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor, SqliteConnection};
use store::{NewReport, Origin, Place, Settings, Store};
use support::driver::{self, Connection as Http};
use support::process::Server;
use support::table::Table;
use support::{bare, folder, input, machine};

const LEVELS: [usize; 3] = [1, 8, 64];
/// Runs of each measurement; the median is told.
const RUNS: usize = 3;

fn main() {
    if bare::serve_if_asked() {
        return;
    }
    let quick = std::env::args().any(|argument| argument == "--quick");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(bench(quick));
}

async fn bench(quick: bool) {
    let total = |connections: usize| if connections == 1 { 3_000 } else { 24_000 } / if quick { 4 } else { 1 };
    let mut table = Table::new(&[
        "what",
        "connections",
        "reports/s",
        "p50 ms",
        "p99 ms",
        "server CPU ms each",
        "mean group",
        "of bare",
    ]);
    let mut bare_rate = [0.0; LEVELS.len()];
    for (level, connections) in LEVELS.into_iter().enumerate() {
        let figures = median(RUNS, async || posts(&Server::bare(), connections, total(connections)).await).await;
        bare_rate[level] = figures.rate;
        table.row(&figures.row("(a) bare axum handler", connections, None));
    }
    for (level, connections) in LEVELS.into_iter().enumerate() {
        let figures = median(RUNS, async || {
            let folder = folder();
            posts(&Server::portal(folder.path(), &[]), connections, total(connections)).await
        })
        .await;
        table.row(&figures.row("portal, SQLite", connections, Some(bare_rate[level])));
    }
    for (name, batch) in [("(b) raw SQLite, a transaction each", 1), ("(c) raw SQLite, 64 a transaction", 64)] {
        let rate = raw(batch, total(8) / if batch == 1 { 4 } else { 1 }).await;
        table.row(&[
            name.into(),
            "-".into(),
            format!("{rate:.0}"),
            "-".into(),
            "-".into(),
            "-".into(),
            batch.to_string(),
            "-".into(),
        ]);
    }
    let stored = if quick { [10_000, 100_000] } else { [10_000, 1_000_000] };
    let mut rates = Vec::new();
    for reports in stored {
        let folder = folder();
        fill(folder.path(), reports).await;
        let server = Server::portal(folder.path(), &[]);
        settled(&server).await;
        let figures = median(RUNS, async || posts(&server, 8, total(8)).await).await;
        rates.push(figures.rate);
        table.row(&figures.row(&format!("portal, SQLite, {reports} stored"), 8, Some(bare_rate[1])));
        println!("  PSS with {reports} reports: {:.1} MiB", server.pss());
    }
    if let Some(postgres) = postgres::Postgres::start() {
        for (level, connections) in LEVELS.into_iter().enumerate() {
            let folder = folder();
            let url = postgres.create(&format!("intake_{connections}"));
            let server = Server::portal(folder.path(), &["--database", &url]);
            let figures = median(RUNS, async || posts(&server, connections, total(connections)).await).await;
            table.row(&figures.row("portal, PostgreSQL", connections, Some(bare_rate[level])));
        }
    }
    table.print(&format!("Intake, medians of {RUNS} runs, on {}", machine()));
    println!("cost at {} reports against {}: {:.2} ×", stored[1], stored[0], rates[0] / rates[1]);
}

struct Figures {
    rate: f64,
    p50: f64,
    p99: f64,
    cpu: f64,
    group: Option<f64>,
}

impl Figures {
    fn row(&self, name: &str, connections: usize, bare: Option<f64>) -> Vec<String> {
        vec![
            name.to_owned(),
            connections.to_string(),
            format!("{:.0}", self.rate),
            format!("{:.2}", self.p50),
            format!("{:.2}", self.p99),
            format!("{:.3}", self.cpu),
            self.group.map_or_else(|| "-".to_owned(), |group| format!("{group:.1}")),
            bare.map_or_else(|| "1".to_owned(), |bare| format!("{:.2}", self.rate / bare)),
        ]
    }
}

/// The run whose rate is the median.
async fn median(runs: usize, mut run: impl AsyncFnMut() -> Figures) -> Figures {
    let mut all = Vec::with_capacity(runs);
    for _ in 0..runs {
        all.push(run().await);
    }
    all.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    all.swap_remove(runs / 2)
}

async fn posts(server: &Server, connections: usize, total: usize) -> Figures {
    let requests: Vec<Vec<u8>> = input::bodies(total).iter().map(|body| driver::post("/report", body)).collect();
    let groups = groups(server).await;
    let before = server.cpu();
    let run = driver::drive(server.address, connections, Arc::new(requests), total, 303).await;
    let cpu = server.cpu() - before;
    let group = match (groups, self::groups(server).await) {
        (Some(before), Some(after)) => Some((after.0 - before.0) / (after.1 - before.1)),
        _ => None,
    };
    Figures { rate: run.rate(), p50: run.percentile(50), p99: run.percentile(99), cpu: cpu * 1e3 / total as f64, group }
}

/// Writes and transactions so far, from the server's own metrics.
async fn groups(server: &Server) -> Option<(f64, f64)> {
    let mut connection = Http::open(server.metrics?).await;
    connection.ask(&driver::get("/metrics", "identity")).await;
    let answer = connection.answer();
    let value = |name: &str| answer.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
    Some((value("store_group_size_sum").unwrap_or(0.0), value("store_group_size_count").unwrap_or(0.0)))
}

/// Waits until the consumers have applied everything.
async fn settled(server: &Server) {
    let mut connection = Http::open(server.address).await;
    loop {
        connection.ask(&driver::get("/readyz", "identity")).await;
        if connection.answer().contains("\"backlog\":0}") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
}

async fn fill(folder: &Path, reports: usize) {
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
fn made_up(number: usize) -> NewReport {
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
        choices: std::collections::BTreeMap::new(),
        mark: PlaceMark::Located,
        cell: Some(Cell::at(position)),
        occurred_at: time,
        received_at: time,
        origin: Origin::Import,
        told: Sealed::from_bytes(vec![9; 320]),
        contact: None,
        wrapped: vec![5; 72],
        marks: model::flood::Marks::default(),
    }
}

/// Rows of the same size into one table, by the driver alone.
async fn raw(batch: usize, total: usize) -> f64 {
    let folder = folder();
    let mut connection: SqliteConnection = SqliteConnectOptions::new()
        .filename(folder.path().join("raw.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .unwrap();
    connection.execute("CREATE TABLE report (id BLOB PRIMARY KEY, at INTEGER, told BLOB)").await.unwrap();
    let started = Instant::now();
    for first in (0..total).step_by(batch) {
        let mut transaction = connection.begin().await.unwrap();
        for number in first..total.min(first + batch) {
            let report = made_up(number);
            sqlx::query("INSERT INTO report (id, at, told) VALUES (?, ?, ?)")
                .bind(report.key.bytes().to_vec())
                .bind(report.occurred_at)
                .bind(report.told.into_bytes())
                .execute(&mut *transaction)
                .await
                .unwrap();
        }
        transaction.commit().await.unwrap();
    }
    let rate = total as f64 / started.elapsed().as_secs_f64();
    connection.close().await.unwrap();
    rate
}
