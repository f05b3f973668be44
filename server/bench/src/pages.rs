//! Pages a second, made anew for every request, beside a bare handler; and their bytes on the wire.
//!
//! `cargo xtask bench pages [-- --quick]`
use std::sync::Arc;

use crate::aim::Aim;
use crate::driver::{self, Connection};
use crate::input::Door;
use crate::process::Server;
use crate::table::Table;
use crate::{folder, input, machine};

const CONNECTIONS: usize = 8;
const RUNS: usize = 3;
/// Stands for the secret of a report: each request asks for another one.
const SECRET: &str = "…";
/// Pages that anybody may open.
const PAGES: [&str; 11] = [
    "/",
    "/report",
    "/report/several",
    "/track/…",
    "/track/…/more",
    "/track/…/consent",
    "/receipt/…",
    "/receipt/verify",
    "/open",
    "/outbox",
    "/mine",
];

pub async fn bench(total: usize) {
    let folder = folder();
    let server = Server::portal(folder.path(), &[]);
    let idle = server.pss();
    println!("  PSS of the idle server: {idle:.1} MiB");
    let secrets = fill(&server).await;
    let mut table =
        Table::new(&["page", "encoding", "pages/s", "p99 ms", "server CPU ms each", "bytes on the wire", "of bare"]);
    let bare = Server::bare();
    let yardstick = row(&mut table, &bare, &["/report".to_owned()], "bare axum handler", "identity", total, None).await;
    let mut slowest = [("identity", f64::INFINITY), ("zstd", f64::INFINITY)];
    for name in PAGES {
        let paths: Vec<String> = if name.contains(SECRET) {
            secrets.iter().map(|secret| name.replace(SECRET, secret)).collect()
        } else {
            vec![name.to_owned()]
        };
        for (encoding, slowest) in &mut slowest {
            let rate = row(&mut table, &server, &paths, name, encoding, total, Some(yardstick)).await;
            *slowest = slowest.min(rate);
        }
    }
    let reports = input::made_up_or_real();
    table.print(&format!("Pages at {CONNECTIONS} connections, medians of {RUNS} runs, on {}{reports}", machine()));
    println!("PSS of the server afterwards: {:.1} MiB", server.pss());
    for (encoding, rate) in slowest {
        Aim::AtLeast(8_000.0).tell(&format!("the slowest page, {encoding}, pages/s"), rate);
    }
    Aim::Under(40.0).tell("PSS of the idle server, MiB", idle);
}

/// Some reports; gives the secret of each.
async fn fill(server: &Server) -> Vec<String> {
    let mut connection = Connection::open(server.address).await;
    let mut secrets = Vec::new();
    for body in input::bodies(Door::Form, 500) {
        assert_eq!(connection.ask(&driver::post("/report", &body)).await, 303);
        let answer = connection.answer();
        secrets.push(answer.split("/receipt/").nth(1).unwrap().split("\r\n").next().unwrap().to_owned());
    }
    secrets
}

async fn row(
    table: &mut Table,
    server: &Server,
    paths: &[String],
    name: &str,
    encoding: &str,
    total: usize,
    bare: Option<f64>,
) -> f64 {
    let requests = Arc::new(paths.iter().map(|path| driver::get(path, encoding)).collect::<Vec<_>>());
    // What opens a report for the first time writes that down.
    driver::drive(server.address, CONNECTIONS, requests.clone(), requests.len(), 200).await;
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let before = server.cpu();
        let run = driver::drive(server.address, CONNECTIONS, requests.clone(), total, 200).await;
        runs.push((run, (server.cpu() - before) * 1e3 / total as f64));
    }
    runs.sort_by(|(one, _), (other, _)| one.rate().total_cmp(&other.rate()));
    let (run, cpu) = &runs[RUNS / 2];
    table.row(&[
        name.to_owned(),
        encoding.to_owned(),
        format!("{:.0}", run.rate()),
        format!("{:.2}", run.percentile(99)),
        format!("{cpu:.3}"),
        run.bytes.to_string(),
        bare.map_or_else(|| "1".to_owned(), |bare| format!("{:.2}", run.rate() / bare)),
    ]);
    run.rate()
}
