//! What must not come into the WebAssembly half, because of its size.

use crate::failure::{Result, fail};
use crate::place::Place;
use crate::run;
use crate::toolchain::{Tools, WASM};

/// Nowhere in the tree.
const NEVER: [&str; 22] = [
    "aws-lc-rs",
    "axum",
    "chrono",
    "chrono-tz",
    "csv",
    "fluent-bundle",
    "hyper",
    "jiff",
    "leptos_axum",
    "proptest",
    "qrcodegen",
    "rand",
    "reqwest",
    "ring",
    "rusqlite",
    "rustls",
    "sqlx",
    "time",
    "tokio",
    "tracing-subscriber",
    "unic-langid",
    "zip",
];

/// Leptos itself names them, and link-time optimisation leaves them out because islands call nothing of theirs;
/// our own crates would call them.
const NOT_OURS: [&str; 6] = ["config", "gloo-net", "regex", "serde_json", "toml", "url"];

pub fn check(place: &Place, tools: &Tools, note: &mut String) -> Result {
    let mut cargo = tools.cargo();
    cargo.args(["tree", "--edges", "normal,no-proc-macro", "--target", WASM, "--package", "client"]);
    cargo.args(["--prefix", "depth", "--format", " {p}"]).current_dir(&place.root);
    let tree = run::hushed(&mut cargo)?;
    *note = format!("{} lines", tree.lines().count());
    let found = intruders(&tree)?;
    if found.is_empty() { Ok(()) } else { fail(format!("not for the WebAssembly half: {}", found.join(", "))) }
}

/// Reads `cargo tree --prefix depth`: `2 regex v1.12.0` is a dependency of the nearest line above with depth 1.
fn intruders(tree: &str) -> Result<Vec<String>> {
    let mut above: Vec<(&str, bool)> = Vec::new();
    let mut found = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let mut words = line.split(' ');
        let depth = words.next().and_then(|depth| depth.parse::<usize>().ok());
        let (Some(depth), Some(name)) = (depth, words.next()) else {
            return fail(format!("cargo tree printed `{line}`"));
        };
        // A package from a registry has no path behind its version.
        let ours = line.contains(" (/");
        above.truncate(depth);
        let parent = above.last().copied();
        let unwanted = NEVER.contains(&name) || NOT_OURS.contains(&name) && parent.is_some_and(|(_, ours)| ours);
        if unwanted {
            let named = format!("{name} (by {})", parent.map_or("nobody", |(parent, _)| parent));
            if !found.contains(&named) {
                found.push(named);
            }
        }
        above.push((name, ours));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_are_refused_anywhere_and_some_only_from_us() {
        let tree = "0 client v0.1.0 (/w/app/client)\n\
            1 app v0.1.0 (/w/app)\n\
            2 leptos v0.8.23\n\
            3 regex v1.12.0\n\
            3 tokio v1.0.0\n\
            2 url v2.5.0\n\
            1 leptos v0.8.23 (*)\n";
        assert_eq!(intruders(tree).unwrap(), ["tokio (by leptos)", "url (by app)"]);
    }

    #[test]
    fn similar_names_are_other_crates() {
        let tree = "0 client v0.1.0 (/w/app/client)\n1 regex-syntax v0.8.0\n1 runtime v0.1.0\n";
        assert!(intruders(tree).unwrap().is_empty());
    }

    #[test]
    fn a_form_we_cannot_read_is_no_pass() {
        assert!(intruders("├── tokio v1.0.0").is_err());
    }
}
