//! `shouwang serve`

use std::io::Write;

use hub::{Pipelines, Role};
use tokio::net::TcpListener;

use super::{Failure, told_to_stop};
use crate::config::data::DataArgs;
use crate::config::feed::FeedArgs;
use crate::config::home::HomeArgs;
use crate::config::site::SiteArgs;
use crate::config::tell::TellArgs;
use crate::config::web::WebArgs;
use crate::web::state::AppState;
use crate::{demo, web};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub web: WebArgs,
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub feed: FeedArgs,
    #[command(flatten)]
    pub home: HomeArgs,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub tell: TellArgs,
    /// Fill an empty store with demonstration data of a city that does not exist, and say so on every page.
    #[arg(long, env = "SHOUWANG_DEMO")]
    pub demo: bool,
    /// With --feed: run no consumers here; `shouwang hub` does.
    #[arg(long, env = "SHOUWANG_NO_CONSUMERS")]
    pub no_consumers: bool,
}

impl Args {
    /// Which pipelines run here.
    pub fn role(&self) -> Result<Role, Failure> {
        match (self.no_consumers, self.feed.is_shared()) {
            (false, _) => Ok(Role::Both),
            (true, true) => Ok(Role::Relay),
            (true, false) => Err("--no-consumers needs --feed: nobody else could reach the events".into()),
        }
    }
}

pub async fn run(args: Args) -> Result<(), Failure> {
    let role = args.role()?;
    let hub = args.data.hub(&args.home).await?;
    if args.demo {
        demo::fill(&hub).await?;
    }
    let mut site = args.site.site()?;
    if let Some(telling) = args.tell.telling(site.origin.as_deref())? {
        hub.tell_by(telling);
    }
    site.demo = demo::is_demo(&hub).await?;
    web::assets::dress(&mut site);
    let feed = args.feed.open().await?;
    let pipelines = Pipelines::start(&hub, &feed, role);

    let metrics = web::metrics::start(args.web.metrics)?;
    let listener = TcpListener::bind(args.web.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", args.web.listen))?;
    let address = listener.local_addr()?;
    let state = AppState::new(hub.clone(), feed, site, args.web.clone(), args.data.place()?)?;
    let router = web::router::router(&state);
    announce(&format!("listening on http://{address}"))?;
    if args.demo {
        let origin = state.0.site.origin.clone().unwrap_or_else(|| format!("http://{address}"));
        let link = demo::invite(&hub).await?;
        eprintln!("demonstration: the desk opens once with {origin}/desk/enter/{}", link.text);
    }

    web::listen::serve(listener, router, &state, told_to_stop()).await;
    tracing::info!("stopping: finishing what is under way");
    pipelines.stop().await;
    hub.store().close().await;
    drop(metrics);
    tracing::info!("stopped");
    Ok(())
}

/// The first line on standard output; whoever started us reads it to know the port.
fn announce(line: &str) -> std::io::Result<()> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}
