//! QR codes (ISO/IEC 18004), drawn on the server.

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
        path.push('M');
        push(&mut path, QUIET);
        path.push(' ');
        push(&mut path, y + QUIET);
        path.push_str(".5");
        let (mut start, mut dark) = (0, code.get_module(0, y));
        for x in 1..=size {
            // Beyond the edge is light; the last run ends there, whatever it was.
            let next = code.get_module(x, y);
            if x < size && next == dark {
                continue;
            }
            path.push(if dark { 'h' } else { 'm' });
            push(&mut path, x - start);
            if !dark {
                path.push_str(" 0");
            }
            (start, dark) = (x, next);
        }
    }
    path
}

/// A number of at most three digits: a code has 177 squares a side at most. Formatting them took longer than making the code.
fn push(path: &mut String, number: i32) {
    for (place, least) in [(100, 100), (10, 10), (1, 0)] {
        if number >= least {
            path.extend(char::from_digit(u32::try_from(number / place % 10).unwrap_or_default(), 10));
        }
    }
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

    #[test]
    fn numbers_are_written_without_leading_zeros() {
        let mut path = String::new();
        for number in [0, 7, 10, 99, 100, 177] {
            push(&mut path, number);
            path.push(' ');
        }
        assert_eq!(path, "0 7 10 99 100 177 ");
    }
}
