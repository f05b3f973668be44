//! QR codes (ISO/IEC 18004), drawn on the server.

use std::fmt::Write;

use leptos::prelude::*;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// White squares around the code, as the standard asks.
const QUIET: i32 = 4;

/// A QR code of a text. Text that is too long for one shows nothing: it stands beside the code in letters.
#[component]
pub fn Qr(text: String, label: &'static str) -> impl IntoView {
    encode(&text).map(|code| {
        let size = code.size() + 2 * QUIET;
        view! {
            <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
                <rect width=size height=size fill="#fff"></rect>
                <path d=path(&code) stroke="#000"></path>
            </svg>
        }
    })
}

/// Under one mask for all. Trying every one for the best contrast takes twelve times as long, and a secret link looks random anyway;
/// readers take the mask from the code.
fn encode(text: &str) -> Option<QrCode> {
    let (segments, mask) = (QrSegment::make_segments(text), Mask::new(0));
    QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, Version::MIN, Version::MAX, Some(mask), true).ok()
}

/// The dark squares: a line through the middle of each row, pen down over what is dark.
fn path(code: &QrCode) -> String {
    let size = code.size();
    let mut path = String::with_capacity(8 << 10);
    for y in 0..size {
        // Writing to a string cannot fail.
        let _ = write!(path, "M{QUIET} {}.5", y + QUIET);
        let mut x = 0;
        while x < size {
            let dark = code.get_module(x, y);
            let end = (x..size).find(|x| code.get_module(*x, y) != dark).unwrap_or(size);
            let _ = if dark { write!(path, "h{}", end - x) } else { write!(path, "m{} 0", end - x) };
            x = end;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_square_is_drawn_once() {
        let code = encode("https://example.org/track/abc").unwrap();
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        let path = path(&code);
        let runs = path.split('h').skip(1);
        let lengths = runs.map(|run| run.split(|sign: char| !sign.is_ascii_digit()).next().unwrap());
        let drawn: usize = lengths.map(|length| length.parse::<usize>().unwrap()).sum();
        assert_eq!(drawn, dark);
    }
}
