//! How a broker is used.

use std::path::PathBuf;
use std::time::Duration;

/// Settings of a [`JetStream`](super::JetStream) feed. The defaults suit a single broker.
#[derive(Clone, Debug)]
pub struct Options {
    /// The stream of events; that of dead letters is called the same with `_DEAD` behind it.
    pub stream: String,
    /// The first token of every subject.
    pub prefix: String,
    /// A `.creds` file.
    pub credentials: Option<PathBuf>,
    /// A PEM file of authorities to trust beside those of the system.
    pub authorities: Option<PathBuf>,
    /// PEM files of our own certificate and its key, for brokers that ask for one.
    pub certificate: Option<(PathBuf, PathBuf)>,
    /// An unanswered delivery comes again after this time.
    pub ack_wait: Duration,
    /// So many deliveries of one consumer may be unanswered at once, over all of its subscriptions.
    pub max_ack_pending: u32,
    /// On how many servers of a cluster the streams lie.
    pub replicas: usize,
    /// How long an event stays in the stream: a consumer that is away for longer misses some.
    pub keep: Duration,
    /// How long one exchange with the broker may take before it counts as unavailable.
    pub timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            stream: "SHOUWANG".to_owned(),
            prefix: "shouwang".to_owned(),
            credentials: None,
            authorities: None,
            certificate: None,
            ack_wait: Duration::from_secs(30),
            max_ack_pending: 4_096,
            replicas: 1,
            keep: Duration::from_secs(30 * 24 * 60 * 60),
            timeout: Duration::from_secs(5),
        }
    }
}
