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

const PAGES: [&str; 7] = ["/", "/report", "/report/several", "/open", "/outbox", "/receipt/verify", "/mine"];
/// What its author sees of a report of danger.
const OWN: [(&str, &str); 4] = [("/receipt/", ""), ("/track/", ""), ("/track/", "/more"), ("/track/", "/consent")];
/// A report of danger; the store is new, so its key may be an old one.
const REPORT: &str = "key=01936b7e-5c00-7abc-8def-0123456789ab&category=12G00&address=3+Mill+Lane&people=2\
    &what=There+is+smoke+on+the+stairs+and+a+smell+of+burning&contact=li.wei%40example.com";
/// One that says not what, not where, and nonsense besides.
const REFUSED: &str = "key=01936b7e-5c00-7abc-8def-0123456789ac&category=&address=&people=many\
    &what=There+is+a+lamp+that+flickers+and+it+has+done+so+for+weeks&contact=li.wei%40example.com";
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

/// A page, and how it is asked for.
struct Page {
    /// Without what is secret in its path.
    name: String,
    path: String,
    form: Option<&'static str>,
    status: u16,
}

/// Every page that is measured, the report's own with the secret that its receipt leads to.
fn every_page(server: &Running) -> Result<Vec<Page>> {
    let sent = fetch::ask(&server.host, "/report", LANGUAGES[0], ENCODINGS[0], Some(REPORT))?;
    let location = sent.location.unwrap_or_default();
    let Some(secret) = location.strip_prefix("/receipt/") else {
        return fail(format!("a report was answered with {} and leads to {location:?}", sent.status));
    };
    let page = |name: String, path: String| Page { name, path, form: None, status: 200 };
    let own = OWN.iter().map(|(before, after)| page(format!("{before}…{after}"), format!("{before}{secret}{after}")));
    let fixed = PAGES.iter().map(|path| page((*path).to_owned(), (*path).to_owned()));
    let refused =
        Page { name: "/report refused".to_owned(), path: "/report".to_owned(), form: Some(REFUSED), status: 422 };
    Ok(fixed.chain(own).chain([refused]).collect())
}

fn pages(server: &Running, script: usize, over: &mut Vec<String>) -> Result {
    let pages = every_page(server)?;
    for language in LANGUAGES {
        for page in &pages {
            for encodings in ENCODINGS {
                let answer = fetch::ask(&server.host, &page.path, language, encodings, page.form)?;
                let what = format!("{} in {language}, {}", page.name, answer.encoding.as_deref().unwrap_or("plain"));
                if answer.status != page.status {
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
