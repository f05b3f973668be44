//! Reports that are closed as duplicates of others.

use model::status::Status;
use store::{Change, NewStep, Queue, Stepped, Store};

use crate::bench::Bench;
use crate::incidents::place;
use crate::make::{bare_report, handling, key, placed, report, step};

on_both_engines!(
    a_duplicate_belongs_to_the_report_that_it_was_closed_for_last,
    danger_comes_first_among_what_was_put_aside
);

async fn a_duplicate_belongs_to_the_report_that_it_was_closed_for_last(bench: Bench) {
    let store = bench.store().await;
    place(&store, &[1, 2, 3]).await;
    close(&store, 1, 3, Some(1)).await;
    close(&store, 2, 3, None).await;
    assert_eq!(store.duplicate_of(key(3)).await.unwrap(), None, "it was opened again");
    assert!(store.duplicates(key(1), 9).await.unwrap().is_empty());
    close(&store, 3, 3, Some(2)).await;
    assert_eq!(store.duplicate_of(key(3)).await.unwrap(), Some(key(2)));
    assert_eq!(store.duplicates(key(2), 9).await.unwrap(), [key(3)]);
    assert!(store.duplicates(key(1), 9).await.unwrap().is_empty());
}

async fn danger_comes_first_among_what_was_put_aside(bench: Bench) {
    let store = bench.store().await;
    for new in [bare_report(1), report(2)] {
        store.take_report(new).await.unwrap();
    }
    let early = store::Handling { due: 1, ..handling("flood") };
    let rows = vec![(1, Some(placed(1, early))), (2, Some(placed(2, handling("flood"))))];
    store.place("router", rows).await.unwrap();
    let order = |rows: Vec<store::QueueRow>| rows.into_iter().map(|row| row.report).collect::<Vec<_>>();
    assert_eq!(order(store.queue("flood", Queue::Open, 9, 0).await.unwrap()), [key(1), key(2)]);
    assert_eq!(order(store.queue("flood", Queue::Aside, 9, 0).await.unwrap()), [key(2), key(1)]);
}

/// Step `n` of report `about`: closed as a duplicate of another, or opened again.
async fn close(store: &Store, n: u64, about: u64, of: Option<u64>) {
    let status = if of.is_some() { Status::Duplicate } else { Status::Reopened };
    let seen = store.handling(key(about)).await.unwrap().unwrap().version;
    let step = NewStep { other: of.map(key), ..step(n, about, Some(status)) };
    let change = Change { seen, handling: handling("fire") };
    assert_eq!(store.take_step(step, change).await.unwrap(), Stepped::New);
}
