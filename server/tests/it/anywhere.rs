//! The binary carries its assets inside: a copy of it is all that a machine needs.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::pages::files;
use crate::support::missing::material;
use crate::support::portal::{Portal, SHOUWANG, program};

/// The binary that is shipped, where the tests know of one.
fn built() -> PathBuf {
    std::env::var_os("SHOUWANG_BIN").map_or_else(|| PathBuf::from(SHOUWANG), PathBuf::from)
}

/// Whether the file holds what `text` begins with.
fn holds(file: &Path, text: &str) -> bool {
    let longest = text.lines().max_by_key(|line| line.len()).unwrap();
    let part: String = longest.chars().take(200).collect();
    let mut grep = Command::new("grep");
    grep.args(["--quiet", "--text", "--fixed-strings", "--regexp", &part]).arg(file).env("LC_ALL", "C");
    grep.status().unwrap().success()
}

#[test]
fn a_copy_of_the_binary_serves_everything_from_any_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (copy, elsewhere) = (folder.path().join("shouwang"), folder.path().join("elsewhere"));
    // By a process of its own: a program that we still hold open for writing, in a child of another test too, does not start.
    assert!(Command::new("cp").arg(built()).arg(&copy).status().unwrap().success());
    std::fs::create_dir(&elsewhere).unwrap();
    let mut command = program(&copy);
    command.current_dir(&elsewhere);
    let portal = Portal::of::<&str>(command, Path::new("data"), &[]);
    let client = portal.client();
    for path in ["/", "/report", "/report/several", "/open", "/mine", "/outbox", "/receipt/verify"] {
        let answer = client.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.page().all("h1").count(), 1, "{path}");
    }
    let left: Vec<_> = std::fs::read_dir(&elsewhere).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["data"], "it needs and leaves nothing else where it was started");

    let page = client.get("/report").page();
    let files = files(&page);
    if !files.iter().any(|file| file.starts_with("/pkg/")) {
        return material("this binary was built without the browser half");
    }
    let style = &page.one("style").text;
    assert!(style.len() > 1_000 && holds(&copy, style), "the style is inside");
    for file in files {
        let answer = client.get(&file);
        assert!(answer.status == 200 && !answer.body.is_empty(), "{file}: {}", answer.status);
        if file.ends_with(".js") || file.ends_with(".svg") {
            assert!(holds(&copy, &answer.text()), "{file} is inside");
        }
    }
}
