//! One row: read into a report, or refused with a reason.

use std::fmt;

use csv::StringRecord;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use model::category::Category;
use model::form::Field;
use model::id::Key;
use model::place::Place;
use model::position::Position;
use model::question::Answers;
use model::report::{Report, Told};
use model::site::Site;
use sha2::{Digest, Sha256};

use super::mapping::{Column, Mapping, Places};

/// A row that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line in the file, from 1, heading included.
    pub line: u64,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The row cannot be read as CSV, or not as UTF-8.
    Unreadable,
    /// No category for what stands in the kind column.
    Kind(String),
    /// No time, or none that can be read.
    Time(String),
    /// A text that is longer than a report takes.
    TooLong(std::borrow::Cow<'static, str>),
    /// Another row was imported under the same key before.
    Conflict,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("the row cannot be read"),
            Self::Kind(kind) => write!(f, "no category for the kind {kind:?}"),
            Self::Time(time) => write!(f, "no time in {time:?}"),
            Self::TooLong(field) => write!(f, "the field {field:?} is too long"),
            Self::Conflict => f.write_str("another row was imported under the same key"),
        }
    }
}

/// A report that a row tells of.
pub(super) struct Read {
    pub report: Report,
    /// UTC milliseconds.
    pub occurred_at: i64,
}

/// The position that a row names, if it can be one.
pub(super) fn position(record: &StringRecord, places: &Places) -> Option<Position> {
    let number = |column| text(record, places, column)?.trim().parse().ok();
    Position::new(number(Column::Latitude)?, number(Column::Longitude)?)
}

/// Reads a row. `ordinal` tells rows apart that are equal to the letter: each is a report.
pub(super) fn read(record: &StringRecord, places: &Places, mapping: &Mapping, ordinal: u64) -> Result<Read, Why> {
    let kind = text(record, places, Column::Kind).unwrap_or_default();
    let category: &'static Category = mapping.category(kind).ok_or_else(|| Why::Kind(kind.to_owned()))?;
    let time = text(record, places, Column::Time).unwrap_or_default();
    let occurred_at = instant(time, &mapping.zone).ok_or_else(|| Why::Time(time.to_owned()))?;
    let address = within(text(record, places, Column::Address), Field::Address)?;
    let what = within(text(record, places, Column::What), Field::What)?;
    let position = position(record, places);
    let coordinates = [Column::Latitude, Column::Longitude].map(|column| text(record, places, column));
    // Coordinates that are none stay to be read by a person.
    let typed =
        (coordinates.iter().any(Option::is_some)).then(|| coordinates.map(Option::unwrap_or_default).join(", "));
    let hash = hash(record, ordinal);
    let mut rest = [0; 10];
    rest.copy_from_slice(&hash[..10]);
    Ok(Read {
        report: Report {
            // The time of the call makes the key, so that keys sort as the calls came; the rest of it is the row's own.
            key: Key::from_parts(u64::try_from(occurred_at).unwrap_or_default(), &rest),
            category,
            danger: category.danger,
            people: text(record, places, Column::People).and_then(|people| people.trim().parse().ok()),
            told: Told {
                what,
                place: Place {
                    typed: typed.filter(|_| position.is_none()),
                    point: position.map(|position| (position.latitude(), position.longitude())),
                    accuracy: None,
                    address,
                    datum: None,
                },
                answers: Answers::default(),
                site: Site::default(),
            },
            contact: None,
            hash,
        },
        occurred_at,
    })
}

fn text<'r>(record: &'r StringRecord, places: &Places, column: Column) -> Option<&'r str> {
    record.get(places.of(column)?).filter(|text| !text.trim().is_empty())
}

fn within(text: Option<&str>, field: Field) -> Result<Option<String>, Why> {
    match text {
        Some(text) if text.chars().count() > field.limit() => Err(Why::TooLong(field.name())),
        text => Ok(text.map(str::to_owned)),
    }
}

fn hash(record: &StringRecord, ordinal: u64) -> [u8; 32] {
    let mut digest = Sha256::new_with_prefix(b"import/1");
    digest.update(ordinal.to_be_bytes());
    for field in record {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    digest.finalize().into()
}

/// A time with a zone of its own, or one of the mapping's calendar.
fn instant(text: &str, zone: &TimeZone) -> Option<i64> {
    let text = text.trim();
    let instant = text.parse::<Timestamp>().ok().or_else(|| {
        text.parse::<DateTime>()
            .ok()
            .and_then(|time| time.to_zoned(zone.clone()).ok())
            .map(|time: Zoned| time.timestamp())
    });
    instant.map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const HEADING: &str = "lat,lng,desc,zip,title,timeStamp,twp,addr,e";

    fn mapping() -> Mapping {
        Mapping {
            columns: BTreeMap::new(),
            kinds: [("EMS".to_owned(), Category::of("13Y00").unwrap())].into(),
            otherwise: None,
            zone: TimeZone::UTC,
        }
    }

    fn row(line: &str, ordinal: u64) -> Result<Read, Why> {
        let heading: Vec<String> = HEADING.split(',').map(str::to_owned).collect();
        let places = mapping().places(&heading).unwrap();
        read(&StringRecord::from(line.split(',').collect::<Vec<_>>()), &places, &mapping(), ordinal)
    }

    const GOOD: &str = "40.29,-75.58,REINDEER CT,19525,EMS: BACK PAINS,2015-12-10 17:40:00,NEW HANOVER,REINDEER CT,1";

    #[test]
    fn a_row_becomes_the_same_report_every_time() {
        let (one, again) = (row(GOOD, 7).ok().unwrap(), row(GOOD, 7).ok().unwrap());
        assert_eq!(one.report, again.report);
        assert_eq!(one.occurred_at, 1_449_769_200_000);
        assert_eq!(one.report.told.place.point, Some((40.29, -75.58)));
    }

    #[test]
    fn two_equal_rows_are_two_reports() {
        assert_ne!(row(GOOD, 7).ok().unwrap().report.key, row(GOOD, 8).ok().unwrap().report.key);
    }

    #[test]
    fn a_missing_or_impossible_place_is_kept() {
        let missing = row(&GOOD.replace("40.29,-75.58,", ",,"), 1).ok().unwrap().report.told.place;
        assert_eq!((missing.point, missing.typed), (None, None));
        let impossible = row(&GOOD.replace("40.29", "4029"), 1).ok().unwrap().report.told.place;
        assert_eq!((impossible.point, impossible.typed.as_deref()), (None, Some("4029, -75.58")));
    }

    #[test]
    fn a_row_without_a_kind_or_a_time_is_refused_with_the_reason() {
        assert_eq!(row(&GOOD.replace("EMS", "Fire"), 1).err(), Some(Why::Kind("Fire: BACK PAINS".into())));
        assert_eq!(row(&GOOD.replace("2015-12-10 17:40:00", "soon"), 1).err(), Some(Why::Time("soon".into())));
        let long = GOOD.replace("REINDEER CT,19525", &format!("{},19525", "x".repeat(2_001)));
        assert_eq!(row(&long, 1).err(), Some(Why::TooLong("what".into())));
    }
}
