//! Who may come in.

use model::basis::Purpose;
use model::canonical::Hash;
use model::journal::Deed;
use model::status::Status;
use model::step::{Act, Actor};
use store::{Change, NewPass, NewPhoto, NewStep, PassKind, StaffRow, Store, kind};

use crate::bench::Bench;
use crate::make::{NOON, handler, handling, key, log, photo, placed, report, step};

on_both_engines!(
    a_link_lets_in_once,
    of_many_who_come_by_one_link_one_gets_in,
    a_link_that_is_too_old_lets_nobody_in,
    a_session_ends_by_time_by_hand_and_with_the_service,
    a_pass_of_one_kind_is_none_of_the_other,
    openings_of_departments_are_told_by_the_hour,
    what_the_staff_does_stands_in_the_journal_the_newest_first,
);

const LINK: Hash = [1; 32];
const SESSION: Hash = [2; 32];
/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;

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
        store
            .journal_staff(key(1), key(staff), department.to_owned(), Purpose::Respond, hour * HOUR + 5)
            .await
            .unwrap();
    }
    let told = [("fire", 8), ("police", 8), ("fire", 7)].map(|(department, hour)| (department.to_owned(), hour));
    assert_eq!(store.staff_openings(key(1)).await.unwrap(), told);
    assert!(store.staff_openings(key(2)).await.unwrap().is_empty());
}

async fn what_the_staff_does_stands_in_the_journal_the_newest_first(bench: Bench) {
    let store = with_link(&bench).await;
    store.redeem(LINK, SESSION, NOON + 1, NOON + 100).await.unwrap();
    store.take_report(report(1)).await.unwrap();
    store.place("router", vec![(1, Some(placed(1, handling("fire"))))]).await.unwrap();
    for _ in 0..2 {
        store.journal_staff(key(1), key(1), "fire".to_owned(), Purpose::Respond, NOON + 2).await.unwrap();
    }
    let done = NewStep { at: NOON + 3, staff: Some((key(1), "fire".to_owned())), ..step(1, 1, Some(Status::Done)) };
    store.take_step(done, Change { seen: 1, handling: handling("fire") }).await.unwrap();
    let theirs = NewStep { act: Act::Answer, actor: Actor::Citizen, staff: None, ..step(2, 1, None) };
    store.take_step(theirs, Change { seen: 2, handling: handling("fire") }).await.unwrap();
    let evidence = NewPhoto { at: NOON + 4, department: Some("fire".to_owned()), staff: Some(key(1)), ..photo(1, 1) };
    store.take_photo(evidence, 5).await.unwrap();
    store.take_photo(photo(2, 1), 5).await.unwrap();
    store.end_staff(key(1), NOON + 5).await.unwrap();

    let rows = store.deeds(None, 9).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.deed, row.staff, row.whom, row.report, row.status)).collect();
    let (one, about) = (Some(key(1)), Some(key(1)));
    assert_eq!(
        told[..4],
        [
            (Deed::Ended, None, one, None, None),
            (Deed::Photo, one, None, about, None),
            (Deed::Step(Act::Status), one, None, about, Some(Status::Done)),
            (Deed::Opened, one, None, about, None),
        ]
    );
    assert_eq!(told[4], (Deed::SignedIn, one, None, None, None));
    let first: Vec<_> = told[5..].iter().map(|told| (told.0, told.1, told.2)).collect();
    assert_eq!(first.len(), 2, "of one moment");
    assert!(first.contains(&(Deed::Added, None, one)) && first.contains(&(Deed::Invited, None, one)));
    let rest = store.deeds(Some((rows[1].at, rows[1].id)), 2).await.unwrap();
    assert_eq!(rest, rows[2..4], "those before it");

    let log = log(&store).await;
    let of_staff: Vec<_> = log.iter().filter(|event| event.kind == kind::STAFF_ACTED).collect();
    assert_eq!(of_staff.len(), 4, "added, a link, in by it, gone");
    assert!(log.iter().all(|event| !event.body.contains("Handler")), "no names");
    let photo = log.iter().find(|event| event.kind == kind::PHOTO_ADDED).unwrap();
    assert!(photo.body.contains(&key(1).to_string()) && rows[1].id == photo.id);
}
