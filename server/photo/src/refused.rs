//! Why a file is not taken.

use thiserror::Error;

use crate::kind::Foreign;

/// Why a file is not taken. It says nothing of what stands in the file.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Hash)]
pub enum Refused {
    /// More than [`crate::MAX_BYTES`].
    #[error("the file has more than 20 MiB")]
    TooLarge,
    /// More than [`crate::MAX_PIXELS`], a side longer than a JPEG can have, or more memory than such a picture needs.
    #[error("the picture has more than 50 megapixels, or takes as much memory")]
    TooManyPixels,
    /// Nothing that we know as a picture, or nothing at all.
    #[error("the file is not a picture")]
    NotAPicture,
    /// A kind that we know and do not read.
    #[error("the file is {0}, which is not read")]
    Unsupported(Foreign),
    /// It begins as a picture and cannot be read as one.
    #[error("the picture is broken")]
    Broken,
}
