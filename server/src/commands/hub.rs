//! `shouwang hub`

use hub::{Pipelines, Role};

use super::{Failure, told_to_stop};
use crate::config::data::DataArgs;
use crate::config::feed::FeedArgs;
use crate::config::home::HomeArgs;
use crate::config::site::SiteArgs;
use crate::config::tell::TellArgs;
use crate::web;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    feed: FeedArgs,
    #[command(flatten)]
    home: HomeArgs,
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    tell: TellArgs,
    /// Where to serve metrics for Prometheus; without it, nowhere.
    #[arg(long, env = "SHOUWANG_METRICS", value_name = "ADDRESS")]
    metrics: Option<std::net::SocketAddr>,
}

pub async fn run(args: Args) -> Result<(), Failure> {
    if !args.feed.is_shared() {
        return Err("the hub as a process of its own needs a feed that others can reach: --feed nats://…".into());
    }
    let telling = args.tell.telling(args.site.site()?.origin.as_deref())?;
    let feed = args.feed.open().await?;
    let hub = args.data.hub(&args.home).await?;
    if let Some(telling) = telling {
        hub.tell_by(telling);
    }
    let metrics = web::metrics::start(args.metrics)?;
    let pipelines = Pipelines::start(&hub, &feed, Role::Worker);
    println!("consuming");
    told_to_stop().await;
    pipelines.stop().await;
    hub.store().close().await;
    drop(metrics);
    Ok(())
}
