//! Where it is: any of a position, an address or landmark, or "I do not know".

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::position::Position;
use crate::{coordinates, plus_code};

/// A place as it was told. What was typed stays as it was typed, understood or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What stood in the field for coordinates or a plus code.
    pub typed: Option<String>,
    /// Latitude and longitude read from it, in degrees, WGS 84.
    pub point: Option<(f64, f64)>,
    /// Metres of uncertainty, when a device measured the position.
    pub accuracy: Option<u32>,
    /// An address or a landmark.
    pub address: Option<String>,
}

/// What the hub may know of the quality of a place without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceMark {
    /// A position, in the area the portal serves as far as it is known.
    Located,
    /// A position far outside: kept, and not counted under any cell.
    Outlier,
    /// Words only.
    Described,
    /// Nobody knows, or nothing was said.
    Unknown,
}

impl PlaceMark {
    pub const ALL: [Self; 4] = [Self::Located, Self::Outlier, Self::Described, Self::Unknown];

    pub fn name(self) -> &'static str {
        match self {
            Self::Located => "located",
            Self::Outlier => "outlier",
            Self::Described => "described",
            Self::Unknown => "unknown",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

impl Place {
    /// Reads a position where there is one; `near` completes a short plus code.
    pub fn told(typed: Option<String>, accuracy: Option<u32>, address: Option<String>, near: Option<Position>) -> Self {
        let position =
            typed.as_deref().and_then(|text| plus_code::parse(text, near).or_else(|| coordinates::parse(text)));
        Self {
            typed,
            point: position.map(|position| (position.latitude(), position.longitude())),
            accuracy: accuracy.filter(|_| position.is_some()),
            address,
        }
    }

    pub fn position(&self) -> Option<Position> {
        self.point.and_then(|(latitude, longitude)| Position::new(latitude, longitude))
    }

    /// The mark and, for a position that is no outlier, the cell.
    pub fn filed(&self, is_far: impl Fn(Position) -> bool) -> (PlaceMark, Option<Cell>) {
        match self.position() {
            Some(position) if is_far(position) => (PlaceMark::Outlier, None),
            Some(position) => (PlaceMark::Located, Some(Cell::at(position))),
            None if self.address.is_some() || self.typed.is_some() => (PlaceMark::Described, None),
            None => (PlaceMark::Unknown, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Place {
        Place::told(Some(text.to_owned()), Some(25), None, None)
    }

    #[test]
    fn a_position_is_read_and_its_accuracy_kept() {
        let place = typed("31.2304, 121.4737");
        assert_eq!((place.point, place.accuracy), (Some((31.2304, 121.4737)), Some(25)));
        assert_eq!(place.filed(|_| false).0, PlaceMark::Located);
    }

    #[test]
    fn what_is_not_understood_is_still_a_description() {
        let place = typed("behind the old mill");
        assert_eq!(place.typed.as_deref(), Some("behind the old mill"));
        assert_eq!(place.accuracy, None);
        assert_eq!(place.filed(|_| false), (PlaceMark::Described, None));
    }

    #[test]
    fn an_outlier_keeps_its_position_but_has_no_cell() {
        let place = typed("0, 0");
        assert_eq!(place.filed(|_| true), (PlaceMark::Outlier, None));
        assert!(place.position().is_some());
    }

    #[test]
    fn nothing_said_is_unknown() {
        assert_eq!(Place::default().filed(|_| false), (PlaceMark::Unknown, None));
    }
}
