//! What is asked about crowds and violence.

use super::{POLICE_IF_SO, ask, choice, danger};
use crate::category::Service::Police;
use crate::question::{Kind, Question};

pub(super) static CROWD: [Question; 3] = [
    ask("way-out", Kind::One(&[choice("yes"), danger("no", Police), choice("unsure")])),
    ask("crowd-size", Kind::One(&[choice("dozens"), choice("hundreds"), choice("thousands")])),
    ask(
        "mood",
        Kind::Many(&[
            choice("arguing"),
            choice("blocking"),
            danger("pushing", Police),
            danger("fighting", Police),
            danger("weapons", Police),
        ]),
    ),
];

pub(super) static CLASS: [Question; 4] = [
    ask("still-there", POLICE_IF_SO),
    ask("weapon", Kind::One(&[danger("gun", Police), danger("knife", Police), choice("no"), choice("unsure")])),
    // A telephone that rings can betray whoever hides.
    ask("ring", Kind::One(&[choice("may-ring"), choice("text-only")])),
    ask("who", Kind::Text),
];
