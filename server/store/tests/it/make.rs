//! Reports and notes to store.

use std::collections::BTreeMap;

use model::basis::Purpose;
use model::canonical::Canonical;
use model::cell::Cell;
use model::contact::Channel;
use model::event::Event;
use model::flood::Marks;
use model::id::Key;
use model::place::PlaceMark;
use model::position::Position;
use model::sealed::Sealed;
use model::status::Status;
use model::step::{Act, Actor};
use store::{Handling, NewHandling, NewNote, NewPhoto, NewReport, NewStep, Origin, Program, Reach, StaffRow, Store};

pub const NOON: i64 = 1_700_000_000_000;

/// The key of the `n`th thing; later ones sort later.
pub fn key(n: u64) -> Key {
    let [.., a, b] = n.to_be_bytes();
    Key::from_parts(1_700_000_000_000 + n, &[0, a, b, 3, 4, 5, 6, 7, 8, 255])
}

pub fn cell(latitude: f64) -> Cell {
    Cell::at(Position::new(latitude, 121.47).unwrap())
}

/// A report with everything in it, and every byte in what is sealed.
pub fn report(n: u64) -> NewReport {
    NewReport {
        key: key(n),
        hash: Canonical::new("test/1").bytes(&n.to_be_bytes()).hash(),
        category: "12G00",
        danger: true,
        people: Some(3),
        choices: BTreeMap::from([("burning".to_owned(), vec!["home".to_owned()])]),
        mark: PlaceMark::Located,
        cell: Some(cell(31.23)),
        occurred_at: NOON - 60_000,
        received_at: NOON,
        origin: Origin::Portal,
        told: Sealed::from_bytes((0..=255).chain(n.to_be_bytes()).collect()),
        contact: Some(Sealed::from_bytes(vec![0, 1, 0])),
        wrapped: vec![7, 0, 7],
        marks: Marks::default(),
        program: Some(Program([0, 1, 2, 3, 4, 5, 6, 255])),
        reaches: vec![reach(n)],
    }
}

/// Where the person of report `n` reads mail: three reports in a row are of one person.
pub fn reach(n: u64) -> Reach {
    Reach { channel: Channel::Mail, mark: u128::from(n / 3).to_be_bytes(), language: "en".to_owned() }
}

/// A report with nothing in it that may be missing.
pub fn bare_report(n: u64) -> NewReport {
    NewReport {
        danger: false,
        people: None,
        choices: BTreeMap::new(),
        mark: PlaceMark::Unknown,
        cell: None,
        contact: None,
        program: None,
        reaches: Vec::new(),
        told: Sealed::from_bytes(Vec::new()),
        ..report(n)
    }
}

/// What somebody else sends under the key of `n`.
pub fn forged_report(n: u64) -> NewReport {
    NewReport { key: key(n), told: Sealed::from_bytes(vec![6, 6, 6]), wrapped: vec![6], ..report(n + 1_000_000) }
}

/// The `n`th note, to the report of `about`.
pub fn note(n: u64, about: u64) -> NewNote {
    NewNote {
        key: key(500_000 + n),
        report: key(about),
        hash: Canonical::new("test-note/1").bytes(&n.to_be_bytes()).hash(),
        at: NOON + i64::try_from(n).unwrap(),
        text: Sealed::from_bytes(vec![0, 9, u8::try_from(n % 256).unwrap()]),
    }
}

/// Every purpose that a report with a contact may be opened for.
pub fn all_purposes() -> [Purpose; 4] {
    [Purpose::CallBack, Purpose::OwnAccess, Purpose::Respond, Purpose::Tell]
}

/// How a report stands with `owner` that nobody has opened.
pub fn handling(owner: &str) -> Handling {
    Handling {
        owner: owner.to_owned(),
        offered: None,
        offered_at: None,
        refusals: 0,
        answer_due: NOON + 10,
        answered_at: None,
        act_due: NOON + 20,
        acted_at: None,
        paused_at: None,
        due: NOON + 10,
        alarm_at: Some(NOON + 8),
        rung_at: Some(NOON + 1),
        seen: false,
        closed_at: None,
        contested_at: None,
        joined: 0,
    }
}

/// Report `n` as the router places it.
pub fn placed(n: u64, handling: Handling) -> NewHandling {
    NewHandling {
        report: key(n),
        category: "12G00".to_owned(),
        cell: Some(cell(31.23)),
        received_at: NOON,
        trace: "{}".to_owned(),
        handling,
        marks: Marks { device: Some(1), block: Some(2), words: None },
    }
}

/// The `n`th step, on the report of `about`, with everything in it.
pub fn step(n: u64, about: u64, status: Option<Status>) -> NewStep {
    NewStep {
        key: key(700_000 + n),
        report: key(about),
        hash: Canonical::new("test-step/1").bytes(&n.to_be_bytes()).hash(),
        at: NOON + i64::try_from(n).unwrap(),
        act: Act::Status,
        actor: Actor::Staff,
        staff: Some((key(9), "fire".to_owned())),
        status,
        detail: Some("detail".to_owned()),
        other: Some(key(8)),
        template: Some("done-repaired".to_owned()),
        told: Some(Sealed::from_bytes(vec![0, 1])),
        inner: Some(Sealed::from_bytes(vec![2, 0])),
    }
}

/// The `n`th photo, to the report of `about`.
pub fn photo(n: u64, about: u64) -> NewPhoto {
    NewPhoto {
        id: key(600_000 + n),
        report: key(about),
        sent: Canonical::new("test-photo/1").bytes(&n.to_be_bytes()).hash(),
        at: NOON + i64::try_from(n).unwrap(),
        department: None,
        staff: None,
        picture: "aa".to_owned(),
        thumbnail: "bb".to_owned(),
        width: 4,
        height: 3,
        place: Some(Sealed::from_bytes(vec![0, 3])),
    }
}

/// Somebody of the fire department.
pub fn handler(n: u64) -> StaffRow {
    StaffRow {
        id: key(n),
        name: format!("Handler {n}"),
        department: "fire".to_owned(),
        role: "handler".to_owned(),
        since: NOON,
        ended: None,
    }
}

/// The whole log.
pub async fn log(store: &Store) -> Vec<Event> {
    store.events_after(0, 1_000_000).await.unwrap()
}

/// The places in the log of all events.
pub async fn places(store: &Store) -> Vec<i64> {
    log(store).await.iter().map(|event| event.seq).collect()
}

/// 1, 2, 3 … `n`.
pub fn gapless(n: usize) -> Vec<i64> {
    (1..=i64::try_from(n).unwrap()).collect()
}
