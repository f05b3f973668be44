//! `shouwang backup`

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use hub::{Clock, SystemClock};

use super::Failure;
use crate::config::data::DataArgs;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write; it must not exist.
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

pub async fn run(args: Args) -> Result<(), Failure> {
    let store = args.data.store().await?;
    // Under another name until it is whole: what carries the right name is a backup.
    let draft = args.file.with_extension("part");
    if args.file.exists() {
        return Err(format!("{} exists already", args.file.display()).into());
    }
    let mut output = BufWriter::new(File::create(&draft)?);
    let backup = store.backup(SystemClock.now(), &mut output).await?;
    output.into_inner()?.sync_all()?;
    std::fs::rename(&draft, &args.file)?;
    store.close().await;
    println!("{} rows, up to position {} of the log", backup.rows, backup.head);
    println!(
        "keep the master key {} apart from it: without that key nobody can read what is sealed",
        args.data.key_file().display()
    );
    Ok(())
}
