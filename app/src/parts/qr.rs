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
                <path d=path(&code) fill="#000"></path>
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

/// The dark squares, a stroke for each run of a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
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
        let drawn: usize = path(&code)
            .split('M')
            .skip(1)
            .map(|stroke| stroke.split_once('h').unwrap().1.split_once('v').unwrap().0.parse::<usize>().unwrap())
            .sum();
        assert_eq!(drawn, dark);
    }
}
