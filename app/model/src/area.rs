//! Named areas of the city: polygons, and whether a point lies in one.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::position::Position;

/// A named polygon, checked. A ring is a list of (longitude, latitude) pairs in degrees, WGS 84, closed as in GeoJSON (RFC 7946,
/// section 3.1.6): the last point is the first. Rings may be holes, or parts apart: a point is inside when a ray from it crosses an odd
/// number of edges of all rings together. No area may cross the antimeridian.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Area {
    code: String,
    rings: Vec<Vec<(f64, f64)>>,
    /// West, south, east, north.
    bounds: (f64, f64, f64, f64),
}

/// What is wrong with an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaError {
    /// No name.
    Nameless,
    /// No rings at all.
    Empty,
    /// A ring needs three corners and the first once more.
    TooFewPoints,
    /// The last point of a ring is not its first.
    NotClosed,
    /// A number that is not finite, or no place on the earth.
    OffEarth,
    /// An edge longer than half the earth: it crosses the antimeridian, which is not supported.
    Antimeridian,
}

impl fmt::Display for AreaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nameless => "the area has no code",
            Self::Empty => "the area has no rings",
            Self::TooFewPoints => "a ring of the area has fewer than four points",
            Self::NotClosed => "a ring of the area does not end where it begins",
            Self::OffEarth => "a point of the area is not on the earth",
            Self::Antimeridian => "the area crosses the antimeridian, which is not supported",
        })
    }
}

/// The form of configuration.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    code: String,
    rings: Vec<Vec<(f64, f64)>>,
}

impl TryFrom<Raw> for Area {
    type Error = AreaError;

    fn try_from(raw: Raw) -> Result<Self, AreaError> {
        Self::new(raw.code, raw.rings)
    }
}

impl From<Area> for Raw {
    fn from(area: Area) -> Self {
        Self { code: area.code, rings: area.rings }
    }
}

impl Area {
    /// Checks the rings.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub fn new(code: String, rings: Vec<Vec<(f64, f64)>>) -> Result<Self, AreaError> {
        if code.is_empty() {
            return Err(AreaError::Nameless);
        }
        if rings.is_empty() {
            return Err(AreaError::Empty);
        }
        rings.iter().try_for_each(|ring| check(ring))?;
        let all = || rings.iter().flatten();
        let bounds = (
            all().map(|point| point.0).fold(f64::INFINITY, f64::min),
            all().map(|point| point.1).fold(f64::INFINITY, f64::min),
            all().map(|point| point.0).fold(f64::NEG_INFINITY, f64::max),
            all().map(|point| point.1).fold(f64::NEG_INFINITY, f64::max),
        );
        Ok(Self { code, rings, bounds })
    }

    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether a position lies inside, by the even-odd rule. Of two areas with an edge in common, a point on it lies in one.
    pub fn holds(&self, position: Position) -> bool {
        let (x, y) = (position.longitude(), position.latitude());
        let (west, south, east, north) = self.bounds;
        if !(west..=east).contains(&x) || !(south..=north).contains(&y) {
            return false;
        }
        let crossed = |ring: &Vec<(f64, f64)>| edges(ring).filter(|(a, b)| is_crossed(*a, *b, x, y)).count();
        self.rings.iter().map(crossed).sum::<usize>() % 2 == 1
    }
}

fn edges(ring: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    ring.iter().copied().zip(ring.iter().copied().skip(1))
}

/// Whether the ray from (x, y) to the east crosses an edge. The lower end belongs to the edge and the upper does not, so that a ray
/// through a corner counts once. The edge is taken from its lower end up, so that two areas compute the same for the edge they share.
fn is_crossed(a: (f64, f64), b: (f64, f64), x: f64, y: f64) -> bool {
    let (low, high) = if a.1 <= b.1 { (a, b) } else { (b, a) };
    low.1 <= y && y < high.1 && x < low.0 + (y - low.1) / (high.1 - low.1) * (high.0 - low.0)
}

fn check(ring: &[(f64, f64)]) -> Result<(), AreaError> {
    if ring.len() < 4 {
        return Err(AreaError::TooFewPoints);
    }
    if ring.iter().any(|(longitude, latitude)| Position::new(*latitude, *longitude).is_none()) {
        return Err(AreaError::OffEarth);
    }
    if ring.first() != ring.last() {
        return Err(AreaError::NotClosed);
    }
    if edges(ring).any(|(a, b)| (a.0 - b.0).abs() > 180.0) {
        return Err(AreaError::Antimeridian);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Vec<(f64, f64)> {
        let (east, north) = (west + side, south + side);
        vec![(west, south), (east, south), (east, north), (west, north), (west, south)]
    }

    fn area(rings: Vec<Vec<(f64, f64)>>) -> Result<Area, AreaError> {
        Area::new("old-town".into(), rings)
    }

    fn holds(area: &Area, longitude: f64, latitude: f64) -> bool {
        area.holds(Position::new(latitude, longitude).unwrap())
    }

    #[test]
    fn a_point_is_inside_outside_or_in_the_hole() {
        let town = area(vec![square(121.40, 31.20, 0.10), square(121.44, 31.24, 0.02)]).unwrap();
        assert!(holds(&town, 121.42, 31.22));
        assert!(!holds(&town, 121.45, 31.25));
        assert!(!holds(&town, 121.39, 31.22));
        assert!(!holds(&town, 121.42, 31.31));
    }

    #[test]
    fn an_angle_that_bends_inward_is_outside() {
        let bay =
            vec![(121.40, 31.20), (121.50, 31.20), (121.45, 31.24), (121.50, 31.30), (121.40, 31.30), (121.40, 31.20)];
        let town = area(vec![bay]).unwrap();
        assert!(holds(&town, 121.42, 31.24));
        assert!(!holds(&town, 121.49, 31.24));
    }

    #[test]
    fn an_area_may_have_parts_apart() {
        let islands = area(vec![square(121.40, 31.20, 0.02), square(121.60, 31.20, 0.02)]).unwrap();
        assert!(holds(&islands, 121.41, 31.21) && holds(&islands, 121.61, 31.21));
        assert!(!holds(&islands, 121.50, 31.21));
    }

    #[test]
    fn what_is_no_polygon_is_refused() {
        let mut open = square(121.4, 31.2, 0.1);
        open.pop();
        let mut far = square(121.4, 31.2, 0.1);
        far[2].1 = f64::NAN;
        let across = vec![(179.0, -17.0), (-179.0, -17.0), (-179.0, -16.0), (179.0, -17.0)];
        assert_eq!(area(vec![]), Err(AreaError::Empty));
        assert_eq!(area(vec![vec![]]), Err(AreaError::TooFewPoints));
        assert_eq!(area(vec![open]), Err(AreaError::NotClosed));
        assert_eq!(area(vec![far]), Err(AreaError::OffEarth));
        assert_eq!(area(vec![across]), Err(AreaError::Antimeridian));
        assert_eq!(Area::new(String::new(), vec![square(121.4, 31.2, 0.1)]), Err(AreaError::Nameless));
    }

    proptest! {
        #[test]
        fn a_point_between_two_neighbours_lies_in_one(latitude in 31.20..31.29_f64, bend in -0.01..0.01_f64) {
            let (low, high) = ((121.45, 31.20), (121.45 + bend, 31.30));
            let west = area(vec![vec![(121.40, 31.20), low, high, (121.40, 31.30), (121.40, 31.20)]]).unwrap();
            let east = area(vec![vec![low, (121.50, 31.20), (121.50, 31.30), high, low]]).unwrap();
            let longitude = low.0 + (latitude - low.1) / (high.1 - low.1) * (high.0 - low.0);
            prop_assert!(holds(&west, longitude, latitude) != holds(&east, longitude, latitude));
        }

        #[test]
        fn any_numbers_are_read_without_a_panic(points in prop::collection::vec((any::<f64>(), any::<f64>()), 0..9)) {
            let mut ring = points;
            ring.extend(ring.first().copied());
            if let Ok(area) = area(vec![ring]) {
                area.holds(Position::new(31.23, 121.47).unwrap());
            }
        }
    }
}
