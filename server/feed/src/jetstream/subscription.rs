//! One worker at a durable consumer.

use std::error::Error;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::consumer::pull::BatchConfig;
use async_nats::jetstream::{self, AckKind};
use async_nats::{Message, Subject, Subscriber};
use async_trait::async_trait;
use futures::StreamExt;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tracing::{debug, warn};

use super::broker::Broker;
use super::dead::{self, Burial};
use super::link::Link;
use super::{answer, subject};
use crate::delivery::Token;
use crate::{Delivery, FeedError, Subscription};

/// How long the broker holds a request that it cannot answer yet.
const EXPIRES: Duration = Duration::from_secs(30);

/// The broker shows this often that it still holds a request.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// After this silence the request counts as forgotten.
const SILENCE: Duration = Duration::from_secs(5);

/// When something has come, this much longer is waited for what comes with it, unless the broker says that it was all.
const LULL: Duration = Duration::from_millis(20);

/// More are not asked for at once: it is well under what the client holds for a subscription before it drops messages.
const MOST: usize = 4_096;

/// The wait before the next request when one was turned away: other workers may have taken all that there is.
const PAUSE: Duration = Duration::from_millis(50);

/// A share in the work of one consumer.
///
/// Nothing is asked for in advance: a request stands only while `fetch` waits, so a worker that is busy keeps no event
/// from one that is not. All state of a `fetch` is kept here and none in its future, which makes it cancellation safe.
pub(super) struct Share {
    broker: Arc<Broker>,
    consumer: String,
    /// Requests are answered to `<inbox>.<number>`.
    inbox: String,
    arrivals: Subscriber,
    link: watch::Receiver<Link>,
    requests: u64,
    request: Option<Request>,
    received: Vec<Delivery>,
    /// The last request was turned away.
    pause: bool,
    /// The connection on which the consumer was last known to be there; 0 is none.
    known: u64,
}

/// What the broker was asked for.
struct Request {
    inbox: Subject,
    /// On which connection.
    link: u64,
    /// So many messages may still come.
    left: usize,
    answered: bool,
    /// When the broker was last heard of.
    heard: Instant,
}

/// What a subscription waits for.
enum Sign {
    Message(Message),
    /// The connection was lost or is a new one: the broker may not know the request any more.
    Changed,
    Silence,
}

impl Share {
    pub(super) async fn open(broker: Arc<Broker>, consumer: &str) -> Result<Self, FeedError> {
        if !subject::is_name(consumer) {
            return Err(FeedError::Consumer { name: consumer.to_owned() });
        }
        let known = broker.ready().await?;
        broker.prepare_consumer(consumer).await?;
        let inbox = broker.client.new_inbox();
        let arrivals = broker
            .client
            .subscribe(format!("{inbox}.*"))
            .await
            .map_err(|error| FeedError::Unavailable(error.into()))?;
        let link = broker.link.clone();
        let consumer = consumer.to_owned();
        Ok(Self {
            broker,
            consumer,
            inbox,
            arrivals,
            link,
            requests: 0,
            request: None,
            received: Vec::new(),
            pause: false,
            known,
        })
    }

    /// Asks the broker for what there is now, up to `max`, or for the next that comes.
    async fn ask(&mut self, max: usize) -> Result<(), FeedError> {
        if self.pause {
            sleep(PAUSE).await;
            self.pause = false;
        }
        let link = self.broker.ready().await?;
        if self.known != link {
            self.broker.prepare_consumer(&self.consumer).await?;
            self.known = link;
        }
        self.requests += 1;
        let inbox = Subject::from(format!("{}.{}", self.inbox, self.requests));
        let config = BatchConfig {
            batch: max,
            expires: Some(EXPIRES),
            // Together with `expires`: wait for the first message, but not for the request to be filled.
            no_wait: true,
            idle_heartbeat: HEARTBEAT,
            ..BatchConfig::default()
        };
        let config = serde_json::to_vec(&config).map_err(|error| self.failed(error))?;
        let next = format!("$JS.API.CONSUMER.MSG.NEXT.{}.{}", self.broker.options.stream, self.consumer);
        let sent = self.broker.client.publish_with_reply(next, inbox.clone(), config.into());
        let sent = timeout(self.broker.options.timeout, sent).await;
        sent.map_err(|error| FeedError::Unavailable(error.into()))?
            .map_err(|error| FeedError::Unavailable(error.into()))?;
        self.request = Some(Request { inbox, left: max, link, answered: false, heard: Instant::now() });
        Ok(())
    }

    /// Waits for a sign of the broker about a request made on the connection `link`, until `deadline`.
    async fn hear(&mut self, link: u64, deadline: Instant) -> Result<Sign, FeedError> {
        tokio::select! {
            biased;
            message = self.arrivals.next() => {
                message.map(Sign::Message).ok_or_else(|| FeedError::Unavailable("the client has ended".into()))
            }
            _ = self.link.wait_for(|now| !now.up || now.number != link) => Ok(Sign::Changed),
            () = sleep_until(deadline) => Ok(Sign::Silence),
        }
    }

    async fn handle(&mut self, message: Message) -> Result<(), FeedError> {
        match message.status.map(|status| status.as_u16()) {
            None | Some(200) => self.receive(message).await,
            Some(status) => self.note(status, &message)?,
        }
        Ok(())
    }

    async fn receive(&mut self, message: Message) {
        if let Some(request) = &mut self.request {
            request.answered = true;
            request.heard = Instant::now();
            request.left = request.left.saturating_sub(1);
        }
        self.request.take_if(|request| request.left == 0);
        let Some(reply) = message.reply.clone() else { return };
        let message = jetstream::Message { message, context: self.broker.context.clone() };
        let Ok(info) = message.info() else { return };
        let attempt = u32::try_from(info.delivered).unwrap_or(u32::MAX);
        match serde_json::from_slice(&message.payload) {
            Ok(event) => {
                self.received.push(Delivery { event: Arc::new(event), attempt, token: Token::JetStream(reply) });
            }
            Err(error) => {
                let number = info.stream_sequence;
                warn!(consumer = self.consumer, number, %error, "a message is not an event and is buried");
                let burial = Burial {
                    consumer: &self.consumer,
                    id: format!("message-{number}"),
                    payload: message.payload.clone(),
                    reason: &format!("not an event: {error}"),
                    attempt,
                };
                if let Err(error) = dead::bury(&self.broker, burial, reply).await {
                    // No reason to stop the others: it comes again after the ack-wait.
                    warn!(consumer = self.consumer, number, error = &error as &dyn Error, "it could not be buried yet");
                }
            }
        }
    }

    /// Takes note of what the broker says about the request; what it says about an earlier one is of no interest.
    fn note(&mut self, status: u16, message: &Message) -> Result<(), FeedError> {
        let Some(request) = self.request.take_if(|request| request.inbox == message.subject) else { return Ok(()) };
        if status == 100 {
            self.request = Some(Request { heard: Instant::now(), ..request });
            return Ok(());
        }
        self.pause = !request.answered;
        let description = message.description.as_deref().unwrap_or_default();
        match status {
            // No message, or no more.
            404 | 408 => Ok(()),
            409 if description.starts_with("Exceeded MaxRequest") => Err(self.failed(description)),
            // The consumer was deleted or moved, or nobody serves it.
            409 | 503 => {
                self.doubt();
                Ok(())
            }
            _ => Err(self.failed(format!("{status} {description}"))),
        }
    }

    /// Lets the next request look again whether the consumer is there, and its stream.
    fn doubt(&mut self) {
        self.known = 0;
        self.broker.doubt();
    }

    fn failed(&self, source: impl Into<crate::Cause>) -> FeedError {
        FeedError::Fetch { consumer: self.consumer.clone(), source: source.into() }
    }
}

fn reply(delivery: &Delivery) -> Result<Subject, FeedError> {
    match &delivery.token {
        Token::JetStream(reply) => Ok(reply.clone()),
        Token::InProcess(_) => Err(FeedError::Foreign),
    }
}

#[async_trait]
impl Subscription for Share {
    async fn fetch(&mut self, max: usize) -> Result<Vec<Delivery>, FeedError> {
        let max = max.clamp(1, MOST);
        while self.received.is_empty() {
            let Some(request) = &self.request else {
                self.ask(max).await?;
                continue;
            };
            match self.hear(request.link, request.heard + SILENCE).await? {
                Sign::Message(message) => self.handle(message).await?,
                Sign::Changed => self.request = None,
                Sign::Silence => {
                    debug!(consumer = self.consumer, "the broker has forgotten a request");
                    self.request = None;
                    self.doubt();
                }
            }
        }
        while let Some(request) = &self.request
            && self.received.len() < max
        {
            let Ok(Sign::Message(message)) = self.hear(request.link, Instant::now() + LULL).await else { break };
            // An error here would take the place of what has come; if it matters, the next call meets it again.
            if self.handle(message).await.is_err() {
                break;
            }
        }
        let rest = self.received.split_off(max.min(self.received.len()));
        Ok(mem::replace(&mut self.received, rest))
    }

    async fn ack(&mut self, deliveries: Vec<Delivery>) -> Result<(), FeedError> {
        let replies = deliveries.iter().map(reply).collect::<Result<_, _>>()?;
        answer::all(&self.broker, replies, AckKind::Ack).await
    }

    async fn retry(&mut self, delivery: Delivery, after: Duration) -> Result<(), FeedError> {
        let after = Some(after).filter(|after| !after.is_zero());
        answer::all(&self.broker, vec![reply(&delivery)?], AckKind::Nak(after)).await
    }

    async fn bury(&mut self, delivery: Delivery, reason: &str) -> Result<(), FeedError> {
        let reply = reply(&delivery)?;
        let payload = serde_json::to_vec(&*delivery.event)
            .map_err(|error| FeedError::Bury { consumer: self.consumer.clone(), source: error.into() })?;
        let burial = Burial {
            consumer: &self.consumer,
            id: delivery.event.id.to_string(),
            payload: payload.into(),
            reason,
            attempt: delivery.attempt,
        };
        dead::bury(&self.broker, burial, reply).await
    }
}
