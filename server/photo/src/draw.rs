//! From pixels to the pictures that are kept: made smaller, on white, upright, as JPEG.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, ImageBuffer, Pixel, Rgb, RgbImage};

use crate::refused::Refused;

/// Where text on a sign can still be read and a photo of [`crate::SIDE`] has some 500 KB.
const QUALITY: u8 = 80;

/// Lays `pixels` on white, and makes them smaller by a whole number while their longer side stays at least `side`.
///
/// One pass, and the only copy is the smaller one: so that neither a picture of fifty megapixels nor its transparency
/// takes its memory twice.
pub(crate) fn reduce(pixels: DynamicImage, side: u32) -> RgbImage {
    let factor = (pixels.width().max(pixels.height()) / side).max(1);
    match pixels {
        DynamicImage::ImageLuma8(p) => mean_of_squares(&p, factor),
        DynamicImage::ImageLumaA8(p) => mean_of_squares(&p, factor),
        DynamicImage::ImageRgb8(p) if factor == 1 => p,
        DynamicImage::ImageRgb8(p) => mean_of_squares(&p, factor),
        DynamicImage::ImageRgba8(p) => mean_of_squares(&p, factor),
        DynamicImage::ImageLuma16(p) => mean_of_squares(&p, factor),
        DynamicImage::ImageLumaA16(p) => mean_of_squares(&p, factor),
        DynamicImage::ImageRgb16(p) => mean_of_squares(&p, factor),
        DynamicImage::ImageRgba16(p) => mean_of_squares(&p, factor),
        other => mean_of_squares(&other.into_rgba8(), factor),
    }
}

/// Makes the longer side of `picture` `side`, or leaves it when it is shorter.
pub(crate) fn fit(picture: RgbImage, side: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let longer = width.max(height);
    if longer <= side {
        return picture;
    }
    let part = |of: u32| u32::try_from(u64::from(of) * u64::from(side) / u64::from(longer)).unwrap_or(side).max(1);
    imageops::resize(&picture, part(width), part(height), FilterType::CatmullRom)
}

pub(crate) fn upright(picture: RgbImage, orientation: Orientation) -> RgbImage {
    let mut picture = DynamicImage::ImageRgb8(picture);
    picture.apply_orientation(orientation);
    picture.into_rgb8()
}

/// The encoder is given pixels and nothing else, so that it has nothing else to write.
pub(crate) fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(picture).map_err(|_| Refused::Broken)?;
    Ok(bytes)
}

/// Each square of `factor` by `factor` pixels becomes one of their mean colour; at the right and lower edge, what is left
/// of the square.
fn mean_of_squares<P>(picture: &ImageBuffer<P, Vec<P::Subpixel>>, factor: u32) -> RgbImage
where
    P: Pixel<Subpixel: Depth>,
{
    let width = picture.width().div_ceil(factor);
    let height = picture.height().div_ceil(factor);
    let across = usize::try_from(factor).unwrap_or(usize::MAX);
    let mut smaller = RgbImage::new(width, height);
    let mut rows = picture.rows();
    let mut sums = vec![Sum::default(); usize::try_from(width).unwrap_or_default()];
    for drawn in smaller.rows_mut() {
        for row in rows.by_ref().take(across) {
            for (x, pixel) in row.enumerate() {
                if let Some(sum) = sums.get_mut(x / across) {
                    sum.add(on_white(pixel));
                }
            }
        }
        for (pixel, sum) in drawn.zip(&mut sums) {
            *pixel = std::mem::take(sum).mean();
        }
    }
    smaller
}

/// Colours added up. At 50 megapixels a square has less than 25,000 of them.
#[derive(Clone, Copy, Default)]
struct Sum {
    colours: [u32; 3],
    count: u32,
}

impl Sum {
    fn add(&mut self, colour: [u8; 3]) {
        for (sum, channel) in self.colours.iter_mut().zip(colour) {
            *sum += u32::from(channel);
        }
        self.count += 1;
    }

    fn mean(self) -> Rgb<u8> {
        Rgb(self.colours.map(|sum| byte((sum + self.count / 2) / self.count.max(1))))
    }
}

/// The colour that is seen where `pixel` lies on white.
fn on_white<P>(pixel: &P) -> [u8; 3]
where
    P: Pixel<Subpixel: Depth>,
{
    let [red, green, blue, alpha] = pixel.to_rgba().0.map(|channel| u32::from(channel.eight_bits()));
    [red, green, blue].map(|colour| byte((colour * alpha + 255 * (255 - alpha) + 127) / 255))
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// How fine a channel is.
trait Depth: image::Primitive {
    fn eight_bits(self) -> u8;
}

impl Depth for u8 {
    fn eight_bits(self) -> u8 {
        self
    }
}

impl Depth for u16 {
    fn eight_bits(self) -> u8 {
        let [high, _] = self.to_be_bytes();
        high
    }
}
