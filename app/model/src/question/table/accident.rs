//! What is asked about fire, traffic, gas, machines, supply and pollution.

use super::{
    AMBULANCE_IF_SO, FIRE_IF_SO, FLOOR, HURT, PASSABLE, SINCE, TRAPPED, WORSE, ask, choice, danger, required, stop,
    stop_out_of_hours, when,
};
use crate::category::Service::Fire;
use crate::question::Condition::{All, Any, AtLeast, Is, Not};
use crate::question::{Advice, Kind, Question};

pub(super) static FIRE: [Question; 5] = [
    TRAPPED,
    ask(
        "burning",
        Kind::One(&[
            choice("home"),
            choice("shop"),
            choice("factory"),
            choice("vehicle"),
            choice("e-bike"),
            choice("forest"),
            choice("rubbish"),
            choice("other"),
        ]),
    ),
    when(Any(&[Is("burning", "home"), Is("burning", "shop"), Is("burning", "factory")]), FLOOR),
    when(
        All(&[Any(&[Is("burning", "home"), Is("burning", "shop")]), AtLeast("floor", 2)]),
        ask("stairs-smoke", FIRE_IF_SO),
    ),
    ask("close-by", Kind::Many(&[choice("cylinders"), choice("fuel"), choice("chemicals"), choice("power-line")])),
];

pub(super) static ROAD: [Question; 5] = [
    TRAPPED,
    HURT,
    ask(
        "vehicles",
        Kind::Many(&[
            choice("car"),
            choice("bus"),
            choice("lorry"),
            danger("tanker", Fire),
            choice("two-wheeler"),
            choice("pedestrian"),
        ]),
    ),
    when(Any(&[Is("vehicles", "lorry"), Is("vehicles", "tanker")]), ask("spilling", FIRE_IF_SO)),
    PASSABLE,
];

/// Whether gas is smelt, and where.
const SMELL: Question = ask("smell", Kind::One(&[danger("indoors", Fire), danger("outside", Fire), choice("no")]));

pub(super) static LEAK: [Question; 4] = [
    HURT,
    ask(
        "leaking",
        Kind::One(&[choice("gas"), choice("cylinder"), choice("fuel"), choice("chemicals"), choice("unsure")]),
    ),
    when(Any(&[Is("leaking", "gas"), Is("leaking", "cylinder"), Is("leaking", "unsure")]), SMELL),
    // Lorries with dangerous goods show a number of four digits (UN number), which tells the fire brigade what it meets.
    when(Is("leaking", "chemicals"), ask("label", Kind::Text)),
];

pub(super) static MACHINE: [Question; 5] = [
    HURT,
    ask(
        "machine",
        Kind::One(&[
            choice("lift"),
            choice("escalator"),
            choice("crane"),
            choice("boiler"),
            choice("ride"),
            choice("other"),
        ]),
    ),
    when(Is("machine", "lift"), ask("inside", FIRE_IF_SO)),
    when(Is("machine", "lift"), FLOOR),
    // The identification number on the notice in the car names the lift and whoever maintains it.
    when(Is("machine", "lift"), ask("lift-number", Kind::Text)),
];

pub(super) static SUPPLY: [Question; 6] = [
    required(ask(
        "supply",
        Kind::One(&[
            choice("power"),
            choice("water"),
            choice("gas"),
            choice("heating"),
            stop("bill", Advice::Bill),
            stop_out_of_hours("meter", Advice::OfficeHours),
        ]),
    )),
    when(Is("supply", "gas"), SMELL),
    when(Is("supply", "power"), ask("wire-down", FIRE_IF_SO)),
    // A ventilator at home runs on its battery for some hours at best.
    when(Is("supply", "power"), ask("medical-device", AMBULANCE_IF_SO)),
    required(when(
        Not(&Any(&[Is("supply", "bill"), Is("supply", "meter")])),
        ask("extent", Kind::One(&[choice("one-home"), choice("whole-building"), choice("block"), choice("unsure")])),
    )),
    when(Not(&Any(&[Is("supply", "bill"), Is("supply", "meter")])), SINCE),
];

pub(super) static POLLUTION: [Question; 5] = [
    required(ask(
        "medium",
        Kind::One(&[choice("air"), choice("water"), choice("ground"), choice("waste"), choice("noise")]),
    )),
    when(Not(&Is("medium", "noise")), HURT),
    when(
        Not(&Is("medium", "noise")),
        ask(
            "seen",
            Kind::Many(&[choice("odour"), choice("colour"), choice("foam"), choice("dead-fish"), choice("dark-smoke")]),
        ),
    ),
    ask("source", Kind::Text),
    SINCE,
];

pub(super) static CLASS: [Question; 3] = [TRAPPED, HURT, WORSE];
