//! `cargo xtask fuzz`: every parser, and the server, on inputs that nobody wrote. Built with the checks of development.

use crate::failure::Result;
use crate::place::Place;
use crate::run;
use crate::server;
use crate::setup;
use crate::step;

pub fn run(place: &Place, minutes: f64, rest: &[String], targets: &[String]) -> Result {
    let tools = setup::compiler(place)?;
    let shouwang = server::build_all(place, &tools, false)?;
    let mut cargo = tools.cargo();
    cargo.args(["run", "--package", "fuzz", "--", "--minutes", &minutes.to_string()]);
    cargo.args(rest).args(targets).current_dir(&place.root);
    cargo.env("SHOUWANG_BIN", shouwang);
    step::loud(&run::shown(&cargo), |_| run::through(&mut cargo))
}
