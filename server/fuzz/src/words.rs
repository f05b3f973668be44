//! Parsers of what people type, and of what operators write.

use std::collections::BTreeMap;

use csv::ReaderBuilder;
use model::area::Area;
use model::calendar::Calendar;
use model::category::CATALOGUE;
use model::gazetteer::Gazetteer;
use model::id::Key;
use model::position::Position;
use model::question::Answers;
use model::routing::{Inputs, Rule, Rules, route};
use model::{alarm, coordinates, flood, map_link, plus_code, private};
use serde::Deserialize;

const NOON: i64 = 1_700_000_000_000;

fn near() -> Option<Position> {
    Position::new(31.23, 121.47)
}

/// Coordinates, plus codes, links of maps.
pub fn place(text: &str) {
    let _ = map_link::parse(text);
    let found = [coordinates::parse(text), plus_code::parse(text, None), plus_code::parse(text, near())];
    for position in found.into_iter().flatten() {
        assert!(Position::new(position.latitude(), position.longitude()).is_some(), "a position off the earth");
    }
}

/// Signs of danger, of what is private, of floods; keys.
pub fn words(text: &str) {
    let _ = alarm::in_words(text);
    let findings = private::find(text);
    let redacted = private::redacted(text, &findings);
    assert_eq!(redacted.chars().count(), text.chars().count(), "hiding changes no length");
    let _ = flood::words(text, |word| u16::try_from(word.len() % 65_536).unwrap_or_default());
    let _ = Key::parse(text);
}

/// The hours of the departments, and the clocks over them.
pub fn calendar(text: &str) {
    let Ok(calendar) = serde_json::from_str::<Calendar>(text) else { return };
    let offset = |_| 480;
    let due = calendar.add(NOON, 90, offset);
    assert!(due >= NOON, "a promise in the past");
    let _ = (calendar.is_open(NOON, offset), calendar.between(NOON, due, offset), calendar.worked(due, NOON, offset));
    let again = serde_json::to_string(&calendar).expect("a calendar is written");
    assert_eq!(serde_json::from_str::<Calendar>(&again).expect("and read"), calendar);
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Routing {
    rules: Vec<Rule>,
    areas: Vec<Area>,
}

/// Rules and areas, and reports that go by them.
pub fn routing(text: &str) {
    let Ok(Routing { rules, areas }) = serde_json::from_str(text) else { return };
    let Ok(rules) = Rules::new(rules, areas) else { return };
    let answers = BTreeMap::from([("supply".to_owned(), vec!["gas".to_owned()])]);
    for category in &CATALOGUE {
        let inputs = Inputs {
            category,
            position: near(),
            at: NOON,
            offset: 480,
            answers: &answers,
            people: Some(3),
            danger: category.danger,
        };
        let _ = route(&rules, &inputs);
    }
    let _ = Answers::from(answers);
}

/// Addresses and landmarks, and what is looked for among them: the file, and after its last empty line what somebody types.
pub fn gazetteer(text: &str) {
    let (file, typed) = text.rsplit_once("\n\n").unwrap_or((text, "Mill"));
    let records = ReaderBuilder::new().flexible(true).from_reader(file.as_bytes()).into_records();
    let lines: Vec<(u64, [String; 5])> = records
        .filter_map(Result::ok)
        .map(|record| (1, std::array::from_fn(|place| record.get(place).unwrap_or_default().to_owned())))
        .collect();
    let gazetteer = Gazetteer::parse(lines).unwrap_or_default();
    let found = gazetteer.find(typed, 5).len();
    assert!(found <= 5 && (found == 0 || !gazetteer.is_empty()));
    if let Some(position) = near() {
        let _ = gazetteer.about(position);
    }
}
