//! What a program is told of the photos that it sent with a report.

use hub::MOST_PHOTOS;

use super::Text;

/// That one was not kept, and why, as [`crate::act::photo_code`] names it. The first is 1.
pub fn not_kept(text: Text, number: i64, why: &str) -> String {
    let why = text.with_of_family("photo-refused", why, &[("most", MOST_PHOTOS.into())]);
    text.with("open311-photo", &[("number", number.into()), ("why", why.into())])
}

/// That nothing is fetched from an address that a program names.
pub fn not_fetched(text: Text) -> &'static str {
    text.get("open311-media-url")
}
