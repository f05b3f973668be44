//! Durable reports a second, through the front door, beside a bare handler and beside raw SQLite.
//!
//! `cargo xtask bench intake [-- --quick]`
use std::sync::Arc;
use std::time::Instant;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor, SqliteConnection};

use crate::aim::Aim;
use crate::driver::{self, Connection as Http};
use crate::fill::{fill, made_up, settled};
use crate::input::Door;
use crate::postgres::Postgres;
use crate::process::Server;
use crate::table::Table;
use crate::{folder, input, machine};

const LEVELS: [usize; 3] = [1, 8, 64];
/// Runs of each measurement; the median is told.
const RUNS: usize = 3;

pub async fn bench(quick: bool) {
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
        let run = async || posts(&Server::bare(), Door::Form, connections, total(connections)).await;
        let figures = median(Figures::rate, run).await;
        bare_rate[level] = figures.rate;
        table.row(&figures.row("(a) bare axum handler", connections, None));
    }
    let mut by_form = Vec::new();
    for (door, name) in [(Door::Form, "portal, SQLite"), (Door::Open311, "portal, SQLite, Open311")] {
        for (level, connections) in LEVELS.into_iter().enumerate() {
            let run = async || {
                let folder = folder();
                posts(&Server::portal(folder.path(), &[]), door, connections, total(connections)).await
            };
            let figures = median(Figures::rate, run).await;
            table.row(&figures.row(name, connections, Some(bare_rate[level])));
            if matches!(door, Door::Form) {
                by_form.push(figures);
            }
        }
    }
    for (name, batch) in [("(b) raw SQLite, a transaction each", 1), ("(c) raw SQLite, 64 a transaction", 64)] {
        let run = async || raw(batch, total(8) / if batch == 1 { 4 } else { 1 }).await;
        let rate = median(|rate| *rate, run).await;
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
        let figures = median(Figures::rate, async || posts(&server, Door::Form, 8, total(8)).await).await;
        rates.push(figures.rate);
        table.row(&figures.row(&format!("portal, SQLite, {reports} stored"), 8, Some(bare_rate[1])));
        println!("  PSS with {reports} reports: {:.1} MiB", server.pss());
    }
    let postgres = Postgres::start();
    if let Some(postgres) = &postgres {
        let mut databases = 0;
        for (level, connections) in LEVELS.into_iter().enumerate() {
            let run = async || {
                databases += 1;
                let (folder, url) = (folder(), postgres.create(&format!("intake_{databases}")));
                let server = Server::portal(folder.path(), &["--database", &url]);
                posts(&server, Door::Form, connections, total(connections)).await
            };
            let figures = median(Figures::rate, run).await;
            table.row(&figures.row("portal, PostgreSQL", connections, Some(bare_rate[level])));
        }
    }
    let without = if postgres.is_some() { "" } else { "; WITHOUT PostgreSQL, which is not installed" };
    let reports = input::made_up_or_real();
    table.print(&format!("Intake, medians of {RUNS} runs, on {}{reports}{without}", machine()));
    for ((connections, figures), bare) in LEVELS.into_iter().zip(&by_form).zip(bare_rate) {
        aims(connections, figures, bare);
    }
    let what = format!("cost of a report with {} stored against {}, times", stored[1], stored[0]);
    Aim::AtMost(1.3).tell(&what, rates[0] / rates[1]);
}

/// What was aimed at for the portal on SQLite, at 8 connections and at 64.
fn aims(connections: usize, figures: &Figures, bare: f64) {
    if connections == 1 {
        return;
    }
    let at = |what: &str| format!("{what} at {connections} connections");
    Aim::AtLeast(6_000.0).tell(&at("durable reports/s"), figures.rate);
    Aim::AtLeast(1.0 / 3.0).tell(&at("of the bare handler"), figures.rate / bare);
    Aim::Under(0.3).tell(&at("server CPU of a report, ms,"), figures.cpu);
    if connections == 8 {
        Aim::Under(15.0).tell(&at("p99, ms,"), figures.p99);
    }
}

struct Figures {
    rate: f64,
    p50: f64,
    p99: f64,
    cpu: f64,
    group: Option<f64>,
}

impl Figures {
    fn rate(&self) -> f64 {
        self.rate
    }

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

/// Of some runs the one whose rate is the median.
async fn median<T>(rate: impl Fn(&T) -> f64, mut run: impl AsyncFnMut() -> T) -> T {
    let mut all = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        all.push(run().await);
    }
    all.sort_by(|one, other| rate(one).total_cmp(&rate(other)));
    all.swap_remove(RUNS / 2)
}

async fn posts(server: &Server, door: Door, connections: usize, total: usize) -> Figures {
    let requests: Vec<Vec<u8>> =
        input::bodies(door, total).iter().map(|body| driver::post(door.path(), body)).collect();
    let groups = groups(server).await;
    let before = server.cpu();
    let run = driver::drive(server.address, connections, Arc::new(requests), total, door.taken()).await;
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
