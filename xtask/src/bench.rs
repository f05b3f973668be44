//! `cargo xtask bench NAME`: measurements, on the server as it is shipped.

use crate::failure::Result;
use crate::place::Place;
use crate::run;
use crate::server;
use crate::setup;
use crate::step;

pub fn run(place: &Place, name: &str, rest: &[String]) -> Result {
    let tools = setup::compiler(place)?;
    let shouwang = server::build_all(place, &tools, true)?;
    let mut cargo = tools.cargo();
    cargo.args(["run", "--release", "--package", "bench", "--", name]).args(rest).current_dir(&place.root);
    cargo.env("SHOUWANG_BIN", shouwang);
    step::loud(&run::shown(&cargo), |_| run::through(&mut cargo))
}
