//! Forms: pairs of a name and a value, in the separators of ASCII (US within a pair, RS between pairs).

use model::category::CATALOGUE;
use model::consent::RawWithdrawal;
use model::desk::RawMove;
use model::flood::RawRelease;
use model::incident::{RawJoin, RawTogether};
use model::more::RawMore;
use model::note::RawNote;
use model::position::Position;
use model::question::{self, Answers};
use model::redaction::RawRedaction;
use model::report::{RawReport, tells_of_danger};
use model::several::RawSeveral;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('\u{1e}').map(|pair| pair.split_once('\u{1f}').unwrap_or((pair, "")))
}

/// The form of these fields. Names that the form does not have are passed over.
fn form<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut fields = Map::new();
    for (name, value) in pairs(text) {
        let value: Value = match name {
            "reports" => value.split(',').collect(),
            name if name.starts_with("answers") => continue,
            _ => value.into(),
        };
        fields.insert(name.to_owned(), value);
    }
    serde_json::from_value(fields.into()).ok()
}

pub fn report(text: &str) {
    let Some(raw) = form::<RawReport>(text) else { return };
    let raw = RawReport { answers: given(text), ..raw };
    let danger = tells_of_danger(&raw.category, &raw.danger, &raw.what);
    for near in [None, Position::new(31.23, 121.47)] {
        let _ = raw.place(near).filed(|_| false);
        match raw.parse(near) {
            Ok(report) => assert!(report.danger || !danger, "danger is not lost"),
            Err(problems) => assert!(!problems.is_empty(), "refused without a reason"),
        }
    }
}

fn given(text: &str) -> Answers {
    let answers = pairs(text).filter_map(|(name, value)| Some((name.strip_prefix("answers.")?, value)));
    Answers::from_pairs(answers)
}

/// Answers, to the questions of every category.
pub fn answers(text: &str) {
    let answers = Answers::from_pairs(pairs(text));
    for category in &CATALOGUE {
        let questions = question::for_category(category.code);
        for open in [true, false] {
            let checked = question::check(questions, &answers, open);
            assert!(checked.answers.map().len() <= questions.len());
        }
        let more = RawMore { answers: answers.clone(), asked: text.to_owned(), ..RawMore::default() };
        let _ = (more.brings_up(questions), more.parse(questions));
    }
}

/// What is said later, and what the desk does.
pub fn others(text: &str) {
    let _ = form::<RawNote>(text).map(|raw| raw.parse());
    let _ = form::<RawWithdrawal>(text).map(|raw| raw.parse());
    let _ = form::<RawSeveral>(text).map(|raw| raw.parse().is_ok());
    let _ = form::<RawMove>(text).map(|raw| raw.parse());
    let _ = form::<RawRedaction>(text).map(|raw| raw.parse());
    let _ = form::<RawJoin>(text).map(|raw| raw.parse());
    let _ = form::<RawRelease>(text).map(|raw| raw.parse());
    let _ = form::<RawTogether>(text).map(|raw| raw.parse());
}
