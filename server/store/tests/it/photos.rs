//! Photos: each once, and no more than there may be.

use store::{Handling, NewPhoto, PhotoTaken, kind};

use crate::bench::Bench;
use crate::make::{handling, key, log, photo, placed, report};

on_both_engines!(
    a_photo_is_taken_once_and_told_once,
    no_side_has_more_photos_than_it_may,
    what_the_author_shows_must_be_looked_at_and_what_the_department_shows_has_been
);

async fn a_photo_is_taken_once_and_told_once(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    assert_eq!(store.report(key(1)).await.unwrap().unwrap().photos, 0);
    assert_eq!(store.take_photo(photo(1, 1), 5).await.unwrap(), PhotoTaken::New);
    assert_eq!(store.take_photo(photo(1, 1), 5).await.unwrap(), PhotoTaken::Again);
    let photos = store.photos(key(1)).await.unwrap();
    assert_eq!((photos.len(), photos[0].sent.as_slice()), (1, photo(1, 1).sent.as_slice()));
    assert_eq!(photos[0].place.as_ref().unwrap().bytes(), [0, 3]);
    assert_eq!(store.report(key(1)).await.unwrap().unwrap().photos, 1);
    let told = log(&store).await.into_iter().filter(|event| event.kind == kind::PHOTO_ADDED).count();
    assert_eq!(told, 1);
}

async fn no_side_has_more_photos_than_it_may(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    for n in 0..2 {
        assert_eq!(store.take_photo(photo(n, 1), 2).await.unwrap(), PhotoTaken::New);
    }
    assert_eq!(store.take_photo(photo(2, 1), 2).await.unwrap(), PhotoTaken::TooMany);
    assert_eq!(store.take_photo(photo(1, 1), 2).await.unwrap(), PhotoTaken::Again, "it is here");
    let evidence = NewPhoto { department: Some("fire".to_owned()), staff: Some(key(9)), ..photo(3, 1) };
    assert_eq!(store.take_photo(evidence, 2).await.unwrap(), PhotoTaken::New, "the department has its own");
}

async fn what_the_author_shows_must_be_looked_at_and_what_the_department_shows_has_been(bench: Bench) {
    let store = bench.store().await;
    store.take_report(report(1)).await.unwrap();
    store.place("router", vec![(1, Some(placed(1, Handling { seen: true, ..handling("fire") })))]).await.unwrap();
    let stands = || async {
        let row = store.handling(key(1)).await.unwrap().unwrap();
        (row.handling.seen, row.version)
    };
    let evidence = NewPhoto { department: Some("fire".to_owned()), staff: Some(key(9)), ..photo(2, 1) };
    store.take_photo(evidence, 5).await.unwrap();
    assert_eq!(stands().await, (true, 1));
    store.take_photo(photo(1, 1), 5).await.unwrap();
    assert_eq!(stands().await, (false, 2), "and nobody's step sets that back who has not seen it");
    store.take_photo(photo(1, 1), 5).await.unwrap();
    assert_eq!(stands().await, (false, 2), "the same again is nothing new");
}
