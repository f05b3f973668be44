//! The portal as people, operators and bad days meet it: the real binary, as a process of its own, on real input.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod support;

mod chores;
mod crash;
mod demo;
mod desk;
mod disk_full;
mod flood;
mod import;
mod incidents;
mod naughty;
mod once;
mod open311;
mod outages;
mod pages;
mod proxies;
mod redactions;
mod rude;
mod secrets;
mod shutdown;
mod steps;
mod telling;
