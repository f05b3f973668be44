//! Every parser, and the server as a whole, on inputs that nobody wrote: `cargo xtask fuzz [--minutes N] [TARGET …]`.
//!
//! Inputs are mutations of a corpus by a seeded generator. A target fails when it panics, in any thread, or when the server answers with
//! a status of 500 or above. A bounded run stands among the tests. `fuzz/` has the same targets for cargo-fuzz, and the seeds of both.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what cannot go on stops, and says why")]

pub mod corpus;
pub mod drive;
pub mod files;
pub mod forms;
pub mod libfuzzer;
pub mod mutate;
pub mod portal;
pub mod server;
pub mod target;
pub mod words;

pub use drive::{Found, Until, drive};
pub use target::{Target, local};
