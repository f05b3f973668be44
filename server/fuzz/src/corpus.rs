//! What the mutations begin with: the seeds in `fuzz/corpus`, a folder for each target, which libFuzzer begins with too; and more that only
//! our own driver makes of them.
//!
//! In seeds that are sent to a server, capitals stand for what that server gave: see [`crate::portal`].

use std::path::{Path, PathBuf};

/// How many bytes a picture from beside the project has at most.
const SMALL: u64 = 8 << 10;
/// What the place is in the seed of a report.
const PLACE: &str = "31.2304, 121.4737";

/// Where the seeds of a target are.
pub fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target)
}

/// Everything that a target begins with.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let more = match target {
        "place" | "words" | "headers" => naughty(),
        "report" => reports(),
        "answers" => vec![every_answer()],
        "picture" => pictures(),
        _ => Vec::new(),
    };
    [seeds(target), more].concat()
}

/// The files of a target's folder, in the order of their names.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    read(&folder(target), u64::MAX)
}

fn read(folder: &Path, most: u64) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let fitting = files.filter(|file| file.metadata().is_ok_and(|about| about.is_file() && about.len() < most));
    let mut paths: Vec<PathBuf> = fitting.map(|file| file.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

/// What stands beside the project, where it does.
fn beside(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path)
}

/// The big list of naughty strings.
fn naughty() -> Vec<Vec<u8>> {
    let file = std::fs::read(beside("payloads/blns/blns.json"));
    let strings: Vec<String> = file.ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    strings.into_iter().map(String::into_bytes).collect()
}

/// Small pictures of every kind.
fn pictures() -> Vec<Vec<u8>> {
    read(&beside("images/pillow"), SMALL)
}

/// A report, at every place and with all words.
fn reports() -> Vec<Vec<u8>> {
    let whole = std::fs::read_to_string(folder("report").join("whole")).expect("the seed of a report");
    let at = |place: &Vec<u8>| whole.replace(PLACE, &String::from_utf8_lossy(place)).into_bytes();
    let with = |words: &Vec<u8>| [whole.as_bytes(), "\u{1e}what\u{1f}".as_bytes(), words].concat();
    let places = seeds("place");
    places.iter().map(at).chain(of("words").iter().map(with)).collect()
}

/// An answer to every question there is.
fn every_answer() -> Vec<u8> {
    let mut all = String::new();
    for question in model::question::every() {
        let choice = question.kind.choices().first().map_or("2026-03-01T14:30", |choice| choice.code);
        all.push_str(&format!("{}\u{1f}{choice}\u{1e}", question.code));
    }
    all.into_bytes()
}
