//! Digits in a text, and what stands between them.

use crate::narrow::narrow;

/// A text as plain capital characters, with their places.
pub(super) struct Text {
    letters: Vec<char>,
    /// The byte at which each begins, and the length of all.
    offsets: Vec<usize>,
}

/// Digits with what stands between them.
#[derive(Default)]
pub(super) struct Digits {
    /// 0 to 9 each.
    pub values: Vec<u8>,
    /// How many stand together, group by group.
    pub groups: Vec<usize>,
    /// The place behind each digit.
    ends: Vec<usize>,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let letters = text.chars().map(|letter| plain(letter).to_ascii_uppercase()).collect();
        let offsets = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        Self { letters, offsets }
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// The byte at which a character begins.
    pub(super) fn offset(&self, at: usize) -> usize {
        self.offsets.get(at).or(self.offsets.last()).copied().unwrap_or_default()
    }

    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.letters.get(at).copied()
    }

    pub(super) fn digit(&self, at: usize) -> Option<u8> {
        self.at(at)?.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
    }

    /// Whether a number may begin here: not inside a word with digits (`7K2M138`), a decimal fraction, a time or a chain of numbers.
    /// Letters alone may stand before it, two and more: people write `tel13812345678`.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let before = self.letters.get(..at).unwrap_or_default();
        let ends_in_digit = |letters: &[char]| letters.last().is_some_and(char::is_ascii_digit);
        match before {
            [rest @ .., '.' | ':' | '/' | '-' | '_'] => !ends_in_digit(rest),
            [.., letter] if letter.is_ascii_alphabetic() => {
                let word = before.iter().rev().take_while(|letter| letter.is_ascii_alphabetic()).count();
                let rest = before.len().checked_sub(word).and_then(|start| before.get(..start)).unwrap_or_default();
                word >= 2 && !ends_in_digit(rest) && rest.last() != Some(&'-')
            }
            _ => !ends_in_digit(before),
        }
    }

    /// Whether a number may end before this place: not inside a word or before a decimal fraction.
    pub(super) fn may_end(&self, at: usize) -> bool {
        match self.at(at) {
            Some(letter) if letter.is_ascii_alphanumeric() => false,
            Some('.') => self.digit(at + 1).is_none(),
            _ => true,
        }
    }

    /// The digits from a place on, at most `most`, one separator between two of them allowed where `separates` says so.
    pub(super) fn digits(&self, from: usize, most: usize, separates: impl Fn(char) -> bool) -> Digits {
        let mut digits = Digits::default();
        let mut at = from;
        let mut fresh = true;
        while digits.values.len() < most {
            if let Some(value) = self.digit(at) {
                match digits.groups.last_mut() {
                    Some(count) if !fresh => *count += 1,
                    _ => digits.groups.push(1),
                }
                digits.values.push(value);
                digits.ends.push(at + 1);
                fresh = false;
            } else if fresh || !self.at(at).is_some_and(&separates) {
                break;
            } else {
                fresh = true;
            }
            at += 1;
        }
        digits
    }
}

impl Digits {
    /// The first `count` of them, when there are so many: the place behind, and the groups they make.
    pub(super) fn first(&self, count: usize) -> Option<(&[u8], usize, Vec<usize>)> {
        let values = self.values.get(..count)?;
        let end = *self.ends.get(count.checked_sub(1)?)?;
        let mut left = count;
        let mut groups = Vec::new();
        for group in &self.groups {
            let here = left.min(*group);
            if here == 0 {
                break;
            }
            groups.push(here);
            left -= here;
        }
        Some((values, end, groups))
    }
}

/// Separators between the groups of a card.
pub(super) fn space_or_hyphen(letter: char) -> bool {
    matches!(letter, ' ' | '-')
}

fn plain(letter: char) -> char {
    match narrow(letter) {
        '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        other => other,
    }
}
