//! The subcommands, run to their end.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use super::portal::shouwang;

/// What a command left behind.
#[derive(Debug)]
pub struct Done {
    pub good: bool,
    pub output: String,
    /// Standard error.
    pub words: String,
}

/// Runs a command to its end, however it ends.
pub fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Done {
    let output = shouwang().args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let done = Done { good: output.status.success(), output: text(output.stdout), words: text(output.stderr) };
    assert!(!done.words.contains("panicked"), "{}", done.words);
    done
}

/// Runs a command that must succeed, and gives what it printed.
pub fn good<S: AsRef<OsStr>>(arguments: &[S]) -> String {
    let done = run(arguments);
    assert!(done.good, "{}", done.words);
    done.output
}

/// `--data FOLDER` and what else says where the store is.
pub fn at(data: &Path, more: &[&str]) -> Vec<String> {
    let mut arguments = vec!["--data".to_owned(), data.to_str().unwrap().to_owned()];
    arguments.extend(more.iter().map(|word| (*word).to_owned()));
    arguments
}

/// `shouwang export reports`: the rows, by column.
pub fn reports(place: &[String]) -> Vec<BTreeMap<String, String>> {
    let mut arguments = vec!["export".to_owned(), "reports".to_owned()];
    arguments.extend(place.iter().cloned());
    let text = good(&arguments);
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// The keys of all reports that are stored, in order. None stands there twice.
pub fn keys(place: &[String]) -> Vec<String> {
    let mut keys: Vec<String> = reports(place).into_iter().map(|mut row| row.remove("key").unwrap()).collect();
    keys.sort();
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all, "a key is stored twice");
    keys
}

/// `shouwang export counts`: how many reports each category has in each hour.
pub fn counts(place: &[String]) -> BTreeMap<(String, String), u64> {
    let mut arguments = vec!["export".to_owned(), "counts".to_owned()];
    arguments.extend(place.iter().cloned());
    let text = good(&arguments);
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| {
            let (category, hour, reports): (String, String, u64) = row.unwrap();
            ((category, hour), reports)
        })
        .collect()
}

/// All counts together.
pub fn counted(place: &[String]) -> u64 {
    counts(place).values().sum()
}
