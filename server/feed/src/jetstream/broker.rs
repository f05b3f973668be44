//! The connection to the broker and the streams on it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::context::ContextBuilder;
use async_nats::jetstream::{Context, stream};
use async_nats::{Client, ConnectOptions, ServerAddr};
use tokio::sync::{Mutex, watch};
use tokio::time::{sleep, timeout};

use super::fault::Fault;
use super::link::{self, Link};
use super::{Options, subject};
use crate::{Cause, FeedError};

/// How long a call waits for a connection that is just being made.
const CONNECT_WAIT: Duration = Duration::from_secs(1);

/// How often, and how far apart, something is made that the broker refuses to make.
const MAKE_TRIES: u32 = 5;
const MAKE_PAUSE: Duration = Duration::from_millis(50);

/// How long an event published again is recognised.
const DUPLICATE_WINDOW: Duration = Duration::from_secs(10 * 60);

/// Dead letters are recognised for longer: they are few, and an outage may lie between two burials of one event.
const DEAD_DUPLICATE_WINDOW: Duration = Duration::from_secs(24 * 60 * 60);

/// So many dead letters are kept per consumer; older ones are dropped.
pub(super) const DEAD_LETTERS: u16 = 10_000;

/// The broker as a feed and its subscriptions use it.
pub(super) struct Broker {
    pub(super) client: Client,
    pub(super) context: Context,
    pub(super) options: Options,
    pub(super) link: watch::Receiver<Link>,
    /// Held while the streams are made, by one for all.
    preparing: Mutex<()>,
    /// The number of the connection on which the streams were last seen; 0 is none.
    prepared: AtomicU64,
    /// When the stream that is there was made, and that of the stream whose publishers know of it; nanoseconds since the epoch.
    made: watch::Sender<(i128, i128)>,
}

impl Broker {
    pub(super) async fn connect(url: &str, options: Options) -> Result<Self, FeedError> {
        let addresses = url.split(',').map(address).collect::<Result<Vec<_>, _>>().map_err(FeedError::Address)?;
        let (sender, link) = watch::channel(Link::default());
        let mut connection = ConnectOptions::new()
            .name("shouwang")
            .retry_on_initial_connect()
            .request_timeout(Some(options.timeout))
            .event_callback(move |event| {
                link::note(&sender, &event);
                std::future::ready(())
            });
        if let Some(path) = &options.credentials {
            connection = connection
                .credentials_file(path)
                .await
                .map_err(|source| FeedError::Credentials { path: path.clone(), source })?;
        }
        if let Some(path) = &options.authorities {
            connection = connection.add_root_certificates(path.clone());
        }
        if let Some((certificate, key)) = &options.certificate {
            connection = connection.add_client_certificate(certificate.clone(), key.clone());
        }
        let client = connection.connect(addresses).await.map_err(|error| FeedError::Address(error.into()))?;
        let context = ContextBuilder::new().timeout(options.timeout).ack_timeout(options.timeout).build(client.clone());
        Ok(Self {
            client,
            context,
            options,
            link,
            preparing: Mutex::new(()),
            prepared: AtomicU64::new(0),
            made: watch::Sender::default(),
        })
    }

    /// Waits a moment for the connection and returns its number.
    pub(super) async fn connected(&self) -> Result<u64, FeedError> {
        let mut link = self.link.clone();
        let up = timeout(CONNECT_WAIT, link.wait_for(|link| link.up)).await;
        let up = up.map_err(|error| FeedError::Unavailable(error.into()))?;
        up.map(|link| link.number).map_err(|error| FeedError::Unavailable(error.into()))
    }

    /// Waits a moment for the connection, and makes sure once per connection that the streams are there.
    /// Returns the number of the connection.
    pub(super) async fn ready(&self) -> Result<u64, FeedError> {
        let number = self.connected().await?;
        if self.prepared.load(Ordering::Acquire) == number {
            return Ok(number);
        }
        let _preparing = self.preparing.lock().await;
        if self.prepared.load(Ordering::Acquire) == number {
            return Ok(number);
        }
        self.stream(self.dead()).await?;
        let made = self.stream(self.events()).await?;
        self.made.send_modify(|(there, _)| *there = made);
        self.prepared.store(number, Ordering::Release);
        Ok(number)
    }

    /// Makes a stream, and tells when it was made. One that is there stays as it is: its operator may have tuned it.
    async fn stream(&self, config: stream::Config) -> Result<i128, FeedError> {
        let made = self.make(|| self.context.get_or_create_stream(config.clone())).await;
        let stream =
            made.map_err(|fault| fault.or(|source| FeedError::Stream { name: config.name.clone(), source }))?;
        Ok(stream.cached_info().created.unix_timestamp_nanos())
    }

    /// The name of what the stream remembers. Who asks knows from now on that it is this stream.
    pub(super) async fn memory(&self) -> Result<String, FeedError> {
        self.ready().await?;
        self.made.send_modify(|(there, known)| *known = *there);
        let (there, _) = *self.made.borrow();
        Ok(format!("{}/{there}", self.options.stream))
    }

    /// An error when the stream is not the one that publishers know of.
    pub(super) fn remembers(&self) -> Result<(), FeedError> {
        match *self.made.borrow() {
            (there, known) if known != 0 && there != known => Err(FeedError::Forgotten),
            _ => Ok(()),
        }
    }

    /// Lets the next call look again whether the streams are there.
    pub(super) fn doubt(&self) {
        self.prepared.store(0, Ordering::Release);
    }

    /// Makes the durable consumer, or brings the one that is there up to date.
    pub(super) async fn prepare_consumer(&self, consumer: &str) -> Result<(), FeedError> {
        let config = pull::Config {
            durable_name: Some(consumer.to_owned()),
            deliver_policy: DeliverPolicy::All,
            ack_policy: AckPolicy::Explicit,
            ack_wait: self.options.ack_wait,
            max_ack_pending: i64::from(self.options.max_ack_pending),
            ..pull::Config::default()
        };
        let made = self.make(|| self.context.create_consumer_on_stream(config.clone(), &self.options.stream)).await;
        made.map_err(|fault| fault.or(|source| FeedError::Subscribe { consumer: consumer.to_owned(), source }))?;
        Ok(())
    }

    /// Does `attempt` once more, and again, when the broker refuses: processes that start together may want to make the
    /// same thing at the same time, and a broker refuses it to all but the first until it is made.
    async fn make<T, E, F>(&self, attempt: impl Fn() -> F) -> Result<T, Fault>
    where
        Fault: From<E>,
        F: Future<Output = Result<T, E>>,
    {
        let mut tries = 0;
        loop {
            tries += 1;
            let made = timeout(self.options.timeout, attempt()).await;
            match made.map_err(|error| Fault::Unreachable(error.into()))?.map_err(Fault::from) {
                Err(Fault::Refused(_)) if tries < MAKE_TRIES => sleep(MAKE_PAUSE).await,
                made => return made,
            }
        }
    }

    pub(super) fn dead_stream(&self) -> String {
        format!("{}_DEAD", self.options.stream)
    }

    /// The subject of a consumer's dead letters, if it may have a consumer of that name.
    pub(super) fn dead_subject(&self, consumer: &str) -> Result<String, FeedError> {
        if !subject::is_name(consumer) {
            return Err(FeedError::Consumer { name: consumer.to_owned() });
        }
        Ok(format!("{}.dead.{consumer}", self.options.prefix))
    }

    fn events(&self) -> stream::Config {
        stream::Config {
            name: self.options.stream.clone(),
            subjects: vec![format!("{}.event.>", self.options.prefix)],
            storage: stream::StorageType::File,
            max_age: self.options.keep,
            duplicate_window: DUPLICATE_WINDOW.min(self.options.keep),
            num_replicas: self.options.replicas,
            ..stream::Config::default()
        }
    }

    fn dead(&self) -> stream::Config {
        stream::Config {
            name: self.dead_stream(),
            subjects: vec![format!("{}.dead.*", self.options.prefix)],
            storage: stream::StorageType::File,
            max_messages_per_subject: i64::from(DEAD_LETTERS),
            duplicate_window: DEAD_DUPLICATE_WINDOW,
            num_replicas: self.options.replicas,
            ..stream::Config::default()
        }
    }
}

fn address(text: &str) -> Result<ServerAddr, Cause> {
    let address: ServerAddr = text.trim().parse()?;
    if address.host().is_empty() { Err("a server has no name".into()) } else { Ok(address) }
}
