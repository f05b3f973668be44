//! Which compiler is used, and how children come to use it.
//!
//! One compiler builds both halves: Leptos hashes island ids with the compiler's own hasher.
//! Ordinarily it is the one that runs this xtask. Where it has no wasm32 standard library and cannot get
//! one, the toolchain that `debian.rs` assembles takes its place for everything we start.
//!
//! `SHOUWANG_TOOLCHAIN=rustup` forbids the fallback, `SHOUWANG_TOOLCHAIN=debian` forces it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::failure::{Result, fail};
use crate::place::Place;
use crate::run;
use crate::step;

pub const WASM: &str = "wasm32-unknown-unknown";

/// The name under which rustup knows the assembled toolchain.
pub const LINKED: &str = "shouwang";

/// The compiler in use.
pub struct Tools {
    prefix: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Any,
    Rustup,
    Debian,
}

impl Tools {
    /// A compiler for both halves; whatever is missing is installed.
    pub fn ready(place: &Place) -> Result<Self> {
        let wish = wish()?;
        let own = Self { prefix: None };
        if wish != Wish::Debian && has_wasm_std(&own.sysroot()?) {
            return Ok(own);
        }
        if wish != Wish::Rustup
            && let Some(prefix) = debian::assembled()?
        {
            return Self { prefix: Some(prefix) }.chosen();
        }
        if wish != Wish::Debian {
            match step::loud(&format!("rustup target add {WASM}"), |_| own.add_target()) {
                Ok(()) => return Ok(own),
                Err(failure) if wish == Wish::Rustup => return Err(failure),
                Err(failure) => step::say(&format!("{failure}; assembling a toolchain from Debian's packages instead")),
            }
        }
        Self { prefix: Some(debian::assemble(place)?) }.chosen()
    }

    pub fn cargo(&self) -> Command {
        self.command("cargo")
    }

    /// Any program, with the chosen compiler in its environment.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        clean(&mut command);
        if let Some(prefix) = &self.prefix {
            match run::which("rustup") {
                Some(_) => command.env("RUSTUP_TOOLCHAIN", LINKED),
                None => in_prefix(&mut command, prefix),
            };
        }
        command
    }

    fn sysroot(&self) -> Result<PathBuf> {
        let printed = run::hushed(self.command("rustc").args(["--print", "sysroot"]))?;
        Ok(PathBuf::from(printed.trim_end()))
    }

    fn add_target(&self) -> Result {
        if run::which("rustup").is_none() {
            return fail(format!("the compiler in use has no standard library for {WASM}, and there is no rustup"));
        }
        run::through(self.command("rustup").args(["target", "add", WASM]))?;
        if has_wasm_std(&self.sysroot()?) { Ok(()) } else { fail(format!("rustup added no {WASM}")) }
    }

    fn chosen(self) -> Result<Self> {
        if let Some(prefix) = &self.prefix {
            step::say(&format!("using the compiler in {}", prefix.display()));
            if run::which("rustup").is_some() {
                run::hushed(Command::new("rustup").args(["toolchain", "link", LINKED]).arg(prefix))?;
            }
            if !has_wasm_std(&self.sysroot()?) {
                return fail(format!(
                    "{} has no standard library for {WASM}: remove it and try again",
                    prefix.display()
                ));
            }
        }
        Ok(self)
    }
}

fn wish() -> Result<Wish> {
    match env::var("SHOUWANG_TOOLCHAIN").as_deref() {
        Err(_) | Ok("") => Ok(Wish::Any),
        Ok("rustup") => Ok(Wish::Rustup),
        Ok("debian") => Ok(Wish::Debian),
        Ok(other) => fail(format!("SHOUWANG_TOOLCHAIN is `{other}`; it may be `rustup` or `debian`")),
    }
}

pub fn has_wasm_std(sysroot: &Path) -> bool {
    let Ok(entries) = fs::read_dir(sysroot.join("lib/rustlib").join(WASM).join("lib")) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

/// What `cargo run` tells xtask about xtask would make a child's build differ from the same build by hand.
fn clean(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let ours = name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        if ours || matches!(name.as_ref(), "CARGO" | "CARGO_BIN_NAME" | "CARGO_PRIMARY_PACKAGE") {
            command.env_remove(name.as_ref());
        }
    }
    // With it, Leptos would look for the WebAssembly under another name than ours.
    command.env_remove("LEPTOS_OUTPUT_NAME");
}

/// The prefix's own programs, as rustup would start them.
pub fn in_prefix<'a>(command: &'a mut Command, prefix: &Path) -> &'a mut Command {
    clean(command);
    command.env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC");
    command.env("PATH", before(&prefix.join("bin"), "PATH"));
    command.env("LD_LIBRARY_PATH", before(&prefix.join("lib"), "LD_LIBRARY_PATH"))
}

fn before(dir: &Path, variable: &str) -> OsString {
    let rest = env::var_os(variable).unwrap_or_default();
    let dirs = [dir.to_path_buf()].into_iter().chain(env::split_paths(&rest));
    env::join_paths(dirs).unwrap_or_else(|_| dir.into())
}
