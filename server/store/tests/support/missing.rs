//! What a test has to do without: it says so and is skipped, or fails where everything is said to be there.
//!
//! Other crates include this file by `#[path]`, beside those that need it.

use std::io::{self, Write};

/// Set by `cargo xtask test`, whose setup installs the engines: a green run there has run everything.
const NO_SKIPS: &str = "SHOUWANG_NO_SKIPS";

/// An engine that is not installed, or a disk that cannot be had.
pub fn engine(why: &str) {
    assert!(std::env::var_os(NO_SKIPS).is_none(), "{why}, and {NO_SKIPS} is set");
    material(why);
}

/// Material that others wrote, which not everybody has; or leave that only the system gives. `cargo xtask test` repeats it at its end.
pub fn material(why: &str) {
    // Shown also when the test passes, which `println!` is not.
    let _ = writeln!(io::stdout(), "skipped: {why}");
}

/// Not every crate that includes this uses all of it.
const _: [fn(&str); 2] = [engine, material];
