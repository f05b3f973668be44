//! The server: one binary that carries the site.

use std::path::PathBuf;

use crate::failure::Result;
use crate::place::Place;
use crate::run;
use crate::site;
use crate::step;
use crate::toolchain::Tools;

/// Both halves, in the order that lets the second embed the first.
pub fn build_all(place: &Place, tools: &Tools, release: bool) -> Result<PathBuf> {
    site::build(place, tools, release)?;
    build(place, tools, release)
}

fn build(place: &Place, tools: &Tools, release: bool) -> Result<PathBuf> {
    let mut cargo = tools.cargo();
    cargo.args(["build", "--package", "server"]).current_dir(&place.root);
    if release {
        cargo.arg("--release");
    }
    step::loud(&run::shown(&cargo), |_| run::through(&mut cargo))?;
    Ok(place.server(release))
}
