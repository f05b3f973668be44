//! The ways to reach somebody that stand in what they typed: a mail address, a telephone number.
//!
//! Each has one normal form, so that the same telephone is the same however it was written.

mod mail;
mod phone;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::narrow::narrow;

/// A way on which a notice travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    Mail,
    Sms,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Mail, Self::Sms];

    /// The name in columns and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// What an address is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Mail,
    /// A telephone that takes short messages, as far as its number tells.
    Mobile,
    /// A telephone that takes calls alone.
    Landline,
}

/// Where somebody can be reached, in its normal form: `name@host` with the host in small letters, or a number as ITU-T E.164 writes it
/// (`+8613812345678`). Only [`parse`] makes one, so it holds no blank, no control character and nothing beyond ASCII.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    kind: Kind,
    text: String,
}

impl Address {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How a notice gets there; nobody writes to a landline.
    pub fn channel(&self) -> Option<Channel> {
        match self.kind {
            Kind::Mail => Some(Channel::Mail),
            Kind::Mobile => Some(Channel::Sms),
            Kind::Landline => None,
        }
    }
}

/// The addresses in a text, one a kind at most, the first of each; in full-width letters and digits too.
///
/// A text with a control character in it, such as a line break, has none: it did not come from a field of one line, and would end in the
/// head of a mail.
pub fn parse(text: &str) -> Vec<Address> {
    if text.chars().any(char::is_control) {
        return Vec::new();
    }
    let text: String = text.chars().map(narrow).collect();
    let mail = mail::first(&text).map(|text| Address { kind: Kind::Mail, text });
    let mut found: Vec<Address> = mail.into_iter().collect();
    for (kind, text) in phone::all(&text) {
        if !found.iter().any(|known| known.kind == kind) {
            found.push(Address { kind, text });
        }
    }
    found
}

/// The address that a notice on this channel goes to.
pub fn on(text: &str, channel: Channel) -> Option<Address> {
    parse(text).into_iter().find(|address| address.channel() == Some(channel))
}

/// How to reach the person. Rests on consent alone, so it is sealed apart from the rest of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Contact {
    /// As it was typed.
    pub how: String,
    /// Who is to be asked for there.
    pub name: Option<String>,
}

impl Contact {
    /// Both in one line.
    pub fn line(&self) -> String {
        self.name.iter().chain([&self.how]).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// The shapes in which contacts are kept: the first ones had no name.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    Bare(String),
    Named { how: String, name: String },
}

impl From<Kept> for Contact {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Bare(how) => Self { how, name: None },
            Kept::Named { how, name } => Self { how, name: Some(name) },
        }
    }
}

impl From<Contact> for Kept {
    fn from(Contact { how, name }: Contact) -> Self {
        match name {
            None => Self::Bare(how),
            Some(name) => Self::Named { how, name },
        }
    }
}
