//! Names without what makes no difference when one types: case, width, spaces, punctuation, tone marks.

use crate::narrow::narrow;

/// Letters with marks and their plain twins: the vowels of pinyin, and what else stands on signs in Latin letters. Combining marks fall
/// away by themselves.
const PLAIN: [(&str, char); 8] = [
    ("āáǎàâäãå", 'a'),
    ("ēéěèêëę", 'e'),
    ("īíǐìîï", 'i'),
    ("ōóǒòôöõø", 'o'),
    ("ūúǔùûüǖǘǚǜ", 'u'),
    ("çćč", 'c'),
    ("ñńň", 'n'),
    ("šś", 's'),
];

/// What is left of a character: nothing, one, or several.
fn letters(letter: char) -> impl Iterator<Item = char> {
    narrow(letter).to_lowercase().filter(|letter| letter.is_alphanumeric()).map(plain)
}

fn plain(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    PLAIN.iter().find(|(marked, _)| marked.contains(letter)).map_or(letter, |(_, plain)| *plain)
}

/// The folded text. Empty when nothing in it can be searched for.
pub(super) fn folded(text: &str) -> String {
    text.chars().flat_map(letters).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Script {
    /// Each character is a word.
    Ideographs,
    Letters,
    Digits,
    /// Ends a word.
    Gap,
}

fn script(letter: char) -> Script {
    match narrow(letter) {
        letter if !letter.is_alphanumeric() => Script::Gap,
        letter if letter.is_ascii_digit() => Script::Digits,
        // From the radicals of CJK on; before them stand the alphabets.
        '\u{2E80}'.. => Script::Ideographs,
        _ => Script::Letters,
    }
}

/// The folded text, and where in it words begin, in bytes.
pub(super) fn words(name: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(name.len());
    let mut starts = Vec::new();
    let mut before = Script::Gap;
    for letter in name.chars() {
        let script = script(letter);
        let start = folded.len();
        folded.extend(letters(letter));
        let is_combining = ('\u{300}'..='\u{36F}').contains(&letter);
        if folded.len() > start && (script != before || script == Script::Ideographs) {
            starts.push(start);
        }
        if !is_combining {
            before = script;
        }
    }
    (folded, starts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_makes_no_difference_is_gone() {
        for (typed, plain) in [
            ("Mill Road", "millroad"),
            ("ＭＩＬＬ　ｒｏａｄ", "millroad"),
            ("Jiànguó Lù", "jianguolu"),
            ("Jia\u{300}nguo", "jianguo"),
            ("St. Mary's (North)", "stmarysnorth"),
            ("人民·广场", "人民广场"),
            (" —— ", ""),
        ] {
            assert_eq!(folded(typed), plain);
        }
    }

    #[test]
    fn words_begin_at_letters_digits_and_every_chinese_character() {
        let (folded, starts) = words("Mill Road 12b 菜市场B1");
        let found: Vec<&str> = starts.iter().map(|start| &folded[*start..]).collect();
        let all = [
            "millroad12b菜市场b1",
            "road12b菜市场b1",
            "12b菜市场b1",
            "b菜市场b1",
            "菜市场b1",
            "市场b1",
            "场b1",
            "b1",
            "1",
        ];
        assert_eq!(found, all);
    }

    proptest! {
        #[test]
        fn words_begin_where_characters_begin(text in ".{0,40}") {
            let (folded_name, starts) = words(&text);
            prop_assert_eq!(&folded_name, &folded(&text));
            prop_assert!(starts.iter().all(|start| folded_name.is_char_boundary(*start)));
        }
    }
}
