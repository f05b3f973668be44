//! Where maps are shifted: a box around China, without what surely lies abroad.
//!
//! The border is known only roughly here: a rectangle stands in the table when no part of it is Chinese, so close to the border a
//! foreign place still counts as inside. What a map service does there differs from one to the next in any case.

use crate::position::Position;

/// South, west, north, east, in degrees.
type Rectangle = (f64, f64, f64, f64);

/// Outside this box nothing is shifted; every implementation has it.
const CHINA: Rectangle = (0.8293, 72.004, 55.8271, 137.8347);

const ABROAD: [Rectangle; 19] = [
    // Korea and Japan.
    (33.0, 124.5, 39.5, 131.0),
    (39.5, 125.2, 40.4, 131.0),
    (24.0, 124.0, 33.0, 138.0),
    (33.0, 131.0, 41.5, 138.0),
    // The Russian Far East.
    (41.5, 131.6, 44.5, 138.0),
    (44.5, 133.5, 45.2, 138.0),
    (45.2, 134.3, 47.0, 138.0),
    (48.6, 135.2, 56.0, 138.0),
    // Siberia and Mongolia.
    (53.7, 72.0, 56.0, 138.0),
    (49.4, 72.0, 53.7, 116.0),
    (45.6, 91.5, 49.4, 115.2),
    (43.0, 97.0, 45.6, 110.2),
    // Central Asia.
    (37.0, 72.0, 41.2, 73.4),
    (41.2, 72.0, 43.0, 77.5),
    (43.0, 72.0, 49.4, 79.8),
    // South Asia.
    (26.5, 72.0, 27.8, 85.8),
    (27.8, 72.0, 34.0, 77.5),
    (21.1, 72.0, 26.5, 97.2),
    // Peninsular South-East Asia.
    (0.0, 72.0, 21.1, 108.2),
];

/// Hong Kong, Macao and Taiwan, which Chinese maps shift and foreign ones do not.
const UNSHIFTED_BY_FOREIGN_MAPS: [Rectangle; 6] = [
    (22.13, 113.82, 22.44, 114.44),
    (22.44, 114.0, 22.5, 114.3),
    (22.18, 113.531, 22.214, 113.565),
    (22.1, 113.555, 22.18, 113.6),
    (21.8, 119.3, 25.0, 122.2),
    (25.0, 120.5, 25.7, 122.2),
];

/// Whether Chinese maps shift this position.
pub fn is_shifted(position: Position) -> bool {
    holds(position, &CHINA) && !ABROAD.iter().any(|rectangle| holds(position, rectangle))
}

/// Whether foreign maps shift it too: they show the mainland with Chinese data, and the rest with their own.
pub fn is_mainland(position: Position) -> bool {
    is_shifted(position) && !UNSHIFTED_BY_FOREIGN_MAPS.iter().any(|rectangle| holds(position, rectangle))
}

fn holds(position: Position, (south, west, north, east): &Rectangle) -> bool {
    (*south..*north).contains(&position.latitude()) && (*west..*east).contains(&position.longitude())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cities close to the borders, all around.
    const MAINLAND: [(&str, f64, f64); 22] = [
        ("Shanghai", 31.23, 121.47),
        ("Dandong", 40.13, 124.38),
        ("Ji'an", 41.12, 126.19),
        ("Changbai", 41.42, 128.2),
        ("Hunchun", 42.86, 130.37),
        ("Suifenhe", 44.4, 131.15),
        ("Fuyuan", 48.36, 134.3),
        ("Mohe", 52.97, 122.54),
        ("Manzhouli", 49.6, 117.43),
        ("Erenhot", 43.65, 111.98),
        ("Altay", 47.85, 88.14),
        ("Tacheng", 46.75, 82.98),
        ("Khorgos", 44.21, 80.42),
        ("Kashgar", 39.47, 75.99),
        ("Ngari", 32.5, 80.1),
        ("Gyirong", 28.4, 85.33),
        ("Ruili", 24.01, 97.85),
        ("Jinghong", 22.0, 100.8),
        ("Dongxing", 21.55, 107.97),
        ("Sanya", 18.25, 109.5),
        ("Shenzhen", 22.54, 114.06),
        ("Pingtan", 25.5, 119.79),
    ];

    const ELSEWHERE: [(&str, f64, f64); 15] = [
        ("Seoul", 37.57, 126.98),
        ("Pyongyang", 39.02, 125.75),
        ("Fukuoka", 33.59, 130.4),
        ("Naha", 26.21, 127.68),
        ("Vladivostok", 43.12, 131.89),
        ("Ulaanbaatar", 47.92, 106.92),
        ("Irkutsk", 52.29, 104.28),
        ("Almaty", 43.24, 76.89),
        ("Bishkek", 42.87, 74.6),
        ("Delhi", 28.61, 77.21),
        ("Kathmandu", 27.72, 85.32),
        ("Dhaka", 23.81, 90.41),
        ("Hanoi", 21.03, 105.85),
        ("Bangkok", 13.76, 100.5),
        ("London", 51.51, -0.13),
    ];

    #[test]
    fn cities_on_both_sides_of_the_borders_are_told_apart() {
        for (name, latitude, longitude) in MAINLAND {
            let position = Position::new(latitude, longitude).unwrap();
            assert!(is_shifted(position) && is_mainland(position), "{name}");
        }
        for (name, latitude, longitude) in ELSEWHERE {
            assert!(!is_shifted(Position::new(latitude, longitude).unwrap()), "{name}");
        }
    }

    #[test]
    fn chinese_maps_shift_what_foreign_maps_do_not() {
        for (latitude, longitude) in [(22.28, 114.16), (22.19, 113.54), (25.03, 121.56)] {
            let position = Position::new(latitude, longitude).unwrap();
            assert!(is_shifted(position) && !is_mainland(position), "{latitude}, {longitude}");
        }
    }
}
