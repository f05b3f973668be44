//! `shouwang restore`

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use super::Failure;
use crate::config::data::DataArgs;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup.
    file: PathBuf,
    /// Put it in place of what the store holds. Without this the store must hold no reports.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    data: DataArgs,
}

pub async fn run(args: Args) -> Result<(), Failure> {
    let mut input =
        BufReader::new(File::open(&args.file).map_err(|error| format!("{}: {error}", args.file.display()))?);
    let store = args.data.store().await?;
    let backup = store.restore(&mut input, args.replace).await?;
    store.close().await;
    println!("{} rows, up to position {} of the log", backup.rows, backup.head);
    Ok(())
}
