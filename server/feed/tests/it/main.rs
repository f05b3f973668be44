//! The feed's promises, held by both engines; and what only a broker can do to us.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod broker;
mod contract;
mod engine;
mod memory;
#[path = "../../../store/tests/support/missing.rs"]
mod missing;
#[path = "../support/nats.rs"]
mod nats;
