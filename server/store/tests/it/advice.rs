//! The advice to call: recorded when it is first shown.

use store::Store;

use crate::bench::Bench;
use crate::make::{NOON, key, log, report};

on_both_engines!(the_first_time_counts);

async fn advised(store: &Store, n: u64) -> Option<i64> {
    store.report(key(n)).await.unwrap().unwrap().advised_at
}

async fn the_first_time_counts(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(1)]).await.unwrap();
    assert_eq!(advised(&store, 1).await, None);
    assert!(store.advise(key(1), NOON + 5).await.unwrap());
    let events = log(&store).await.len();
    assert!(!store.advise(key(1), NOON + 9).await.unwrap());
    assert_eq!(advised(&store, 1).await, Some(NOON + 5));
    let log = log(&store).await;
    assert_eq!(log.len(), events, "what was told once is not told again");
    let last = log.last().unwrap();
    assert_eq!((&*last.kind, last.at), ("report.advised", NOON + 5));
    assert!(!store.advise(key(2), NOON).await.unwrap(), "there is no such report");
    assert_eq!(last.body, format!("{{\"report\":\"{}\"}}", key(1)));
}
