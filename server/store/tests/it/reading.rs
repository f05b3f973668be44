//! What else can be asked: exports, the journal, settings.

use model::basis::Purpose;
use store::{Opening, Taken};

use crate::bench::Bench;
use crate::make::{bare_report, key, report};

on_both_engines!(
    an_export_goes_through_every_report_once,
    openings_are_kept_by_subject_purpose_and_hour,
    a_setting_is_what_it_was_last_set_to,
    the_log_is_read_from_where_one_was,
    a_store_that_is_well_says_so,
);

async fn an_export_goes_through_every_report_once(bench: Bench) {
    let store = bench.store().await;
    // Stored from the last to the first: an export follows the keys.
    for batch in (0..100).rev().collect::<Vec<u64>>().chunks(30) {
        store.take_reports(batch.iter().map(|n| bare_report(*n)).collect()).await.unwrap();
    }
    let mut exported = Vec::new();
    loop {
        let page = store.reports_after(exported.last().copied(), 7).await.unwrap();
        assert!(page.len() <= 7);
        if page.is_empty() {
            break;
        }
        exported.extend(page.iter().map(|row| row.key));
        assert!(exported.len() <= 100, "it goes in a circle");
    }
    assert_eq!(exported, (0..100).map(key).collect::<Vec<_>>());
}

async fn openings_are_kept_by_subject_purpose_and_hour(bench: Bench) {
    let store = bench.store().await;
    for (subject, purpose, hour) in [
        (1, Purpose::Respond, 10),
        (1, Purpose::Respond, 10),
        (1, Purpose::CallBack, 10),
        (1, Purpose::Respond, 11),
        (2, Purpose::Respond, 10),
    ] {
        store.journal(key(subject), purpose, hour).await.unwrap();
    }
    let of_one = [
        Opening { purpose: Purpose::Respond, hour: 11 },
        Opening { purpose: Purpose::CallBack, hour: 10 },
        Opening { purpose: Purpose::Respond, hour: 10 },
    ];
    assert_eq!(store.openings(key(1)).await.unwrap(), of_one);
    assert_eq!(store.openings(key(2)).await.unwrap().len(), 1);
    assert_eq!(store.openings(key(3)).await.unwrap(), []);
}

async fn a_setting_is_what_it_was_last_set_to(bench: Bench) {
    let store = bench.store().await;
    assert_eq!(store.meta("city").await.unwrap(), None);
    store.set_meta("city".to_owned(), "a".to_owned()).await.unwrap();
    store.set_meta("city".to_owned(), "守望 'x' ;--".to_owned()).await.unwrap();
    store.set_meta("other".to_owned(), String::new()).await.unwrap();
    assert_eq!(store.meta("city").await.unwrap().as_deref(), Some("守望 'x' ;--"));
    assert_eq!(store.meta("other").await.unwrap().as_deref(), Some(""));
}

async fn the_log_is_read_from_where_one_was(bench: Bench) {
    let store = bench.store().await;
    assert_eq!((store.head().await.unwrap(), store.events_after(0, 10).await.unwrap().len()), (0, 0));
    store.take_reports((0..10).map(report).collect()).await.unwrap();
    let places = async |after, limit| {
        let events = store.events_after(after, limit).await.unwrap();
        events.iter().map(|event| event.seq).collect::<Vec<_>>()
    };
    assert_eq!(places(0, 3).await, [1, 2, 3]);
    assert_eq!(places(3, 100).await, (4..=10).collect::<Vec<_>>());
    assert_eq!(places(10, 100).await, [0; 0]);
    assert_eq!(store.head().await.unwrap(), 10);
}

async fn a_store_that_is_well_says_so(bench: Bench) {
    let store = bench.store().await;
    store.ping().await.unwrap();
    assert_eq!(store.take_report(report(1)).await.unwrap(), Taken::New);
}
