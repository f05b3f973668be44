//! H3 cells: the one index of places, the same number in every engine.

mod covering;

use std::fmt;

use h3o::{CellIndex, LatLng, Resolution};
use serde::{Deserialize, Serialize};

use crate::position::Position;
pub use covering::{MOST_METRES, covering};

/// An H3 cell of resolution 10 (about 15,000 m², edges of about 76 m), or a coarser ancestor of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Cell(CellIndex);

/// A number that is not an H3 cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACell(pub i64);

impl fmt::Display for NotACell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not an H3 cell", self.0)
    }
}

impl std::error::Error for NotACell {}

impl Cell {
    /// Fine enough to join reports of one incident, too coarse to name a door.
    const STORED: Resolution = Resolution::Ten;
    /// What the public sees: about 5 km².
    const SHOWN: Resolution = Resolution::Seven;

    /// The cell that a report at `position` is filed under.
    pub fn at(position: Position) -> Self {
        // A `Position` is finite by construction, which is all that h3o asks for.
        let point = LatLng::new(position.latitude(), position.longitude()).unwrap_or_default();
        Self(point.to_cell(Self::STORED))
    }

    /// The coarser cell under which counts are published.
    pub fn shown(self) -> Self {
        Self(self.0.parent(Self::SHOWN).unwrap_or(self.0))
    }

    /// The centre of the cell.
    pub fn centre(self) -> (f64, f64) {
        let point = LatLng::from(self.0);
        (point.lat(), point.lng())
    }

    /// How far its centre is from a position, in metres.
    pub fn metres_to(self, position: Position) -> f64 {
        let (latitude, longitude) = self.centre();
        // The centre of a cell is always on the earth.
        Position::new(latitude, longitude).map_or(f64::INFINITY, |centre| centre.metres_to(position))
    }

    /// The number as the engines store it: the highest bit of an H3 index is always 0, so it fits a signed integer.
    pub fn number(self) -> i64 {
        u64::from(self.0).cast_signed()
    }
}

impl From<Cell> for i64 {
    fn from(cell: Cell) -> Self {
        cell.number()
    }
}

impl TryFrom<i64> for Cell {
    type Error = NotACell;

    fn try_from(number: i64) -> Result<Self, NotACell> {
        CellIndex::try_from(number.cast_unsigned()).map(Self).map_err(|_| NotACell(number))
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_survives_the_way_through_a_column() {
        let cell = Cell::at(Position::new(31.2304, 121.4737).unwrap());
        assert_eq!(Cell::try_from(cell.number()), Ok(cell));
    }

    #[test]
    fn a_position_is_close_to_the_centre_of_its_cell() {
        let here = Position::new(31.2304, 121.4737).unwrap();
        assert!(Cell::at(here).metres_to(here) < 90.0);
        let there = Position::new(31.2394, 121.4737).unwrap();
        assert!((900.0..1_100.0).contains(&Cell::at(here).metres_to(there)));
    }

    #[test]
    fn neighbours_share_the_cell_that_is_shown() {
        let here = Cell::at(Position::new(31.2304, 121.4737).unwrap());
        let there = Cell::at(Position::new(31.2310, 121.4745).unwrap());
        assert_ne!(here, there);
        assert_eq!(here.shown(), there.shown());
        assert_eq!(here.shown().shown(), here.shown());
    }

    #[test]
    fn a_number_that_is_no_cell_is_refused() {
        assert_eq!(Cell::try_from(7), Err(NotACell(7)));
        assert_eq!(Cell::try_from(-1), Err(NotACell(-1)));
    }
}
