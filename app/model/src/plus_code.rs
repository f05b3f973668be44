//! Plus codes (Open Location Code, specification 1.0): addresses for places that have none.

use crate::position::Position;

const ALPHABET: &[u8; 20] = b"23456789CFGHJMPQRVWX";
/// Digits before the `+` of a full code.
const SEPARATOR: usize = 8;

/// The centre of the area a code names, when the text holds a code, full (`8Q336FJJ+5F`) or short (`6FJJ+5F`).
///
/// A short code leaves out what is clear from where one is: it is completed to the area nearest to `near`, and not read without it.
pub fn parse(text: &str, near: Option<Position>) -> Option<Position> {
    let code = text.split([' ', ',', '，', '\n']).find_map(digits)?;
    match SEPARATOR.checked_sub(code.before)? {
        0 => centre(&code.digits),
        missing @ (2 | 4) => complete(&code.digits, missing, near?),
        _ => None,
    }
}

struct Code {
    digits: Vec<u8>,
    before: usize,
}

fn digits(word: &str) -> Option<Code> {
    let (before, after) = word.split_once('+')?;
    let fits = before.len() <= SEPARATOR && before.len() >= 4 && before.len().is_multiple_of(2);
    if !fits || after.len() < 2 || after.len() > 7 {
        return None;
    }
    let value = |byte: u8| ALPHABET.iter().position(|letter| *letter == byte.to_ascii_uppercase());
    let digits: Option<Vec<u8>> = before
        .bytes()
        .chain(after.bytes())
        .map(|byte| value(byte).and_then(|value| u8::try_from(value).ok()))
        .collect();
    digits.map(|digits| Code { digits, before: before.len() })
}

/// The centre of a full code: five pairs of base 20, then a grid of 4 columns and 5 rows a digit.
fn centre(digits: &[u8]) -> Option<Position> {
    let (mut south, mut west, mut height, mut width) = (-90.0, -180.0, 400.0, 400.0);
    for (place, digit) in digits.iter().take(10).enumerate() {
        let (edge, size) = if place % 2 == 0 { (&mut south, &mut height) } else { (&mut west, &mut width) };
        *size /= 20.0;
        *edge += f64::from(*digit) * *size;
    }
    for digit in digits.iter().skip(10) {
        height /= 5.0;
        width /= 4.0;
        south += f64::from(digit / 4) * height;
        west += f64::from(digit % 4) * width;
    }
    Position::new((south + height / 2.0).min(90.0), west + width / 2.0)
}

fn complete(short: &[u8], missing: usize, near: Position) -> Option<Position> {
    let mut full = leading_digits(near, missing);
    full.extend_from_slice(short);
    let found = centre(&full)?;
    // The area of the same short code that is nearest may lie in the neighbouring block.
    let block = if missing == 2 { 20.0 } else { 1.0 };
    let nearest = |value: f64, near: f64| value + ((near - value) / block).round() * block;
    Position::new(nearest(found.latitude(), near.latitude()), nearest(found.longitude(), near.longitude()))
}

fn leading_digits(near: Position, count: usize) -> Vec<u8> {
    let (mut north, mut east) = ((near.latitude() + 90.0).min(179.999), (near.longitude() + 180.0) % 360.0);
    let mut size = 20.0;
    let mut digits = Vec::with_capacity(count + 8);
    while digits.len() < count {
        for rest in [&mut north, &mut east] {
            let digit = (*rest / size).floor();
            *rest -= digit * size;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a base-20 digit")]
            digits.push(digit as u8);
        }
        size /= 20.0;
    }
    digits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, near: Option<(f64, f64)>, latitude: f64, longitude: f64) {
        let near = near.and_then(|(latitude, longitude)| Position::new(latitude, longitude));
        let position = parse(text, near).unwrap_or_else(|| panic!("not read: {text}"));
        let off = (position.latitude() - latitude).abs().max((position.longitude() - longitude).abs());
        assert!(off < 1e-5, "{text}: {position:?}");
    }

    #[test]
    fn full_codes_name_the_centre_of_their_area() {
        check("7FG49QCJ+2V", None, 20.370_062_5, 2.782_187_5);
        check("7fg49qcj+2vx", None, 20.370_112_5, 2.782_234_375);
        check("See 8FVC2222+22, please", None, 47.000_062_5, 8.000_062_5);
        check("4VCPPQGP+Q9", None, -41.273_062_5, 174.785_937_5);
    }

    #[test]
    fn short_codes_need_to_know_about_where() {
        check("9QCJ+2V", Some((20.4, 2.7)), 20.370_062_5, 2.782_187_5);
        // Just across the edge of a block, the nearest area is the neighbour's.
        check("9QCJ+2V", Some((20.4, 3.1)), 20.370_062_5, 2.782_187_5);
    }

    #[test]
    fn what_is_no_code_is_left_alone() {
        for text in ["", "+", "8FVC2222", "8FVC222+22", "8FVA2222+22", "call +86 21", "9QCJ+2V", "1+1", "8FVC2222+2"] {
            assert_eq!(parse(text, None), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,40}|[2-9CFGHJMPQRVWX]{0,9}\\+[2-9CFGHJMPQRVWX]{0,8}") {
            let _ = parse(&text, Position::new(90.0, 180.0));
        }
    }
}
