//! Which side is up (Exif 2.32, 4.6.4, Orientation).

use exif::{Tag, Value};
use image::{DynamicImage, Rgb, RgbImage};
use photo::prepare;

use crate::make::{FORMATS, field, file, tags};

const RED: Rgb<u8> = Rgb([250, 0, 0]);
const BLUE: Rgb<u8> = Rgb([0, 0, 250]);
const GREY: Rgb<u8> = Rgb([120, 120, 120]);

/// Red in the first corner of the first row, blue in the last.
fn marked() -> DynamicImage {
    let colour = |x, y| match (x, y) {
        (0..16, 0..16) => RED,
        (48.., 0..16) => BLUE,
        _ => GREY,
    };
    RgbImage::from_fn(64, 32, colour).into()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Corner {
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}

use Corner::{BottomLeft, BottomRight, TopLeft, TopRight};

fn corner_of(picture: &RgbImage, colour: Rgb<u8>) -> Corner {
    let (right, bottom) = (picture.width() - 4, picture.height() - 4);
    let corners = [(TopLeft, 4, 4), (TopRight, right, 4), (BottomLeft, 4, bottom), (BottomRight, right, bottom)];
    let near = |a: Rgb<u8>| a.0.iter().zip(colour.0).all(|(a, b)| a.abs_diff(b) < 40);
    let found = corners.into_iter().find(|(_, x, y)| near(*picture.get_pixel(*x, *y)));
    found.unwrap_or_else(|| panic!("{colour:?} is in no corner")).0
}

#[test]
fn pictures_of_every_orientation_come_out_upright() {
    // What the tag says of the first row and the first column, and so where their corners are seen.
    let expected = [
        (1_u16, TopLeft, TopRight),
        (2, TopRight, TopLeft),
        (3, BottomRight, BottomLeft),
        (4, BottomLeft, BottomRight),
        (5, TopLeft, BottomLeft),
        (6, TopRight, BottomRight),
        (7, BottomRight, TopRight),
        (8, BottomLeft, TopLeft),
    ];
    for format in FORMATS {
        for (orientation, red, blue) in expected {
            let block = tags(&[field(Tag::Orientation, Value::Short(vec![orientation]))]);
            let prepared = prepare(&file(&marked(), format, Some(block))).unwrap();
            let case = format!("{format:?} {orientation}");
            let size = if orientation < 5 { (64, 32) } else { (32, 64) };
            assert_eq!((prepared.width, prepared.height), size, "{case}");
            for kept in [&prepared.jpeg, &prepared.thumbnail] {
                let picture = image::load_from_memory(kept).unwrap().into_rgb8();
                assert_eq!(picture.dimensions(), size, "{case}");
                assert_eq!((corner_of(&picture, RED), corner_of(&picture, BLUE)), (red, blue), "{case}");
            }
        }
    }
}

#[test]
fn an_orientation_that_does_not_exist_changes_nothing() {
    let [jpeg, ..] = FORMATS;
    for orientation in [0, 9, u16::MAX] {
        let block = tags(&[field(Tag::Orientation, Value::Short(vec![orientation]))]);
        let prepared = prepare(&file(&marked(), jpeg, Some(block))).unwrap();
        assert_eq!((prepared.width, prepared.height), (64, 32));
    }
}
