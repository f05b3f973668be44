//! What became of photos that were sent, in words. The form itself is no server function: it is multipart, and goes to a route of its own.

use std::sync::Arc;

use hub::{HubError, MOST_PHOTOS, PhotoFault};
use photo::Refused;

use crate::text::{Locale, Text};

/// One photo of a form.
#[derive(Clone, Debug)]
pub struct PhotoOutcome {
    /// The file's name, as the sender's device calls it.
    pub name: String,
    /// Of the bytes as they were sent, in hexadecimal; `None` when they were not read to their end.
    pub sha256: Option<String>,
    /// Whether it is new, or why it was not taken.
    pub taken: Result<bool, Arc<HubError>>,
}

/// Every reason, as it stands in JSON and in the keys of texts.
#[cfg(test)]
pub(crate) const CODES: [&str; 9] = [
    "too-large",
    "too-many-pixels",
    "no-picture",
    "heic",
    "unsupported",
    "broken",
    "too-many",
    "at-work",
    "unavailable",
];

/// Why a photo was not taken, in a word.
pub fn photo_code(error: &HubError) -> &'static str {
    let fault = match error {
        HubError::Photo(fault) => fault,
        HubError::Editing { .. } => return "at-work",
        _ => return "unavailable",
    };
    match fault {
        PhotoFault::TooMany => "too-many",
        PhotoFault::Refused(Refused::TooLarge) => "too-large",
        PhotoFault::Refused(Refused::TooManyPixels) => "too-many-pixels",
        PhotoFault::Refused(Refused::NotAPicture) => "no-picture",
        PhotoFault::Refused(Refused::Unsupported(photo::Foreign::Heic)) => "heic",
        PhotoFault::Refused(Refused::Unsupported(_)) => "unsupported",
        PhotoFault::Refused(Refused::Broken) => "broken",
    }
}

/// The same in a sentence, with what to do.
pub fn photo_sentence(error: &HubError, locale: Locale) -> String {
    Text::of(locale).with_of_family("photo-refused", photo_code(error), &[("most", MOST_PHOTOS.into())])
}
