//! What is asked about hidden dangers, and about what fits nowhere else.

use super::{POLICE_IF_SO, SINCE, WORSE, ask, choice, required, stop, stop_out_of_hours, when};
use crate::question::Condition::{Any, Is};
use crate::question::{Advice, Condition, Kind, Question};

/// Somebody may fall into it, or be hit by it.
const OPEN_TO_ALL: [Condition; 4] =
    [Is("hazard", "building"), Is("hazard", "manhole"), Is("hazard", "slope"), Is("hazard", "road")];

pub(super) static HAZARD: [Question; 5] = [
    required(ask(
        "hazard",
        Kind::One(&[
            choice("exit"),
            choice("wiring"),
            choice("charging"),
            choice("cylinders"),
            choice("building"),
            choice("manhole"),
            choice("slope"),
            choice("road"),
            choice("other"),
        ]),
    )),
    required(when(Is("hazard", "other"), ask("hazard-what", Kind::Text))),
    required(when(Any(&OPEN_TO_ALL), ask("closed-off", Kind::One(&[choice("yes"), choice("no"), choice("unsure")])))),
    when(Any(&[Is("hazard", "building"), Is("hazard", "slope"), Is("hazard", "wiring")]), WORSE),
    SINCE,
];

pub(super) static ELSE: [Question; 3] = [
    required(ask(
        "topic",
        Kind::One(&[
            choice("noise"),
            choice("animal"),
            choice("street-light"),
            stop("lost", Advice::LostProperty),
            stop_out_of_hours("office", Advice::OfficeHours),
            choice("other"),
        ]),
    )),
    when(Is("topic", "animal"), ask("attacking", POLICE_IF_SO)),
    when(Any(&[Is("topic", "noise"), Is("topic", "street-light")]), SINCE),
];
