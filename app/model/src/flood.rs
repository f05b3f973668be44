//! Floods: many reports that come from too few devices, addresses and places to be many people who saw something.
//!
//! Many people at one event have many telephones; one person with a program has one. What is found here is put aside for the duty desk to
//! look at: it is never dropped, and a report that tells of danger is only marked.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;

/// How far back is looked, in milliseconds: an hour.
pub const WINDOW: i64 = 3_600_000;
/// How long marks are kept beside the log, in milliseconds: a day, after which their key is another.
pub const KEPT: i64 = 24 * 3_600_000;
/// Marks of words that differ in no more bits are of the same words, more or less.
const ALIKE: u32 = 2;

/// The queue of floods, in the place of a department: duty officers alone work on it.
pub const QUEUE: &str = "flood";

/// The form that lets reports out again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawRelease {
    pub key: String,
    /// `all` that are shown, or `chosen`.
    pub act: String,
    pub reports: Vec<String>,
}

/// What is to be let out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    pub key: Key,
    /// Nothing is everything that is shown.
    pub reports: Option<Vec<Key>>,
}

impl RawRelease {
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(&self) -> Result<Release, Vec<Problem>> {
        let mut problems = Problems::default();
        let key = Key::parse(&self.key);
        let all = self.act == "all";
        if key.is_none() || !(all || self.act == "chosen") {
            problems.add(Field::Key, Fault::Unknown);
        }
        let chosen: Vec<Key> = self.reports.iter().filter_map(|key| Key::parse(key)).collect();
        if !all && chosen.is_empty() {
            problems.add(Field::Reports, Fault::Missing);
        }
        problems.or(key.map(|key| Release { key, reports: (!all).then_some(chosen) }))
    }
}

/// Where a report came from: 16 bits each, under a key of the day, so that every mark is shared by many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// Of the browser's cookie, or of what another program calls the device, where it sent one.
    pub device: Option<u16>,
    /// Of the network that the address belongs to.
    pub block: Option<u16>,
    /// Of what was written: similar words have similar marks.
    pub words: Option<u16>,
}

/// That a report came, as far as floods are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub at: i64,
    pub cell: Option<Cell>,
    pub marks: Marks,
}

/// Why a report is taken for part of a flood: the rule, and the numbers that it saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub rule: String,
    pub reports: usize,
    pub devices: usize,
    pub places: usize,
    pub alike: usize,
}

/// What reports have in common that are counted together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Device,
    Block,
}

/// A flood is at least so many reports, of which at most so many in a hundred differ, and at least so many in a hundred are alike.
struct Rule {
    code: &'static str,
    by: By,
    least: usize,
    devices: usize,
    places: usize,
    alike: usize,
}

/// A walk with a telephone reports many places, so one device gets a high bound unless it tells of one place over and over. A network
/// may hold a whole quarter behind one address, so there it takes few devices, or the same words.
static RULES: [Rule; 4] = [
    Rule { code: "one-device-one-place", by: By::Device, least: 8, devices: 100, places: 50, alike: 0 },
    Rule { code: "one-device", by: By::Device, least: 30, devices: 100, places: 100, alike: 0 },
    Rule { code: "one-network-few-devices", by: By::Block, least: 30, devices: 20, places: 50, alike: 0 },
    Rule { code: "one-network-same-words", by: By::Block, least: 30, devices: 100, places: 100, alike: 70 },
];

/// Looks at a report and at those of the last [`WINDOW`] that share its device or its network, itself among them.
pub fn judge(this: &Sighting, window: &[Sighting]) -> Option<Verdict> {
    RULES.iter().find_map(|rule| {
        let mark = |sighting: &Sighting| match rule.by {
            By::Device => sighting.marks.device,
            By::Block => sighting.marks.block,
        };
        mark(this)?;
        let recent = |sighting: &&Sighting| mark(sighting) == mark(this) && this.at - sighting.at < WINDOW;
        let counted: Vec<&Sighting> = window.iter().filter(recent).collect();
        let reports = counted.len();
        let devices = counted.iter().filter_map(|sighting| sighting.marks.device).collect::<BTreeSet<_>>().len();
        // Not to say where is one place: else a flood would leave it out.
        let places = counted.iter().map(|sighting| sighting.cell).collect::<BTreeSet<_>>().len();
        let alike = counted.iter().filter(|other| are_alike(this, other)).count();
        let share = |count: usize| count * 100 / reports.max(1);
        let fits = reports >= rule.least
            && share(devices) <= rule.devices
            && share(places) <= rule.places
            && share(alike) >= rule.alike;
        fits.then(|| Verdict { rule: rule.code.to_owned(), reports, devices, places, alike })
    })
}

fn are_alike(one: &Sighting, other: &Sighting) -> bool {
    let both = one.marks.words.zip(other.marks.words);
    both.is_some_and(|(one, other)| (one ^ other).count_ones() <= ALIKE)
}

/// The mark of words: a bit is set where most groups of three letters have it in their hash (Charikar's similarity hash).
/// `hash` is to be keyed. Of too few letters there is no mark: "fire" is what many write.
pub fn words(text: &str, hash: impl Fn(&str) -> u16) -> Option<u16> {
    let letters: Vec<char> =
        text.chars().take(400).filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut balance = [0_i64; 16];
    for group in letters.windows(3) {
        let hash = hash(&group.iter().collect::<String>());
        for (bit, balance) in balance.iter_mut().enumerate() {
            *balance += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    let mark =
        balance.iter().enumerate().filter(|(_, balance)| **balance > 0).fold(0, |mark, (bit, _)| mark | 1 << bit);
    (letters.len() >= 8).then_some(mark)
}

/// The codes of the rules, for the keys of texts.
pub fn rules() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::Position;

    fn cell(n: u16) -> Option<Cell> {
        Position::new(31.0 + f64::from(n) / 100.0, 121.0).map(Cell::at)
    }

    fn sighting(n: u16, device: Option<u16>, block: u16, words: u16) -> Sighting {
        Sighting { at: i64::from(n), cell: cell(n), marks: Marks { device, block: Some(block), words: Some(words) } }
    }

    fn rule(window: &[Sighting]) -> Option<String> {
        judge(window.last()?, window).map(|verdict| verdict.rule)
    }

    #[test]
    fn many_people_at_one_event_are_no_flood() {
        let many: Vec<_> = (0..500)
            .map(|n| Sighting { cell: cell(1), ..sighting(n, Some(n), n % 40, n.wrapping_mul(40_503)) })
            .collect();
        assert_eq!(rule(&many), None, "one place, many telephones");
        let behind_one_address: Vec<_> = (0..500).map(|n| sighting(n, Some(n), 7, n.wrapping_mul(40_503))).collect();
        assert_eq!(rule(&behind_one_address), None, "a whole quarter behind one address");
    }

    #[test]
    fn one_device_that_tells_of_one_place_over_and_over_is() {
        let same = |n| Sighting { cell: cell(1), ..sighting(n, Some(1), 1, n) };
        let seven: Vec<_> = (0..7).map(same).collect();
        assert_eq!(rule(&seven), None);
        let eight: Vec<_> = (0..8).map(same).collect();
        assert_eq!(rule(&eight).as_deref(), Some("one-device-one-place"));
        let walk: Vec<_> = (0..20).map(|n| sighting(n, Some(1), 1, n)).collect();
        assert_eq!(rule(&walk), None, "a walk through the city");
    }

    #[test]
    fn a_network_without_devices_or_with_the_same_words_is() {
        let bare: Vec<_> = (0..30).map(|n| Sighting { cell: None, ..sighting(n, None, 1, n * 911) }).collect();
        assert_eq!(rule(&bare).as_deref(), Some("one-network-few-devices"));
        let copied: Vec<_> = (0..30).map(|n| sighting(n, Some(n), 1, 0b1010)).collect();
        assert_eq!(rule(&copied).as_deref(), Some("one-network-same-words"));
        let verdict = judge(&copied[29], &copied).unwrap();
        assert_eq!((verdict.reports, verdict.devices, verdict.places, verdict.alike), (30, 30, 30, 30));
    }

    #[test]
    fn what_is_older_than_the_window_does_not_count() {
        let mut window: Vec<_> = (0..8).map(|n| Sighting { cell: None, ..sighting(n, Some(1), 1, n) }).collect();
        window[7].at += WINDOW;
        assert_eq!(rule(&window), None);
    }

    #[test]
    fn similar_words_have_similar_marks() {
        let hash =
            |group: &str| group.bytes().fold(7_u16, |hash, byte| hash.wrapping_mul(40_503) ^ u16::from(byte) << 3);
        let mark = |text| words(text, hash).unwrap();
        let (one, other) = (
            mark("The mayor has poisoned the water, tell everybody now"),
            mark("THE MAYOR has poisoned the water! Tell everybody, now"),
        );
        assert_eq!(one, other);
        assert!((one ^ mark("A tree lies across the road near the school")).count_ones() > ALIKE);
        assert_eq!(words("Fire!", hash), None);
    }
}
