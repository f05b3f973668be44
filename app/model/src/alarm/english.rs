//! Words of danger in English: whole words.

mod words;

use words::{ENTRIES, FILLERS, NEGATIONS, NOBODY, REACH};

use super::Sense;
use super::beginnings::Beginnings;
use crate::category::Service;

/// By their first word.
static BEGINNINGS: Beginnings = Beginnings::of(&ENTRIES, 1, usize::MAX);

/// The first words of danger in folded text.
pub(super) fn find(folded: &str) -> Option<Service> {
    folded.split(['.', ',', ';', ':', '!', '?', '\n', '。', '，', '；', '！', '？']).find_map(in_clause)
}

fn in_clause(clause: &str) -> Option<Service> {
    let words: Vec<&str> = clause.split(|letter: char| !is_latin(letter)).filter(|word| !word.is_empty()).collect();
    let mut at = 0;
    while let Some((before, rest)) = words.split_at_checked(at)
        && !rest.is_empty()
    {
        match longest(rest) {
            Some((length, sense)) => {
                if let Some(service) = meant(sense, before) {
                    return Some(service);
                }
                at += length;
            }
            None => at += 1,
        }
    }
    None
}

/// Letters and digits that make one word with their neighbours; a Chinese character ends a word.
fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&letter)
}

/// The longest entry that the words begin with, its length in words, and its sense.
fn longest(words: &[&str]) -> Option<(usize, Sense)> {
    if !words.first().is_some_and(|first| BEGINNINGS.may_begin(first)) {
        return None;
    }
    let entries = ENTRIES.iter().flat_map(|(sense, phrases)| phrases.iter().map(|phrase| (*phrase, *sense)));
    let hits = entries.filter_map(|(phrase, sense)| {
        let mut rest = words.iter();
        let whole = phrase.split(' ').all(|word| rest.next() == Some(&word));
        whole.then(|| (words.len() - rest.len(), sense))
    });
    hits.max_by_key(|hit| hit.0)
}

fn meant(sense: Sense, before: &[&str]) -> Option<Service> {
    let nearest = before.iter().rev().take(REACH).find(|word| !FILLERS.contains(word));
    let negated = nearest.is_some_and(|word| NEGATIONS.contains(word));
    let nobody = nearest.is_some_and(|word| NOBODY.contains(word));
    sense.meant(negated, nobody)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_is_passed_over() {
        for phrase in ENTRIES.iter().flat_map(|(_, phrases)| phrases.iter()) {
            let words: Vec<&str> = phrase.split(' ').collect();
            assert_eq!(longest(&words).map(|(length, _)| length), Some(words.len()), "{phrase}");
        }
        assert!(!BEGINNINGS.may_begin("lamp"), "then every place would be looked at");
    }
}
