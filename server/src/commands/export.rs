//! `shouwang export`

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::Failure;
use crate::config::data::DataArgs;
use crate::config::home::HomeArgs;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to write.
    #[arg(value_enum)]
    what: What,
    /// Where to; without it, to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    home: HomeArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// One line a report, nothing that is sealed.
    Reports,
    /// One line for each category and hour.
    Counts,
}

pub async fn run(args: Args) -> Result<(), Failure> {
    let hub = args.data.hub(&args.home).await?;
    let output: Box<dyn Write + Send> = match &args.out {
        Some(file) => Box::new(BufWriter::new(File::create(file)?)),
        None => Box::new(io::stdout()),
    };
    let lines = match args.what {
        What::Reports => hub.export_reports(output).await?,
        What::Counts => hub.export_counts(output).await?,
    };
    hub.store().close().await;
    eprintln!("{lines} lines written");
    Ok(())
}
