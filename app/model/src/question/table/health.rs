//! What is asked about people who are ill or hurt, and about food and medicine.

use super::{SINCE, ask, choice, danger, required, stop, when};
use crate::category::Service::Ambulance;
use crate::question::Condition::{AtLeast, Is};
use crate::question::{Advice, Kind, Question};

pub(super) static ILL: [Question; 5] = [
    ask("awake", Kind::One(&[choice("yes"), danger("no", Ambulance), choice("unsure")])),
    ask(
        "breathing",
        Kind::One(&[choice("well"), danger("badly", Ambulance), danger("not-at-all", Ambulance), choice("unsure")]),
    ),
    ask(
        "symptoms",
        Kind::Many(&[
            danger("chest-pain", Ambulance),
            danger("bleeding", Ambulance),
            danger("stroke", Ambulance),
            danger("seizure", Ambulance),
            danger("poisoning", Ambulance),
            danger("birth", Ambulance),
            choice("fall"),
            choice("burn"),
        ]),
    ),
    when(Is("symptoms", "poisoning"), ask("taken", Kind::Text)),
    ask("age", Kind::Number { least: 0, most: 130 }),
];

/// How many fell ill.
const ILL_COUNT: Question = ask("ill-count", Kind::Number { least: 0, most: 100_000 });
const ILL_SIGNS: Question = when(
    AtLeast("ill-count", 1),
    ask(
        "ill-signs",
        Kind::Many(&[
            choice("vomiting"),
            choice("fever"),
            choice("rash"),
            danger("badly", Ambulance),
            danger("fainted", Ambulance),
        ]),
    ),
);

pub(super) static FOOD: [Question; 5] = [
    required(ask(
        "product",
        Kind::One(&[choice("meal"), choice("packaged"), choice("medicine"), stop("price", Advice::Purchase)]),
    )),
    ask("bought", Kind::Text),
    ILL_COUNT,
    ILL_SIGNS,
    when(AtLeast("ill-count", 1), ask("eaten", Kind::DateTime)),
];

pub(super) static CLASS: [Question; 4] = [ILL_COUNT, ILL_SIGNS, ask("together", Kind::Text), SINCE];
