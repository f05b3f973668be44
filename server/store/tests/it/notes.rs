//! Notes that people add to their reports.

use model::sealed::Sealed;
use store::{Change, Handling, NewNote, Stepped, Taken, kind};

use crate::bench::Bench;
use crate::make::{NOON, gapless, handling, key, log, note, placed, places, report, step};

on_both_engines!(
    notes_are_read_back_in_the_order_of_their_time,
    the_same_note_again_adds_nothing,
    what_somebody_adds_is_to_be_looked_at_again,
    another_note_under_the_same_key_changes_nothing,
    a_note_under_the_key_of_a_report_is_another_event,
    the_key_of_a_note_to_another_report_is_taken,
    a_note_for_a_report_that_is_not_there_is_an_error,
);

async fn notes_are_read_back_in_the_order_of_their_time(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    store.take_report(report(2)).await.unwrap();
    for n in [3, 1, 2] {
        assert_eq!(store.take_note(note(n, 1)).await.unwrap(), Taken::New);
    }
    store.take_note(note(4, 2)).await.unwrap();

    let row = store.report(key(1)).await.unwrap().unwrap();
    let notes: Vec<_> = row.notes.iter().map(|note| (note.at, note.text.bytes())).collect();
    assert_eq!(notes, [(NOON + 1, &[0, 9, 1][..]), (NOON + 2, &[0, 9, 2]), (NOON + 3, &[0, 9, 3])]);
    assert_eq!(row.purposes.len(), 4, "many notes do not multiply the purposes");
    assert_eq!(row.contact.unwrap().bytes(), [0, 1, 0]);

    let event = &log(&store).await[2];
    assert_eq!((event.kind.as_str(), event.at), (kind::NOTE_ADDED, NOON + 3));
    let body: serde_json::Value = serde_json::from_str(&event.body).unwrap();
    assert_eq!(body, serde_json::json!({ "report": key(1) }));
}

async fn the_same_note_again_adds_nothing(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    assert_eq!(store.take_note(note(1, 1)).await.unwrap(), Taken::New);
    let (one, other) = futures::join!(store.take_note(note(1, 1)), store.take_note(note(1, 1)));
    assert_eq!((one.unwrap(), other.unwrap()), (Taken::Again, Taken::Again));
    assert_eq!(places(&store).await, gapless(2));
    assert_eq!(store.report(key(1)).await.unwrap().unwrap().notes.len(), 1);
}

async fn what_somebody_adds_is_to_be_looked_at_again(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(1), report(2)]).await.unwrap();
    for n in [1, 2] {
        let seen = Handling { seen: true, ..handling("fire") };
        store.place("router", vec![(i64::try_from(n).unwrap(), Some(placed(n, seen)))]).await.unwrap();
    }
    let seen = async |n| store.handling(key(n)).await.unwrap().unwrap().handling.seen;
    assert!(seen(1).await && seen(2).await);
    assert_eq!(store.take_note(note(1, 1)).await.unwrap(), Taken::New);
    assert_eq!((seen(1).await, seen(2).await), (false, true));
    // A step of somebody who opened it before the note came does not say that the note was read.
    let change = |version| Change { seen: version, handling: Handling { seen: true, ..handling("fire") } };
    assert_eq!(store.take_step(step(1, 1, None), change(1)).await.unwrap(), Stepped::Stale);
    assert!(!seen(1).await);
    assert_eq!(store.take_step(step(1, 1, None), change(2)).await.unwrap(), Stepped::New);
    assert!(seen(1).await);
}

async fn another_note_under_the_same_key_changes_nothing(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    store.take_note(note(1, 1)).await.unwrap();
    let other = NewNote { key: note(1, 1).key, text: Sealed::from_bytes(vec![6]), ..note(2, 1) };
    assert_eq!(store.take_note(other).await.unwrap(), Taken::Conflict);
    assert_eq!(places(&store).await, gapless(2));
    let notes = store.report(key(1)).await.unwrap().unwrap().notes;
    assert_eq!((notes.len(), notes[0].text.bytes()), (1, &[0, 9, 1][..]));
}

async fn a_note_under_the_key_of_a_report_is_another_event(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    store.take_note(NewNote { key: key(1), ..note(1, 1) }).await.unwrap();
    let ids: Vec<_> = log(&store).await.iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1], "a broker would drop the second");
}

async fn the_key_of_a_note_to_another_report_is_taken(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    store.take_report(report(2)).await.unwrap();
    store.take_note(note(1, 1)).await.unwrap();
    // The same words: yet nothing of it is at report 2, so "it is there already" would be a lie.
    assert_eq!(store.take_note(note(1, 2)).await.unwrap(), Taken::Conflict);
    assert!(store.report(key(2)).await.unwrap().unwrap().notes.is_empty());
}

async fn a_note_for_a_report_that_is_not_there_is_an_error(bench: Bench) {
    let store = bench.store().await;
    let error = store.take_note(note(1, 1)).await.unwrap_err();
    assert!(!error.is_unavailable(), "trying again would not help: {error}");
    assert!(std::error::Error::source(&error).is_some(), "it tells why");
    assert_eq!(store.head().await.unwrap(), 0);
    // Nothing of it stands in the way.
    store.take_report(report(1)).await.unwrap();
    assert_eq!(store.take_note(note(1, 1)).await.unwrap(), Taken::New);
}
