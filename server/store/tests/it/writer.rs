//! The one writer: what shares a transaction, who goes away, and how it ends.

use futures::FutureExt;
use model::basis::Purpose;
use store::Taken;

use crate::bench::{Bench, at_once, until, within};
use crate::make::{forged_report, gapless, key, log, note, places, report};

on_both_engines!(
    one_write_that_fails_harms_none_that_shared_its_transaction,
    what_comes_one_by_one_is_told_from_what_is_done_in_bulk,
    whoever_does_not_wait_for_the_answer_has_written_all_the_same,
    a_store_that_closes_finishes_what_waits,
    a_store_that_nobody_holds_any_more_finishes_what_waits,
    a_closed_store_takes_nothing,
);

async fn one_write_that_fails_harms_none_that_shared_its_transaction(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(0)).await.unwrap();
    store.take_report(report(1)).await.unwrap();
    // A reader that is there all the time, so that SQLite keeps the log that the commits are counted in.
    assert_eq!(store.head().await.unwrap(), 2);
    let before = bench.commits().await;
    // 21 reports, one of them there already and one forged, three notes, one of them to nothing, and three of the rarer writes.
    let reports = at_once((1..21).map(|n| store.take_report(report(n))));
    let forged = store.take_report(forged_report(0));
    let notes = at_once([note(1, 0), note(2, 999_999), note(3, 5)].map(|note| store.take_note(note)));
    let journal = store.journal(key(0), Purpose::Respond, 7);
    let setting = store.set_meta("one".to_owned(), "1".to_owned());
    let batch = store.take_reports(vec![report(30), report(31)]);
    let (reports, forged, notes, journal, setting, batch) =
        futures::join!(reports, forged, notes, journal, setting, batch);

    let reports: Vec<Taken> = reports.into_iter().map(Result::unwrap).collect();
    assert_eq!(reports[0], Taken::Again);
    assert!(reports[1..].iter().all(|taken| *taken == Taken::New));
    assert_eq!(forged.unwrap(), Taken::Conflict);
    assert_eq!((notes[0].as_ref().unwrap(), notes[2].as_ref().unwrap()), (&Taken::New, &Taken::New));
    assert!(!notes[1].as_ref().unwrap_err().is_unavailable());
    journal.unwrap();
    setting.unwrap();
    assert_eq!(batch.unwrap(), [Taken::New, Taken::New]);

    assert_eq!(places(&store).await, gapless(2 + 19 + 2 + 2));
    assert_eq!(store.report(key(5)).await.unwrap().unwrap().notes.len(), 1);
    assert_eq!(store.openings(key(0)).await.unwrap().len(), 1, "what ran twice is there once");
    assert_eq!(store.meta("one").await.unwrap().as_deref(), Some("1"));
    assert!(bench.commits().await - before >= 20, "they were written one by one");
    // And the next ones share again.
    let before = bench.commits().await;
    at_once((40..60).map(|n| store.take_report(report(n)))).await;
    assert_eq!(bench.commits().await - before, 1);
}

async fn what_comes_one_by_one_is_told_from_what_is_done_in_bulk(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(0), report(1)]).await.unwrap();
    store.count("counter", vec![(1, None), (2, None)]).await.unwrap();
    assert_eq!(store.taken(), 0);
    store.take_report(report(2)).await.unwrap();
    store.take_note(note(1, 2)).await.unwrap();
    store.take_note(note(2, 999_999)).await.unwrap_err();
    assert_eq!(store.taken(), 2, "what was refused is not counted");
}

async fn whoever_does_not_wait_for_the_answer_has_written_all_the_same(bench: Bench) {
    let store = bench.store().await;
    // Asked once, then dropped: among others that share the transaction, and alone.
    let gone = (0..5).map(|n| store.take_report(report(n)).now_or_never());
    assert!(gone.into_iter().all(|answer| answer.is_none()));
    assert!(store.journal(key(1), Purpose::Respond, 7).now_or_never().is_none());
    assert_eq!(store.take_report(report(5)).await.unwrap(), Taken::New);
    assert_eq!(places(&store).await, gapless(6));
    assert_eq!(store.openings(key(1)).await.unwrap().len(), 1);

    assert!(store.take_report(report(6)).now_or_never().is_none());
    let one = &store;
    until("the dropped write", || async move { one.head().await.unwrap() == 7 }).await;
    // A dropped question harms no later one.
    for _ in 0..20 {
        let _ = store.head().now_or_never();
    }
    assert_eq!(within("reading", store.head()).await.unwrap(), 7);
}

async fn a_store_that_closes_finishes_what_waits(bench: Bench) {
    let store = bench.store().await;
    let waiting = at_once((0..300).map(|n| store.take_report(report(n))));
    let closing = async {
        // Twice at once, and one gives up: each comes back only when everything is done.
        assert!(store.close().now_or_never().is_none());
        futures::join!(store.close(), store.close());
        assert!(store.ping().await.unwrap_err().is_unavailable());
    };
    let (taken, ()) = within("closing", async { futures::join!(waiting, closing) }).await;
    assert!(taken.into_iter().all(|taken| taken.unwrap() == Taken::New));
    assert_eq!(places(&bench.store().await).await, gapless(300));
}

async fn a_store_that_nobody_holds_any_more_finishes_what_waits(bench: Bench) {
    let store = bench.store().await;
    for n in 0..100 {
        assert!(store.take_report(report(n)).now_or_never().is_none());
    }
    drop(store);
    let store = bench.store().await;
    let store = &store;
    until("the last write", || async move { store.head().await.unwrap() == 100 }).await;
    assert_eq!(log(store).await.len(), 100);
}

async fn a_closed_store_takes_nothing(bench: Bench) {
    let store = bench.store().await;
    let clone = store.clone();
    within("closing while a clone is held", store.close()).await;
    assert!(clone.take_report(report(1)).await.unwrap_err().is_unavailable());
    assert!(clone.take_reports(vec![report(1)]).await.unwrap_err().is_unavailable());
    assert!(clone.head().await.unwrap_err().is_unavailable());
    within("closing again", clone.close()).await;
    assert_eq!(bench.store().await.head().await.unwrap(), 0);
}
