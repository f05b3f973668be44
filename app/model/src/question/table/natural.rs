//! What is asked about water, weather and the ground.

use super::{FIRE_IF_SO, HURT, PASSABLE, SINCE, TRAPPED, ask, choice, danger, when};
use crate::category::Service::Fire;
use crate::question::Condition::{Any, AtLeast, Is};
use crate::question::{Condition, Kind, Question};

/// Water below ground level comes in faster than people get out.
const BELOW_GROUND: [Condition; 3] =
    [Is("water-where", "underpass"), Is("water-where", "basement"), Is("water-where", "metro")];

pub(super) static FLOOD: [Question; 5] = [
    TRAPPED,
    ask(
        "water-where",
        Kind::One(&[choice("street"), choice("underpass"), choice("home"), choice("basement"), choice("metro")]),
    ),
    when(Any(&[Is("water-where", "street"), Is("water-where", "underpass")]), ask("in-vehicle", FIRE_IF_SO)),
    // Centimetres.
    ask("depth", Kind::Number { least: 0, most: 2_000 }),
    when(Any(&[AtLeast("depth", 50), Any(&BELOW_GROUND)]), ask("rising", FIRE_IF_SO)),
];

pub(super) static CLASS: [Question; 5] = [
    TRAPPED,
    HURT,
    ask(
        "damage",
        Kind::Many(&[
            choice("tree"),
            danger("wire", Fire),
            choice("roof"),
            danger("cracks", Fire),
            danger("rocks", Fire),
            choice("flooding"),
        ]),
    ),
    PASSABLE,
    SINCE,
];
