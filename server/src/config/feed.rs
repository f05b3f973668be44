//! What carries the event log onward.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use feed::{Feed, InProcess, JetStream};
use hub::CONSUMERS;

use super::secret;
use crate::commands::Failure;

#[derive(Clone, Debug, Args)]
pub struct FeedArgs {
    /// A NATS server with JetStream by URL, nats://…; without it, events are carried inside the process.
    #[arg(long, env = "SHOUWANG_FEED", value_name = "URL", hide_env_values = true)]
    pub feed: Option<String>,
    /// A file whose first line is the feed's URL.
    #[arg(long, env = "SHOUWANG_FEED_FILE", value_name = "FILE")]
    pub feed_file: Option<PathBuf>,
    /// A NATS credentials file.
    #[arg(long, env = "SHOUWANG_FEED_CREDENTIALS", value_name = "FILE")]
    pub feed_credentials: Option<PathBuf>,
}

impl FeedArgs {
    pub fn url(&self) -> Result<Option<String>, Failure> {
        Ok(secret::from_either(self.feed.as_deref(), self.feed_file.as_deref())?)
    }

    /// Whether other processes can reach it.
    pub fn is_shared(&self) -> bool {
        self.feed.is_some() || self.feed_file.is_some()
    }

    pub async fn open(&self) -> Result<Arc<dyn Feed>, Failure> {
        match self.url()? {
            Some(url) => {
                let options =
                    feed::jetstream::Options { credentials: self.feed_credentials.clone(), ..Default::default() };
                Ok(Arc::new(JetStream::connect(&url, options).await?))
            }
            None => {
                let feed = InProcess::new(CONSUMERS.iter().copied(), feed::in_process::Options::default());
                Ok(Arc::new(feed))
            }
        }
    }
}
