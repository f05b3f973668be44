//! Backups: one moment of a running store, complete.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::join_all;
use model::basis::Purpose;
use model::redaction::{Part as RedactedPart, Reason};
use model::sealed::Sealed;
use model::tally::Slot;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, Row};
use store::{Backup, Change, NewPass, Part, PassKind, Store};

use crate::bench::{Bench, within};
use crate::incidents::together;
use crate::make::{bare_report, cell, handler, handling, key, note, photo, placed, report, step};
use crate::notices;

on_both_engines!(every_table_is_in_a_backup_with_every_column, the_backup_of_an_empty_store_is_a_backup);

on_both_engines!([flavor = "multi_thread", worker_threads = 2] a_backup_of_a_running_store_is_of_one_moment);

/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;
/// How many events [`fill`] leaves in the log.
pub const EVENTS: usize = 168;

/// Something in every table.
pub async fn fill(bench: &Bench, store: &Store) {
    store.take_reports((0..150).map(|n| if n % 3 == 0 { bare_report(n) } else { report(n) }).collect()).await.unwrap();
    for n in 0..10 {
        store.take_note(note(n, n * 7)).await.unwrap();
    }
    store.advise(key(1), 6).await.unwrap();
    store.set_meta("city".to_owned(), "\"守望\"\n\u{1f525}".to_owned()).await.unwrap();
    store.journal(key(3), Purpose::OwnAccess, 7).await.unwrap();
    let slot = |cell| Some(Slot { category: "12G00".to_owned(), cell, hour: 480_000 });
    let events = vec![(1, slot(Some(cell(31.0)))), (2, slot(None)), (4, None), (9, None)];
    store.count("counter", events).await.unwrap();
    store.advance("relay", 5).await.unwrap();
    store.place("router", vec![(1, Some(placed(3, handling("fire"))))]).await.unwrap();
    store.take_step(step(1, 3, None), Change { seen: 1, handling: handling("fire") }).await.unwrap();
    store.take_incident_step(together(1, None, Part::Joins, &[(3, 2)])).await.unwrap();
    let shown = Some((Reason::Private, Sealed::from_bytes(vec![0, 7])));
    let change = Change { seen: 3, handling: handling("fire") };
    store.redact(step(2, 3, None), change, RedactedPart::What, shown).await.unwrap();
    store.take_photo(photo(1, 3), 5).await.unwrap();
    store.add_staff(handler(1)).await.unwrap();
    store.add_pass(NewPass { hash: [3; 32], staff: key(1), kind: PassKind::Link, since: 1, until: 9 }).await.unwrap();
    store.journal_staff(key(3), key(1), "fire".to_owned(), Purpose::Respond, 7 * HOUR).await.unwrap();
    notices::queue(store, 1, vec![notices::notice(1, 1)]).await;
    store.ask_for_list(notices::ask(1, 1)).await.unwrap();
    // Withdrawing consent has no method yet, but a column.
    let mut engine = bench.engine().await;
    let sql = "UPDATE basis SET ended = 5 WHERE purpose = 'call-back' AND subject IN (SELECT report FROM note)";
    sqlx::query(sql).execute(&mut engine).await.unwrap();
    engine.close().await.unwrap();
}

pub async fn backup(store: &Store) -> (Backup, Vec<u8>) {
    let mut bytes = Vec::new();
    (store.backup(1_234, &mut bytes).await.unwrap(), bytes)
}

/// The lines of a backup's rows. In which order the engine gives them is its own affair.
pub fn rows(bytes: &[u8]) -> BTreeSet<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines().filter(|line| line.starts_with('[')).map(str::to_owned).collect()
}

pub async fn content(store: &Store) -> BTreeSet<String> {
    rows(&backup(store).await.1)
}

fn by_table(bytes: &[u8]) -> BTreeMap<String, Vec<Vec<Value>>> {
    let mut tables: BTreeMap<String, Vec<Vec<Value>>> = BTreeMap::new();
    for row in rows(bytes) {
        let row: Vec<Value> = serde_json::from_str(&row).unwrap();
        tables.entry(row[0].as_str().unwrap().to_owned()).or_default().push(row[1..].to_vec());
    }
    tables
}

async fn every_table_is_in_a_backup_with_every_column(bench: Bench) {
    let store = bench.store().await;
    fill(&bench, &store).await;
    let (backup, bytes) = backup(&store).await;
    let saved = by_table(&bytes);
    assert_eq!(backup.rows, saved.values().map(Vec::len).sum::<usize>() as u64);
    assert_eq!(backup.head, i64::try_from(EVENTS).unwrap());

    let mut engine = bench.engine().await;
    let sql = if bench.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    } else {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'"
    };
    let names = sqlx::query(sql).fetch_all(&mut engine).await.unwrap();
    let names: BTreeSet<String> =
        names.iter().map(|row| row.get(0)).filter(|name| name != "_sqlx_migrations").collect();
    assert_eq!(names, saved.keys().cloned().collect(), "TABLES, and what `fill` puts something into");
    for (name, saved) in saved {
        let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {name}"))).fetch_all(&mut engine).await.unwrap();
        assert_eq!(saved.len(), rows.len(), "{name}");
        assert!(saved.iter().all(|row| row.len() == rows[0].columns().len()), "{name}");
    }
}

async fn the_backup_of_an_empty_store_is_a_backup(bench: Bench) {
    let (backup, bytes) = backup(&bench.store().await).await;
    assert_eq!(backup, Backup { rows: 1, head: 0 });
    let other = bench.another();
    assert_eq!(other.store().await.restore(&mut &bytes[..], false).await.unwrap(), backup);
}

async fn a_backup_of_a_running_store_is_of_one_moment(bench: Bench) {
    let store = bench.store().await;
    let done = Arc::new(AtomicBool::new(false));
    let writing = (0..4_u64).map(|writer| {
        let (store, done) = (store.clone(), Arc::clone(&done));
        tokio::spawn(async move {
            for n in (writer..100_000).step_by(4) {
                store.take_report(report(n)).await.unwrap();
                store.take_note(note(n, n)).await.unwrap();
                if done.load(Ordering::Relaxed) {
                    return;
                }
            }
        })
    });
    let writing = join_all(writing.collect::<Vec<_>>());

    let (mut last, mut moments) = (0, 0);
    while moments < 8 {
        let (backup, bytes) = within("a backup", backup(&store)).await;
        if backup.head == last {
            continue;
        }
        (last, moments) = (backup.head, moments + 1);
        let tables = by_table(&bytes);
        let column = |table: &str, column: usize| {
            let rows = tables.get(table).into_iter().flatten();
            rows.map(|row| row[column].to_string()).collect::<BTreeSet<_>>()
        };
        let head = usize::try_from(backup.head).unwrap();
        assert_eq!(column("log_head", 1), BTreeSet::from([head.to_string()]));
        assert_eq!(column("event", 0), (1..=head).map(|seq| seq.to_string()).collect());
        assert_eq!(column("report", 0).len() + column("note", 0).len(), head);
        assert_eq!(column("event", 1).len(), head);
        assert!(column("report", 0).is_subset(&column("event", 1)));
        assert_eq!(column("report", 0), column("subject_key", 0));
        assert_eq!(column("report", 0), column("basis", 0));
        assert!(column("note", 1).is_subset(&column("report", 0)));
    }
    done.store(true, Ordering::Relaxed);
    assert!(within("writing", writing).await.into_iter().all(|writer| writer.is_ok()));
}
