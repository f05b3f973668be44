//! The contract of the store: what it promises, on every engine.
//!
//! A case is a function over a [`bench::Bench`]; `on_both_engines!` makes two tests of each, `<case>::sqlite` and `<case>::postgres`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[macro_use]
mod bench;

mod advice;
mod consents;
mod consumers;
mod duplicates;
mod faults;
mod file;
mod handling;
mod incidents;
mod intake;
mod lookup;
mod make;
mod notes;
mod notices;
mod outcomes;
mod photos;
mod plans;
mod published;
mod reading;
mod redactions;
mod restore;
mod schema;
mod servers;
mod sightings;
mod staff;
mod transfer;
mod writer;

#[path = "../support/missing.rs"]
mod missing;
#[path = "../support/postgres.rs"]
mod postgres;
