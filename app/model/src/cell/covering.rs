//! Which stored cells lie around a position, as a few ranges of numbers: an ordinary index finds them, in any engine.
//!
//! H3 numbers its cells so that the children of one cell, at one resolution, follow each other without anybody else's between them.
//! So the search takes coarse cells that cover the circle together, and the range of the children of each.

use h3o::{CellIndex, LatLng, Resolution};

use super::Cell;
use crate::position::Position;

/// Up to which radius in metres a resolution is taken: so that some two to four cells lie side by side in the circle.
const FINENESS: [(u32, Resolution); 4] =
    [(100, Resolution::Ten), (320, Resolution::Nine), (1_000, Resolution::Eight), (2_000, Resolution::Seven)];

/// Steps from the middle cell within which a cell can still touch the circle.
const STEPS: u32 = 4;

/// How far a descendant reaches beyond the corners of its ancestor: H3 turns its cells at each resolution, so children stand out
/// over the edges. Their centres stay within 1/√7 + 1/7 + … = 0.61 distances between neighbours; the corners are at 0.58. The rest is for
/// the bending of the earth.
const OVERHANG: f64 = 1.12;

/// No corner is farther from the middle of its cell than so many edges of mean length: cells of one resolution differ by a factor of two in
/// area.
const FARTHEST: f64 = 1.25;

/// The widest circle that [`covering`] covers, in metres.
pub const MOST_METRES: u32 = 2_000;

/// Ranges of stored numbers, both ends included, ascending and apart, that hold the cell of every position within `metres` of
/// `position`, and of some beyond: the exact distance is to be looked at afterwards. Wider circles than [`MOST_METRES`] are cut to that.
/// There are at most 20 ranges.
pub fn covering(position: Position, metres: u32) -> Vec<(i64, i64)> {
    let metres = metres.min(MOST_METRES);
    let resolution = FINENESS.iter().find(|(most, _)| metres <= *most).map_or(Resolution::Seven, |(_, fine)| *fine);
    let middle = Cell::at(position).0;
    let middle = middle.parent(resolution).unwrap_or(middle);
    let touching = middle.grid_disk::<Vec<_>>(STEPS).into_iter().filter(|cell| touches(*cell, position, metres));
    let mut ranges: Vec<(i64, i64)> = touching.filter_map(children).collect();
    ranges.sort_unstable();
    ranges
}

/// Whether a descendant of the cell may hold a position in the circle.
fn touches(cell: CellIndex, position: Position, metres: u32) -> bool {
    let Some(centre) = place(LatLng::from(cell)) else { return true };
    let (away, metres) = (centre.metres_to(position), f64::from(metres));
    // Most are decided without their corners, which take the most work.
    if away <= metres {
        return true;
    }
    if away > metres + OVERHANG * FARTHEST * cell.resolution().edge_length_m() {
        return false;
    }
    let boundary = cell.boundary();
    let corners = boundary.iter().filter_map(|corner| place(*corner)).map(|corner| centre.metres_to(corner));
    away <= metres + OVERHANG * corners.fold(0.0, f64::max)
}

fn place(point: LatLng) -> Option<Position> {
    Position::new(point.lat(), point.lng())
}

/// The first and the last number of the stored cells below a cell.
fn children(cell: CellIndex) -> Option<(i64, i64)> {
    let last = cell.children_count(Cell::STORED).checked_sub(1)?;
    let child = |at| cell.child_at(at, Cell::STORED).map(|child| Cell(child).number());
    Some((child(0)?, child(last)?))
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position::new(latitude, longitude).unwrap()
    }

    /// The position so many metres away in a direction, on the sphere that distances are measured on.
    fn away(from: Position, metres: f64, direction: f64) -> Position {
        let (angle, north, east) = (metres / 6_371_008.8, from.latitude().to_radians(), from.longitude().to_radians());
        let latitude = (north.sin() * angle.cos() + north.cos() * angle.sin() * direction.cos()).asin();
        let shift = (direction.sin() * angle.sin() * north.cos()).atan2(angle.cos() - north.sin() * latitude.sin());
        let longitude = (east + shift).to_degrees();
        at(latitude.to_degrees(), (longitude + 540.0).rem_euclid(360.0) - 180.0)
    }

    fn holds(ranges: &[(i64, i64)], position: Position) -> bool {
        let number = Cell::at(position).number();
        ranges.iter().any(|(first, last)| (*first..=*last).contains(&number))
    }

    #[test]
    fn the_children_of_a_cell_follow_each_other_with_nobody_between() {
        for (latitude, longitude) in [(31.2304, 121.4737), (-33.87, 151.21), (64.7, 10.54)] {
            for resolution in [Resolution::Seven, Resolution::Eight, Resolution::Nine] {
                let cells: Vec<_> = Cell::at(at(latitude, longitude)).0.parent(resolution).unwrap().grid_disk(2);
                let mut ranges: Vec<_> = cells.into_iter().filter_map(children).collect();
                ranges.sort_unstable();
                assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0), "two parents share numbers");
            }
        }
        let parent = Cell::at(at(31.2304, 121.4737)).shown().0;
        let mut numbers: Vec<i64> = parent.children(Resolution::Ten).map(|child| Cell(child).number()).collect();
        numbers.sort_unstable();
        assert_eq!(children(parent), Some((numbers[0], numbers[numbers.len() - 1])));
        assert_eq!(numbers.len(), 343);
    }

    #[test]
    fn what_is_far_away_is_mostly_out() {
        let middle = at(31.2304, 121.4737);
        for (metres, far) in [(100.0, 500.0), (250.0, 1_000.0), (500.0, 2_500.0), (2_000.0, 6_500.0)] {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers")]
            let ranges = covering(middle, metres as u32);
            for step in 0..60 {
                let there = away(middle, far, TAU * f64::from(step) / 60.0);
                assert!(!holds(&ranges, there), "{there:?} is {far} m away from a circle of {metres} m");
            }
        }
    }

    #[test]
    fn the_ends_of_the_earth_are_covered_too() {
        for (latitude, longitude) in
            [(90.0, 0.0), (-90.0, 0.0), (0.0, 180.0), (0.0, -180.0), (64.7, 10.536), (-16.5, 179.999)]
        {
            let middle = at(latitude, longitude);
            for metres in [0, 90, 500, MOST_METRES] {
                let ranges = covering(middle, metres);
                assert!(
                    holds(&ranges, middle) && ranges.len() <= 20,
                    "{latitude}, {longitude}, {metres} m: {}",
                    ranges.len()
                );
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn every_position_in_the_circle_is_in_a_range(
            latitude in -89.9..89.9_f64, longitude in -180.0..180.0_f64, metres in 1_u32..2_000, part in 0.0..1.0_f64,
            direction in 0.0..TAU,
        ) {
            let middle = at(latitude, longitude);
            let ranges = covering(middle, metres);
            prop_assert!(ranges.len() <= 20, "{} ranges", ranges.len());
            prop_assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
            for distance in [part, part.sqrt(), 0.999] {
                prop_assert!(holds(&ranges, away(middle, distance * f64::from(metres), direction)));
            }
        }

        #[test]
        fn no_corner_is_farther_from_its_middle_than_is_taken_for_granted(
            latitude in -90.0..90.0_f64, longitude in -180.0..180.0_f64, fineness in 0_usize..4, pentagon in 0_usize..12, near: bool,
        ) {
            let (_, resolution) = FINENESS[fineness];
            // They are bent most beside the twelve pentagons.
            let somewhere = Cell::at(at(latitude, longitude)).0.parent(resolution).unwrap();
            let cells: Vec<_> = resolution.pentagons().nth(pentagon).unwrap().grid_disk(3);
            for cell in if near { cells } else { vec![somewhere] } {
                let centre = place(LatLng::from(cell)).unwrap();
                let farthest = cell.boundary().iter().map(|corner| centre.metres_to(place(*corner).unwrap())).fold(0.0, f64::max);
                prop_assert!(farthest <= FARTHEST * resolution.edge_length_m(), "{farthest} m, {resolution:?}");
            }
        }

        #[test]
        fn nor_is_a_position_lost_beside_a_pentagon(
            pentagon in 0_usize..12, off in 0.0..8_000.0_f64, turn in 0.0..TAU, metres in 1_u32..2_000, part in 0.0..1.0_f64,
            direction in 0.0..TAU,
        ) {
            let pentagon = Resolution::Seven.pentagons().nth(pentagon).unwrap();
            let middle = away(place(LatLng::from(pentagon)).unwrap(), off, turn);
            let ranges = covering(middle, metres);
            prop_assert!(ranges.len() <= 20, "{} ranges", ranges.len());
            prop_assert!(holds(&ranges, away(middle, part * f64::from(metres), direction)));
        }
    }
}
