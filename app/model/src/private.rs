//! Private data in free text: telephone numbers, identity cards, bank cards, number plates.
//!
//! The page warns whoever is about to make such a thing public, and a moderator hides it. Everything is found by its form and its check
//! digits alone, offline, in full-width digits too. What it cannot know: a landline written without its area code, and names.

mod cards;
mod phone;
mod plate;
mod run;
#[cfg(test)]
mod tests;

use std::ops::Range;

use run::Text;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mobile number or a landline of China, or an international number with `+`.
    Phone,
    /// A citizen identification number (GB 11643-1999).
    IdentityCard,
    /// A payment card number (ISO/IEC 7812-1).
    BankCard,
    /// A number plate (GA 36-2018).
    Plate,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Phone, Self::IdentityCard, Self::BankCard, Self::Plate];

    /// The name in the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::IdentityCard => "identity-card",
            Self::BankCard => "bank-card",
            Self::Plate => "plate",
        }
    }
}

/// Where something private stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    /// Bytes of the text, on the borders of characters.
    pub range: Range<usize>,
}

/// Tries one kind at a place of the text; answers with the place behind it, counted in characters.
type Finder = fn(&Text, usize) -> Option<usize>;

/// In this order: eighteen digits that are an identity card may pass for a bank card, and part of either for a telephone.
const FINDERS: [(Kind, Finder); 4] = [
    (Kind::IdentityCard, cards::identity),
    (Kind::BankCard, cards::bank),
    (Kind::Phone, phone::phone),
    (Kind::Plate, plate::plate),
];

/// Everything private in the text, in its order; no two overlap.
pub fn find(text: &str) -> Vec<Finding> {
    let text = Text::new(text);
    let mut findings = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let found = FINDERS.iter().find_map(|(kind, finder)| finder(&text, at).map(|end| (*kind, end)));
        at = match found {
            Some((kind, end)) => {
                findings.push(Finding { kind, range: text.offset(at)..text.offset(end) });
                end
            }
            None => at + 1,
        };
    }
    findings
}

/// The text with every character of the findings as `█`. A finding that does not fit the text, or the one before it, is passed over.
pub fn redacted(text: &str, findings: &[Finding]) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut done = 0;
    for Finding { range, .. } in findings {
        if let Some(before) = text.get(done..range.start)
            && let Some(hidden) = text.get(range.clone())
        {
            redacted.push_str(before);
            redacted.extend(hidden.chars().map(|_| '█'));
            done = range.end;
        }
    }
    redacted.push_str(text.get(done..).unwrap_or_default());
    redacted
}
