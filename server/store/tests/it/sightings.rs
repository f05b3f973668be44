//! Where reports came from.

use model::flood::{Marks, Sighting};

use crate::bench::Bench;
use crate::incidents::place;
use crate::make::{NOON, cell};

on_both_engines!(what_came_from_one_device_or_network_is_found_until_it_is_forgotten);

async fn what_came_from_one_device_or_network_is_found_until_it_is_forgotten(bench: Bench) {
    let store = bench.store().await;
    place(&store, &[1, 2]).await;
    let marks = Marks { device: Some(1), block: Some(2), words: None };
    let sighting = Sighting { at: NOON, cell: Some(cell(31.23)), marks };
    assert_eq!(store.sightings(marks, NOON).await.unwrap(), [sighting, sighting], "each once");
    let found = |device, block| store.sightings(Marks { device, block, words: None }, NOON);
    assert_eq!(found(None, Some(2)).await.unwrap().len(), 2, "by the network alone");
    assert!(found(Some(7), Some(7)).await.unwrap().is_empty());
    assert!(store.sightings(marks, NOON + 1).await.unwrap().is_empty(), "too old");
    store.forget_sightings(NOON).await.unwrap();
    assert_eq!(store.sightings(marks, NOON).await.unwrap().len(), 2);
    store.forget_sightings(NOON + 1).await.unwrap();
    assert!(store.sightings(marks, 0).await.unwrap().is_empty());
}
