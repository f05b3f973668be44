//! `fuzz [--minutes N] [TARGET …]`: tries each target for so long, and keeps the first input that each did not bear.
#![expect(clippy::unwrap_used, reason = "what cannot go on stops, and says why")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use fuzz::server::Server;
use fuzz::{Target, Until, drive, local};

#[derive(Parser)]
#[command(name = "fuzz", about = "Tries every parser, and the server, on inputs that nobody wrote")]
struct Cli {
    /// How long each target is tried
    #[arg(long, default_value_t = 1.0, value_name = "N")]
    minutes: f64,
    /// Of the numbers that the inputs are made of; drawn, and printed, without it
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Try this input alone, as an earlier run kept it
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Which targets; without any, all of them
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let server = Server::start();
    let mut targets: Vec<Target> = local();
    targets.extend(server.targets());
    let names: Vec<&str> = targets.iter().map(|target| target.name).collect();
    if let Some(unknown) = cli.targets.iter().find(|name| !names.contains(&name.as_str())) {
        eprintln!("there is no target {unknown}; there are {}", names.join(", "));
        return ExitCode::FAILURE;
    }
    targets.retain(|target| cli.targets.is_empty() || cli.targets.iter().any(|name| name == target.name));
    let good = match &cli.input {
        Some(file) => {
            let input = std::fs::read(file).unwrap();
            targets.iter_mut().all(|target| tell(target.name, drive::one(target, input.clone()).map(|()| 1)))
        }
        None => run(targets, cli.seed, cli.minutes),
    };
    let panics = server.panics();
    panics.iter().for_each(|line| eprintln!("in the server's log: {line}"));
    if good && panics.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Every target in its turn. Whether all of them bore everything.
fn run(mut targets: Vec<Target>, seed: Option<u64>, minutes: f64) -> bool {
    let seed = seed.unwrap_or_else(|| {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).unwrap();
        u64::from_le_bytes(bytes)
    });
    let share = Duration::from_secs_f64(minutes.max(0.0) * 60.0);
    println!("{} targets, {:.0} s each, --seed {seed}", targets.len(), share.as_secs_f64());
    let mut good = true;
    for target in &mut targets {
        let outcome = drive(target, seed, Until::Time(Instant::now() + share));
        good &= tell(target.name, outcome);
    }
    good
}

fn tell(name: &str, outcome: Result<u64, fuzz::Found>) -> bool {
    match outcome {
        Ok(tried) => println!("  {name}: {tried} inputs borne"),
        Err(found) => {
            let shown: String = String::from_utf8_lossy(&found.input).chars().take(500).collect();
            println!("  {name}: NOT BORNE: {}\n    {shown:?}", found.what);
            println!("    kept in {}", found.keep(name).unwrap().display());
            return false;
        }
    }
    true
}
