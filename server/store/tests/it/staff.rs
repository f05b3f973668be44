//! Who may come in.

use model::basis::Purpose;
use model::canonical::Hash;
use store::{NewPass, PassKind, StaffRow, Store};

use crate::bench::Bench;
use crate::make::{NOON, handler, key, report};

on_both_engines!(
    a_link_lets_in_once,
    of_many_who_come_by_one_link_one_gets_in,
    a_link_that_is_too_old_lets_nobody_in,
    a_session_ends_by_time_by_hand_and_with_the_service,
    a_pass_of_one_kind_is_none_of_the_other,
    openings_of_departments_are_told_by_the_hour,
);

const LINK: Hash = [1; 32];
const SESSION: Hash = [2; 32];

async fn give(store: &Store, hash: Hash, kind: PassKind) {
    store.add_pass(NewPass { hash, staff: key(1), kind, since: NOON, until: NOON + 10 }).await.unwrap();
}

async fn with_link(bench: &Bench) -> Store {
    let store = bench.store().await;
    store.add_staff(handler(1)).await.unwrap();
    give(&store, LINK, PassKind::Link).await;
    store
}

async fn a_link_lets_in_once(bench: Bench) {
    let store = with_link(&bench).await;
    assert!(store.redeem(LINK, SESSION, NOON + 1, NOON + 100).await.unwrap());
    assert_eq!(store.session(&SESSION, NOON + 99).await.unwrap(), Some(handler(1)));
    assert!(!store.redeem(LINK, [3; 32], NOON + 1, NOON + 100).await.unwrap());
    assert_eq!(store.session(&[3; 32], NOON + 1).await.unwrap(), None);
}

async fn of_many_who_come_by_one_link_one_gets_in(bench: Bench) {
    let store = with_link(&bench).await;
    let coming = (10..18).map(|n| store.redeem(LINK, [n; 32], NOON + 1, NOON + 100));
    let came = futures::future::join_all(coming).await;
    assert_eq!(came.into_iter().filter(|came| *came.as_ref().unwrap()).count(), 1);
}

async fn a_link_that_is_too_old_lets_nobody_in(bench: Bench) {
    let store = with_link(&bench).await;
    assert!(!store.redeem(LINK, SESSION, NOON + 10, NOON + 100).await.unwrap());
}

async fn a_session_ends_by_time_by_hand_and_with_the_service(bench: Bench) {
    let store = with_link(&bench).await;
    give(&store, SESSION, PassKind::Session).await;
    assert!(store.session(&SESSION, NOON + 9).await.unwrap().is_some());
    assert!(store.session(&SESSION, NOON + 10).await.unwrap().is_none());
    store.end_session(SESSION).await.unwrap();
    assert!(store.session(&SESSION, NOON + 9).await.unwrap().is_none());

    give(&store, SESSION, PassKind::Session).await;
    assert!(store.end_staff(key(1), NOON + 5).await.unwrap());
    assert!(!store.end_staff(key(1), NOON + 6).await.unwrap(), "it has ended already");
    assert!(store.session(&SESSION, NOON + 6).await.unwrap().is_none());
    assert!(!store.redeem(LINK, [3; 32], NOON + 6, NOON + 100).await.unwrap(), "a link that was given before");
    // Nor does one that was given too late.
    give(&store, SESSION, PassKind::Session).await;
    assert!(store.session(&SESSION, NOON + 6).await.unwrap().is_none());
    assert_eq!(store.staff().await.unwrap(), [StaffRow { ended: Some(NOON + 5), ..handler(1) }]);
}

async fn a_pass_of_one_kind_is_none_of_the_other(bench: Bench) {
    let store = with_link(&bench).await;
    assert!(store.session(&LINK, NOON + 1).await.unwrap().is_none(), "a link is no session");
    give(&store, SESSION, PassKind::Session).await;
    assert!(!store.redeem(SESSION, [3; 32], NOON + 1, NOON + 100).await.unwrap(), "a session is no link");
}

async fn openings_of_departments_are_told_by_the_hour(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    for (staff, department, hour) in [(5, "fire", 7), (5, "fire", 7), (6, "fire", 7), (5, "fire", 8), (9, "police", 8)]
    {
        store.journal_staff(key(1), key(staff), department.to_owned(), Purpose::Respond, hour).await.unwrap();
    }
    let told = [("fire", 8), ("police", 8), ("fire", 7)].map(|(department, hour)| (department.to_owned(), hour));
    assert_eq!(store.staff_openings(key(1)).await.unwrap(), told);
    assert!(store.staff_openings(key(2)).await.unwrap().is_empty());
}
