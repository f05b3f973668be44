//! Numbers with check digits: identity cards and bank cards.

use super::run::{Text, space_or_hyphen};
use crate::calendar::Date;

/// A citizen identification number, GB 11643-1999: six digits of the place, eight of the birth date, three of the order, and the check
/// character of ISO 7064 MOD 11-2, where X is ten. Born from 1900 to 2099.
pub(super) fn identity(text: &Text, at: usize) -> Option<usize> {
    if !matches!(text.at(at)?, '1'..='9') || !text.may_begin(at) {
        return None;
    }
    let digits = text.digits(at, 17, space_or_hyphen);
    let (values, behind, _) = digits.first(17)?;
    // The check character may stand apart as well.
    let place = if text.at(behind).is_some_and(space_or_hyphen) { behind + 1 } else { behind };
    let check = if text.at(place)? == 'X' { 10 } else { text.digit(place)? };
    let year = number(values.get(6..10)?);
    let born = Date::new(year, number(values.get(10..12)?), number(values.get(12..14)?));
    let sound = (1900..2100).contains(&year) && born.is_some() && check_digit(values) == u32::from(check);
    (sound && text.may_end(place + 1)).then_some(place + 1)
}

/// ISO 7064 MOD 11-2: the digits doubled up from the left, and the check digit that makes the sum 1.
fn check_digit(values: &[u8]) -> u32 {
    let product = values.iter().fold(0, |sum, value| (sum + u32::from(*value)) * 2 % 11);
    (12 - product) % 11
}

fn number(values: &[u8]) -> i64 {
    values.iter().fold(0, |number, value| number * 10 + i64::from(*value))
}

/// A payment card, ISO/IEC 7812-1: a known beginning with a length that goes with it, and the check digit of the Luhn formula (annex B).
/// The longest that fits.
pub(super) fn bank(text: &Text, at: usize) -> Option<usize> {
    if !matches!(text.at(at)?, '2'..='6' | '9') || !text.may_begin(at) {
        return None;
    }
    let digits = text.digits(at, 19, space_or_hyphen);
    (13..=19).rev().find_map(|count| {
        let (values, end, groups) = digits.first(count)?;
        (issued(values) && luhn(values) && printed(&groups) && text.may_end(end)).then_some(end)
    })
}

/// Whether an issuer's number begins so, at this length. In China: UnionPay (62), and domestic cards that begin with 9.
fn issued(values: &[u8]) -> bool {
    let length = values.len();
    let four = values.iter().take(4).fold(0, |number, value| number * 10 + u32::from(*value));
    match four {
        3400..=3499 | 3700..=3799 => length == 15,
        3000..=3099 | 3600..=3699 | 3800..=3999 => length == 14,
        4000..=4999 => matches!(length, 13 | 16 | 19),
        3528..=3589 | 6000..=6999 | 9000..=9999 => (16..=19).contains(&length),
        2221..=2720 | 5000..=5999 => length == 16,
        _ => false,
    }
}

/// Cards are printed in groups of four, or 4-6-5; a row of small numbers is no card.
fn printed(groups: &[usize]) -> bool {
    match groups {
        [_] => true,
        [groups @ .., last] => groups.iter().all(|count| (4..=8).contains(count)) && *last <= 8,
        [] => false,
    }
}

fn luhn(values: &[u8]) -> bool {
    let sum: u32 =
        values.iter().rev().zip([false, true].into_iter().cycle()).map(|(value, double)| weighed(*value, double)).sum();
    sum.is_multiple_of(10)
}

fn weighed(value: u8, double: bool) -> u32 {
    let value = u32::from(value);
    match (double, value) {
        (false, _) => value,
        (true, 0..=4) => value * 2,
        (true, _) => value * 2 - 9,
    }
}
