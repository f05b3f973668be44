//! Names of places without their house numbers.

use crate::narrow::narrow;

/// What stands behind the number of a house, or of a part of one.
const CHINESE_MARKS: [&str; 12] = ["号楼", "号院", "号门", "号室", "号", "弄", "室", "栋", "幢", "单元", "楼", "层"];

/// After these words a number at the end is that of a house, and not of a gate or a pier.
const STREETS: [&str; 14] =
    ["road", "rd", "street", "st", "lane", "ln", "avenue", "ave", "alley", "way", "drive", "boulevard", "lu", "jie"];

/// These may stand in front of a number.
const LABELS: [&str; 5] = ["no", "flat", "unit", "room", "building"];

/// The name without the house number it ends in (`…路12号`, `Mill Road 12`) or, as in English, begins with (`12 Mill Road`). Empty when
/// there is nothing else. Names that only hold a number stay whole: `地铁10号线`, `798艺术区`, `Gate 3`.
pub fn without_house_number(name: &str) -> &str {
    let mut rest = without_last_word(without_first_words(bare(name)));
    while let Some(shorter) = before_chinese_number(rest) {
        rest = bare(shorter);
    }
    rest
}

fn bare(name: &str) -> &str {
    name.trim_matches([' ', '\u{3000}', ',', '，', '-'])
}

/// What stands before a number with its mark at the end: `12号`, `甲12-3号楼`, `二十一号`.
fn before_chinese_number(name: &str) -> Option<&str> {
    CHINESE_MARKS.iter().find_map(|mark| {
        let numbered = name.strip_suffix(mark)?.trim_end();
        // In words, only 号 counts: an inn may well be called 第一楼.
        let is_digit = |letter| {
            narrow(letter).is_ascii_digit() || mark.starts_with('号') && "〇零一二三四五六七八九十百".contains(letter)
        };
        let before = numbered.trim_end_matches(|letter| is_digit(letter) || "-—–之附甲乙丙丁".contains(letter));
        numbered.get(before.len()..)?.contains(is_digit).then_some(before)
    })
}

fn without_first_words(name: &str) -> &str {
    let Some((first, rest)) = name.split_once(' ') else { return if is_number(name) { "" } else { name } };
    if is_number(first) {
        return without_first_words(bare(rest));
    }
    match without_first_words(bare(rest)) {
        shorter if is_one_of(&LABELS, first) && shorter.len() < bare(rest).len() => shorter,
        _ => name,
    }
}

fn without_last_word(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((street, number)) if is_number(number) => {
            let (street, last) = (bare(street), street.rsplit(' ').next().unwrap_or_default());
            let is_labelled = is_one_of(&LABELS, last);
            let street = if is_labelled { bare(street.strip_suffix(last).unwrap_or(street)) } else { street };
            let last = street.rsplit(' ').next().unwrap_or_default();
            if is_one_of(&STREETS, last) { street } else { name }
        }
        _ => name,
    }
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| bare(word).trim_end_matches('.').eq_ignore_ascii_case(known))
}

/// `12`, `12a`, `12-14`: digits, and at most a letter.
fn is_number(word: &str) -> bool {
    bare(word).split(['-', '/']).all(|part| {
        let letters = part.trim_start_matches(|letter: char| letter.is_ascii_digit());
        letters.len() < part.len() && (letters.is_empty() || letters.len() == 1 && letters.is_ascii())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_house_is_named_by_its_road() {
        for (name, road) in [
            ("建国路12号", "建国路"),
            ("建国路甲１２-３号", "建国路"),
            ("中山东一路二十一号", "中山东一路"),
            ("阳光小区10号楼2单元502室", "阳光小区"),
            ("人民路 88 弄 3 号", "人民路"),
            ("12 Mill Road", "Mill Road"),
            ("12-14a, Mill Road", "Mill Road"),
            ("No. 12 Mill Road", "Mill Road"),
            ("Flat 3, 12 Mill Road", "Mill Road"),
            ("Mill Road 12", "Mill Road"),
            ("Jianguo Lu No. 12", "Jianguo Lu"),
            ("12号", ""),
            ("12", ""),
        ] {
            assert_eq!(without_house_number(name), road, "{name}");
        }
    }

    #[test]
    fn other_numbers_belong_to_the_name() {
        let names = [
            "地铁10号线",
            "798艺术区",
            "第一楼",
            "八一广场",
            "Gate 3",
            "1st Avenue",
            "No.3 Middle School",
            "Mill Road",
            "",
        ];
        for name in names {
            assert_eq!(without_house_number(name), name);
        }
    }

    proptest! {
        #[test]
        fn a_name_becomes_a_part_of_itself(name in ".{0,30}|[a-zA-Z0-9 ,.号弄楼路一二甲-]{0,30}") {
            prop_assert!(name.contains(without_house_number(&name)));
        }
    }
}
