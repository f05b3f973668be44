//! Which questions a category asks: its own, or those of its class, or none.
//!
//! They are what a dispatcher asks next: few, the one that may save a life first. Where a category is dangerous by itself nothing is
//! compulsory and nothing ends the form.

mod accident;
mod health;
mod natural;
mod other;
mod social;

use super::{Advice, Choice, Condition, Effect, Kind, Question};
use crate::category::Service::{Ambulance, Fire, Police};
use crate::category::{Category, Class, Service};

static BY_CATEGORY: [(&str, &[Question]); 13] = [
    ("11A02", &natural::FLOOD),
    ("12D00", &accident::LEAK),
    ("12G00", &accident::FIRE),
    ("12H00", &accident::ROAD),
    ("12N00", &accident::MACHINE),
    ("12P00", &accident::SUPPLY),
    ("12Q00", &accident::POLLUTION),
    ("12S00", &social::CROWD),
    ("13B00", &health::FOOD),
    ("13Y00", &health::ILL),
    ("14A00", &social::CROWD),
    ("19000", &other::ELSE),
    ("20000", &other::HAZARD),
];

static BY_CLASS: [(Class, &[Question]); 4] = [
    (Class::Natural, &natural::CLASS),
    (Class::Accident, &accident::CLASS),
    (Class::Health, &health::CLASS),
    (Class::Social, &social::CLASS),
];

/// The questions of a category, in their order; none for a code that names no category.
pub fn for_category(code: &str) -> &'static [Question] {
    let of_class = |class: Class| BY_CLASS.iter().find(|(named, _)| *named == class).map(|(_, questions)| *questions);
    let own = BY_CATEGORY.iter().find(|(named, _)| *named == code).map(|(_, questions)| *questions);
    own.or_else(|| Category::of(code).and_then(|category| of_class(category.class))).unwrap_or_default()
}

/// Every question of every table; one that several tables share comes several times.
pub fn every() -> impl Iterator<Item = &'static Question> {
    let own = BY_CATEGORY.iter().map(|(_, questions)| *questions);
    own.chain(BY_CLASS.iter().map(|(_, questions)| *questions)).flatten()
}

const fn ask(code: &'static str, kind: Kind) -> Question {
    Question { code, kind, required: false, when: Condition::Always }
}

const fn when(condition: Condition, question: Question) -> Question {
    Question { when: condition, ..question }
}

const fn required(question: Question) -> Question {
    Question { required: true, ..question }
}

const fn choice(code: &'static str) -> Choice {
    Choice { code, effect: None }
}

const fn danger(code: &'static str, service: Service) -> Choice {
    Choice { code, effect: Some(Effect::Danger(service)) }
}

const fn stop(code: &'static str, advice: Advice) -> Choice {
    Choice { code, effect: Some(Effect::Stop(advice)) }
}

const fn stop_out_of_hours(code: &'static str, advice: Advice) -> Choice {
    Choice { code, effect: Some(Effect::StopOutOfHours(advice)) }
}

/// Yes, no, not sure; yes means danger.
const FIRE_IF_SO: Kind = Kind::One(&[danger("yes", Fire), choice("no"), choice("unsure")]);
const AMBULANCE_IF_SO: Kind = Kind::One(&[danger("yes", Ambulance), choice("no"), choice("unsure")]);
const POLICE_IF_SO: Kind = Kind::One(&[danger("yes", Police), choice("no"), choice("unsure")]);

const TRAPPED: Question = ask("trapped", FIRE_IF_SO);
const HURT: Question = ask("hurt", AMBULANCE_IF_SO);
const WORSE: Question = ask("worse", FIRE_IF_SO);
const SINCE: Question = ask("since", Kind::DateTime);
const FLOOR: Question = ask("floor", Kind::Number { least: -10, most: 200 });
/// Whether vehicles get past.
const PASSABLE: Question = ask("passable", Kind::One(&[choice("open"), choice("partly"), choice("blocked")]));
