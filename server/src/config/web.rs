//! How the server listens, and what it puts up with.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::secret;
use crate::commands::Failure;

#[derive(Clone, Debug, Args)]
pub struct WebArgs {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, env = "SHOUWANG_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Where to serve metrics for Prometheus; without it, nowhere.
    #[arg(long, env = "SHOUWANG_METRICS", value_name = "ADDRESS")]
    pub metrics: Option<SocketAddr>,
    /// How many proxies of ours stand before the server: the client's address is the one that the outermost of them wrote into
    /// X-Forwarded-For. 0 believes no header.
    #[arg(long, env = "SHOUWANG_TRUSTED_PROXIES", default_value_t = 0, value_name = "N")]
    pub trusted_proxies: usize,
    /// Forms one address may post each minute before it is slowed down; 0 never slows. They are slowed, never refused. A report costs its
    /// browser six, and the address of a browser without our cookie three; a report of danger is never slowed.
    #[arg(long, env = "SHOUWANG_POSTS_PER_MINUTE", default_value_t = 60, value_name = "N")]
    pub posts_per_minute: u32,
    /// Pages one address may read each minute before it is asked to wait; 0 never asks.
    #[arg(long, env = "SHOUWANG_READS_PER_MINUTE", default_value_t = 1_200, value_name = "N")]
    pub reads_per_minute: u32,
    /// The largest form, in bytes.
    #[arg(long, env = "SHOUWANG_MOST_BYTES", default_value_t = 262_144, value_name = "BYTES")]
    pub most_bytes: usize,
    /// How long a client may take to send a form, in seconds.
    #[arg(long, env = "SHOUWANG_BODY_SECONDS", default_value_t = 15, value_name = "SECONDS")]
    pub body_seconds: u64,
    /// How long an answer may take, in seconds, once a form has arrived and is no longer held back.
    #[arg(long, env = "SHOUWANG_ANSWER_SECONDS", default_value_t = 20, value_name = "SECONDS")]
    pub answer_seconds: u64,
    /// How long requests may take to finish after a signal to stop, in seconds.
    #[arg(long, env = "SHOUWANG_DRAIN_SECONDS", default_value_t = 10, value_name = "SECONDS")]
    pub drain_seconds: u64,
    /// Connections at a time; more wait to be accepted.
    #[arg(long, env = "SHOUWANG_CONNECTIONS", default_value_t = 4_096, value_name = "N")]
    pub connections: usize,
    /// The name of this place for Open311 clients that send a jurisdiction_id; without it every name is taken for ours.
    #[arg(long, env = "SHOUWANG_JURISDICTION", value_name = "NAME")]
    pub jurisdiction: Option<String>,
    /// Keys that Open311 clients send with reports, with commas between; without them nobody needs one.
    #[arg(long, env = "SHOUWANG_OPEN311_KEYS", value_name = "KEY,…", hide_env_values = true)]
    pub open311_keys: Option<String>,
    /// A file whose first line is these keys.
    #[arg(long, env = "SHOUWANG_OPEN311_KEYS_FILE", value_name = "FILE")]
    pub open311_keys_file: Option<PathBuf>,
    /// Tell browsers to use HTTPS alone from now on: only behind TLS.
    #[arg(long, env = "SHOUWANG_HSTS")]
    pub hsts: bool,
}

impl WebArgs {
    /// The keys of Open311 clients; none when nobody needs one.
    pub fn api_keys(&self) -> Result<Vec<String>, Failure> {
        let Some(keys) = secret::from_either(self.open311_keys.as_deref(), self.open311_keys_file.as_deref())? else {
            return Ok(Vec::new());
        };
        let keys: Vec<String> =
            keys.split(',').map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned).collect();
        // Whoever asks for keys and names none would let everybody in.
        if keys.is_empty() { Err("--open311-keys names no key".into()) } else { Ok(keys) }
    }

    pub fn body_time(&self) -> Duration {
        Duration::from_secs(self.body_seconds)
    }

    pub fn answer_time(&self) -> Duration {
        Duration::from_secs(self.answer_seconds)
    }

    pub fn drain_time(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }
}
