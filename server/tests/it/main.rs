//! The portal as people, operators and bad days meet it: the real binary, as a process of its own, on real input.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod support;

mod advice;
mod anywhere;
mod api;
mod chores;
mod consents;
mod crash;
mod demo;
mod desk;
mod disk_full;
mod flood;
mod fuzz;
mod import;
mod incidents;
mod more;
mod naughty;
mod offline;
mod once;
mod open311;
mod open311_media;
mod open311_updates;
mod outages;
mod pages;
mod photos;
mod proxies;
mod redactions;
mod replay;
mod rude;
mod secrets;
mod several;
mod shutdown;
mod sites;
mod solved;
mod steps;
mod telling;
