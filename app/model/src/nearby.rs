//! Reports of the same thing close by, which are shown before another one is sent: how far to look, and what to show.

use crate::category::{Category, Class};
pub use crate::cell::{MOST_METRES, covering};

/// How many are shown.
pub const MOST_HITS: usize = 5;

/// Metres for a category that is in neither table.
const DEFAULT: u32 = 250;

/// Metres by category: how far apart two people stand who tell of the same thing. 0 shows nothing: what happens to one person is not
/// shown to the neighbours, nor to whoever threatens that person, and two people fallen ill are two reports.
const BY_CATEGORY: [(&str, u32); 19] = [
    ("12G00", 500),
    ("12P00", 250),
    ("11B01", 2_000),
    ("11B03", 2_000),
    ("11B06", 2_000),
    ("11B08", 2_000),
    ("11B09", 2_000),
    ("11C00", 2_000),
    ("11D01", 500),
    ("11D06", 250),
    ("11G00", 2_000),
    ("12D00", 500),
    ("12E00", 500),
    ("12J00", 1_000),
    ("12N00", 100),
    ("12Q00", 1_000),
    ("12T00", 2_000),
    ("13C00", 300),
    ("14A00", 500),
];

/// Metres by class, for the categories that are not named above.
const BY_CLASS: [(Class, u32); 4] =
    [(Class::Natural, 1_000), (Class::Accident, 300), (Class::Health, 0), (Class::Social, 0)];

/// How far to look around a report of this kind, in metres: by category, else by class, else 250. 0 means not to look.
pub fn radius(category: &Category) -> u32 {
    let named = BY_CATEGORY.iter().find(|(code, _)| *code == category.code).map(|(_, metres)| *metres);
    let of_class = || BY_CLASS.iter().find(|(class, _)| *class == category.class).map(|(_, metres)| *metres);
    named.or_else(of_class).unwrap_or(DEFAULT)
}

/// Something found, and how far away it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<K> {
    pub key: K,
    pub metres: u32,
}

/// Of what was found, with its distance in metres, the nearest `most` within `radius`; equal distances go by key.
pub fn nearest<K: Ord>(found: impl IntoIterator<Item = (K, f64)>, radius: u32, most: usize) -> Vec<Hit<K>> {
    let within = found.into_iter().filter(|(_, metres)| *metres <= f64::from(radius));
    let mut hits: Vec<Hit<K>> = within.map(|(key, metres)| Hit { key, metres: whole(metres) }).collect();
    hits.sort_unstable_by(|one, other| (one.metres, &one.key).cmp(&(other.metres, &other.key)));
    hits.truncate(most);
    hits
}

/// Metres to the next whole one.
fn whole(metres: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast from float is held in range")]
    let whole = metres.round() as u32;
    whole
}

/// How far the desk looks: it opens reports that the neighbours are not shown, so 0 becomes the default.
pub fn desk_radius(category: &Category) -> u32 {
    match radius(category) {
        0 => DEFAULT,
        metres => metres,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::CATALOGUE;

    fn of(code: &str) -> u32 {
        radius(Category::of(code).unwrap())
    }

    #[test]
    fn the_kind_says_how_far_to_look() {
        assert_eq!((of("12G00"), of("12H00"), of("11A02"), of("11B01")), (500, 300, 1_000, 2_000));
        // By class, and by default.
        assert_eq!((of("12C00"), of("20000"), of("19000")), (300, 250, 250));
    }

    #[test]
    fn what_happens_to_one_person_is_shown_to_nobody() {
        for code in ["13Y00", "13A00", "14B00", "14F00"] {
            assert_eq!(of(code), 0, "{code}");
            assert_eq!(desk_radius(Category::of(code).unwrap()), 250, "but the desk looks: {code}");
        }
    }

    #[test]
    fn every_radius_can_be_covered_and_every_row_names_a_category() {
        assert!(CATALOGUE.iter().all(|category| radius(category) <= MOST_METRES));
        for (code, _) in BY_CATEGORY {
            assert!(Category::of(code).is_some(), "{code}");
            assert_eq!(BY_CATEGORY.iter().filter(|(other, _)| *other == code).count(), 1, "{code}");
        }
    }

    #[test]
    fn the_nearest_five_within_the_radius_are_kept() {
        let found =
            [("g", 90.0), ("a", 250.4), ("f", 10.2), ("b", 250.0), ("e", 10.4), ("d", 3.0), ("c", 70.0), ("h", 91.0)];
        let hits = nearest(found, 250, MOST_HITS);
        let keys: Vec<_> = hits.iter().map(|hit| hit.key).collect();
        assert_eq!(keys, ["d", "e", "f", "c", "g"]);
        assert_eq!(hits[0], Hit { key: "d", metres: 3 });
        assert_eq!(
            nearest([("a", 250.4), ("b", 250.0), ("c", f64::NAN)], 250, MOST_HITS),
            [Hit { key: "b", metres: 250 }]
        );
    }
}
