//! All the real calls by Open311, each under a key that its place in the file gives it. Sent again, they add none.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::driver::{self, Connection};
use crate::fill::settled;
use crate::input::{self, Call, Door};
use crate::process::Server;
use crate::{folder, machine};

/// So many wait for an answer at a time.
const CONNECTIONS: usize = 32;

pub async fn bench(quick: bool) {
    let calls = input::slice(if quick { 10_000 } else { usize::MAX });
    let path = Door::Open311.path();
    let requests: Arc<Vec<Vec<u8>>> =
        Arc::new(input::replayed(&calls).iter().map(|body| driver::post(path, body)).collect());
    let expected = counted(&calls);
    let folder = folder();
    let server = Server::portal(folder.path(), &[]);
    for pass in ["first", "second"] {
        let total = requests.len();
        let run = driver::drive(server.address, CONNECTIONS, requests.clone(), total, Door::Open311.taken()).await;
        settled(&server).await;
        let stored = stored(&server).await;
        println!("  {pass} replay: {total} calls at {:.0}/s, p99 {:.2} ms", run.rate(), run.percentile(99));
        assert_eq!(stored, expected, "the portal has counted something else than the file has");
    }
    let made_up = input::made_up_or_real();
    println!("\n{} calls sent twice, {expected:?} stored, as in the file, on {}{made_up}", calls.len(), machine());
}

/// What the file says, by category.
fn counted(calls: &[Call]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    calls.iter().for_each(|call| *counts.entry(call.category.to_owned()).or_default() += 1);
    counts
}

/// What the portal shows, by category.
async fn stored(server: &Server) -> BTreeMap<String, u64> {
    let mut connection = Connection::open(server.address).await;
    assert_eq!(connection.ask(&driver::get("/open.csv", "identity")).await, 200);
    let answer = connection.answer();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut counts = BTreeMap::new();
    for record in csv::Reader::from_reader(body.as_bytes()).records() {
        let record = record.unwrap();
        *counts.entry(record[0].to_owned()).or_default() += record[2].parse::<u64>().unwrap();
    }
    counts
}
