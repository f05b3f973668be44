//! Number plates.

use super::run::Text;

const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// At the end of plates for trailers, learners, police, Hong Kong and Macau, consulates.
const LAST: &str = "挂学警港澳领";

/// A plate of GA 36-2018: the province, a letter, then five characters, or six for new energy. I and O are not used, and at most two of
/// the characters are letters. A dot, a hyphen or a space may stand behind the letter.
pub(super) fn plate(text: &Text, at: usize) -> Option<usize> {
    let province = text.at(at).is_some_and(|letter| PROVINCES.contains(letter));
    if !province || !text.at(at + 1).is_some_and(|letter| letter.is_ascii_alphabetic() && is_used(letter)) {
        return None;
    }
    let separated = matches!(text.at(at + 2), Some('·' | '•' | '.' | '-' | ' ' | '・'));
    let from = at + 2 + usize::from(separated);
    [6, 5].into_iter().find_map(|count| {
        let letters: Vec<char> = (from..from + count).map_while(|place| text.at(place)).collect();
        let sound = letters.len() == count && if count == 6 { new_energy(&letters) } else { ordinary(&letters) };
        (sound && text.may_end(from + count)).then_some(from + count)
    })
}

fn is_used(letter: char) -> bool {
    letter.is_ascii_digit() || (letter.is_ascii_uppercase() && !matches!(letter, 'I' | 'O'))
}

fn ordinary(letters: &[char]) -> bool {
    let (serial, least_digits) = match letters {
        [serial @ .., last] if LAST.contains(*last) => (serial, 2),
        _ => (letters, 3),
    };
    let digits = serial.iter().filter(|letter| letter.is_ascii_digit()).count();
    serial.iter().all(|letter| is_used(*letter)) && digits >= least_digits
}

/// Small cars: a letter that says how they are driven, one more character, four digits. Large ones: five digits and the letter.
fn new_energy(letters: &[char]) -> bool {
    let drive = |letter: &char| matches!(letter, 'A'..='H' | 'J' | 'K');
    let digits = |letters: &[char]| letters.iter().all(char::is_ascii_digit);
    match letters {
        [first, second, number @ ..] if drive(first) => is_used(*second) && digits(number),
        [number @ .., last] => drive(last) && digits(number),
        [] => false,
    }
}
