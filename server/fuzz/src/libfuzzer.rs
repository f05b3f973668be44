//! For cargo-fuzz: the same targets as functions of an input, as libFuzzer calls them.

use std::cell::RefCell;

use crate::drive::one;
use crate::server::Server;
use crate::target::{LOCAL, Target};

/// A target, and the server that it needs.
struct Made {
    target: Target,
    _server: Option<Server>,
}

thread_local! {
    static MADE: RefCell<Option<Made>> = const { RefCell::new(None) };
}

/// Tries an input on the target of this name, which is made when the first one comes.
///
/// # Panics
/// When the input was not borne: that is what libFuzzer looks for.
pub fn bear(name: &str, input: &[u8]) {
    MADE.with_borrow_mut(|made| {
        let made = made.get_or_insert_with(|| make(name));
        if let Err(found) = one(&mut made.target, input.to_vec()) {
            panic!("{name}: {}", found.what);
        }
    });
}

fn make(name: &str) -> Made {
    if let Some((_, make)) = LOCAL.iter().find(|(local, _)| *local == name) {
        return Made { target: make(), _server: None };
    }
    let server = Server::start();
    let target = server.targets().into_iter().find(|target| target.name == name);
    Made { target: target.expect("there is such a target"), _server: Some(server) }
}
