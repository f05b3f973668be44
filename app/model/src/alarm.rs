//! Words in free text that say a life may be in danger, and whom to call for each.
//!
//! A form asks for danger, but people in fear write before they tick. So the words are looked for in both languages, with the same
//! function on the server and in the browser. What it finds makes the page say "call now"; it never stops or changes a report.
//!
//! The two ways to be wrong do not weigh the same. A false alarm shows a telephone number that was not needed; a missed one may cost a
//! life. So only the plainest negation is believed, one that stands at the word itself ("没有着火", "no fire", "nobody is trapped"): not
//! one further off ("I do not think there is a fire"), not a doubt, not the past, not "already out". Compounds that only contain such a
//! word ("fire door", "打不着火", "救命稻草") are tables too: where two entries begin at the same place, the longer one counts.

mod beginnings;
mod chinese;
mod english;
#[cfg(test)]
mod tests;

use crate::category::Service;
use crate::narrow::narrow;

/// What an entry of the tables says.
#[derive(Clone, Copy)]
enum Sense {
    /// Sounds like danger and is none.
    Calm,
    /// A cry, or a word that is itself a negation ("没有呼吸"): counts whatever stands before it.
    Cry(Service),
    /// Something that happens: not when it is negated.
    Event(Service),
    /// Something that happens to a person: not when it happens to nobody either.
    Person(Service),
}

impl Sense {
    /// Whom to call, given that the word is negated, or said of nobody.
    fn meant(self, negated: bool, nobody: bool) -> Option<Service> {
        match self {
            Self::Calm => None,
            Self::Cry(service) => Some(service),
            Self::Event(service) => (!negated).then_some(service),
            Self::Person(service) => (!negated && !nobody).then_some(service),
        }
    }
}

/// Entries of one sense.
type Entries = (Sense, &'static [&'static str]);

/// Of how many characters the words are looked at: several times what any field takes. It is asked before a form is refused for its
/// length.
const LOOKED_AT: usize = 8_000;

/// Whom to call for the first words of danger in the text; Chinese is looked at before English.
pub fn in_words(text: &str) -> Option<Service> {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(end, _)| end);
    let folded = fold(text.get(..end).unwrap_or(text));
    chinese::find(&folded).or_else(|| english::find(&folded))
}

/// Small plain letters, simplified characters where the tables have some, and no apostrophes: "Can’t" is `cant`.
fn fold(text: &str) -> String {
    let plain = text.chars().map(|letter| simple(narrow(letter)).to_ascii_lowercase());
    plain.filter(|letter| !matches!(letter, '\'' | '’' | '‘' | '′' | '`')).collect()
}

/// The simplified twin of the traditional characters that words of danger are written with.
fn simple(letter: char) -> char {
    match letter {
        '沒' => '没',
        '無' => '无',
        '氣' => '气',
        '煙' => '烟',
        '災' => '灾',
        '燒' => '烧',
        '電' => '电',
        '觸' => '触',
        '壓' => '压',
        '殺' => '杀',
        '槍' => '枪',
        '開' => '开',
        '樓' => '楼',
        '車' => '车',
        '禍' => '祸',
        '進' => '进',
        '裡' | '裏' => '里',
        '斷' => '断',
        '難' => '难',
        '過' => '过',
        '來' => '来',
        '們' => '们',
        '著' => '着',
        '發' => '发',
        '現' => '现',
        '識' => '识',
        '暈' => '晕',
        other => other,
    }
}
