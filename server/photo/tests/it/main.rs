//! What is taken, what is refused, and what of a file that was sent is left in what is kept.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod cmyk;
mod drawn;
mod make;
mod mutations;
mod orientation;
mod place;
mod refusals;
mod samples;
