//! Photos: each once, and no more than there may be.

use store::{NewPhoto, PhotoTaken, kind};

use crate::bench::Bench;
use crate::make::{key, log, photo, report};

on_both_engines!(a_photo_is_taken_once_and_told_once, no_side_has_more_photos_than_it_may);

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
    let evidence = NewPhoto { department: Some("fire".to_owned()), ..photo(3, 1) };
    assert_eq!(store.take_photo(evidence, 2).await.unwrap(), PhotoTaken::New, "the department has its own");
}
