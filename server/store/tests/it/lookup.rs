//! Reading reports by key, many at once.

use futures::FutureExt;

use crate::bench::{Bench, at_once};
use crate::make::{key, note, report};

on_both_engines!(
    reports_that_are_asked_for_together_are_each_their_own,
    who_does_not_wait_for_a_report_keeps_it_from_nobody,
);

async fn reports_that_are_asked_for_together_are_each_their_own(bench: Bench) {
    let store = bench.store().await;
    store.take_reports((0..20).map(report).collect()).await.unwrap();
    for n in 0..20 {
        for about in (0..20).filter(|about| n < about % 3) {
            store.take_note(note(100 * n + about, about)).await.unwrap();
        }
    }
    // More than share a question, some that are not there, and one that many want.
    let wanted: Vec<u64> = (0..30).chain([5; 20]).collect();
    let found = at_once(wanted.iter().map(|n| store.report(key(*n)))).await;
    for (n, row) in wanted.into_iter().zip(found) {
        let row = row.unwrap();
        assert_eq!(row.is_some(), n < 20, "{n}");
        let Some(row) = row else { continue };
        assert_eq!((row.key, row.told.bytes()), (key(n), report(n).told.bytes()));
        let notes: Vec<_> = row.notes.iter().map(|note| note.key).collect();
        let added: Vec<_> = (0..n % 3).map(|first| note(100 * first + n, n).key).collect();
        assert_eq!(notes, added, "{n}");
    }
}

async fn who_does_not_wait_for_a_report_keeps_it_from_nobody(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(0), report(1)]).await.unwrap();
    for _ in 0..20 {
        assert!(store.report(key(0)).now_or_never().is_none(), "it takes a moment");
    }
    assert_eq!(store.report(key(1)).await.unwrap().unwrap().key, key(1));
    store.close().await;
    assert!(store.report(key(1)).await.unwrap_err().is_unavailable());
}
