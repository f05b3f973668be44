//! What is kept: its size, its colours, and that it holds nothing but the picture.

use exif::{Tag, Value};
use image::{
    DynamicImage, GrayAlphaImage, GrayImage, ImageBuffer, ImageFormat, Luma, LumaA, Rgb, RgbImage, Rgba, RgbaImage,
};
use photo::{Prepared, SIDE, THUMBNAIL_SIDE, prepare};

use crate::make::{FORMATS, field, file, plain, shanghai, tags};

fn prepared(picture: &DynamicImage, format: ImageFormat) -> Prepared {
    prepare(&file(picture, format, None)).unwrap()
}

fn read(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
}

/// The codes of the segments before the picture's data (ITU-T T.81, table B.1), and the length of the file.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let mut codes = Vec::new();
    let mut at = 2;
    while codes.last() != Some(&0xda) {
        let [0xff, code, high, low] = jpeg[at..at + 4] else { panic!("no segment at {at}") };
        codes.push(code);
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    codes
}

#[test]
fn nothing_that_was_told_beside_the_picture_is_kept() {
    let secret = "Lin Wei, 88 Nanjing Road";
    let mut fields = shanghai();
    fields.push(field(Tag::Artist, Value::Ascii(vec![secret.into()])));
    for format in FORMATS {
        let mut sent = file(&plain(700, 500, [90, 120, 30]), format, Some(tags(&fields)));
        sent.extend(secret.as_bytes());
        let kept = prepare(&sent).unwrap();
        for jpeg in [&kept.jpeg, &kept.thumbnail] {
            let allowed = |code: &u8| matches!(code, 0xe0 | 0xdb | 0xc0 | 0xc4 | 0xda);
            assert!(segments(jpeg).iter().all(allowed), "{format:?}: {:x?}", segments(jpeg));
            assert_eq!(segments(jpeg).iter().filter(|code| **code == 0xe0).count(), 1, "JFIF's own header alone");
            assert!(jpeg.ends_with(&[0xff, 0xd9]));
            assert!(!jpeg.windows(secret.len()).any(|window| window == secret.as_bytes()), "{format:?}");
        }
    }
}

#[test]
fn large_pictures_are_made_smaller_and_small_ones_stay() {
    let cases = [
        ((1, 1), (1, 1), (1, 1)),
        ((2048, 100), (2048, 100), (320, 15)),
        ((2049, 1025), (2048, 1024), (320, 160)),
        ((3000, 4000), (1536, 2048), (240, 320)),
        ((4100, 2050), (2048, 1024), (320, 160)),
        ((6200, 2), (2048, 1), (320, 1)),
        ((1, 9000), (1, 2048), (1, 320)),
    ];
    for ((width, height), picture, thumbnail) in cases {
        let kept = prepared(&plain(width, height, [10, 200, 90]), ImageFormat::Png);
        assert_eq!((kept.width, kept.height), picture, "{width} by {height}");
        assert_eq!(read(&kept.jpeg).dimensions(), picture, "{width} by {height}");
        assert_eq!(read(&kept.thumbnail).dimensions(), thumbnail, "{width} by {height}");
        assert!(picture.0.max(picture.1) <= SIDE && thumbnail.0.max(thumbnail.1) <= THUMBNAIL_SIDE);
    }
}

#[test]
fn what_is_made_smaller_still_shows_the_same() {
    // Red above, blue below, at a size that is reduced by squares first.
    let sent = RgbImage::from_fn(4500, 4500, |_, y| if y < 2250 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) });
    let kept = read(&prepared(&sent.into(), ImageFormat::Jpeg).jpeg);
    let near = |x, y, colour: [u8; 3]| kept.get_pixel(x, y).0.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 12);
    for x in [0, 1000, 2047] {
        assert!(near(x, 0, [250, 0, 0]) && near(x, 1000, [250, 0, 0]), "{x}");
        assert!(near(x, 1048, [0, 0, 250]) && near(x, 2047, [0, 0, 250]), "{x}");
    }
}

#[test]
fn every_depth_and_transparency_comes_out_as_it_is_seen_on_white() {
    fn of<P: image::Pixel>(pixel: P) -> ImageBuffer<P, Vec<P::Subpixel>> {
        ImageBuffer::from_pixel(40, 30, pixel)
    }
    let cases: [(&str, DynamicImage, [u8; 3]); 11] = [
        ("grey", GrayImage::from_pixel(40, 30, Luma([100])).into(), [100; 3]),
        ("grey, seen through", GrayAlphaImage::from_pixel(40, 30, LumaA([0, 0])).into(), [255; 3]),
        ("grey, half", GrayAlphaImage::from_pixel(40, 30, LumaA([0, 128])).into(), [127; 3]),
        ("colour", RgbImage::from_pixel(40, 30, Rgb([200, 40, 60])).into(), [200, 40, 60]),
        ("seen through", RgbaImage::from_pixel(40, 30, Rgba([200, 40, 60, 0])).into(), [255; 3]),
        ("opaque", RgbaImage::from_pixel(40, 30, Rgba([200, 40, 60, 255])).into(), [200, 40, 60]),
        ("half", RgbaImage::from_pixel(40, 30, Rgba([200, 0, 100, 128])).into(), [227, 127, 177]),
        ("fine grey", DynamicImage::ImageLuma16(of(Luma([0x6400]))), [100; 3]),
        ("fine grey, half", DynamicImage::ImageLumaA16(of(LumaA([0, 0x8000]))), [127; 3]),
        ("fine colour", DynamicImage::ImageRgb16(of(Rgb([0xc8ff, 0x2800, 0x3c00]))), [200, 40, 60]),
        ("fine, half", DynamicImage::ImageRgba16(of(Rgba([0xc800, 0, 0x6400, 0x80ff]))), [227, 127, 177]),
    ];
    for (name, picture, expected) in cases {
        let kept = read(&prepared(&picture, ImageFormat::Png).jpeg);
        for (seen, expected) in kept.get_pixel(20, 15).0.into_iter().zip(expected) {
            assert!(seen.abs_diff(expected) <= 4, "{name}: {:?}", kept.get_pixel(20, 15));
        }
    }
}

#[test]
fn the_log_learns_the_size_alone() {
    let kept = prepare(&file(&plain(8, 9, [9, 9, 9]), ImageFormat::Jpeg, Some(tags(&shanghai())))).unwrap();
    assert_eq!(format!("{kept:?}"), "Prepared { width: 8, height: 9, .. }");
}
