//! What is not taken, and what is said of it.

use image::{ImageFormat, Rgb, RgbImage};
use photo::{Foreign, MAX_BYTES, Refused, prepare};

use crate::make::{FORMATS, file, plain};

/// A small PNG that says it is larger, with the checksum made good (ISO/IEC 15948, 5.3 and 11.2.2).
fn png_declaring(width: u32, height: u32) -> Vec<u8> {
    let mut png = file(&plain(8, 8, [9, 9, 9]), ImageFormat::Png, None);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let shift = |crc: u32| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| shift(crc)))
}

#[test]
fn a_file_of_more_bytes_than_allowed_is_not_looked_at() {
    let mut jpeg = file(&plain(8, 8, [9, 9, 9]), ImageFormat::Jpeg, None);
    jpeg.resize(MAX_BYTES, 0);
    assert!(prepare(&jpeg).is_ok());
    jpeg.push(0);
    assert_eq!(prepare(&jpeg), Err(Refused::TooLarge));
    assert_eq!(prepare(&vec![0; MAX_BYTES + 1]), Err(Refused::TooLarge));
}

#[test]
fn a_picture_that_declares_too_many_pixels_is_refused_by_its_header() {
    for (width, height) in [(40_000, 40_000), (10_000, 5_001), (65_536, 1), (1, 65_536), (0x7fff_ffff, 0x7fff_ffff)] {
        assert_eq!(prepare(&png_declaring(width, height)), Err(Refused::TooManyPixels), "{width} by {height}");
    }
    // As many as are allowed: now it is the missing data that counts.
    assert_eq!(prepare(&png_declaring(10_000, 5_000)), Err(Refused::Broken));
}

#[test]
fn kinds_that_are_not_read_are_named() {
    let cases: [(&[u8], Foreign); 14] = [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Foreign::Heic),
        (b"\0\0\0\x18ftypheix", Foreign::Heic),
        (b"\0\0\0\x18ftypmif1", Foreign::Heic),
        (b"\0\0\0\x18ftypavif", Foreign::Avif),
        (b"GIF87a", Foreign::Gif),
        (b"GIF89a\x01\0\x01\0", Foreign::Gif),
        (b"II*\0\x08\0\0\0", Foreign::Tiff),
        (b"MM\0*\0\0\0\x08", Foreign::Tiff),
        (b"BM\x3e\x04\0\0", Foreign::Bmp),
        (b"%PDF-1.7\n", Foreign::Pdf),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Foreign::Svg),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg/>", Foreign::Svg),
        (b"\n <!-- drawn --><svg/>", Foreign::Svg),
        (b"<!DOCTYPE svg><svg onload='alert(1)'/>", Foreign::Svg),
    ];
    for (bytes, kind) in cases {
        assert_eq!(prepare(bytes), Err(Refused::Unsupported(kind)), "{}", bytes.escape_ascii());
    }
}

#[test]
fn what_is_no_picture_is_not_taken_for_one() {
    let cases: [&[u8]; 8] = [
        b"",
        b"\xff\xd8",
        b"A note about <svg>",
        b"<html><body>hello</body></html>",
        b"PK\x03\x04",
        b"\0\0\0\x18ftypmp42",
        b"PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WAVEfmt ",
    ];
    for bytes in cases {
        assert_eq!(prepare(bytes), Err(Refused::NotAPicture), "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_picture_cut_off_in_its_header_is_broken() {
    for format in FORMATS {
        let whole = file(&plain(64, 64, [9, 90, 9]), format, None);
        assert_eq!(prepare(&whole[..24]), Err(Refused::Broken), "{format:?}");
    }
}

#[test]
fn a_picture_cut_off_anywhere_is_broken() {
    // Noise, so that what is cut off is coded pixels and not the frame around them.
    let noise =
        RgbImage::from_fn(64, 64, |x, y| Rgb([x * 37 + y * 101, x * x + y, y * y * 7].map(|v| v.to_le_bytes()[0])));
    for format in FORMATS {
        let whole = file(&noise.clone().into(), format, None);
        assert!(prepare(&whole).is_ok(), "{format:?}");
        for tenths in 1..10 {
            let cut = whole.len() * tenths / 10;
            assert_eq!(prepare(&whole[..cut]), Err(Refused::Broken), "{format:?}, {cut} of {} bytes", whole.len());
        }
    }
}

#[test]
fn refusals_say_nothing_of_the_file() {
    let said = [Refused::TooLarge, Refused::TooManyPixels, Refused::NotAPicture, Refused::Broken];
    let said = said.map(|refused| refused.to_string());
    assert_eq!(said[0], "the file has more than 20 MiB");
    assert_eq!(said[2], "the file is not a picture");
    assert_eq!(Refused::Unsupported(Foreign::Heic).to_string(), "the file is HEIC, which is not read");
}
