//! From the bytes of a file to its pixels, within limits that hold before any pixel is read.

use std::io::Cursor;

use image::codecs::webp::WebPDecoder;
use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::MAX_PIXELS;
use crate::refused::Refused;

/// No JPEG has a longer side (ITU-T T.81, B.2.2), and no photo is a strip of millions by one.
const MAX_SIDE: u32 = 65_535;

/// What a decoder may take beside the pixels: rows, tables, an unpacked colour profile.
const MAX_BESIDE: u64 = 32 * 1024 * 1024;

/// Four channels of eight bits. More, sixteen bits of a channel, is had only by a picture of fewer pixels.
const MAX_PIXEL_BYTES: u64 = MAX_PIXELS * 4;

/// Of a moving WebP: its decoder holds the frame, the canvas and the answer at once.
const MAX_MOVING_PIXELS: u64 = MAX_PIXELS / 4;

/// More than a JPEG can hold (ITU-T T.81, B.1.1.4). A longer one in another file was written by no camera.
const MAX_EXIF: usize = 65_536;

pub(crate) struct Decoded {
    /// As they stand in the file, not yet upright.
    pub pixels: DynamicImage,
    /// The block of tags, as a TIFF file without pictures.
    pub exif: Option<Vec<u8>>,
}

pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Decoded, Refused> {
    if format == ImageFormat::Jpeg && !has_end(bytes) {
        return Err(Refused::Broken);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    // Reads the header alone, as what follows does until the pixels.
    let decoder = reader.into_decoder().map_err(refused)?;
    let moves =
        format == ImageFormat::WebP && WebPDecoder::new(Cursor::new(bytes)).is_ok_and(|webp| webp.has_animation());
    read(decoder, if moves { MAX_MOVING_PIXELS } else { MAX_PIXELS })
}

fn read(mut decoder: impl ImageDecoder, most: u64) -> Result<Decoded, Refused> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refused::Broken);
    }
    if u64::from(width) * u64::from(height) > most || decoder.total_bytes() > MAX_PIXEL_BYTES {
        return Err(Refused::TooManyPixels);
    }
    // A picture whose tags cannot be read is still a picture.
    let exif = decoder.exif_metadata().ok().flatten().filter(|exif| exif.len() <= MAX_EXIF);
    let pixels = DynamicImage::from_decoder(decoder).map_err(refused)?;
    Ok(Decoded { pixels, exif })
}

/// Whether the last scan of a JPEG comes to its end (ITU-T T.81, B.1.1.3: no marker stands within a scan but as one). The decoder would
/// leave white what did not arrive.
fn has_end(jpeg: &[u8]) -> bool {
    let last = |marker: u8| jpeg.windows(2).rposition(|pair| pair == [0xff, marker]);
    last(0xd9) > last(0xda)
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BESIDE);
    limits
}

fn refused(error: ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Broken,
    }
}
