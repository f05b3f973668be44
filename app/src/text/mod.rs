//! Every sentence that people read, in every language. Only the server has them; islands find theirs in the page.

pub mod letter;
pub mod media;

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, PatternElement};
use leptos::prelude::*;
use unic_langid::LanguageIdentifier;

/// A language of the portal. A new one is a new file and a new line in [`LANGUAGES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    #[default]
    Chinese,
    English,
}

struct Language {
    locale: Locale,
    /// BCP 47.
    tag: &'static str,
    source: &'static str,
}

const LANGUAGES: [Language; 2] = [
    Language { locale: Locale::Chinese, tag: "zh-CN", source: include_str!("zh-CN.ftl") },
    Language { locale: Locale::English, tag: "en", source: include_str!("en.ftl") },
];

impl Locale {
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    pub fn tag(self) -> &'static str {
        LANGUAGES[self as usize].tag
    }

    /// The language of a tag, by its first part: `en-GB` is English.
    pub fn parse(tag: &str) -> Option<Self> {
        // Up to the first sign: a link may have come with the hyphen percent-encoded.
        let signs = |letter: char| !letter.is_ascii_alphabetic();
        let primary = |tag: &str| tag.split(signs).next().unwrap_or_default().to_ascii_lowercase();
        LANGUAGES.iter().find(|language| primary(language.tag) == primary(tag.trim())).map(|language| language.locale)
    }

    /// The first language of an `Accept-Language` header (RFC 9110, section 12.5.4) that we have, by weight.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, Self)> = header
            .split(',')
            .filter_map(|part| {
                let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
                Some((weight.trim().parse().ok().filter(|weight| *weight > 0.0)?, Self::parse(tag)?))
            })
            .collect();
        wanted.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        wanted.first().map(|(_, locale)| *locale)
    }

    /// The language to switch to.
    pub fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }
}

struct Catalogue {
    /// Sentences without a gap, ready.
    whole: HashMap<String, String>,
    /// Sentences whose gaps are filled with what is given, as it is.
    plain: HashMap<String, Vec<Piece>>,
    /// All sentences; those that agree with what fills their gaps are put together here, which takes ten times as long.
    bundle: FluentBundle<FluentResource>,
}

enum Piece {
    Words(String),
    /// By its name.
    Gap(String),
}

static CATALOGUES: LazyLock<[Catalogue; LANGUAGES.len()]> = LazyLock::new(|| LANGUAGES.each_ref().map(Catalogue::read));

impl Catalogue {
    fn read(language: &Language) -> Self {
        let tag: LanguageIdentifier = language.tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks of direction around what is filled in would be copied along with it.
        bundle.set_use_isolating(false);
        // A broken line loses that sentence alone; the tests refuse both.
        let (resource, _) = match FluentResource::try_new(language.source.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err(broken) => broken,
        };
        let names: Vec<String> = resource.entries().filter_map(name).collect();
        let plain = resource.entries().filter_map(pieces).collect();
        bundle.add_resource_overriding(resource);
        let whole = names.into_iter().filter_map(|name| whole(&bundle, &name).map(|text| (name, text))).collect();
        Self { whole, plain, bundle }
    }
}

fn name(entry: &Entry<&str>) -> Option<String> {
    match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    }
}

/// What a sentence is put together from, if nothing in it depends on what fills its gaps.
fn pieces(entry: &Entry<&str>) -> Option<(String, Vec<Piece>)> {
    let Entry::Message(Message { id, value: Some(pattern), .. }) = entry else { return None };
    let pieces = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value } => Some(Piece::Words((*value).to_owned())),
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
            Some(Piece::Gap(id.name.to_owned()))
        }
        PatternElement::Placeable { .. } => None,
    });
    Some((id.name.to_owned(), pieces.collect::<Option<_>>()?))
}

/// Words and values, one after the other. `None`: one of them is missing.
fn together(pieces: &[Piece], values: &[(&'static str, FluentValue<'_>)]) -> Option<String> {
    let mut sentence = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => sentence.push_str(words),
            Piece::Gap(gap) => match &values.iter().find(|(name, _)| name == gap)?.1 {
                FluentValue::String(value) => sentence.push_str(value),
                FluentValue::Number(number) => sentence.push_str(&number.as_string()),
                FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => return None,
            },
        }
    }
    Some(sentence)
}

/// The sentence, if it has no gaps.
fn whole(bundle: &FluentBundle<FluentResource>, name: &str) -> Option<String> {
    let pattern = bundle.get_message(name)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

/// The sentences of the reader's language.
#[derive(Clone, Copy)]
pub struct Text {
    locale: Locale,
    catalogue: &'static Catalogue,
}

impl Text {
    pub fn of(locale: Locale) -> Self {
        Self { locale, catalogue: &CATALOGUES[locale as usize] }
    }

    pub fn locale(self) -> Locale {
        self.locale
    }

    /// The sentence of a key. A key without one (a test forbids it) stands for itself.
    pub fn get(self, key: &'static str) -> &'static str {
        self.catalogue.whole.get(key).map_or(key, String::as_str)
    }

    /// The sentence of a key that is made of a family and a member, such as `category-12G00`.
    pub fn of_family(self, family: &'static str, member: &str) -> &'static str {
        let key = format!("{family}-{member}");
        self.catalogue.whole.get(&key).map_or(family, String::as_str)
    }

    /// The sentence of a key with its gaps filled.
    pub fn with(self, key: &'static str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        self.filled(key, values).unwrap_or_else(|| key.to_owned())
    }

    fn filled(self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> Option<String> {
        if let Some(sentence) = self.catalogue.plain.get(key).and_then(|pieces| together(pieces, values)) {
            return Some(sentence);
        }
        let values: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        let pattern = self.catalogue.bundle.get_message(key)?.value()?;
        Some(self.catalogue.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
    }

    /// The same for a key that is made of a family and a member.
    pub fn with_of_family(
        self,
        family: &'static str,
        member: &str,
        values: &[(&'static str, FluentValue<'_>)],
    ) -> String {
        self.filled(&format!("{family}-{member}"), values).unwrap_or_else(|| family.to_owned())
    }

    /// The sentence with its gap left as `{name}`, for an island to fill.
    pub fn gapped(self, key: &'static str, gap: &'static str) -> String {
        self.with_gaps(key, &[gap])
    }

    /// The same for several gaps, for a script.
    pub fn with_gaps(self, key: &'static str, gaps: &[&'static str]) -> String {
        let values: Vec<_> = gaps.iter().map(|gap| (*gap, FluentValue::from(format!("{{{gap}}}")))).collect();
        self.with(key, &values)
    }
}

/// The text of the page that is being made.
pub fn text() -> Text {
    Text::of(use_context::<Locale>().unwrap_or_default())
}

#[cfg(test)]
mod tests;
