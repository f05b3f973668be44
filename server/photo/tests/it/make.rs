//! Pictures made for a test, with the tags that it needs.

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, RgbImage};

pub const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

pub fn file(picture: &DynamicImage, format: ImageFormat, tags: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Jpeg => write(picture, JpegEncoder::new_with_quality(&mut bytes, 95), tags),
        ImageFormat::Png => write(picture, PngEncoder::new(&mut bytes), tags),
        ImageFormat::WebP => write(picture, WebPEncoder::new_lossless(&mut bytes), tags),
        other => panic!("{other:?} is not made here"),
    }
    bytes
}

fn write(picture: &DynamicImage, mut encoder: impl ImageEncoder, tags: Option<Vec<u8>>) {
    if let Some(tags) = tags {
        encoder.set_exif_metadata(tags).unwrap();
    }
    picture.write_with_encoder(encoder).unwrap();
}

pub fn plain(width: u32, height: u32, colour: [u8; 3]) -> DynamicImage {
    RgbImage::from_pixel(width, height, image::Rgb(colour)).into()
}

pub fn field(tag: Tag, value: Value) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value }
}

pub fn tags(fields: &[Field]) -> Vec<u8> {
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut block = std::io::Cursor::new(Vec::new());
    writer.write(&mut block, false).unwrap();
    block.into_inner()
}

/// As a camera writes it: degrees, minutes and hundredths of seconds, and the letter of the side.
pub fn coordinate(tag: Tag, parts: [(u32, u32); 3], side_tag: Tag, side: &str) -> [Field; 2] {
    let parts = parts.map(|(num, denom)| Rational { num, denom });
    let side = Value::Ascii(vec![side.as_bytes().to_vec()]);
    [field(tag, Value::Rational(parts.to_vec())), field(side_tag, side)]
}

/// The People's Square of Shanghai, by someone's camera.
pub fn shanghai() -> Vec<Field> {
    let latitude = coordinate(Tag::GPSLatitude, [(31, 1), (13, 1), (4872, 100)], Tag::GPSLatitudeRef, "N");
    let longitude = coordinate(Tag::GPSLongitude, [(121, 1), (28, 1), (1236, 100)], Tag::GPSLongitudeRef, "E");
    latitude.into_iter().chain(longitude).collect()
}
