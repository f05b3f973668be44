//! Words out of sight.

use model::redaction::{Part, Reason};
use model::sealed::Sealed;
use store::{Change, Stepped};

use crate::bench::Bench;
use crate::incidents::place;
use crate::make::{handling, key, note, step};

on_both_engines!(what_is_hidden_is_kept_beside_the_original_and_can_be_shown_again);

async fn what_is_hidden_is_kept_beside_the_original_and_can_be_shown_again(bench: Bench) {
    let store = bench.store().await;
    place(&store, &[1]).await;
    store.take_note(note(1, 1)).await.unwrap();
    // The note made it another version.
    let change = |seen: i64| Change { seen: seen + 1, handling: handling("fire") };
    let shown = |byte| Some((Reason::Private, Sealed::from_bytes(vec![byte])));
    let part = Part::Note(note(1, 1).key);
    assert_eq!(store.redact(step(1, 1, None), change(1), part, shown(1)).await.unwrap(), Stepped::New);
    assert_eq!(store.redact(step(1, 1, None), change(1), part, shown(9)).await.unwrap(), Stepped::Again);
    assert_eq!(store.redact(step(2, 1, None), change(1), part, shown(9)).await.unwrap(), Stepped::Stale);
    assert_eq!(store.redact(step(3, 1, None), change(2), part, shown(3)).await.unwrap(), Stepped::New);
    let rows = store.redactions(key(1)).await.unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((row.part, row.reason, row.shown.bytes()), (part, Reason::Private, &[3][..]));
    let notes = store.report(key(1)).await.unwrap().unwrap().notes;
    assert_eq!((notes[0].key, notes[0].text.bytes()), (note(1, 1).key, note(1, 1).text.bytes()), "the original");
    assert_eq!(store.redact(step(4, 1, None), change(3), part, None).await.unwrap(), Stepped::New);
    assert!(store.redactions(key(1)).await.unwrap().is_empty());
}
