//! A bounded run of inputs that nobody wrote over the real routes; `cargo xtask fuzz` tries more.

use fuzz::{Until, drive, portal};

use crate::support::commands::at;
use crate::support::desk::invited;
use crate::support::portal::Portal;

/// Of each target.
const INPUTS: u64 = 250;

#[test]
fn the_routes_bear_what_nobody_wrote() {
    let data = tempfile::tempdir().unwrap();
    let server = Portal::start(data.path(), &["--open311-keys", portal::API_KEY]);
    let invitation = invited(&at(data.path(), &[]), "Li Wei", "duty", "duty-officer");
    let mut failures = Vec::new();
    for mut target in portal::targets(server.address, &invitation) {
        if let Err(found) = drive(&mut target, 1, Until::Inputs(INPUTS)) {
            failures.push(format!("{}: {}, with the input in {:?}", target.name, found.what, found.keep(target.name)));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
