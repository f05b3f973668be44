//! Words of danger in Chinese: parts of the text, for Chinese writes no spaces between words.

mod words;

use words::{ENTRIES, NEGATIONS, NOBODY, QUESTIONS};

use super::Sense;
use super::beginnings::Beginnings;
use crate::category::Service;

/// By their first letter: three bytes, like all of Chinese.
static BEGINNINGS: Beginnings = Beginnings::of(&ENTRIES, 3, 3);

/// The first words of danger in folded text.
pub(super) fn find(folded: &str) -> Option<Service> {
    if folded.is_ascii() {
        return None;
    }
    let text: String = folded.chars().filter(|letter| !matches!(letter, ' ' | '\t' | '\u{a0}')).collect();
    let mut at = 0;
    while let Some((before, rest)) = text.split_at_checked(at) {
        let Some(letter) = rest.chars().next() else { break };
        match longest(rest) {
            Some((length, sense)) => {
                if let Some(service) = meant(sense, before) {
                    return Some(service);
                }
                at += length;
            }
            None => at += letter.len_utf8(),
        }
    }
    None
}

/// The longest entry that the text begins with, its length in bytes, and its sense.
fn longest(text: &str) -> Option<(usize, Sense)> {
    if !BEGINNINGS.may_begin(text) {
        return None;
    }
    let entries = ENTRIES.iter().flat_map(|(sense, words)| words.iter().map(|word| (*word, *sense)));
    entries.filter(|(word, _)| text.starts_with(word)).map(|(word, sense)| (word.len(), sense)).max_by_key(|hit| hit.0)
}

fn meant(sense: Sense, before: &str) -> Option<Service> {
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let asked = ends(&QUESTIONS);
    let negated = !asked && ends(&NEGATIONS);
    let nobody = !asked && ends(&NOBODY);
    sense.meant(negated, nobody)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_is_passed_over() {
        for word in ENTRIES.iter().flat_map(|(_, words)| words.iter()) {
            assert_eq!(longest(word).map(|(length, _)| length), Some(word.len()), "{word}");
            assert!(!word.is_ascii(), "{word}");
        }
        assert!(!BEGINNINGS.may_begin("路灯坏了"), "then every place would be looked at");
    }
}
