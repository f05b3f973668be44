//! Node modules of `end2end/`: Playwright, axe, Lighthouse, and `wasm-opt`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::failure::{Result, fail};
use crate::place::Place;
use crate::run;
use crate::step;
use crate::toolchain::Tools;

/// Brings `node_modules` up to its lock file; does nothing when it is.
pub fn modules(place: &Place, tools: &Tools) -> Result {
    let dir = place.end2end();
    let lock = dir.join("package-lock.json");
    if !lock.is_file() {
        return fail("end2end/package-lock.json is missing");
    }
    if changed(&dir.join("node_modules/.package-lock.json")) >= changed(&lock) {
        return Ok(());
    }
    if run::which("npm").is_none() {
        return fail("npm is missing; install Node.js 20 or later, on Debian `sudo apt-get install nodejs npm`");
    }
    step::loud("npm ci in end2end", |_| {
        let mut npm = tools.command("npm");
        // Tests use the system's Chromium.
        npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").env("PUPPETEER_SKIP_DOWNLOAD", "1");
        run::through(npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&dir))
    })
}

/// `wasm-opt` of npm's `binaryen`, when it is installed and there is a Node to run it.
pub fn wasm_opt(place: &Place) -> Option<PathBuf> {
    let tool = place.end2end().join("node_modules/.bin/wasm-opt");
    (tool.is_file() && run::which("node").is_some()).then_some(tool)
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|meta| meta.modified()).ok()
}
