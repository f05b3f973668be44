//! `cargo xtask serve`: from a fresh clone to the portal on this machine.

use std::os::unix::process::CommandExt;

use crate::failure::{Result, fail};
use crate::place::Place;
use crate::run;
use crate::server;
use crate::setup::{self, Purpose};
use crate::step;

pub fn run(place: &Place, demo: bool, rest: &[String]) -> Result {
    let tools = setup::run(place, Purpose::Serve)?;
    let shouwang = server::build_all(place, &tools, true)?;
    let mut command = tools.command(&shouwang.to_string_lossy());
    command.arg("serve").current_dir(&place.root);
    for (option, value) in [("--listen", "127.0.0.1:3000"), ("--data", "var")] {
        if !rest.iter().any(|arg| arg == option || arg.starts_with(&format!("{option}="))) {
            command.args([option, value]);
        }
    }
    if demo {
        command.arg("--demo");
    }
    command.args(rest);
    step::say(&run::shown(&command));
    // The server takes our place, so every signal meant for us reaches it.
    let error = command.exec();
    fail(format!("starting {}: {error}", shouwang.display()))
}
