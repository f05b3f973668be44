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
    cargo.args(["bench", "--package", "server", "--bench", name]).current_dir(&place.root);
    cargo.env("SHOUWANG_BIN", shouwang);
    if !rest.is_empty() {
        cargo.arg("--").args(rest);
    }
    step::loud(&run::shown(&cargo), |_| run::through(&mut cargo))
}
