//! Incidents: what is done to one is done to all its members, or to none.

use model::status::Status;
use model::step::Act;
use store::{Change, Incident, Member, NewIncidentStep, Part, Stepped, Store};

use crate::bench::Bench;
use crate::make::{NOON, handling, key, log, placed, report, step};

on_both_engines!(
    members_join_and_leave_and_all_of_it_is_told,
    of_members_one_of_which_has_changed_none_is_changed,
    the_same_step_of_an_incident_again_is_one,
);

/// Places `reports` in a queue of the fire department.
pub async fn place(store: &Store, reports: &[u64]) {
    for n in reports {
        store.take_report(report(*n)).await.unwrap();
        let seq = store.head().await.unwrap();
        store.place("router", vec![(seq, Some(placed(*n, handling("fire"))))]).await.unwrap();
    }
}

/// The `n`th step of an incident that begins with it, or of the one that is there: the key of both is 900.
pub fn together(n: u64, seen: Option<i64>, part: Part, members: &[(u64, i64)]) -> NewIncidentStep {
    let member = |(about, version): &(u64, i64)| Member {
        part,
        step: step(n * 100 + about, *about, (part == Part::Stays).then_some(Status::InProgress)),
        change: Change { seen: *version, handling: handling("fire") },
    };
    let begins = || Incident::New { key: key(900), category: "12G00".into(), department: "fire".into() };
    NewIncidentStep {
        key: key(910 + n),
        hash: [u8::try_from(n).unwrap(); 32],
        at: NOON + i64::try_from(n).unwrap(),
        act: Act::Merge,
        staff: (key(9), "fire".into()),
        status: (part == Part::Stays).then_some(Status::InProgress),
        incident: seen.map_or_else(begins, |version| Incident::Seen { key: key(900), version }),
        members: members.iter().map(member).collect(),
    }
}

async fn members_join_and_leave_and_all_of_it_is_told(bench: Bench) {
    let store = bench.store().await;
    place(&store, &[1, 2, 3]).await;
    assert_eq!(
        store.take_incident_step(together(1, None, Part::Joins, &[(2, 1), (1, 1)])).await.unwrap(),
        Stepped::New
    );
    let incident = store.incident_of(key(1)).await.unwrap().unwrap();
    assert_eq!((incident.key, incident.department.as_str(), incident.version), (key(900), "fire", 1));
    assert_eq!(store.incident_of(key(3)).await.unwrap(), None);
    let line = store.incidents("fire", 10).await.unwrap().remove(0);
    assert_eq!((line.key, line.members, line.open, line.danger), (key(900), 2, 2, true));
    assert!(store.incidents("police", 10).await.unwrap().is_empty());

    let all = together(2, Some(1), Part::Stays, &[(1, 2), (2, 2)]);
    assert_eq!(store.take_incident_step(all).await.unwrap(), Stepped::New);
    for n in [1, 2] {
        assert_eq!(store.report(key(n)).await.unwrap().unwrap().status, Status::InProgress);
    }
    let leaves = together(3, Some(2), Part::Leaves, &[(1, 3)]);
    assert_eq!(store.take_incident_step(leaves).await.unwrap(), Stepped::New);
    let members: Vec<_> = store.members(key(900)).await.unwrap().iter().map(|row| row.report).collect();
    assert_eq!(members, [key(2)]);
    let steps = store.incident_steps(key(900)).await.unwrap();
    let told: Vec<_> = steps.iter().map(|step| (step.reports, step.report, step.status)).collect();
    assert_eq!(told, [(2, None, None), (2, None, Some(Status::InProgress)), (1, Some(key(1)), None)]);
    let events = log(&store).await;
    assert_eq!(events.iter().filter(|event| event.kind == store::kind::INCIDENT_STEPPED).count(), 3);
    assert_eq!(events.iter().filter(|event| event.kind == store::kind::REPORT_STEPPED).count(), 5);
}

async fn of_members_one_of_which_has_changed_none_is_changed(bench: Bench) {
    let store = bench.store().await;
    place(&store, &[1, 2]).await;
    store.take_step(step(1, 2, None), Change { seen: 1, handling: handling("fire") }).await.unwrap();
    let stale = together(1, None, Part::Joins, &[(1, 1), (2, 1)]);
    assert_eq!(store.take_incident_step(stale).await.unwrap(), Stepped::Stale);
    assert_eq!(store.handling(key(1)).await.unwrap().unwrap().version, 1);
    assert!(store.steps(key(1)).await.unwrap().is_empty());
    assert_eq!(store.incident(key(900)).await.unwrap(), None);
    store.take_incident_step(together(2, None, Part::Joins, &[(1, 1), (2, 2)])).await.unwrap();
    let late = together(3, Some(7), Part::Stays, &[(1, 2)]);
    assert_eq!(store.take_incident_step(late).await.unwrap(), Stepped::Stale, "another version of the incident");
}

async fn the_same_step_of_an_incident_again_is_one(bench: Bench) {
    let store = bench.store().await;
    place(&store, &[1]).await;
    let begins = together(1, None, Part::Joins, &[(1, 1)]);
    assert_eq!(store.take_incident_step(begins.clone()).await.unwrap(), Stepped::New);
    assert_eq!(store.take_incident_step(begins.clone()).await.unwrap(), Stepped::Again);
    assert_eq!(store.incident_step_hash(begins.key).await.unwrap(), Some(begins.hash));
    let other = NewIncidentStep { hash: [9; 32], ..begins };
    assert_eq!(store.take_incident_step(other).await.unwrap(), Stepped::Conflict);
    assert_eq!(store.steps(key(1)).await.unwrap().len(), 1);
}
