//! What anybody may know of a report.

use model::status::Status;
use store::{NEVER, NewReport, Origin, PublishedRow};

use crate::bench::Bench;
use crate::make::{NOON, cell, handling, key, placed, report};

on_both_engines!(a_report_is_public_before_it_is_placed_and_what_is_handled_elsewhere_is_not);

async fn a_report_is_public_before_it_is_placed_and_what_is_handled_elsewhere_is_not(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    store.take_report(NewReport { origin: Origin::Import, ..report(2) }).await.unwrap();
    let received = PublishedRow {
        report: key(1),
        category: "12G00".to_owned(),
        status: Status::Received,
        owner: None,
        cell: Some(cell(31.23)),
        received_at: NOON,
        changed_at: NOON,
        due: NEVER,
    };
    assert_eq!(store.published_one(key(1)).await.unwrap(), Some(received.clone()));
    assert_eq!(store.published_one(key(2)).await.unwrap(), None);
    assert_eq!(store.published_one(key(3)).await.unwrap(), None);

    store.place("router", vec![(1, Some(placed(1, handling("fire"))))]).await.unwrap();
    let kept = PublishedRow { owner: Some("fire".to_owned()), due: NOON + 10, ..received };
    assert_eq!(store.published_one(key(1)).await.unwrap(), Some(kept));
}
