//! An import that was interrupted, and goes on.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use hub::import::{ImportError, Imported, Mapping, Refused, Source};
use hub::{Home, Hub, Keys, ManualClock};
use jiff::tz::TimeZone;
use model::category::Category;
use store::{Blobs, Origin, Place, Settings, Store};
use tokio::sync::Notify;

const ROWS: u64 = 1_200;

async fn hub_in(folder: &Path) -> Hub {
    let place = Place::File(folder.join("store.db"));
    let store = Store::open(Settings { place, readers: 1 }).await.unwrap();
    let home = Home::plain().unwrap();
    let blobs = Blobs::folder(&folder.join("photos")).unwrap();
    Hub::new(store, blobs, &Keys::from_bytes([1; 32]), Arc::new(ManualClock::at(1_772_413_200_000)), home)
}

/// Every hundredth row has no time.
fn file(folder: &Path) -> Source {
    let row = |number| match number % 100 {
        0 => format!("EMS,yesterday,words {number}\n"),
        _ => format!("EMS,2016-01-02 03:04:05,words {number}\n"),
    };
    let rows: String = (1..=ROWS).map(row).collect();
    let path = folder.join("calls.csv");
    std::fs::write(&path, format!("kind,time,what\n{rows}")).unwrap();
    Source::new(&path)
}

/// Imports, and hands back the lines that were refused; `after` hears of each batch.
async fn import(hub: &Hub, source: &Source, after: impl Fn() + Sync) -> (Result<Imported, ImportError>, Vec<u64>) {
    let mapping = Mapping {
        columns: BTreeMap::new(),
        kinds: [("EMS".to_owned(), Category::of("13Y00").unwrap())].into(),
        otherwise: None,
        zone: TimeZone::UTC,
    };
    let mut lines = Vec::new();
    let mut refuse = |refused: Refused| lines.push(refused.line);
    let mut progress = |_, _| after();
    let imported = hub.import(source, &mapping, Origin::Import, &mut refuse, &mut progress).await;
    (imported, lines)
}

#[tokio::test]
async fn what_was_refused_before_an_interruption_is_told_by_the_run_that_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (hub, source, stopped) = (hub_in(folder.path()).await, file(folder.path()), Notify::new());
    tokio::select! {
        biased;
        () = stopped.notified() => {}
        _ = import(&hub, &source, || stopped.notify_one()) => panic!("it was over before the blow"),
    }

    let (imported, lines) = import(&hub, &source, || {}).await;
    let imported = imported.unwrap();
    assert!(imported.resumed_after >= 100 && imported.resumed_after < ROWS, "{imported:?}");
    assert_eq!(imported.refused, ROWS / 100);
    assert_eq!(imported.new + imported.again + imported.refused, imported.rows, "{imported:?}");
    let expected: Vec<u64> = (1..=ROWS / 100).map(|hundred| hundred * 100 + 1).collect();
    assert_eq!(lines, expected, "every refused row, once");
}
