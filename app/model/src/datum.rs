//! The datums of Chinese maps, and the way from them to WGS 84.
//!
//! By law, maps of the mainland show positions in GCJ-02, WGS 84 moved by 100 m to 700 m; Baidu moves it once more (BD-09). Neither
//! formula has been published by its authors: these are the ones everybody computes with.

mod baidu;
mod zone;

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use crate::position::Position;
pub use baidu::degrees_of_metres;
pub use zone::{is_mainland, is_shifted};

/// What the numbers of a position are measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Datum {
    /// What satellites say, and what this portal stores.
    #[serde(rename = "wgs84")]
    Wgs84,
    /// 高德, 腾讯, and foreign maps inside the mainland.
    #[serde(rename = "gcj02")]
    Gcj02,
    /// 百度.
    #[serde(rename = "bd09")]
    Bd09,
}

impl Datum {
    pub const ALL: [Self; 3] = [Self::Wgs84, Self::Gcj02, Self::Bd09];

    /// The name in addresses, JSON and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }
}

/// The position that these degrees of `datum` mean, to less than 0.1 m of the inverse. Where nothing is shifted ([`is_shifted`]) the
/// numbers are WGS 84 already. `None` for numbers that are no point on the earth.
pub fn to_wgs84(latitude: f64, longitude: f64, datum: Datum) -> Option<Position> {
    let told = Position::new(latitude, longitude)?;
    if datum == Datum::Wgs84 || !is_shifted(told) {
        return Some(told);
    }
    let told = (latitude, longitude);
    let (latitude, longitude) = match datum {
        Datum::Wgs84 => told,
        Datum::Gcj02 => inverse(gcj02_of_wgs84, told),
        Datum::Bd09 => inverse(gcj02_of_wgs84, inverse(bd09_of_gcj02, told)),
    };
    Position::new(latitude, longitude)
}

/// Latitude and longitude of a position as a map in `datum` writes them, for links to such a map.
pub fn from_wgs84(position: Position, datum: Datum) -> (f64, f64) {
    let plain = (position.latitude(), position.longitude());
    if !is_shifted(position) {
        return plain;
    }
    match datum {
        Datum::Wgs84 => plain,
        Datum::Gcj02 => gcj02_of_wgs84(plain),
        Datum::Bd09 => bd09_of_gcj02(gcj02_of_wgs84(plain)),
    }
}

/// Solves `forward(x) = told`. Both shifts change by less than a hundredth of the way one goes, so each step gains two digits at least.
fn inverse(forward: impl Fn((f64, f64)) -> (f64, f64), told: (f64, f64)) -> (f64, f64) {
    (0..8).fold(told, |guess, _| {
        let there = forward(guess);
        (guess.0 + told.0 - there.0, guess.1 + told.1 - there.1)
    })
}

/// The shift of GCJ-02: two polynomials with waves, in metres on the ellipsoid of Krasovsky 1940.
fn gcj02_of_wgs84((latitude, longitude): (f64, f64)) -> (f64, f64) {
    const AXIS: f64 = 6_378_245.0;
    const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let wave = |height: f64, phase: f64| height * 2.0 / 3.0 * (phase * PI).sin();
    let ripple = wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + wave(20.0, y)
        + wave(40.0, y / 3.0)
        + wave(160.0, y / 12.0)
        + wave(320.0, y / 30.0);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple
        + wave(20.0, x)
        + wave(40.0, x / 3.0)
        + wave(150.0, x / 12.0)
        + wave(300.0, x / 30.0);
    let bent = 1.0 - ECCENTRICITY_SQUARED * latitude.to_radians().sin().powi(2);
    let meridian = AXIS * (1.0 - ECCENTRICITY_SQUARED) / (bent * bent.sqrt());
    let parallel = AXIS / bent.sqrt() * latitude.to_radians().cos();
    (latitude + (north / meridian).to_degrees(), longitude + (east / parallel).to_degrees())
}

/// The shift of BD-09 over GCJ-02: a small turn and stretch about the point 0, 0, and a step.
fn bd09_of_gcj02((latitude, longitude): (f64, f64)) -> (f64, f64) {
    const FREQUENCY: f64 = PI * 3_000.0 / 180.0;
    let radius = longitude.hypot(latitude) + 0.000_02 * (latitude * FREQUENCY).sin();
    let angle = latitude.atan2(longitude) + 0.000_003 * (longitude * FREQUENCY).cos();
    (radius * angle.sin() + 0.006, radius * angle.cos() + 0.006_5)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position::new(latitude, longitude).unwrap()
    }

    fn near(position: Option<Position>, latitude: f64, longitude: f64, metres: f64) {
        let off = position.unwrap().metres_to(at(latitude, longitude));
        assert!(off < metres, "{off} m from {latitude}, {longitude}");
    }

    #[test]
    fn the_shifts_are_the_ones_that_everybody_computes() {
        // The point 39.915, 116.404, with which libraries in many languages test the same formulas.
        let (latitude, longitude) = from_wgs84(at(39.915, 116.404), Datum::Gcj02);
        near(Position::new(latitude, longitude), 39.916_404_28, 116.410_244_50, 0.01);
        let (latitude, longitude) = bd09_of_gcj02((39.915, 116.404));
        near(Position::new(latitude, longitude), 39.921_336_99, 116.410_369_49, 0.01);
    }

    #[test]
    fn a_point_known_in_all_three_is_found_from_each() {
        let (latitude, longitude) = (30.610_777_9, 121.091_707_7);
        near(to_wgs84(latitude, longitude, Datum::Wgs84), latitude, longitude, 0.01);
        near(to_wgs84(30.608_604_33, 121.096_269_36, Datum::Gcj02), latitude, longitude, 0.1);
        near(to_wgs84(30.614_845_72, 121.102_717_33, Datum::Bd09), latitude, longitude, 1.0);
    }

    #[test]
    fn outside_china_nothing_is_shifted() {
        for datum in Datum::ALL {
            assert_eq!(to_wgs84(51.5, -0.12, datum), Some(at(51.5, -0.12)));
            assert_eq!(from_wgs84(at(35.68, 139.76), datum), (35.68, 139.76));
        }
    }

    #[test]
    fn what_is_no_point_on_the_earth_stays_none() {
        assert_eq!(to_wgs84(121.47, 31.23, Datum::Gcj02), None);
        assert_eq!(to_wgs84(f64::NAN, 121.47, Datum::Bd09), None);
    }

    proptest! {
        #[test]
        fn there_and_back_is_where_one_was(latitude in 27.0..42.0_f64, longitude in 98.0..119.0_f64) {
            let from = at(latitude, longitude);
            for datum in Datum::ALL {
                let (latitude, longitude) = from_wgs84(from, datum);
                prop_assert!(to_wgs84(latitude, longitude, datum).unwrap().metres_to(from) < 0.1);
            }
        }

        #[test]
        fn a_shift_is_some_hundred_metres(latitude in 27.0..42.0_f64, longitude in 98.0..119.0_f64) {
            let (north, east) = from_wgs84(at(latitude, longitude), Datum::Gcj02);
            prop_assert!((10.0..900.0).contains(&at(latitude, longitude).metres_to(at(north, east))));
        }

        #[test]
        fn any_numbers_are_converted_without_a_panic(latitude in -400.0..400.0_f64, longitude in -400.0..400.0_f64) {
            for datum in Datum::ALL {
                let _ = to_wgs84(latitude, longitude, datum);
            }
        }
    }
}
