//! A point on the earth, WGS 84.

/// Latitude and longitude in degrees, finite and in range by construction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    latitude: f64,
    longitude: f64,
}

impl Position {
    /// `None` when a number is not finite, or beyond ±90° of latitude or ±180° of longitude.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let fits = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        fits.then_some(Self { latitude, longitude })
    }

    pub fn latitude(self) -> f64 {
        self.latitude
    }

    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// Great-circle distance in metres on a sphere of 6,371,008.8 m (the IUGG mean radius), by the haversine formula.
    pub fn metres_to(self, other: Self) -> f64 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_north = ((to - from) / 2.0).sin();
        let half_east = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let chord = half_north * half_north + from.cos() * to.cos() * half_east * half_east;
        2.0 * 6_371_008.8 * chord.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_points_on_the_earth_are_positions() {
        assert!(Position::new(90.0, -180.0).is_some());
        for (latitude, longitude) in [(90.1, 0.0), (0.0, 180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(Position::new(latitude, longitude), None, "{latitude}, {longitude}");
        }
    }

    #[test]
    fn one_degree_of_latitude_is_about_111_kilometres() {
        let metres = Position::new(31.0, 121.0).unwrap().metres_to(Position::new(32.0, 121.0).unwrap());
        assert!((metres - 111_195.0).abs() < 1.0, "{metres}");
    }
}
