//! `cargo xtask test`: everything CI runs, in the order that fails soonest.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::failure::{Failure, Result, While, fail};
use crate::lint;
use crate::place::Place;
use crate::run;
use crate::server;
use crate::setup::{self, Purpose};
use crate::size;
use crate::step;
use crate::summary::Tally;
use crate::toolchain::Tools;

/// The stages so far, for the table at the end.
#[derive(Default)]
struct Stages {
    done: Vec<(&'static str, Duration, bool)>,
}

impl Stages {
    fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let started = Instant::now();
        let done = work();
        self.done.push((name, started.elapsed(), done.is_ok()));
        done.map_err(|failure| Failure::new(format!("stage `{name}`: {failure}")))
    }

    fn table(&self) -> String {
        let mut text = String::new();
        for (name, took, good) in &self.done {
            let outcome = if *good { "ok" } else { "FAILED" };
            text.push_str(&format!("  {name:<14}{:>14}  {outcome}\n", step::seconds(*took)));
        }
        text
    }
}

/// The table and the runners' own numbers, added up, are the last words.
pub fn run(place: &Place, last_words: &mut String) -> Result {
    let mut stages = Stages::default();
    let mut tally = Tally::default();
    let done = all(place, &mut stages, &mut tally);
    *last_words = format!("\n{}\n{tally}\n", stages.table());
    done
}

fn all(place: &Place, stages: &mut Stages, tally: &mut Tally) -> Result {
    let tools = stages.stage("setup", || setup::run(place, Purpose::Test))?;
    stages.stage("lint", || lint::run(place, &tools))?;
    let shouwang = stages.stage("build", || server::build_all(place, &tools, true))?;
    let bin = shouwang.to_string_lossy().into_owned();

    stages.stage("cargo test", || {
        let mut cargo = tools.cargo();
        cargo.args(["test", "--workspace", "--exclude", "client", "--no-fail-fast"]).current_dir(&place.root);
        // The setup has installed what the tests need: none may be skipped for want of an engine.
        cargo.env("SHOUWANG_BIN", &bin).env("SHOUWANG_NO_SKIPS", "1");
        step::loud(&run::shown(&cargo), |_| run::counted(&mut cargo, tally))
    })?;
    if has_script(place, "types")? {
        stages.stage("types", || browser(place, &tools, &["npm", "run", "types"], &bin, SQLITE, tally))?;
    }
    stages.stage("browser", || browser(place, &tools, &PLAYWRIGHT, &bin, SQLITE, tally))?;
    let again = [&PLAYWRIGHT[..], &STORED].concat();
    stages.stage("on PostgreSQL", || browser(place, &tools, &again, &bin, "postgres", tally))?;
    if has_script(place, "lighthouse")? {
        stages.stage("lighthouse", || browser(place, &tools, &["npm", "run", "lighthouse"], &bin, SQLITE, tally))?;
    }
    stages.stage("size", || size::measure(place, &tools, &shouwang))
}

const PLAYWRIGHT: [&str; 3] = ["npx", "playwright", "test"];
/// What the pages that store something are looked at with a second time: to a store it is the same whether there is script. The disk that is
/// full in `outage.spec` is that of SQLite in any case.
const STORED: [&str; 15] = [
    "--project=mobile-noscript",
    "/report.spec",
    "/receipt.spec",
    "/several.spec",
    "/more.spec",
    "/steps.spec",
    "/track.spec",
    "/consent.spec",
    "/desk.spec",
    "/desk.together.spec",
    "/desk.shown.spec",
    "/photo.spec",
    "/told.spec",
    "/verify.spec",
    "/open.spec",
];
const SQLITE: &str = "sqlite";

fn browser(place: &Place, tools: &Tools, words: &[&str], bin: &str, store: &str, tally: &mut Tally) -> Result {
    let [program, args @ ..] = words else { return fail("no command") };
    let mut command = tools.command(program);
    command.args(args).current_dir(place.end2end()).env("SHOUWANG_BIN", bin).env("E2E_STORE", store);
    step::loud(&run::shown(&command), |_| run::counted(&mut command, tally))
}

fn has_script(place: &Place, name: &str) -> Result<bool> {
    let file = place.end2end().join("package.json");
    let text = fs::read_to_string(&file).while_(|| format!("reading {}", file.display()))?;
    let package: Value = serde_json::from_str(&text).while_(|| format!("reading {}", file.display()))?;
    if package.is_object() { Ok(package["scripts"][name].is_string()) } else { fail("package.json holds no object") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_stage_is_named_and_stands_in_the_table() {
        let mut stages = Stages::default();
        stages.stage("setup", || Ok(())).unwrap();
        let failure = stages.stage("lint", || fail::<()>("no")).unwrap_err();
        assert_eq!(failure.to_string(), "stage `lint`: no");
        let table = stages.table();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("  setup") && lines[0].ends_with("ok"));
        assert!(lines[1].starts_with("  lint") && lines[1].ends_with("FAILED"));
    }
}
