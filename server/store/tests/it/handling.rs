//! Queues, steps and the clocks that go with them.

use model::id::Key;
use model::status::Status;
use store::{Change, Handling, NEVER, NewHandling, NewStep, Queue, Stepped, Store, kind};

use crate::bench::Bench;
use crate::make::{NOON, bare_report, cell, gapless, handling, key, log, placed, places, report, step};

on_both_engines!(
    a_report_is_placed_once_however_often_its_event_comes,
    a_queue_shows_the_unseen_first_and_then_goes_by_the_clock,
    closed_and_offered_reports_stand_in_lists_of_their_own,
    a_step_changes_the_report_and_tells_of_it,
    the_same_step_again_is_one_step,
    another_step_under_the_same_key_changes_nothing,
    a_step_on_top_of_what_has_changed_meanwhile_is_stale,
    of_many_steps_at_once_one_is_taken,
    a_report_is_found_by_its_reference,
    an_alarm_rings_when_its_time_has_come,
    one_at_a_time_works_on_a_report,
    what_is_open_near_by_is_found_and_what_is_closed_is_not,
);

async fn place(store: &Store, n: u64, handling: Handling) {
    store.take_report(report(n)).await.unwrap();
    let seq = store.head().await.unwrap();
    store.place("router", vec![(seq, Some(placed(n, handling)))]).await.unwrap();
}

fn change(seen: i64, handling: Handling) -> Change {
    Change { seen, handling }
}

async fn keys(store: &Store, department: &str, queue: Queue) -> Vec<Key> {
    store.queue(department, queue, 100, 0).await.unwrap().iter().map(|row| row.report).collect()
}

async fn a_report_is_placed_once_however_often_its_event_comes(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    assert!(store.handling(key(1)).await.unwrap().is_none());
    for owner in ["fire", "police"] {
        store.place("router", vec![(1, Some(placed(1, handling(owner))))]).await.unwrap();
    }
    // Even under another position of the log.
    store.place("router", vec![(2, Some(placed(1, handling("health")))), (3, None)]).await.unwrap();
    let row = store.handling(key(1)).await.unwrap().unwrap();
    assert_eq!((row.handling, row.version, row.trace.as_str(), row.editor), (handling("fire"), 1, "{}", None));
    assert_eq!(store.cursor("router").await.unwrap(), 3);
}

async fn a_queue_shows_the_unseen_first_and_then_goes_by_the_clock(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, Handling { seen: true, due: NOON, ..handling("fire") }).await;
    place(&store, 2, Handling { due: NOON + 7, ..handling("fire") }).await;
    place(&store, 3, Handling { due: NOON + 3, ..handling("fire") }).await;
    place(&store, 4, Handling { seen: true, due: NEVER, ..handling("fire") }).await;
    place(&store, 5, handling("police")).await;
    assert_eq!(keys(&store, "fire", Queue::Open).await, [key(3), key(2), key(1), key(4)]);
    assert_eq!(store.queue("fire", Queue::Open, 2, 0).await.unwrap().len(), 2);
    let rest = store.queue("fire", Queue::Open, 2, 3).await.unwrap();
    assert_eq!(rest.iter().map(|row| row.report).collect::<Vec<_>>(), [key(4)], "those after the first three");
    assert_eq!(store.queue_lengths("fire").await.unwrap(), (4, 2));
    assert_eq!(store.queue_lengths("health").await.unwrap(), (0, 0));
    let line = store.queue("police", Queue::Open, 1, 0).await.unwrap().remove(0);
    assert_eq!((line.category.as_str(), line.danger, line.people), ("12G00", true, Some(3)));
    assert_eq!((line.status, line.received_at, line.handling), (Status::Received, NOON, handling("police")));
}

async fn closed_and_offered_reports_stand_in_lists_of_their_own(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, Handling { closed_at: Some(NOON), ..handling("fire") }).await;
    place(&store, 2, Handling { closed_at: Some(NOON + 1), ..handling("fire") }).await;
    place(&store, 3, Handling { offered: Some("police".to_owned()), ..handling("fire") }).await;
    assert_eq!(keys(&store, "fire", Queue::Closed).await, [key(2), key(1)]);
    assert_eq!(keys(&store, "fire", Queue::Open).await, [key(3)], "whoever offers it keeps it");
    assert_eq!(keys(&store, "police", Queue::Offered).await, [key(3)]);
    assert!(keys(&store, "police", Queue::Open).await.is_empty());
}

async fn a_step_changes_the_report_and_tells_of_it(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, handling("fire")).await;
    let after = Handling { owner: "police".to_owned(), closed_at: Some(NOON + 1), seen: true, ..handling("fire") };
    let new = step(1, 1, Some(Status::Done));
    assert_eq!(store.take_step(new.clone(), change(1, after.clone())).await.unwrap(), Stepped::New);

    let row = store.handling(key(1)).await.unwrap().unwrap();
    assert_eq!((row.handling, row.version), (after, 2));
    assert_eq!(store.report(key(1)).await.unwrap().unwrap().status, Status::Done);
    let steps = store.steps(key(1)).await.unwrap();
    let [row] = &steps[..] else { panic!("{steps:?}") };
    assert_eq!((row.at, row.act, row.actor, row.status), (new.at, new.act, new.actor, new.status));
    assert_eq!((row.staff, row.department.as_deref(), row.other), (Some(key(9)), Some("fire"), Some(key(8))));
    assert_eq!((row.detail.as_deref(), row.template.as_deref()), (Some("detail"), Some("done-repaired")));
    assert_eq!(row.told.as_ref().unwrap().bytes(), [0, 1]);
    assert_eq!(row.inner.as_ref().unwrap().bytes(), [2, 0]);
    let event = log(&store).await.pop().unwrap();
    assert_eq!((event.kind.as_str(), event.at), (kind::REPORT_STEPPED, new.at));
    let body: serde_json::Value = serde_json::from_str(&event.body).unwrap();
    let told = serde_json::json!({
        "report": key(1), "act": "status", "status": "done", "department": "fire", "detail": "detail"
    });
    assert_eq!(body, told);
}

async fn the_same_step_again_is_one_step(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, handling("fire")).await;
    let new = step(1, 1, None);
    assert_eq!(store.take_step(new.clone(), change(1, handling("fire"))).await.unwrap(), Stepped::New);
    assert_eq!(store.take_step(new, change(1, handling("fire"))).await.unwrap(), Stepped::Again);
    assert_eq!(store.steps(key(1)).await.unwrap().len(), 1);
    assert_eq!(places(&store).await, gapless(2));
    assert_eq!(store.report(key(1)).await.unwrap().unwrap().status, Status::Received, "no word of it");
}

async fn another_step_under_the_same_key_changes_nothing(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, handling("fire")).await;
    place(&store, 2, handling("fire")).await;
    store.take_step(step(1, 1, None), change(1, handling("fire"))).await.unwrap();
    let other = NewStep { key: step(1, 1, None).key, ..step(2, 1, Some(Status::Done)) };
    assert_eq!(store.take_step(other, change(2, handling("police"))).await.unwrap(), Stepped::Conflict);
    let elsewhere = step(1, 2, None);
    assert_eq!(store.take_step(elsewhere, change(1, handling("police"))).await.unwrap(), Stepped::Conflict);
    for n in [1, 2] {
        assert_eq!(store.handling(key(n)).await.unwrap().unwrap().handling, handling("fire"));
    }
}

async fn a_step_on_top_of_what_has_changed_meanwhile_is_stale(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, handling("fire")).await;
    store.take_step(step(1, 1, None), change(1, handling("police"))).await.unwrap();
    let late = step(2, 1, Some(Status::Done));
    assert_eq!(store.take_step(late.clone(), change(1, handling("health"))).await.unwrap(), Stepped::Stale);
    assert_eq!(store.steps(key(1)).await.unwrap().len(), 1);
    assert_eq!(store.handling(key(1)).await.unwrap().unwrap().handling.owner, "police");
    // Having looked again, its author may.
    assert_eq!(store.take_step(late, change(2, handling("health"))).await.unwrap(), Stepped::New);
    // What was never placed cannot be stepped on.
    store.take_report(report(2)).await.unwrap();
    assert_eq!(store.take_step(step(3, 2, None), change(1, handling("fire"))).await.unwrap(), Stepped::Stale);
}

async fn of_many_steps_at_once_one_is_taken(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, handling("fire")).await;
    let steps = (0..8).map(|n| store.take_step(step(n, 1, None), change(1, handling("fire"))));
    let taken: Vec<Stepped> = futures::future::join_all(steps).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(taken.iter().filter(|taken| **taken == Stepped::New).count(), 1);
    assert_eq!(taken.iter().filter(|taken| **taken == Stepped::Stale).count(), 7);
    assert_eq!(places(&store).await, gapless(2));
}

async fn a_report_is_found_by_its_reference(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, handling("fire")).await;
    assert_eq!(store.by_reference(&key(1).reference().to_string()).await.unwrap(), [key(1)]);
    assert!(store.by_reference("0000-000-000").await.unwrap().is_empty());
}

async fn an_alarm_rings_when_its_time_has_come(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, Handling { alarm_at: Some(NOON + 8), ..handling("fire") }).await;
    place(&store, 2, Handling { alarm_at: Some(NOON + 7), ..handling("fire") }).await;
    place(&store, 3, Handling { alarm_at: None, ..handling("fire") }).await;
    assert!(store.alarms(NOON + 6, 10).await.unwrap().is_empty());
    assert_eq!(store.alarms(NOON + 8, 10).await.unwrap(), [key(2), key(1)]);
    assert_eq!(store.alarms(NOON + 8, 1).await.unwrap(), [key(2)]);
}

async fn one_at_a_time_works_on_a_report(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, handling("fire")).await;
    let (one, other) = (key(101), key(102));
    assert_eq!(store.edit(key(1), one, NOON, NOON + 5).await.unwrap(), Some((one, NOON + 5)));
    assert_eq!(store.edit(key(1), other, NOON + 4, NOON + 9).await.unwrap(), Some((one, NOON + 5)), "not yet");
    assert_eq!(store.edit(key(1), one, NOON + 4, NOON + 9).await.unwrap(), Some((one, NOON + 9)), "longer");
    assert_eq!(store.edit(key(1), other, NOON + 9, NOON + 12).await.unwrap(), Some((other, NOON + 12)));
    assert_eq!(store.handling(key(1)).await.unwrap().unwrap().editor, Some((other, NOON + 12)));
    assert_eq!(store.edit(key(2), one, NOON, NOON + 5).await.unwrap(), None);
    store.take_up(key(1), one, NOON + 20).await.unwrap();
    assert_eq!(store.edit(key(1), other, NOON + 10, NOON + 30).await.unwrap(), Some((one, NOON + 20)), "taken over");
    store.take_step(step(1, 1, None), change(1, handling("fire"))).await.unwrap();
    assert_eq!(store.handling(key(1)).await.unwrap().unwrap().editor, Some((one, NOON + 20)), "still at work on it");
    store.take_step(step(2, 1, None), change(2, handling("police"))).await.unwrap();
    assert_eq!(store.handling(key(1)).await.unwrap().unwrap().editor, None, "nobody of the new owner is");
}

async fn what_is_open_near_by_is_found_and_what_is_closed_is_not(bench: Bench) {
    let store = bench.store().await;
    place(&store, 1, handling("fire")).await;
    place(&store, 2, Handling { closed_at: Some(NOON), ..handling("fire") }).await;
    place(&store, 3, Handling { joined: 4, ..handling("fire") }).await;
    store.take_report(bare_report(4)).await.unwrap();
    let elsewhere = NewHandling { cell: Some(cell(30.0)), ..placed(4, handling("fire")) };
    store.place("router", vec![(4, Some(elsewhere))]).await.unwrap();
    let here = cell(31.23).number();
    let near = store.near("12G00", &[(here, here)], NOON, 10).await.unwrap();
    let found: Vec<_> = near.iter().map(|row| (row.report, row.cell, row.received_at, row.joined)).collect();
    assert_eq!(found, [(key(1), cell(31.23), NOON, 0), (key(3), cell(31.23), NOON, 4)]);
    assert_eq!(store.near("12G00", &[(here, here)], NOON, 1).await.unwrap().len(), 1);
    assert!(store.near("12G00", &[(here, here)], NOON + 1, 10).await.unwrap().is_empty(), "too old");
    assert!(store.near("12H00", &[(here, here)], NOON, 10).await.unwrap().is_empty(), "another kind");
}
