//! `shouwang migrate`

use super::Failure;
use crate::config::data::DataArgs;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: DataArgs,
}

pub async fn run(args: Args) -> Result<(), Failure> {
    let store = args.data.store().await?;
    println!("the schema is of version {}", store.schema().await?);
    store.close().await;
    Ok(())
}
