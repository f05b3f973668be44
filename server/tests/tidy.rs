//! Keeps the house in order: which crate may import which, what may stand where.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every file of a crate's source, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} has no source");
    found
}

/// The crates of ours that a manifest depends on, tests aside.
fn imports(folder: &str) -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    let ours = ["app", "bench", "feed", "fuzz", "hub", "model", "photo", "server", "store", "xtask"];
    let before_tests = manifest.split("[dev-dependencies]").next().unwrap();
    let names = before_tests.lines().filter_map(|line| line.split([' ', '.', '=']).next());
    names.filter(|name| ours.contains(name)).map(str::to_owned).collect()
}

#[test]
fn imports_run_one_way() {
    let expected: [(&str, &[&str]); 10] = [
        ("app/model", &[]),
        ("server/store", &["model"]),
        ("server/feed", &["model"]),
        ("server/photo", &[]),
        ("server/hub", &["feed", "model", "photo", "store"]),
        ("app", &["hub", "model", "photo"]),
        ("app/client", &["app"]),
        ("server/bench", &["hub", "model", "store"]),
        ("server/fuzz", &["hub", "model", "photo", "store"]),
        ("xtask", &[]),
    ];
    for (folder, allowed) in expected {
        assert_eq!(imports(folder), allowed.iter().map(|name| (*name).to_owned()).collect(), "{folder}");
    }
}

#[test]
fn the_model_only_computes() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::env",
        "std::time::SystemTime",
        "Instant",
        "getrandom",
        "rand::",
        "tokio",
        "async fn",
    ];
    for (path, text) in sources("app/model/src") {
        for word in forbidden {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn sql_stands_in_the_store_alone_and_http_never_in_the_hub() {
    for folder in ["app/src", "app/model/src", "server/src", "server/hub/src", "server/feed/src"] {
        for (path, text) in sources(folder) {
            for word in ["sqlx", "SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"] {
                assert!(!text.contains(word) || text.contains("sqlx=warn"), "{} has {word}", path.display());
            }
        }
    }
    for folder in ["server/hub/src", "server/store/src", "app/model/src"] {
        for (path, text) in sources(folder) {
            for word in ["axum", "hyper", "http::", "StatusCode"] {
                assert!(!text.contains(word), "{} has {word}", path.display());
            }
        }
    }
}

#[test]
fn views_carry_no_styles_and_no_text_of_their_own() {
    for (path, text) in sources("app/src") {
        assert!(!text.contains("style="), "{} has an inline style, which the policy forbids", path.display());
        let in_code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let chinese = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
        let is_test = path.ends_with("tests.rs") || text.contains("#[cfg(test)]");
        let untranslated = in_code.filter(|line| line.contains(chinese)).count();
        assert!(untranslated == 0 || is_test, "{} has untranslated text", path.display());
    }
}

/// What follows a text that begins with a bracket, once that is closed.
fn after_the_bracket(text: &str) -> &str {
    let mut open = 0_i32;
    let closes = text.char_indices().find(|(_, letter)| {
        open += i32::from(*letter == '(') - i32::from(*letter == ')');
        *letter == ')' && open == 0
    });
    closes.map_or("", |(at, _)| &text[at + 1..])
}

/// What is written out at once would be empty where it waits for something: so whatever waits is a page as a whole, and no part of one.
#[test]
fn what_waits_is_a_page_and_no_part_of_one() {
    assert_eq!(after_the_bracket("(a(b)c).still()"), ".still()");
    let routes = fs::read_to_string(root().join("app/src/routes.rs")).unwrap();
    let pages: Vec<&str> = routes.split("view=").skip(1).filter_map(|rest| rest.split(' ').next()).collect();
    let (mut waiting, pages_folder) = (0, root().join("app/src/pages"));
    for (path, text) in sources("app/src") {
        let name = path.display();
        for (at, word) in text.match_indices("Suspend::new") {
            waiting += 1;
            assert!(path.starts_with(&pages_folder), "{name}: a part that waits");
            assert!(!text[..at].ends_with('{'), "{name}: something within a view that waits");
            let next = after_the_bracket(&text[at + word.len()..]).trim_start();
            let next = next.strip_prefix(".into_any()").unwrap_or(next).trim_start();
            assert!(next.starts_with(['}', ',']), "{name}: what waits is not all there is");
        }
        for page in &pages {
            let tags = text.matches(&format!("<{page}/>")).count() + text.matches(&format!("<{page} ")).count();
            assert_eq!(tags, 0, "{name}: the page {page} is a part of another");
        }
    }
    assert!(waiting >= 9 && pages.len() >= 20, "{waiting} that wait, {} pages", pages.len());
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let folders = [
        "app/src",
        "app/client/src",
        "app/model/src",
        "server/src",
        "server/hub/src",
        "server/store/src",
        "server/feed/src",
        "server/photo/src",
        "server/bench/src",
        "server/fuzz/src",
        "xtask/src",
    ];
    for (path, text) in folders.iter().flat_map(|folder| sources(folder)) {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//!") || path.ends_with("tests.rs"),
            "{} does not say what it is for",
            path.display()
        );
    }
}

#[test]
fn migrations_speak_the_language_of_both_engines() {
    for entry in fs::read_dir(root().join("server/store/migrations")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect::<Vec<_>>().join("\n");
        for word in
            ["BLOB", "SERIAL", "AUTOINCREMENT", "JSON", "BOOLEAN", "TIMESTAMP", "DATETIME", "WITHOUT ROWID", "VARCHAR"]
        {
            assert!(!code.to_uppercase().contains(word), "{} has {word}", path.display());
        }
    }
}
