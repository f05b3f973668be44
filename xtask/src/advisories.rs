//! Known faults of dependencies, where the machine has a tool and its data.

use std::env;
use std::fs;
use std::path::Path;

use crate::failure::Result;
use crate::place::Place;
use crate::run;
use crate::step;
use crate::toolchain::Tools;

pub fn check(place: &Place, tools: &Tools) -> Result {
    let home = env::var_os("CARGO_HOME").map(Into::into).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let has = |program: &str, data: &str| {
        let filled = |home: &Path| fs::read_dir(home.join(data)).is_ok_and(|mut entries| entries.next().is_some());
        run::which(program).is_some() && home.as_deref().is_some_and(filled)
    };
    let args: &[&str] = if has("cargo-deny", "advisory-dbs") {
        &["deny", "--offline", "check", "advisories"]
    } else if has("cargo-audit", "advisory-db") {
        &["audit", "--no-fetch"]
    } else {
        step::say(
            "advisories NOT checked: neither cargo-deny nor cargo-audit is here with its data, which needs the net",
        );
        return Ok(());
    };
    let mut cargo = tools.cargo();
    cargo.args(args).current_dir(&place.root);
    step::loud(&run::shown(&cargo), |_| run::through(&mut cargo))
}
