//! Feeds for tests, one engine like the other, and small helpers to use them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use feed::{Delivery, Feed, InProcess, JetStream, Subscription, in_process, jetstream};
use model::event::Event;
use tokio::time::timeout;
use uuid::Uuid;

use crate::nats::Nats;

/// Longer than anything takes that happens at all.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// An ack-wait that no test lives to see the end of.
pub const LONG: Duration = Duration::from_secs(600);

/// An ack-wait to wait for.
pub const SHORT: Duration = Duration::from_millis(200);

/// The consumers of every test.
pub const CLUSTERER: &str = "clusterer";
pub const COUNTER: &str = "counter";

#[derive(Clone, Copy)]
pub enum Engine {
    InProcess,
    JetStream,
}

/// A feed of one test's own.
pub struct Rig {
    pub feed: Box<dyn Feed>,
    /// Keeps the server running.
    _server: Option<Arc<Nats>>,
}

impl Engine {
    /// None when the engine is not installed.
    pub async fn start(self, ack_wait: Duration) -> Option<Rig> {
        match self {
            Self::InProcess => {
                let options = in_process::Options { ack_wait, ..in_process::Options::default() };
                Some(Rig { feed: Box::new(InProcess::new([CLUSTERER, COUNTER], options)), _server: None })
            }
            Self::JetStream => {
                let server = server()?;
                let options = jetstream::Options { ack_wait, ..options() };
                let feed = JetStream::connect(&server.url(), options).await.unwrap();
                Some(Rig { feed: Box::new(feed), _server: Some(server) })
            }
        }
    }
}

/// The server that tests share which run at the same time: it ends with the last of them.
pub fn server() -> Option<Arc<Nats>> {
    static SERVER: Mutex<Weak<Nats>> = Mutex::new(Weak::new());
    let mut shared = SERVER.lock().unwrap();
    let server = shared.upgrade().or_else(|| Nats::start().map(Arc::new))?;
    *shared = Arc::downgrade(&server);
    Some(server)
}

/// Streams and subjects that no other test of this process uses.
pub fn options() -> jetstream::Options {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let (stream, prefix) = (format!("TEST{number}"), format!("test{number}"));
    jetstream::Options { stream, prefix, ack_wait: LONG, ..jetstream::Options::default() }
}

/// The events number `from` to `to`, that one included.
pub fn events(from: i64, to: i64) -> Vec<Event> {
    let event = |seq| Event {
        seq,
        id: Uuid::from_u128(seq.unsigned_abs().into()),
        kind: "report.received".to_owned(),
        cell: None,
        at: 1_700_000_000_000 + seq,
        body: format!(r#"{{"report":"第{seq}号"}}"#),
    };
    (from..=to).map(event).collect()
}

pub fn numbers(deliveries: &[Delivery]) -> Vec<i64> {
    deliveries.iter().map(|delivery| delivery.event.seq).collect()
}

/// Exactly `count` deliveries, fetched in as many steps as it takes.
pub async fn take(subscription: &mut dyn Subscription, count: usize) -> Vec<Delivery> {
    let mut taken = Vec::new();
    while taken.len() < count {
        let more = timeout(PATIENCE, subscription.fetch(count - taken.len())).await;
        taken.extend(more.expect("nothing came").unwrap());
    }
    taken
}

/// The next delivery.
pub async fn one(subscription: &mut dyn Subscription) -> Delivery {
    take(subscription, 1).await.pop().unwrap()
}

/// What comes until event `number` is at its third attempt. Two ack-waits have passed by then, so what was to come
/// again has come again.
pub async fn until_third_attempt(subscription: &mut dyn Subscription, number: i64) -> Vec<Delivery> {
    let mut seen = Vec::new();
    loop {
        let delivery = one(subscription).await;
        let done = delivery.event.seq == number && delivery.attempt >= 3;
        seen.push(delivery);
        if done {
            return seen;
        }
    }
}
