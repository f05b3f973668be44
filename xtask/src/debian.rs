//! A toolchain from Debian's packages, for machines that reach no rustup server.
//!
//! Debian 12 has rustc 1.96 with the source of its library, but no wasm32 standard library. It is built
//! here once, in half a minute, into a sysroot of its own: nothing outside that directory is changed.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result, While, fail};
use crate::packages;
use crate::place::Place;
use crate::run;
use crate::step;
use crate::toolchain::{self, WASM};

const PACKAGES: [&str; 6] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rustfmt-web", "lld-19"];
const PROGRAMS: [&str; 7] = ["rustc", "rustdoc", "cargo", "cargo-clippy", "clippy-driver", "cargo-fmt", "rustfmt"];
const LLD: &str = "/usr/lib/llvm-19/bin/lld";

/// The crate that is built only for what it depends on.
const EMPTY: &str = "shouwang_empty";

/// The prefix of an earlier run, if it belongs to the packages that are installed now.
pub fn assembled() -> Result<Option<PathBuf>> {
    let Some(version) = packages::version("rustc-web") else { return Ok(None) };
    let prefix = prefix(&version)?;
    Ok(toolchain::has_wasm_std(&prefix).then_some(prefix))
}

pub fn assemble(place: &Place) -> Result<PathBuf> {
    packages::install(&PACKAGES)?;
    let Some(version) = packages::version("rustc-web") else { return fail("rustc-web is not installed") };
    let prefix = prefix(&version)?;
    if toolchain::has_wasm_std(&prefix) {
        return Ok(prefix);
    }
    let new = PathBuf::from(format!("{}.new", prefix.display()));
    let _ = fs::remove_dir_all(&new);
    let _ = fs::remove_dir_all(&prefix);
    let host = step::quiet(&format!("assemble rustc {version}"), |_| gather(&new))?;
    step::loud(&format!("build the standard library for {WASM}"), |_| {
        let libraries = build_std(&new, &place.cache().join("std"))?;
        install_std(&libraries, &new)
    })?;
    fs::rename(&new, &prefix).while_(|| format!("naming {}", prefix.display()))?;
    step::say(&format!("toolchain for {host} and {WASM} in {}", prefix.display()));
    Ok(prefix)
}

/// `~/.cache/shouwang/rust-1.96.0-dfsg1-1-deb12u2`
fn prefix(version: &str) -> Result<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|dir| dir.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or_else(|| Failure::new("no home directory to keep the toolchain in"))?;
    let plain: String = version.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    Ok(cache.join("shouwang").join(format!("rust-{plain}")))
}

/// Compiler, programs and host library. The compiler takes for its sysroot the directory its library lies in,
/// so that one is linked or copied, never pointed to.
fn gather(new: &Path) -> Result<String> {
    let lib = new.join("lib");
    let host = host()?;
    fs::create_dir_all(new.join("bin"))?;
    fs::create_dir_all(lib.join("rustlib").join(&host).join("bin"))?;
    for program in PROGRAMS {
        link_or_copy(&Path::new("/usr/bin").join(program), &new.join("bin").join(program))?;
    }
    let mut drivers = 0;
    for dir in ["/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"] {
        let Ok(entries) = fs::read_dir(dir) else { continue };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with("librustc_driver-") {
                link_or_copy(&entry.path(), &lib.join(entry.file_name()))?;
                drivers += 1;
            }
        }
    }
    if drivers != 1 {
        return fail(format!("expected one librustc_driver, found {drivers}"));
    }
    let theirs = Path::new("/usr/lib/rustlib");
    symlink(theirs.join("src"), lib.join("rustlib/src"))?;
    symlink(theirs.join(&host).join("lib"), lib.join("rustlib").join(&host).join("lib"))?;
    symlink(LLD, lib.join("rustlib").join(&host).join("bin/rust-lld"))?;
    Ok(host)
}

fn host() -> Result<String> {
    let said = run::hushed(Command::new("/usr/bin/rustc").arg("-vV").env_remove("LD_LIBRARY_PATH"))?;
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc -vV names no host"))
}

fn link_or_copy(from: &Path, to: &Path) -> Result {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)).while_(|| format!("copying {}", from.display()))
}

fn build_std(prefix: &Path, work: &Path) -> Result<PathBuf> {
    let _ = fs::remove_dir_all(work);
    fs::create_dir_all(work.join("src"))?;
    let manifest = format!("[package]\nname = \"{EMPTY}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n");
    fs::write(work.join("Cargo.toml"), manifest)?;
    fs::write(work.join("src/lib.rs"), "")?;
    let target = work.join("target");
    let mut cargo = Command::new(prefix.join("bin/cargo"));
    toolchain::in_prefix(&mut cargo, prefix)
        .current_dir(work)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC_BOOTSTRAP", "1")
        // Without it the standard library would take no part in link-time optimisation.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .args(["build", "--release", "-Zbuild-std=std,panic_abort,proc_macro", "--target", WASM]);
    run::through(&mut cargo)?;
    Ok(target.join(WASM).join("release/deps"))
}

fn install_std(libraries: &Path, prefix: &Path) -> Result {
    let own = format!("lib{EMPTY}-");
    let to = prefix.join("lib/rustlib").join(WASM).join("lib");
    fs::create_dir_all(&to)?;
    let found: Vec<fs::DirEntry> = fs::read_dir(libraries)?.collect::<io::Result<_>>()?;
    for entry in found {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with(&own) {
            fs::copy(entry.path(), to.join(&name))?;
        }
    }
    if toolchain::has_wasm_std(prefix) { Ok(()) } else { fail("the build left no standard library") }
}
