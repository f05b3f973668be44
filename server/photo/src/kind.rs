//! What a file is, by its first bytes. Names and declared types are the sender's to choose, so they are not asked.

use std::fmt;

use image::ImageFormat;

use crate::refused::Refused;

/// Kinds of files that people send for pictures and that are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// What iPhones keep. They send JPEG where only JPEG is asked for.
    Heic,
    Gif,
    Tiff,
    Bmp,
    Avif,
    Svg,
    Pdf,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heic => "HEIC",
            Self::Gif => "GIF",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::Avif => "AVIF",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
        })
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Read(ImageFormat),
    Foreign(Foreign),
}

/// Where the bytes stand, what they are, and what they tell.
const MAGIC: &[(usize, &[u8], Kind)] = &[
    (0, b"\xff\xd8\xff", Kind::Read(ImageFormat::Jpeg)),
    (0, b"\x89PNG\r\n\x1a\n", Kind::Read(ImageFormat::Png)),
    (8, b"WEBP", Kind::Read(ImageFormat::WebP)),
    (0, b"GIF87a", Kind::Foreign(Foreign::Gif)),
    (0, b"GIF89a", Kind::Foreign(Foreign::Gif)),
    (0, b"II*\0", Kind::Foreign(Foreign::Tiff)),
    (0, b"MM\0*", Kind::Foreign(Foreign::Tiff)),
    (0, b"II+\0", Kind::Foreign(Foreign::Tiff)),
    (0, b"MM\0+", Kind::Foreign(Foreign::Tiff)),
    (0, b"BM", Kind::Foreign(Foreign::Bmp)),
    (0, b"%PDF-", Kind::Foreign(Foreign::Pdf)),
    // ISO/IEC 14496-12, 4.3: the brand of the file; which brands are pictures, ISO/IEC 23008-12, annex B, and AVIF 1.1.
    (4, b"ftypavif", Kind::Foreign(Foreign::Avif)),
    (4, b"ftypavis", Kind::Foreign(Foreign::Avif)),
    (4, b"ftyphei", Kind::Foreign(Foreign::Heic)),
    (4, b"ftyphev", Kind::Foreign(Foreign::Heic)),
    (4, b"ftypmif1", Kind::Foreign(Foreign::Heic)),
    (4, b"ftypmsf1", Kind::Foreign(Foreign::Heic)),
];

/// How far into a text the root of an SVG is looked for: comments and a document type may stand before it.
const PROLOGUE: usize = 1024;

/// The format to read `bytes` as.
pub(crate) fn of(bytes: &[u8]) -> Result<ImageFormat, Refused> {
    let found = MAGIC.iter().find(|(at, magic, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    match found {
        Some((_, _, Kind::Read(format))) => Ok(*format),
        Some((_, _, Kind::Foreign(kind))) => Err(Refused::Unsupported(*kind)),
        None if is_svg(bytes) => Err(Refused::Unsupported(Foreign::Svg)),
        None => Err(Refused::NotAPicture),
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let prologue = text.get(..PROLOGUE).unwrap_or(text);
    text.starts_with(b"<") && prologue.windows(4).any(|window| window == b"<svg")
}
