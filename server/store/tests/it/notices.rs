//! Notices: queued once for an event, sent by one, tried again, and nothing told of who is known.

use model::contact::Channel;
use model::notice::{Kind, MOST, Reason, State};
use model::status::Status;
use store::{ListAsk, NewNotice, NoticeRow, Store, Tried};

use crate::bench::Bench;
use crate::make::{NOON, bare_report, key, reach, report};

on_both_engines!(
    an_event_is_queued_once_on_the_channels_that_there_are,
    of_two_senders_one_sends,
    what_failed_is_due_again_and_what_gave_up_is_not,
    a_contact_that_gets_too_many_is_spared,
    a_list_is_asked_for_by_known_and_unknown_alike,
    reports_of_one_contact_are_found_by_its_mark
);

pub fn notice(event: u64, about: u64) -> NewNotice {
    let at = NOON + i64::try_from(event).unwrap();
    NewNotice { event: key(event).uuid(), report: key(about), kind: Kind::Received, status: None, at }
}

/// Queues notices as if each came with an event of its own.
pub async fn queue(store: &Store, from: i64, notices: Vec<NewNotice>) {
    let events = (from..).zip(notices).map(|(seq, notice)| (seq, Some(vec![notice]))).collect();
    store.queue_notices("notifier", vec![Channel::Mail], events).await.unwrap();
}

pub fn ask(n: u64, about: u64) -> ListAsk {
    ListAsk {
        key: key(800_000 + n),
        mark: reach(about).mark,
        channel: Channel::Mail,
        from: Some([9; 16]),
        language: "zh-CN".to_owned(),
        at: NOON + i64::try_from(n).unwrap(),
        most: (3, 5),
    }
}

async fn due(store: &Store, now: i64) -> Vec<NoticeRow> {
    store.due_notices(now, 100).await.unwrap()
}

async fn an_event_is_queued_once_on_the_channels_that_there_are(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(1), bare_report(2)]).await.unwrap();
    let closed = NewNotice { kind: Kind::Closed, status: Some(Status::Done), ..notice(8, 1) };
    queue(&store, 1, vec![notice(1, 1), notice(2, 2), closed]).await;
    // The same events again, under other positions: as after a restore.
    queue(&store, 10, vec![notice(1, 1), notice(2, 2)]).await;
    let rows = store.notices_of(key(1)).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| (row.kind, row.status)).collect::<Vec<_>>(),
        [(Kind::Received, None), (Kind::Closed, Some(Status::Done))]
    );
    assert_eq!((rows[0].state, rows[0].tries, rows[0].language.as_str()), (State::Queued, 0, "en"));
    assert!(store.notices_of(key(2)).await.unwrap().is_empty(), "who left no contact is told nothing");

    store.queue_notices("notifier", vec![Channel::Sms], vec![(20, Some(vec![notice(20, 1)]))]).await.unwrap();
    assert_eq!(store.notices_of(key(1)).await.unwrap().len(), 2, "a channel that is not there");
}

async fn of_two_senders_one_sends(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    queue(&store, 1, vec![notice(1, 1)]).await;
    assert!(due(&store, NOON).await.is_empty(), "not before its time");
    let row = due(&store, NOON + 1).await.remove(0);
    assert!(store.claim_notice(row.id, row.tries, NOON + 100).await.unwrap());
    assert!(!store.claim_notice(row.id, row.tries, NOON + 100).await.unwrap(), "somebody was quicker");
    assert!(due(&store, NOON + 99).await.is_empty());
    let left = due(&store, NOON + 100).await.remove(0);
    assert_eq!((left.id, left.tries), (row.id, 1), "who claimed it has died");

    assert!(store.claim_notice(left.id, left.tries, NOON + 300).await.unwrap());
    store.settle_notice(row.id, 1, Tried::Not(Reason::Later, None), NOON + 150).await.unwrap();
    assert_eq!(store.notices_of(key(1)).await.unwrap()[0].state, State::Queued, "the claim of the first is over");
    store.settle_notice(row.id, 1, Tried::Sent, NOON + 151).await.unwrap();
    store.settle_notice(row.id, 2, Tried::Not(Reason::Later, None), NOON + 152).await.unwrap();
    let settled = store.notices_of(key(1)).await.unwrap().remove(0);
    assert_eq!((settled.state, settled.next_at, settled.changed_at), (State::Sent, None, NOON + 151), "sent is sent");
    assert!(!store.claim_notice(settled.id, 2, NOON + 400).await.unwrap());
}

async fn what_failed_is_due_again_and_what_gave_up_is_not(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    queue(&store, 1, vec![notice(1, 1), notice(2, 1)]).await;
    let rows = due(&store, NOON + 9).await;
    for (row, next) in rows.iter().zip([Some(NOON + 500), None]) {
        assert!(store.claim_notice(row.id, 0, NOON + 100).await.unwrap());
        store.settle_notice(row.id, 1, Tried::Not(Reason::Unreachable, next), NOON + 10).await.unwrap();
    }
    assert!(due(&store, NOON + 499).await.is_empty());
    assert_eq!(due(&store, NOON + 500).await[0].id, rows[0].id);
    let seen = store.undelivered_notices(9).await.unwrap();
    let mut states: Vec<_> = seen.iter().map(|row| (row.state.name(), row.reason)).collect();
    states.sort_unstable_by_key(|(name, _)| *name);
    assert_eq!(states, [("failed", Some(Reason::Unreachable)), ("gave-up", Some(Reason::Unreachable))]);
    assert!(store.requeue_notice(rows[1].id, NOON + 600).await.unwrap());
    assert!(!store.requeue_notice(rows[1].id, NOON + 600).await.unwrap(), "once");
    let again = due(&store, NOON + 600).await;
    assert_eq!(again.iter().find(|row| row.id == rows[1].id).map(|row| row.tries), Some(0));
}

async fn a_contact_that_gets_too_many_is_spared(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(1), report(2), report(9)]).await.unwrap();
    let most = u64::try_from(MOST).unwrap();
    queue(&store, 1, (0..most).map(|n| notice(n, 1)).collect()).await;
    queue(&store, 100, vec![notice(100, 2), notice(101, 9)]).await;
    let spared = store.notices_of(key(2)).await.unwrap().remove(0);
    assert_eq!(
        (spared.state, spared.reason),
        (State::GaveUp, Some(Reason::TooMany)),
        "another report of the same contact"
    );
    assert_eq!(store.notices_of(key(9)).await.unwrap()[0].state, State::Queued, "somebody else");
}

async fn a_list_is_asked_for_by_known_and_unknown_alike(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(0), report(1)]).await.unwrap();
    store.ask_for_list(ask(0, 700)).await.unwrap();
    assert!(due(&store, i64::MAX).await.is_empty(), "nobody has this contact");
    store.ask_for_list(ask(1, 0)).await.unwrap();
    store.ask_for_list(ask(1, 0)).await.unwrap();
    let rows = due(&store, NOON + 10).await;
    assert_eq!(
        rows.iter().map(|row| (row.kind, row.language.as_str())).collect::<Vec<_>>(),
        [(Kind::List, "zh-CN")],
        "sent twice is asked once"
    );
    for n in 2..7 {
        store.ask_for_list(ask(n, 0)).await.unwrap();
    }
    assert_eq!(due(&store, NOON + 10).await.len(), 3, "three an hour");
    // Another contact, from the address that has asked for five in all.
    store.take_report(report(30)).await.unwrap();
    store.ask_for_list(ask(8, 30)).await.unwrap();
    assert_eq!(due(&store, NOON + 10).await.len(), 3);
    store.ask_for_list(ListAsk { at: NOON + 4_000_000, ..ask(9, 30) }).await.unwrap();
    assert_eq!(due(&store, i64::MAX).await.len(), 4, "an hour later");
}

async fn reports_of_one_contact_are_found_by_its_mark(bench: Bench) {
    let store = bench.store().await;
    store.take_reports((0..5).map(report).collect()).await.unwrap();
    let found = |since| store.reports_of(reach(0).mark, since, 10);
    let mut keys: Vec<_> = found(NOON).await.unwrap().iter().map(|row| row.key).collect();
    keys.sort();
    assert_eq!(keys, [key(0), key(1), key(2)]);
    assert!(found(NOON + 1).await.unwrap().is_empty());
    assert_eq!(store.reports_of(reach(0).mark, NOON, 2).await.unwrap().len(), 2);
}
