//! The metres that Baidu's own map counts in, east and north, as its links have them.
//!
//! Like the datum under it ([`Datum::Bd09`](super::Datum::Bd09)) this projection has not been published: these are the polynomials that
//! everybody computes with, one for every fifteen degrees of latitude up to the sixtieth.

/// Up to which metre north, by what length the metres are divided, and what each power of that is taken times: degrees of latitude.
const BANDS: [(f64, f64, [f64; 7]); 4] = [
    (
        1_678_043.12,
        826_088.5,
        [
            -3.068_298e-8,
            7.471_370_254_680_32,
            -0.000_003_539_379_94,
            -0.021_451_448_610_37,
            -0.000_012_344_265_96,
            0.000_103_229_527_73,
            -0.000_003_238_903_64,
        ],
    ),
    (
        3_481_989.83,
        2_555_164.4,
        [
            0.000_069_957_240_62,
            23.109_343_041_449_01,
            -0.000_236_634_905_11,
            -0.632_181_781_024_2,
            -0.006_634_944_672_73,
            0.034_300_823_979_53,
            -0.004_660_438_763_32,
        ],
    ),
    (
        5_591_021.0,
        4_482_777.06,
        [
            0.032_781_828_525_91,
            40.316_785_277_057_44,
            0.656_592_986_772_77,
            -4.442_555_344_774_92,
            0.853_419_118_052_63,
            0.129_233_479_982_04,
            -0.046_257_360_075_61,
        ],
    ),
    (
        8_362_377.87,
        6_856_817.37,
        [
            0.300_713_162_876_16,
            59.742_936_184_422_77,
            7.357_984_074_871,
            -25.383_710_026_647_45,
            13.453_805_211_108_908,
            -3.298_837_672_355_84,
            0.327_109_053_634_75,
        ],
    ),
];

const DEGREES_A_METRE_EAST: f64 = 8.983_055_098e-6;
/// Less than this is no place in China: such numbers are degrees, or something else.
const LEAST: f64 = 300_000.0;

/// Latitude and longitude in degrees of BD-09. `None` for what is no place in the northern half of the east, up to 60° N.
pub fn degrees_of_metres(north: f64, east: f64) -> Option<(f64, f64)> {
    if !(LEAST..=180.0 / DEGREES_A_METRE_EAST).contains(&east) || north < LEAST {
        return None;
    }
    let (_, length, factors) = BANDS.iter().find(|(end, ..)| north <= *end)?;
    let share = north / length;
    let latitude = factors.iter().rev().fold(0.0, |sum, factor| sum * share + factor);
    Some((latitude, east * DEGREES_A_METRE_EAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bands_meet_every_fifteen_degrees() {
        for (place, (end, ..)) in BANDS.iter().enumerate() {
            let degrees = 15.0 * (place + 1) as f64;
            let at = |north: f64| degrees_of_metres(north, 1e7).map(|(latitude, _)| latitude);
            assert!((at(*end).unwrap() - degrees).abs() < 1e-6, "{degrees}");
            let beyond = at(end + 0.01);
            assert!(beyond.is_none_or(|latitude| (latitude - degrees).abs() < 1e-6), "{degrees}");
        }
    }

    #[test]
    fn a_place_that_everybody_knows_is_where_it_is() {
        let (latitude, longitude) = degrees_of_metres(4_825_923.77, 12_958_160.97).unwrap();
        assert!((latitude - 39.915).abs().max((longitude - 116.403_874).abs()) < 1e-6, "{latitude}, {longitude}");
    }

    #[test]
    fn degrees_are_not_metres() {
        for (north, east) in
            [(31.2, 121.4), (4e6, 121.4), (31.2, 1.3e7), (9e6, 1.3e7), (f64::NAN, 1.3e7), (4e6, f64::NAN), (4e6, 3e7)]
        {
            assert_eq!(degrees_of_metres(north, east), None, "{north} {east}");
        }
    }
}
