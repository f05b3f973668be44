//! The two things that are read from a picture's tags (Exif 2.32): which side is up, and where it was taken.
//!
//! Tags are written by a thousand programs and by attackers. What makes no sense is as good as not there.

use exif::{Exif, In, Reader, Tag, Value};
use image::metadata::Orientation;

/// Some writers put it before the tags, where only JPEG has it (Exif 2.32, 4.7.2).
const JPEG_PREFIX: &[u8] = b"Exif\0\0";

/// How the picture is to be turned (Exif 2.32, 4.6.4, Orientation).
pub(crate) fn orientation(block: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(without_prefix(block))
}

/// Latitude and longitude in degrees (Exif 2.32, 4.6.6). None without both, outside of the Earth, and for 0, 0, which
/// cameras write that do not know where they are.
pub(crate) fn gps(block: &[u8]) -> Option<(f64, f64)> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let exif =
        reader.read_raw(without_prefix(block).to_vec()).or_else(|error| error.distill_partial_result(|_| ())).ok()?;
    let latitude = degrees(&exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, [b'N', b'S'], 90.0)?;
    let longitude = degrees(&exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, [b'E', b'W'], 180.0)?;
    (latitude != 0.0 || longitude != 0.0).then_some((latitude, longitude))
}

fn without_prefix(block: &[u8]) -> &[u8] {
    block.strip_prefix(JPEG_PREFIX).unwrap_or(block)
}

/// One coordinate: degrees, minutes and seconds in one tag, the side of the Earth in the other.
fn degrees(exif: &Exif, tag: Tag, side: Tag, [plus, minus]: [u8; 2], most: f64) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let [degrees, minutes, seconds] = parts.as_slice() else { return None };
    let value = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    let Value::Ascii(side) = &exif.get_field(side, In::PRIMARY)?.value else { return None };
    let letter = side.first()?.first()?.to_ascii_uppercase();
    let sign = if letter == plus { 1.0 } else { -1.0 };
    // Also no: a division by zero, which is not a number or is beyond every limit.
    ((letter == plus || letter == minus) && (0.0..=most).contains(&value)).then_some(sign * value)
}
