//! Pictures made for a test.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, RgbImage};

/// A PNG that differs from those of other numbers.
pub fn picture(number: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    plain(number).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A JPEG that says it was taken at 31.2302 north, 121.4701 east.
pub fn picture_with_place() -> Vec<u8> {
    let coordinate = |tag, degrees, minutes, hundredths| Field {
        tag,
        ifd_num: In::PRIMARY,
        value: Value::Rational(
            [(degrees, 1), (minutes, 1), (hundredths, 100)].map(|(num, denom)| Rational { num, denom }).to_vec(),
        ),
    };
    let side =
        |tag, letter: &str| Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![letter.as_bytes().to_vec()]) };
    let fields = [
        coordinate(Tag::GPSLatitude, 31, 13, 4872),
        side(Tag::GPSLatitudeRef, "N"),
        coordinate(Tag::GPSLongitude, 121, 28, 1236),
        side(Tag::GPSLongitudeRef, "E"),
    ];
    let (mut writer, mut tags) = (Writer::new(), Cursor::new(Vec::new()));
    fields.iter().for_each(|field| writer.push_field(field));
    writer.write(&mut tags, false).unwrap();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(tags.into_inner()).unwrap();
    plain(200).write_with_encoder(encoder).unwrap();
    bytes
}

fn plain(number: u8) -> DynamicImage {
    RgbImage::from_fn(60, 40, |x, y| image::Rgb([number, u8::try_from(4 * x).unwrap(), u8::try_from(6 * y).unwrap()]))
        .into()
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
