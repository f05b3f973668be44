//! Telephone numbers.

use super::run::{Text, space_or_hyphen};

/// The longest telephone number that begins here.
pub(super) fn phone(text: &Text, at: usize) -> Option<usize> {
    if !matches!(text.at(at)?, '0'..='9' | '+' | '(') || !text.may_begin(at) {
        return None;
    }
    [mobile(text, at), landline(text, at), international(text, at)].into_iter().flatten().max()
}

/// Eleven digits, the first 1, the second 3 to 9 (the numbering plan of MIIT), in groups of three and more; 86 may stand before it.
fn mobile(text: &Text, at: usize) -> Option<usize> {
    let from = behind_country(text, at).unwrap_or(at);
    let digits = text.digits(from, 11, space_or_hyphen);
    let (values, end, groups) = digits.first(11)?;
    let sound = matches!(values, [1, 3..=9, ..]) && groups.iter().all(|count| *count >= 3);
    (sound && text.may_end(end)).then_some(end)
}

/// Behind `86`, `+86` or `0086`, and one separator.
fn behind_country(text: &Text, at: usize) -> Option<usize> {
    let begins = |word: &str| word.chars().enumerate().all(|(place, letter)| text.at(at + place) == Some(letter));
    let length = ["+86", "0086", "86"].into_iter().find(|word| begins(word))?.len();
    let separated = text.at(at + length).is_some_and(space_or_hyphen);
    Some(at + length + usize::from(separated))
}

/// An area code of three or four digits, in brackets or not, seven or eight digits of which the first is 2 to 8, and an extension.
fn landline(text: &Text, at: usize) -> Option<usize> {
    let bracket = text.at(at)? == '(';
    let from = at + usize::from(bracket);
    if text.digit(from)? != 0 {
        return None;
    }
    let area = match text.digit(from + 1)? {
        1 if text.digit(from + 2)? == 0 => 3,
        2 => 3,
        3..=9 => 4,
        _ => return None,
    };
    let mut local = from + area;
    let whole = (from..local).all(|place| text.digit(place).is_some());
    if !whole || (bracket && text.at(local)? != ')') {
        return None;
    }
    local += usize::from(bracket);
    local += usize::from(text.at(local).is_some_and(space_or_hyphen));
    let digits = text.digits(local, 8, space_or_hyphen);
    let lengths = if area == 3 { 8..=8 } else { 7..=8 };
    lengths.rev().find_map(|count| {
        let (values, end, groups) = digits.first(count)?;
        let sound = matches!(values, [2..=8, ..]) && groups.iter().all(|count| *count >= 3);
        (sound && text.may_end(end)).then(|| extension(text, end))
    })
}

/// Behind an extension (`-8001`, `转8001`), where there is one.
fn extension(text: &Text, at: usize) -> usize {
    let marked = matches!(text.at(at), Some('-' | '转' | '轉'));
    let digits = text.digits(at + 1, 6, |_| false);
    let end = digits.first(digits.values.len()).map(|(_, end, _)| end);
    end.filter(|end| marked && digits.values.len() >= 2 && text.may_end(*end)).unwrap_or(at)
}

/// `+` and 8 to 15 digits (ITU-T E.164), the first not 0; spaces, hyphens and brackets between them.
fn international(text: &Text, at: usize) -> Option<usize> {
    if text.at(at)? != '+' {
        return None;
    }
    let mut last = at;
    let mut count = 0;
    let mut between = 0;
    let mut place = at + 1;
    while let Some(letter) = text.at(place) {
        if letter.is_ascii_digit() {
            if count == 0 && letter == '0' {
                return None;
            }
            count += 1;
            between = 0;
            last = place + 1;
        } else if count == 0 || between == 2 || !matches!(letter, ' ' | '-' | '(' | ')') {
            break;
        } else {
            between += 1;
        }
        place += 1;
    }
    ((8..=15).contains(&count) && text.may_end(last)).then_some(last)
}
