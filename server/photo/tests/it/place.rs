//! Where a picture says that it was taken.

use exif::{Field, Tag};
use photo::prepare;

use crate::make::{FORMATS, coordinate, file, plain, shanghai, tags};

fn gps(fields: &[Field]) -> Option<(f64, f64)> {
    let [jpeg, ..] = FORMATS;
    prepare(&file(&plain(8, 8, [9, 9, 9]), jpeg, Some(tags(fields)))).unwrap().gps
}

fn at(latitude: [(u32, u32); 3], north: &str, longitude: [(u32, u32); 3], east: &str) -> Option<(f64, f64)> {
    let latitude = coordinate(Tag::GPSLatitude, latitude, Tag::GPSLatitudeRef, north);
    let longitude = coordinate(Tag::GPSLongitude, longitude, Tag::GPSLongitudeRef, east);
    gps(&latitude.into_iter().chain(longitude).collect::<Vec<_>>())
}

#[test]
fn a_picture_of_any_kind_tells_its_place() {
    for format in FORMATS {
        let sent = file(&plain(8, 8, [9, 9, 9]), format, Some(tags(&shanghai())));
        let (latitude, longitude) = prepare(&sent).unwrap().gps.unwrap();
        assert!((latitude - 31.230_2).abs() < 1e-6 && (longitude - 121.470_1).abs() < 1e-6, "{format:?}");
    }
}

#[test]
fn south_and_west_are_below_zero() {
    let found = at([(22, 1), (30, 1), (0, 1)], "S", [(43, 1), (15, 1), (0, 1)], "W");
    assert_eq!(found, Some((-22.5, -43.25)));
}

#[test]
fn a_prefix_before_the_tags_does_not_hide_them() {
    let block = [b"Exif\0\0".to_vec(), tags(&shanghai())].concat();
    let [_, _, webp] = FORMATS;
    assert!(prepare(&file(&plain(8, 8, [9, 9, 9]), webp, Some(block))).unwrap().gps.is_some());
}

#[test]
fn what_is_no_place_is_not_offered_as_one() {
    let (zero, some) = ([(0, 1); 3], [(10, 1), (0, 1), (0, 1)]);
    assert_eq!(at(zero, "N", zero, "E"), None, "a camera that does not know");
    assert_eq!(at([(91, 1), (0, 1), (0, 1)], "N", some, "E"), None, "beyond the pole");
    assert_eq!(at(some, "N", [(180, 1), (0, 1), (1, 1)], "E"), None, "beyond the date line");
    assert_eq!(at([(10, 0), (0, 1), (0, 1)], "N", some, "E"), None, "divided by zero");
    assert_eq!(at([(10, 1), (0, 0), (0, 0)], "N", some, "E"), None, "nothing divided by zero");
    assert_eq!(at(some, "X", some, "E"), None, "no side of the Earth");
    assert_eq!(at(some, "N", some, "N"), None, "the side of the other coordinate");
    assert_eq!(gps(&coordinate(Tag::GPSLatitude, some, Tag::GPSLatitudeRef, "N")), None, "half a place");
}
