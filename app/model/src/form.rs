//! What can be wrong with a form: data, from which the page makes a sentence in the reader's language.

use std::borrow::Cow;

use crate::question::{TEXT_LIMIT, field_name};

/// The fields of the forms, by the names they have in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Key,
    Category,
    Position,
    Address,
    People,
    What,
    Contact,
    /// Who is to be asked for.
    Name,
    /// The organisation, and which of its sites.
    Site,
    Hazard,
    Substance,
    /// The other places of the same event, one a line.
    Places,
    /// Several reports, a line each.
    Table,
    Note,
    To,
    Told,
    Template,
    Ground,
    Evidence,
    Duplicate,
    Department,
    Inner,
    Rating,
    /// The answer to an extra question, by its code.
    Question(&'static str),
    /// A report of somebody else's that is about the same.
    Join,
    Reports,
    Instead,
    Reason,
}

impl Field {
    /// The name, and the id, of the control in the page.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Question(code) => return Cow::Owned(field_name(code)),
            Self::Join => "join",
            Self::Key => "key",
            Self::Category => "category",
            Self::Position => "position",
            Self::Address => "address",
            Self::People => "people",
            Self::What => "what",
            Self::Contact => "contact",
            Self::Name => "name",
            Self::Site => "site",
            Self::Hazard => "hazard",
            Self::Substance => "substance",
            Self::Places => "places",
            Self::Table => "table",
            Self::Note => "note",
            Self::To => "to",
            Self::Told => "told",
            Self::Template => "template",
            Self::Ground => "ground",
            Self::Evidence => "evidence",
            Self::Duplicate => "duplicate",
            Self::Department => "department",
            Self::Inner => "inner",
            Self::Rating => "rating",
            Self::Reports => "reports",
            Self::Instead => "instead",
            Self::Reason => "reason",
        })
    }

    /// How many characters it takes.
    pub fn limit(self) -> usize {
        match self {
            Self::Key | Self::Join | Self::Reports => 36,
            Self::Question(_) => TEXT_LIMIT,
            Self::Category => 5,
            Self::People | Self::Duplicate => 20,
            Self::To
            | Self::Hazard
            | Self::Template
            | Self::Ground
            | Self::Department
            | Self::Rating
            | Self::Reason => 40,
            Self::Name => 100,
            Self::Contact | Self::Site | Self::Substance => 300,
            Self::Address => 500,
            Self::Table => 20_000,
            // Links that map sites share are long.
            Self::Places => 4_000,
            Self::Position | Self::What | Self::Note | Self::Told | Self::Evidence | Self::Inner | Self::Instead => {
                2_000
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing there, and something is needed.
    Missing,
    /// Not one of the choices, or not of the form.
    Unknown,
    /// Characters that were sent.
    TooLong(usize),
    /// Places, or lines of a table.
    TooMany(usize),
    /// A line of a table has more cells than there are columns.
    Surplus,
    /// No line of a table is a report.
    NoneSound,
    /// Not a whole number of people.
    NotANumber,
    /// Holds the character U+0000, which no page can show.
    Unprintable,
}

/// One thing to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: Field,
    pub fault: Fault,
}

/// Gathers problems, so that a person learns all of them at once.
#[derive(Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    pub fn add(&mut self, field: Field, fault: Fault) {
        self.0.push(Problem { field, fault });
    }

    /// The text as typed, where it holds anything but white space; notes what no field takes.
    pub fn text(&mut self, field: Field, text: &str) -> Option<String> {
        let length = text.chars().count();
        if length > field.limit() {
            self.add(field, Fault::TooLong(length));
        }
        if text.contains('\0') {
            self.add(field, Fault::Unprintable);
        }
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    /// The value, when nothing was wrong with anything.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Vec<Problem>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}
