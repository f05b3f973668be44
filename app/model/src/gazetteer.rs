//! Addresses and landmarks of the city, from a file of the operator: found while somebody types, and named for a position.

mod fold;
mod index;
mod road;

use std::collections::BTreeMap;
use std::fmt;

use crate::cell::{Cell, covering};
use crate::position::Position;
use index::Index;
pub use road::without_house_number;

/// The header of the file, in UTF-8: name, other names with `|` between, latitude and longitude in degrees WGS 84, and a code for the kind
/// of place (`landmark`, `road`, `area`, `site`, or what the operator likes).
pub const COLUMNS: [&str; 5] = ["name", "other_names", "latitude", "longitude", "kind"];

/// How far from a position the nearest entry may be to name it, in metres. What is farther would send people to the wrong place.
pub const NAMED_WITHIN: u32 = 200;

/// Longer names are no names.
const LONGEST_NAME: usize = 200;

/// All entries. Texts stand once each in one string, and entries and index hold places in it, so 100,000 entries take about 20 MB.
#[derive(Debug, Default)]
pub struct Gazetteer {
    text: String,
    rows: Vec<Row>,
    index: Index,
    /// The cells of the entries, ascending, with the number of the entry.
    cells: Vec<(i64, u32)>,
}

/// Beginning and end in `Gazetteer::text`.
type Span = (u32, u32);

#[derive(Debug)]
struct Row {
    name: Span,
    others: Span,
    kind: Span,
    position: Position,
}

/// One address or landmark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'g> {
    pub name: &'g str,
    others: &'g str,
    pub kind: &'g str,
    pub position: Position,
}

impl<'g> Entry<'g> {
    /// The name in other scripts or languages, and what else people call it.
    pub fn others(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        names(self.others)
    }
}

/// What a position is close to. It is an approximation, and is to be shown as one, with the distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About<'g> {
    pub entry: Entry<'g>,
    /// The name of the entry without a house number: the nearest number known is not the number of the place.
    pub name: &'g str,
    /// From the position to the entry.
    pub metres: u32,
}

/// Why a line of the file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No name, or one without a letter or a digit.
    Nameless,
    /// A name of more than 200 characters.
    TooLong,
    /// Latitude and longitude are no position on the earth.
    NoPosition,
    /// More text than the index can count: 4 GiB.
    TooMuch,
}

/// The first line that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GazetteerError {
    pub line: u64,
    pub why: Why,
}

impl fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            Why::Nameless => "the place has no name",
            Why::TooLong => "the name is longer than 200 characters",
            Why::NoPosition => "latitude and longitude are no position on the earth",
            Why::TooMuch => "the file is too large",
        };
        write!(f, "line {}: {why}", self.line)
    }
}

impl std::error::Error for GazetteerError {}

impl Gazetteer {
    /// Takes records in the order of [`COLUMNS`], each with its line in the file; reading the file and its header is the caller's part.
    ///
    /// # Errors
    /// The first line that is wrong, and why.
    pub fn parse<S: AsRef<str>>(records: impl IntoIterator<Item = (u64, [S; 5])>) -> Result<Self, GazetteerError> {
        let mut gazetteer = Self::default();
        let mut kinds = BTreeMap::new();
        for (line, record) in records {
            gazetteer
                .add(record.each_ref().map(|field| field.as_ref().trim()), &mut kinds)
                .map_err(|why| GazetteerError { line, why })?;
        }
        gazetteer.index.sort();
        gazetteer.cells.sort_unstable();
        Ok(gazetteer)
    }

    fn add(
        &mut self,
        [name, others, latitude, longitude, kind]: [&str; 5],
        kinds: &mut BTreeMap<String, Span>,
    ) -> Result<(), Why> {
        let degrees = |text: &str| text.parse::<f64>().ok();
        let position = degrees(latitude).zip(degrees(longitude)).and_then(|(north, east)| Position::new(north, east));
        let position = position.ok_or(Why::NoPosition)?;
        let entry = u32::try_from(self.rows.len()).map_err(|_| Why::TooMuch)?;
        if !self.index.add(entry, name).ok_or(Why::TooMuch)? {
            return Err(Why::Nameless);
        }
        for name in names(others) {
            self.index.add(entry, name).ok_or(Why::TooMuch)?;
        }
        if [name].into_iter().chain(names(others)).any(|name| name.chars().count() > LONGEST_NAME) {
            return Err(Why::TooLong);
        }
        let kind = match kinds.get(kind) {
            Some(span) => *span,
            None => *kinds.entry(kind.to_owned()).or_insert(self.keep(kind)?),
        };
        let row = Row { name: self.keep(name)?, others: self.keep(others)?, kind, position };
        self.rows.push(row);
        self.cells.push((Cell::at(position).number(), entry));
        Ok(())
    }

    fn keep(&mut self, text: &str) -> Result<Span, Why> {
        let here = |text: &String| u32::try_from(text.len()).map_err(|_| Why::TooMuch);
        let start = here(&self.text)?;
        self.text.push_str(text);
        Ok((start, here(&self.text)?))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The entries that somebody may mean who has typed this much, at most `limit` of them: first those with exactly this name, then
    /// names that begin so, then those where a later word, or any Chinese character, begins so; shorter names first, then by alphabet.
    ///
    /// Case, width, spaces, punctuation and tone marks make no difference. The time grows with the number of entries that fit, not with
    /// the number of all.
    pub fn find(&self, typed: &str, limit: usize) -> Vec<Entry<'_>> {
        self.index.find(&fold::folded(typed), limit).into_iter().filter_map(|entry| self.entry(entry)).collect()
    }

    /// The nearest entry within [`NAMED_WITHIN`] that has a name beside its house number. `None` says unknown: nothing is invented.
    pub fn about(&self, position: Position) -> Option<About<'_>> {
        if self.cells.is_empty() {
            return None;
        }
        let ranges = covering(position, NAMED_WITHIN);
        let close = ranges.into_iter().flat_map(|(first, last)| {
            let start = self.cells.partition_point(|(cell, _)| *cell < first);
            let cells = self.cells.get(start..).unwrap_or_default();
            cells.iter().take_while(move |(cell, _)| *cell <= last)
        });
        let named = close.filter_map(|(_, number)| {
            let entry = self.entry(*number)?;
            let name = without_house_number(entry.name);
            (!name.is_empty()).then(|| (entry.position.metres_to(position), *number, About { entry, name, metres: 0 }))
        });
        let (metres, _, about) = named.min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)))?;
        (metres <= f64::from(NAMED_WITHIN)).then(|| About { metres: whole(metres), ..about })
    }

    fn entry(&self, number: u32) -> Option<Entry<'_>> {
        let row = self.rows.get(usize::try_from(number).ok()?)?;
        let text = |(start, end): Span| self.text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?);
        Some(Entry { name: text(row.name)?, others: text(row.others)?, kind: text(row.kind)?, position: row.position })
    }
}

fn names(others: &str) -> impl Iterator<Item = &str> {
    others.split('|').map(str::trim).filter(|name| !name.is_empty())
}

fn whole(metres: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most NAMED_WITHIN")]
    let whole = metres.round() as u32;
    whole
}

#[cfg(test)]
mod tests;
