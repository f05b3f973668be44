//! `cargo xtask lint`: everything that can be said without running the portal.

use crate::advisories;
use crate::failure::Result;
use crate::licences;
use crate::place::Place;
use crate::run;
use crate::site;
use crate::step;
use crate::toolchain::{Tools, WASM};
use crate::wasm_deps;

pub fn run(place: &Place, tools: &Tools) -> Result {
    let cargo = |args: &[&str]| {
        let mut cargo = tools.cargo();
        cargo.args(args).current_dir(&place.root);
        step::loud(&run::shown(&cargo), |_| run::through(&mut cargo))
    };
    cargo(&["fmt", "--all", "--check"])?;
    step::quiet("licences of all dependencies", |note| licences::check(place, tools, note))?;
    step::quiet("dependencies of the WebAssembly half", |note| wasm_deps::check(place, tools, note))?;
    site::ensure(place)?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    cargo(&["clippy", "--package", "client", "--target", WASM, "--", "-D", "warnings"])?;
    advisories::check(place, tools)
}
