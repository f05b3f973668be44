//! `cargo xtask size`: what people load, against its budget.

use std::path::Path;

use crate::failure::{Result, fail};
use crate::fetch::{self, ENCODINGS};
use crate::files;
use crate::place::Place;
use crate::running::Running;
use crate::server;
use crate::step;
use crate::toolchain::Tools;

/// What reaches a phone in the first round trip of a new connection.
const PAGE: usize = 14_336;
/// All script of a page, brotli.
const SCRIPT: usize = 80 * 1024;
/// Page and script together: the lightest report form there was. An aim, not a limit.
const TOGETHER: usize = 73 * 1024;
/// The idle server. An aim: what counts is measured under load.
const IDLE: u64 = 40 * 1024 * 1024;

const PAGES: [&str; 5] = ["/", "/report", "/open", "/outbox", "/receipt/verify"];
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

pub fn run(place: &Place, tools: &Tools) -> Result {
    let shouwang = server::build_all(place, tools, true)?;
    measure(place, tools, &shouwang)
}

pub fn measure(place: &Place, tools: &Tools, shouwang: &Path) -> Result {
    step::loud("measure pages, script and the idle server", |_| {
        let script = script(&files::read(&place.site().join("pkg"))?);
        let mut over = Vec::new();
        line("script and WebAssembly of a page, brotli", script, SCRIPT, "budget", &mut over);
        // Every page brings the worker along; the page of what waits has scripts of its own, and no WebAssembly.
        let site = files::read(&place.site())?;
        let worker = script_of(&site, |path| path == "sw.js");
        line("  with the service worker", script + worker, SCRIPT, "budget", &mut over);
        line(
            "script of what waits",
            script_of(&site, |path| path.starts_with("offline/")),
            SCRIPT,
            "budget",
            &mut over,
        );
        let server = Running::start(place, tools, shouwang)?;
        pages(&server, script, &mut over).map_err(|failure| server.blamed(&failure))?;
        drop(server);
        if over.is_empty() { Ok(()) } else { fail(format!("over budget:\n  {}", over.join("\n  "))) }
    })
}

fn pages(server: &Running, script: usize, over: &mut Vec<String>) -> Result {
    for language in LANGUAGES {
        for path in PAGES {
            for encodings in ENCODINGS {
                let answer = fetch::get(&server.host, path, language, encodings)?;
                let what = format!("{path} in {language}, {}", answer.encoding.as_deref().unwrap_or("plain"));
                if answer.status != 200 {
                    over.push(format!("{what}: status {}", answer.status));
                } else if answer.encoding.is_none() {
                    over.push(format!("{what}: not compressed"));
                }
                line(&what, answer.bytes, PAGE, "budget", over);
                line("  with script", answer.bytes + script, TOGETHER, "aim", &mut Vec::new());
            }
        }
    }
    let idle = server.memory()?;
    let verdict = if idle > IDLE { "OVER " } else { "" };
    println!("  {:<40}{idle:>12} bytes, {verdict}aim {IDLE}", "idle server, proportional set size");
    Ok(())
}

/// Every script and module of a page with islands, as they go over the wire.
fn script(pkg: &files::Tree) -> usize {
    script_of(pkg, |path| path.ends_with(".js") || path.ends_with(".wasm"))
}

fn script_of(files: &files::Tree, loaded: impl Fn(&str) -> bool) -> usize {
    let packed = |path: &str| path.ends_with(".br") || path.ends_with(".gz");
    files
        .iter()
        .filter(|(path, _)| loaded(path) && !packed(path))
        .map(|(path, bytes)| files.get(&format!("{path}.br")).map_or(bytes.len(), Vec::len))
        .sum()
}

fn line(what: &str, bytes: usize, limit: usize, kind: &str, over: &mut Vec<String>) {
    let verdict = if bytes > limit { "OVER " } else { "" };
    println!("  {what:<40}{bytes:>12} bytes, {verdict}{kind} {limit}");
    if bytes > limit {
        over.push(format!("{what}: {bytes} bytes, {kind} {limit}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_is_counted_as_it_is_sent() {
        let files = [
            ("a.js", 100),
            ("a.js.br", 10),
            ("a.js.gz", 20),
            ("a_bg.wasm", 900),
            ("a_bg.wasm.br", 300),
            ("snippets/x/b.js", 7),
        ];
        let pkg = files.map(|(path, bytes)| (path.to_owned(), vec![0; bytes])).into();
        assert_eq!(script(&pkg), 10 + 300 + 7);
    }

    #[test]
    fn one_byte_over_is_over() {
        let mut over = Vec::new();
        line("page", 10, 10, "budget", &mut over);
        assert!(over.is_empty());
        line("page", 11, 10, "budget", &mut over);
        assert_eq!(over, ["page: 11 bytes, budget 10"]);
    }
}
