//! Forms: pairs of a name and a value, in the separators of ASCII (US within a pair, RS between pairs), or as browsers send them.

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
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('\u{1e}').map(|pair| pair.split_once('\u{1f}').unwrap_or((pair, "")))
}

/// How a form is spelt.
#[derive(Clone, Copy)]
enum Spelt {
    InPairs,
    AsBody,
}

/// A form, which server functions have beside what else they take.
#[derive(Deserialize)]
struct Posted<T> {
    #[serde(flatten)]
    form: T,
}

impl Spelt {
    /// The form of a text. Names that the form does not have are passed over.
    fn form<T: DeserializeOwned>(self, text: &str) -> Option<T> {
        match self {
            Self::InPairs => serde_json::from_value(fields(text).into()).ok(),
            // As `server_fn` decodes what is posted to it.
            Self::AsBody => {
                serde_qs::Config::new(5, false).deserialize_str::<Posted<T>>(text).ok().map(|posted| posted.form)
            }
        }
    }

    /// What is said later, and what the desk does.
    fn others(self, text: &str) {
        let _ = self.form::<RawNote>(text).map(|raw| raw.parse());
        let _ = self.form::<RawWithdrawal>(text).map(|raw| raw.parse());
        let _ = self.form::<RawSeveral>(text).map(|raw| raw.parse().is_ok());
        let _ = self.form::<RawMove>(text).map(|raw| raw.parse());
        let _ = self.form::<RawRedaction>(text).map(|raw| raw.parse());
        let _ = self.form::<RawJoin>(text).map(|raw| raw.parse());
        let _ = self.form::<RawRelease>(text).map(|raw| raw.parse());
        let _ = self.form::<RawTogether>(text).map(|raw| raw.parse());
    }
}

fn fields(text: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, value) in pairs(text) {
        let value: Value = match name {
            "reports" => value.split(',').collect(),
            name if name.starts_with("answers") => continue,
            _ => value.into(),
        };
        fields.insert(name.to_owned(), value);
    }
    fields
}

pub fn report(text: &str) {
    let Some(raw) = Spelt::InPairs.form::<RawReport>(text) else { return };
    filed(&RawReport { answers: given(text), ..raw });
}

fn filed(raw: &RawReport) {
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

/// Every other form.
pub fn others(text: &str) {
    Spelt::InPairs.others(text);
}

/// Bodies as browsers send them, by every form.
pub fn decode(body: &str) {
    if let Some(raw) = Spelt::AsBody.form::<RawReport>(body) {
        filed(&raw);
    }
    if let Some(raw) = Spelt::AsBody.form::<RawMore>(body) {
        for category in &CATALOGUE {
            let _ = raw.parse(question::for_category(category.code));
        }
    }
    Spelt::AsBody.others(body);
}
