//! Which column means what, and which kind of incident a title is.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use model::category::Category;
use thiserror::Error;

/// What a report can take from a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Latitude,
    Longitude,
    Address,
    What,
    Kind,
    Time,
    People,
}

impl Column {
    pub const ALL: [Self; 7] =
        [Self::Latitude, Self::Longitude, Self::Address, Self::What, Self::Kind, Self::Time, Self::People];

    pub fn name(self) -> &'static str {
        match self {
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Address => "address",
            Self::What => "what",
            Self::Kind => "kind",
            Self::Time => "time",
            Self::People => "people",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Headings under which it is found without being told, in small letters.
    fn usual(self) -> &'static [&'static str] {
        match self {
            Self::Latitude => &["latitude", "lat", "y", "纬度"],
            Self::Longitude => &["longitude", "lng", "lon", "long", "x", "经度"],
            Self::Address => &["address", "addr", "location", "地址"],
            Self::What => &["what", "description", "desc", "text", "描述"],
            Self::Kind => &["kind", "category", "type", "title", "类别"],
            Self::Time => &["time", "timestamp", "datetime", "date", "occurred", "时间"],
            Self::People => &["people", "persons", "人数"],
        }
    }
}

/// How a file is to be read.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Headings that were named; the others are found by their usual names.
    pub columns: BTreeMap<Column, String>,
    /// From what stands in the kind column to a category: the text before the first `:`, or all of it, without regard to case.
    pub kinds: BTreeMap<String, &'static Category>,
    /// For rows whose kind is in neither the catalogue nor `kinds`. `None` refuses them.
    pub otherwise: Option<&'static Category>,
    /// The calendar of times that name none.
    pub zone: TimeZone,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum MappingError {
    #[error("the file has no column {0:?}")]
    NoSuchColumn(String),
    #[error("no column tells the {0}: name one")]
    Needed(&'static str),
}

/// The place of each column in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places([Option<usize>; Column::ALL.len()]);

impl Places {
    pub fn of(&self, column: Column) -> Option<usize> {
        self.0[column as usize]
    }
}

impl Mapping {
    /// Finds the columns in a heading.
    ///
    /// # Errors
    /// When a named column is missing, or nothing tells the kind or the time.
    pub fn places(&self, heading: &[String]) -> Result<Places, MappingError> {
        let mut places = Places::default();
        for column in Column::ALL {
            places.0[column as usize] = match self.columns.get(&column) {
                Some(name) => {
                    let place = heading.iter().position(|heading| heading == name);
                    Some(place.ok_or_else(|| MappingError::NoSuchColumn(name.clone()))?)
                }
                None => {
                    heading.iter().position(|heading| column.usual().contains(&heading.trim().to_lowercase().as_str()))
                }
            };
        }
        if places.of(Column::Time).is_none() {
            return Err(MappingError::Needed("time"));
        }
        if places.of(Column::Kind).is_none() && self.otherwise.is_none() {
            return Err(MappingError::Needed("kind"));
        }
        Ok(places)
    }

    /// The category of what stands in the kind column.
    pub fn category(&self, text: &str) -> Option<&'static Category> {
        let title = text.split(':').next().unwrap_or_default().trim();
        let found = |name: &str| {
            self.kinds.iter().find(|(kind, _)| kind.eq_ignore_ascii_case(name)).map(|(_, category)| *category)
        };
        found(text.trim()).or_else(|| found(title)).or_else(|| Category::of(text.trim())).or(self.otherwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        Mapping {
            columns: BTreeMap::new(),
            kinds: [("EMS".to_owned(), Category::of("13Y00").unwrap())].into(),
            otherwise: None,
            zone: TimeZone::UTC,
        }
    }

    fn heading(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn usual_headings_are_found_and_named_ones_go_first() {
        let places = mapping().places(&heading("lat,lng,desc,zip,title,timeStamp,twp,addr,e")).unwrap();
        assert_eq!(
            Column::ALL.map(|column| places.of(column)),
            [Some(0), Some(1), Some(7), Some(2), Some(4), Some(5), None]
        );
        let named = Mapping { columns: [(Column::Address, "twp".to_owned())].into(), ..mapping() };
        assert_eq!(named.places(&heading("title,time,twp,addr")).unwrap().of(Column::Address), Some(2));
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_refused_before_its_first_row() {
        assert_eq!(mapping().places(&heading("title,addr")), Err(MappingError::Needed("time")));
        assert_eq!(mapping().places(&heading("time,addr")), Err(MappingError::Needed("kind")));
        let named = Mapping { columns: [(Column::What, "note".to_owned())].into(), ..mapping() };
        assert_eq!(named.places(&heading("time,title")), Err(MappingError::NoSuchColumn("note".into())));
    }

    #[test]
    fn a_kind_is_what_stands_before_the_colon_or_a_code() {
        let code = |text: &str| mapping().category(text).map(|category| category.code);
        assert_eq!(code("ems: FALL VICTIM"), Some("13Y00"));
        assert_eq!(code("12G00"), Some("12G00"));
        assert_eq!(code("Fire: ALARM"), None);
    }
}
