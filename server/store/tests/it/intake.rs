//! Taking reports in.

use std::collections::HashSet;

use futures::future::join_all;
use model::status::Status;
use store::{NewReport, Taken, kind};

use crate::bench::{Bench, at_once};
use crate::make::{NOON, all_purposes, bare_report, forged_report, gapless, key, log, places, report};

on_both_engines!(
    a_report_is_read_back_to_the_byte,
    what_a_report_does_not_say_is_missing_when_it_is_read,
    the_same_report_again_adds_nothing,
    another_report_under_the_same_key_changes_nothing,
    fifty_at_once_with_one_key_are_one_report,
    reports_that_come_at_once_share_commits,
    a_batch_is_taken_whole_with_each_of_its_reports_once,
    what_was_acknowledged_first_stands_first_in_the_log,
);

on_both_engines!([flavor = "multi_thread", worker_threads = 2] a_crowd_is_stored_completely_and_the_log_has_no_gap);

async fn a_report_is_read_back_to_the_byte(bench: Bench) {
    let store = bench.store().await;
    let sent = report(1);
    assert_eq!(store.take_report(sent.clone()).await.unwrap(), Taken::New);

    let row = store.report(sent.key).await.unwrap().unwrap();
    assert_eq!(row.key, sent.key);
    assert_eq!(row.hash, sent.hash);
    assert_eq!((row.category.as_str(), row.danger, row.people), ("12G00", true, Some(3)));
    assert_eq!((row.mark, row.status, row.received_at), (sent.mark, Status::Received, NOON));
    assert_eq!(row.told.bytes(), sent.told.bytes());
    assert_eq!(row.contact.unwrap().bytes(), [0, 1, 0]);
    assert_eq!(row.wrapped.unwrap(), [7, 0, 7]);
    assert_eq!(row.purposes, all_purposes());
    assert!(row.notes.is_empty());

    let exported = &store.reports_after(None, 10).await.unwrap()[0];
    assert_eq!((exported.key, exported.cell), (sent.key, sent.cell));
    assert_eq!((exported.occurred_at, exported.received_at), (sent.occurred_at, NOON));
    assert_eq!((exported.category.as_str(), exported.origin.as_str()), ("12G00", "portal"));

    let events = log(&store).await;
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!((event.seq, event.id, event.kind.as_str()), (1, sent.key.uuid(), kind::REPORT_RECEIVED));
    assert_eq!((event.cell, event.at), (sent.cell, NOON));
    let body: serde_json::Value = serde_json::from_str(&event.body).unwrap();
    let expected = serde_json::json!({
        "category": "12G00", "danger": true, "people": 3, "mark": "located", "occurred": NOON - 60_000, "origin": "portal",
        "answers": { "burning": ["home"] }, "reach": ["mail"],
    });
    assert_eq!(body, expected);
}

async fn what_a_report_does_not_say_is_missing_when_it_is_read(bench: Bench) {
    let store = bench.store().await;
    let sent = NewReport { occurred_at: -1, received_at: i64::MAX, ..bare_report(1) };
    store.take_report(sent.clone()).await.unwrap();

    let row = store.report(sent.key).await.unwrap().unwrap();
    assert!((row.people, row.danger) == (None, false) && row.contact.is_none() && row.told.bytes().is_empty());
    assert_eq!(row.purposes, all_purposes()[1..3], "nobody may call back who left no number");
    let exported = &store.reports_after(None, 10).await.unwrap()[0];
    assert_eq!((exported.people, exported.cell), (None, None));
    assert_eq!((exported.occurred_at, exported.received_at), (-1, i64::MAX));
    assert_eq!(log(&store).await[0].cell, None);
    assert!(store.report(key(2)).await.unwrap().is_none());
}

async fn the_same_report_again_adds_nothing(bench: Bench) {
    let store = bench.store().await;
    assert_eq!(store.take_report(report(1)).await.unwrap(), Taken::New);
    // What is sealed anew has other bytes; what was sent is the same by its hash.
    let again = NewReport { told: forged_report(1).told, received_at: NOON + 5, ..report(1) };
    assert_eq!(store.take_report(again).await.unwrap(), Taken::Again);

    assert_eq!(places(&store).await, [1]);
    let row = store.report(key(1)).await.unwrap().unwrap();
    assert_eq!((row.told.bytes(), row.received_at), (report(1).told.bytes(), NOON));
    assert_eq!(row.purposes, all_purposes());
}

async fn another_report_under_the_same_key_changes_nothing(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    assert_eq!(store.take_report(forged_report(1)).await.unwrap(), Taken::Conflict);

    assert_eq!(places(&store).await, [1]);
    let row = store.report(key(1)).await.unwrap().unwrap();
    assert_eq!((row.told.bytes(), row.hash.as_slice()), (report(1).told.bytes(), report(1).hash.as_slice()));
    assert_eq!(row.wrapped.unwrap(), [7, 0, 7]);
}

async fn fifty_at_once_with_one_key_are_one_report(bench: Bench) {
    let store = bench.store().await;
    let taken = at_once((0..50).map(|_| store.take_report(report(1)))).await;
    let new = taken.iter().filter(|taken| matches!(taken, Ok(Taken::New))).count();
    let again = taken.iter().filter(|taken| matches!(taken, Ok(Taken::Again))).count();
    assert_eq!((new, again), (1, 49));
    assert_eq!(places(&store).await, [1]);
}

async fn reports_that_come_at_once_share_commits(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(0)).await.unwrap();
    let before = bench.commits().await;
    let taken = at_once((1..=300).map(|n| store.take_report(report(n)))).await;
    assert!(taken.iter().all(|taken| matches!(taken, Ok(Taken::New))));
    assert_eq!(bench.commits().await - before, 5, "of 64 reports each, but for the last");
    assert_eq!(places(&store).await, gapless(301));
}

async fn a_crowd_is_stored_completely_and_the_log_has_no_gap(bench: Bench) {
    let store = bench.store().await;
    let people = (0..400).map(|n| {
        let store = store.clone();
        tokio::spawn(async move { store.take_report(report(n)).await.unwrap() })
    });
    assert!(join_all(people).await.into_iter().all(|taken| taken.unwrap() == Taken::New));

    let events = log(&store).await;
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), gapless(400));
    let told: HashSet<_> = events.iter().map(|event| event.id).collect();
    assert_eq!(told, (0..400).map(|n| key(n).uuid()).collect());
    for n in 0..400 {
        let row = store.report(key(n)).await.unwrap().unwrap();
        assert_eq!((row.told.bytes(), row.purposes.len()), (report(n).told.bytes(), 4));
    }
    assert!(bench.commits().await < 400);
}

async fn a_batch_is_taken_whole_with_each_of_its_reports_once(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(Vec::new()).await.unwrap();
    store.take_report(report(0)).await.unwrap();
    let before = bench.commits().await;
    let mut batch: Vec<NewReport> = (0..200).map(report).collect();
    batch.extend([report(7), forged_report(8), bare_report(300)]);
    let taken = store.take_reports(batch).await.unwrap();

    assert_eq!(taken[0], Taken::Again);
    assert!(taken[1..200].iter().all(|taken| *taken == Taken::New));
    assert_eq!(taken[200..], [Taken::Again, Taken::Conflict, Taken::New]);
    assert_eq!(places(&store).await, gapless(201));
    assert_eq!(bench.commits().await - before, 1);
}

async fn what_was_acknowledged_first_stands_first_in_the_log(bench: Bench) {
    let (one, other) = (bench.store().await, bench.store().await);
    for n in 0..10 {
        let server = if n % 2 == 0 { &one } else { &other };
        server.take_report(report(100 - n)).await.unwrap();
    }
    let ids: Vec<_> = log(&one).await.iter().map(|event| event.id).collect();
    assert_eq!(ids, (0..10).map(|n| key(100 - n).uuid()).collect::<Vec<_>>());
}
