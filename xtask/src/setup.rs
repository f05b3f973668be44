//! `cargo xtask setup`: what a machine needs, installed when it is missing.

use clap::ValueEnum;

use crate::failure::Result;
use crate::node;
use crate::packages;
use crate::place::Place;
use crate::step;
use crate::toolchain::Tools;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Purpose {
    Serve,
    Test,
}

pub fn run(place: &Place, purpose: Purpose) -> Result<Tools> {
    let tools = compiler(place)?;
    match purpose {
        Purpose::Serve => {
            // The portal serves without: only its WebAssembly is larger.
            if let Err(failure) = node::modules(place, &tools) {
                step::say(&format!("going on without Node modules, so without wasm-opt: {failure}"));
            }
        }
        Purpose::Test => {
            packages::for_tests()?;
            node::modules(place, &tools)?;
        }
    }
    Ok(tools)
}

/// What every chore needs.
pub fn compiler(place: &Place) -> Result<Tools> {
    Tools::ready(place)
}
