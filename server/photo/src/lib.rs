//! Pictures that people send: checked, turned upright, and stripped of all that they tell beside what they show.
//!
//! Bytes in, bytes out: no files, no clock, no network. What comes in is hostile until it is decoded; what goes out was
//! drawn anew from the pixels alone, so nothing of the file that was sent remains in it.
//!
//! Decoding takes a second and hundreds of megabytes at worst (see [`MAX_PIXELS`]): call it where blocking is allowed,
//! and few at a time.

mod decode;
mod draw;
mod kind;
mod refused;
mod tags;

use image::metadata::Orientation;

pub use kind::Foreign;
pub use refused::Refused;

/// The most bytes that a picture may have as it is sent: 20 MiB.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// The most pixels that a picture may declare. The cameras of phones stay below; a file of a few bytes can declare
/// thousands of times as many. What decoding takes follows from it: twelve bytes a pixel at most, which is 600 MB.
pub const MAX_PIXELS: u64 = 50_000_000;

/// The longer side of the picture that is kept, in pixels. A smaller one keeps its size.
pub const SIDE: u32 = 2048;

/// The longer side of the thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 320;

/// A picture made fit to be kept and shown.
#[derive(Clone, PartialEq)]
pub struct Prepared {
    /// The picture: a JPEG, upright, without metadata, of [`SIDE`] pixels at most.
    pub jpeg: Vec<u8>,
    /// The same in small, of [`THUMBNAIL_SIDE`] pixels at most.
    pub thumbnail: Vec<u8>,
    /// Of `jpeg`, in pixels, upright.
    pub width: u32,
    /// Of `jpeg`, in pixels, upright.
    pub height: u32,
    /// Where the camera says it stood: latitude and longitude in degrees, WGS 84. Neither picture holds it any more: it
    /// is for asking the sender, and kept only when they agree.
    pub gps: Option<(f64, f64)>,
}

/// Makes the picture in `sent` fit to be kept and shown.
///
/// JPEG, PNG and WebP are read, told by their first bytes and by no name. Of a moving picture the first one is taken,
/// and white shows through where it is transparent.
///
/// # Errors
/// [`Refused`] says what is wrong with the file, in kinds that a sentence for the sender can be written for.
pub fn prepare(sent: &[u8]) -> Result<Prepared, Refused> {
    if sent.len() > MAX_BYTES {
        return Err(Refused::TooLarge);
    }
    let decoded = decode::decode(sent, kind::of(sent)?)?;
    let told = decoded.exif.as_deref();
    let orientation = told.and_then(tags::orientation).unwrap_or(Orientation::NoTransforms);
    let gps = told.and_then(tags::gps);

    let picture = draw::upright(draw::fit(draw::reduce(decoded.pixels, SIDE), SIDE), orientation);
    let (width, height) = picture.dimensions();
    let jpeg = draw::jpeg(&picture)?;
    let thumbnail = draw::jpeg(&draw::fit(picture, THUMBNAIL_SIDE))?;
    Ok(Prepared { jpeg, thumbnail, width, height, gps })
}

/// Says how large it is and no more: neither what it shows nor where it was taken belongs into a log.
impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { width, height, .. } = self;
        f.debug_struct("Prepared").field("width", width).field("height", height).finish_non_exhaustive()
    }
}
