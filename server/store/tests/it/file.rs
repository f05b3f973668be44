//! What holds of a store in one file.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use model::id::Key;
use sqlx::{Connection, Executor};
use store::{Place, Taken};

use crate::bench::{Bench, open, within};
use crate::make::{key, log, places, report};

#[tokio::test]
async fn the_name_of_a_file_is_taken_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("守望 100%25 ?mode=ro#x&y+z/ä:@ \\ .db");
    let store = open(&Place::File(path.clone())).await;
    store.take_report(report(1)).await.unwrap();
    assert_eq!(store.head().await.unwrap(), 1);
    assert!(path.is_file());
    store.close().await;
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "closing leaves one file");
}

#[tokio::test]
async fn writes_go_to_a_log_of_their_own_and_readers_are_not_held_up() {
    let bench = Bench::sqlite();
    let store = bench.store().await;
    let mut engine = bench.engine().await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut engine).await.unwrap();
    assert_eq!(mode, "wal");
    engine.execute("BEGIN IMMEDIATE; UPDATE log_head SET seq = 9").await.unwrap();
    assert_eq!(within("reading beside a writer", store.head()).await.unwrap(), 0);
    engine.execute("ROLLBACK").await.unwrap();
}

#[tokio::test]
async fn a_file_that_somebody_else_keeps_locked_is_unavailable_and_then_works_again() {
    let bench = Bench::sqlite();
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    let mut engine = bench.engine().await;
    engine.execute("BEGIN IMMEDIATE").await.unwrap();
    let started = Instant::now();
    let error = store.take_report(report(2)).await.unwrap_err();
    assert!(error.is_unavailable(), "{error}");
    assert!(started.elapsed() < Duration::from_secs(9), "{:?}", started.elapsed());
    engine.close().await.unwrap();
    assert_eq!(store.take_report(report(2)).await.unwrap(), Taken::New);
    assert_eq!(places(&store).await, [1, 2]);
}

const FILE: &str = "STORE_TEST_FILE";

/// Not a test: the other process of the test below. It stores reports, says so, and is killed.
#[tokio::test]
#[ignore = "run by a_killed_process_has_lost_nothing_that_it_acknowledged"]
async fn a_process_that_writes() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let store = open(&Place::File(path.into())).await;
    for n in 0.. {
        store.take_report(report(n)).await.unwrap();
        println!("\nstored {}", key(n));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_process_has_lost_nothing_that_it_acknowledged() {
    let bench = Bench::sqlite();
    let Place::File(path) = &bench.place else { unreachable!() };
    let store = bench.store().await;
    let mut other = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "file::a_process_that_writes", "--nocapture"])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(other.stdout.take().unwrap()).lines();
    let mut stored: Vec<Key> = Vec::new();
    while stored.len() < 50 {
        let line = lines.next().unwrap().unwrap();
        if let Some(key) = line.strip_prefix("stored ") {
            stored.push(Key::parse(key).unwrap());
            // Both processes write, and each sees what the other wrote.
            assert!(store.report(stored[stored.len() - 1]).await.unwrap().is_some());
            store.take_report(report(100_000 + stored.len() as u64)).await.unwrap();
        }
    }
    other.kill().unwrap();
    other.wait().unwrap();
    let said = lines.map_while(Result::ok);
    stored.extend(said.filter_map(|line| line.strip_prefix("stored ").and_then(Key::parse)));

    store.take_report(report(200_000)).await.unwrap();
    for key in stored {
        assert!(store.report(key).await.unwrap().is_some(), "{key}");
    }
    let places = places(&store).await;
    assert_eq!(places, (1..=places.len() as i64).collect::<Vec<_>>());
    assert_eq!(log(&store).await.len() as i64, bench.number("SELECT COUNT(*) FROM report").await);
}
