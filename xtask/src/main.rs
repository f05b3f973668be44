//! The project's chores, each an ordinary command: `cargo xtask build`, `serve`, `test`, …

mod advisories;
mod bench;
mod client;
mod compress;
mod debian;
mod failure;
mod fetch;
mod files;
mod fuzz;
mod glue;
mod licences;
mod lint;
mod manifest;
mod node;
mod packages;
mod place;
mod run;
mod running;
mod serve;
mod server;
mod setup;
mod site;
mod size;
mod spdx;
mod step;
mod style;
mod summary;
mod test;
mod toolchain;

mod wasm_deps;
mod worker;

use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};

use crate::failure::Result;
use crate::place::Place;
use crate::setup::Purpose;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of 守望 Shouwang")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what is missing: the wasm32 target, Node modules, and for tests PostgreSQL, NATS, Chromium and a font
    ///
    /// `SHOUWANG_TOOLCHAIN=debian` takes the compiler from Debian's packages, `rustup` never does; without it,
    /// Debian's is the fallback where rustup cannot get the wasm32 target.
    Setup {
        /// What the machine is to be made ready for
        #[arg(long = "for", value_name = "PURPOSE", default_value = "serve")]
        purpose: Purpose,
    },
    /// Build the WebAssembly half, the style and the server that carries both
    Build {
        /// Optimised, precompressed, as it is shipped
        #[arg(long)]
        release: bool,
    },
    /// Build for release and serve on http://127.0.0.1:3000, data in var/
    Serve {
        /// With invented data to look at
        #[arg(long)]
        demo: bool,
        /// Handed to `shouwang serve`
        #[arg(last = true)]
        rest: Vec<String>,
    },
    /// Format, clippy on both halves, licences, dependencies of the WebAssembly half, advisories
    Lint,
    /// Everything that CI runs; installs what is missing
    Test,
    /// Measure: `intake`, `pages`, `nearby`, `replay`
    Bench {
        name: String,
        /// Handed to the benchmark
        #[arg(last = true)]
        rest: Vec<String>,
    },
    /// Try every parser, and the server, on inputs that nobody wrote; keeps what is not borne
    Fuzz {
        /// How long each target is tried
        #[arg(long, default_value_t = 1.0, value_name = "N")]
        minutes: f64,
        /// Which targets; without any, all of them
        #[arg(value_name = "TARGET")]
        targets: Vec<String>,
        /// Handed to the targets' driver: `--seed NUMBER`, `--input FILE`
        #[arg(last = true)]
        rest: Vec<String>,
    },
    /// Measure pages on the wire, script, and the idle server against their budgets
    Size,
}

fn main() -> ExitCode {
    let started = Instant::now();
    let mut last_words = String::new();
    let done = Place::find().and_then(|place| chore(&place, Cli::parse().chore, &mut last_words));
    match &done {
        Ok(()) => step::total(started.elapsed()),
        Err(failure) => step::failed(failure, started.elapsed()),
    }
    print!("{last_words}");
    if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What is to stand last, whatever happens, goes into `last_words`.
fn chore(place: &Place, chore: Chore, last_words: &mut String) -> Result {
    match chore {
        Chore::Setup { purpose } => setup::run(place, purpose).map(drop),
        Chore::Build { release } => {
            let tools = setup::compiler(place)?;
            server::build_all(place, &tools, release).map(drop)
        }
        Chore::Serve { demo, rest } => serve::run(place, demo, &rest),
        Chore::Lint => lint::run(place, &setup::compiler(place)?),
        Chore::Test => test::run(place, last_words),
        Chore::Bench { name, rest } => bench::run(place, &name, &rest),
        Chore::Fuzz { minutes, targets, rest } => fuzz::run(place, minutes, &rest, &targets),
        Chore::Size => size::run(place, &setup::compiler(place)?),
    }
}
