//! Words of danger in English: whole words, in any order of the table.

use super::Sense::{Calm, Cry, Event, Person};
use super::{Entries, Sense};
use crate::category::Service::{self, Ambulance, Fire, Police, Traffic};

static ENTRIES: [Entries; 12] = [
    (
        Calm,
        &[
            "fire alarm",
            "fire alarms",
            "fire door",
            "fire doors",
            "fire exit",
            "fire exits",
            "fire escape",
            "fire escapes",
            "fire extinguisher",
            "fire extinguishers",
            "fire hydrant",
            "fire hydrants",
            "fire hose",
            "fire lane",
            "fire drill",
            "fire safety",
            "fire station",
            "fire engine",
            "fire brigade",
            "fire department",
            "fire insurance",
            "fire hazard",
            "fire risk",
            "fire works",
            "risk of fire",
            "smoke alarm",
            "smoke alarms",
            "smoke detector",
            "smoke detectors",
            "smoke break",
            "carbon monoxide alarm",
            "carbon monoxide detector",
        ],
    ),
    (
        Calm,
        &[
            "glue gun",
            "nail gun",
            "heat gun",
            "water gun",
            "bath bomb",
            "bread knife",
            "butter knife",
            "help me with",
            "help me to find",
            "help me find",
            "help me understand",
            "help me report",
            "help me to report",
            "run over time",
            "stroke of luck",
        ],
    ),
    (
        Cry(Police),
        &[
            "help me",
            "save me",
            "save us",
            "sos",
            "mayday",
            "going to kill me",
            "trying to kill me",
            "kill myself",
            "want to die",
            "suicidal",
        ],
    ),
    (
        Cry(Ambulance),
        &[
            "not breathing",
            "isnt breathing",
            "stopped breathing",
            "no longer breathing",
            "cant breathe",
            "cannot breathe",
            "can not breathe",
            "no breath",
            "no pulse",
            "no heartbeat",
            "wont wake up",
            "will not wake up",
            "cant wake",
            "not waking up",
            "not responding",
            "not conscious",
            "unresponsive",
            "wont stop bleeding",
        ],
    ),
    (Cry(Fire), &["cant get out", "cannot get out", "can not get out"]),
    (
        Event(Fire),
        &[
            "fire",
            "fires",
            "on fire",
            "caught fire",
            "burning",
            "flames",
            "smoke",
            "explosion",
            "explosions",
            "exploded",
            "exploding",
            "fire alarm is ringing",
            "fire alarm is going off",
            "gas leak",
            "gas leaks",
            "gas is leaking",
            "leaking gas",
            "gas leaking",
            "smell gas",
            "smell of gas",
            "smells of gas",
            "smells like gas",
            "smelling gas",
            "smelled gas",
            "smelt gas",
            "gas smell",
            "carbon monoxide",
        ],
    ),
    (
        Event(Fire),
        &[
            "landslide",
            "mudslide",
            "flash flood",
            "collapsed",
            "collapsing",
            "building collapse",
            "power line down",
            "live wire",
        ],
    ),
    (
        Person(Fire),
        &[
            "drowning",
            "drowned",
            "drown",
            "fell into the river",
            "fell into the water",
            "fell in the river",
            "fell in the water",
            "swept away",
            "trapped",
            "stuck in the lift",
            "stuck in a lift",
            "stuck in lift",
            "stuck in the elevator",
            "stuck in an elevator",
            "stuck in elevator",
            "stuck under",
            "pinned under",
            "buried under",
            "buried alive",
            "wants to jump",
            "about to jump",
            "going to jump",
            "jumped off",
        ],
    ),
    (
        Person(Ambulance),
        &[
            "he collapsed",
            "she collapsed",
            "man collapsed",
            "woman collapsed",
            "person collapsed",
            "child collapsed",
            "unconscious",
            "passed out",
            "fainted",
            "chest pain",
            "chest pains",
            "pain in the chest",
            "pain in his chest",
            "pain in her chest",
            "pain in my chest",
            "heart attack",
            "cardiac arrest",
            "stroke",
            "seizure",
            "convulsions",
            "difficulty breathing",
            "trouble breathing",
            "struggling to breathe",
            "choking",
            "bleeding",
            "overdose",
            "overdosed",
            "poisoned",
            "electrocuted",
            "electric shock",
            "suicide",
            "giving birth",
            "in labour",
            "in labor",
            "dying",
        ],
    ),
    (
        Event(Police),
        &[
            "gun", "guns", "gunman", "gunshot", "gunshots", "gunfire", "shots fired", "shooting", "shooter", "knife", "knives",
            "stabbing", "bomb", "bombs", "hostage", "hostages", "murder", "rape", "robbery", "stampede",
        ],
    ),
    (
        Person(Police),
        &[
            "stabbed",
            "been shot",
            "was shot",
            "got shot",
            "kidnapped",
            "raped",
            "being robbed",
            "being attacked",
            "attacking me",
            "attacking her",
            "attacking him",
            "attacking people",
            "beating me",
            "beating her",
            "beating him",
            "being beaten",
            "beating his wife",
            "crushed",
        ],
    ),
    (
        Event(Traffic),
        &[
            "car crash", "car accident", "bus crash", "run over", "hit by a car", "hit by a bus", "hit by a truck",
            "hit by a lorry", "hit and run",
        ],
    ),
];

/// Words that take back what follows, when nothing but [`FILLERS`] stands between.
const NEGATIONS: [&str; 13] = [
    "no", "not", "never", "without", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "dont", "doesnt", "didnt",
];

/// The same, of people; "no one" is a negation and a filler.
const NOBODY: [&str; 2] = ["nobody", "none"];

const FILLERS: [&str; 30] = [
    "a", "an", "any", "the", "is", "are", "was", "were", "been", "being", "be", "one", "people", "person", "anyone",
    "anybody", "somebody", "of", "us", "them", "sign", "signs", "smell", "see", "hear", "visible", "more", "longer", "there",
    "real",
];

/// How many fillers may stand between.
const REACH: usize = 4;

/// The first words of danger in folded text.
pub(super) fn find(folded: &str) -> Option<Service> {
    folded.split(['.', ',', ';', ':', '!', '?', '\n', '。', '，', '；', '！', '？']).find_map(in_clause)
}

fn in_clause(clause: &str) -> Option<Service> {
    let words: Vec<&str> = clause.split(|letter: char| !is_latin(letter)).filter(|word| !word.is_empty()).collect();
    let mut at = 0;
    while let Some((before, rest)) = words.split_at_checked(at)
        && !rest.is_empty()
    {
        match longest(rest) {
            Some((length, sense)) => {
                if let Some(service) = meant(sense, before) {
                    return Some(service);
                }
                at += length;
            }
            None => at += 1,
        }
    }
    None
}

/// Letters and digits that make one word with their neighbours; a Chinese character ends a word.
fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&letter)
}

/// The longest entry that the words begin with, its length in words, and its sense.
fn longest(words: &[&str]) -> Option<(usize, Sense)> {
    let entries = ENTRIES.iter().flat_map(|(sense, phrases)| phrases.iter().map(|phrase| (*phrase, *sense)));
    let hits = entries.filter_map(|(phrase, sense)| {
        let mut rest = words.iter();
        let whole = phrase.split(' ').all(|word| rest.next() == Some(&word));
        whole.then(|| (words.len() - rest.len(), sense))
    });
    hits.max_by_key(|hit| hit.0)
}

fn meant(sense: Sense, before: &[&str]) -> Option<Service> {
    let nearest = before.iter().rev().take(REACH).find(|word| !FILLERS.contains(word));
    let negated = nearest.is_some_and(|word| NEGATIONS.contains(word));
    let nobody = nearest.is_some_and(|word| NOBODY.contains(word));
    match sense {
        Calm => None,
        Cry(service) => Some(service),
        Event(service) => (!negated).then_some(service),
        Person(service) => (!negated && !nobody).then_some(service),
    }
}
