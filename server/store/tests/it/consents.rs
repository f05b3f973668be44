//! Consent taken back: what rests on it is gone, and nothing else.

use model::basis::Purpose;
use model::consent::Consent;
use store::{Store, Tried};

use crate::bench::Bench;
use crate::make::{NOON, key, log, reach, report};
use crate::notices::{notice, queue};

on_both_engines!(whoever_is_not_to_be_written_to_keeps_the_contact, with_the_contact_goes_all_that_rests_on_it);

async fn purposes(store: &Store, n: u64) -> Vec<Purpose> {
    store.report(key(n)).await.unwrap().unwrap().purposes
}

async fn whoever_is_not_to_be_written_to_keeps_the_contact(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(1), report(2)]).await.unwrap();
    queue(&store, 1, vec![notice(1, 1), notice(2, 2)]).await;
    assert!(store.withdraw(key(1), Consent::Tell.ends(), NOON + 5).await.unwrap());
    assert!(!store.withdraw(key(1), Consent::Tell.ends(), NOON + 9).await.unwrap(), "once");
    let row = store.report(key(1)).await.unwrap().unwrap();
    assert_eq!(row.purposes, [Purpose::CallBack, Purpose::OwnAccess, Purpose::Respond]);
    let told = row.bases.iter().find(|basis| basis.purpose == Purpose::Tell).unwrap();
    assert_eq!((told.since, told.ended), (NOON, Some(NOON + 5)));
    assert!(row.contact.is_some());
    assert!(store.notices_of(key(1)).await.unwrap().is_empty(), "what was to be told is not");
    queue(&store, 3, vec![notice(3, 1)]).await;
    assert!(store.notices_of(key(1)).await.unwrap().is_empty(), "nor anything later");
    assert_eq!(purposes(&store, 2).await.len(), 4, "another report of the same person stays as it is");
    assert_eq!(store.notices_of(key(2)).await.unwrap().len(), 1);
    let own = store.reports_of(reach(1).mark, 0, 9).await.unwrap();
    assert_eq!(own.iter().map(|row| row.key).collect::<Vec<_>>(), [key(2)]);
    let last = log(&store).await.pop().unwrap();
    assert_eq!(last.kind, "consent.withdrawn");
    assert!(last.body.contains("\"purposes\":[\"tell\"]"), "{}", last.body);
}

async fn with_the_contact_goes_all_that_rests_on_it(bench: Bench) {
    let store = bench.store().await;
    store.take_reports(vec![report(3)]).await.unwrap();
    queue(&store, 1, vec![notice(1, 3)]).await;
    let sent = store.notices_of(key(3)).await.unwrap().remove(0);
    store.claim_notice(sent.id, 0, NOON).await.unwrap();
    store.settle_notice(sent.id, 1, Tried::Sent, NOON).await.unwrap();
    assert!(store.withdraw(key(3), Consent::CallBack.ends(), NOON + 5).await.unwrap());
    let row = store.report(key(3)).await.unwrap().unwrap();
    assert_eq!((row.contact.is_none(), row.purposes), (true, vec![Purpose::OwnAccess, Purpose::Respond]));
    let kept = store.notices_of(key(3)).await.unwrap();
    assert_eq!(kept.len(), 1, "what was told was told");
    assert_ne!(kept[0].mark, sent.mark, "and nothing leads from there to the address");
    assert!(
        store.withdraw(key(3), &[Purpose::Respond], NOON + 6).await.is_ok_and(|ended| !ended),
        "an emergency asks nobody"
    );
    assert!(!store.withdraw(key(7), Consent::Tell.ends(), NOON).await.unwrap(), "there is no such report");
    let resent = store.take_report(report(3)).await.unwrap();
    assert_eq!(resent, store::Taken::Again);
    assert!(store.report(key(3)).await.unwrap().unwrap().contact.is_none(), "the same form again brings it not back");
}
