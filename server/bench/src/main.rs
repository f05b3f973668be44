//! Measurements of the server as it is shipped, each a subcommand: `cargo xtask bench NAME [-- --quick]`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a bench that cannot go on stops, and tells figures of a few digits"
)]

mod aim;
mod bare;
mod driver;
mod fill;
mod input;
mod intake;
#[path = "../../store/tests/support/missing.rs"]
mod missing;
mod nearby;
mod pages;
#[path = "../../store/tests/support/postgres.rs"]
mod postgres;
mod process;
mod replay;
mod table;

use clap::Parser;

/// Which measurement.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Name {
    /// Durable reports a second, by form and by Open311
    Intake,
    /// Pages a second
    Pages,
    /// The look around a place, and intake beside it, with few reports and with many
    Nearby,
    /// All the real calls posted by Open311, twice: the second time adds none
    Replay,
    /// The yardstick, as a server of its own
    #[value(hide = true)]
    BareServer,
}

#[derive(Parser)]
#[command(name = "bench", about)]
struct Cli {
    name: Name,
    /// A fraction of the work: figures to look at, not to write down
    #[arg(long)]
    quick: bool,
}

fn main() {
    let Cli { name, quick } = Cli::parse();
    if matches!(name, Name::BareServer) {
        return bare::serve();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match name {
        Name::Intake => runtime.block_on(intake::bench(quick)),
        Name::Pages => runtime.block_on(pages::bench(if quick { 4_000 } else { 24_000 })),
        Name::Nearby => runtime.block_on(nearby::bench(quick)),
        Name::Replay => runtime.block_on(replay::bench(quick)),
        Name::BareServer => {}
    }
}

/// The machine, for the head of a table.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        cpuinfo.lines().find_map(|line| line.strip_prefix("model name")).and_then(|line| line.split(':').nth(1));
    format!("{} × {}, load driver included", cores, model.unwrap_or("unknown").trim())
}

/// A folder on the disk that the build is on: a temporary file system would make every commit free.
fn folder() -> tempfile::TempDir {
    let target = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    tempfile::Builder::new().prefix("bench-").tempdir_in(target).unwrap()
}
