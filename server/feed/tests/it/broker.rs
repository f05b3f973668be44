//! What a broker can do to us: be away, hang, forget, and carry what is not ours.

use std::future::Future;
use std::time::Duration;

use async_nats::jetstream::Context;
use feed::{Content, Feed, FeedError, JetStream, Subscription, jetstream};
use futures::future::join_all;
use tokio::time::{Instant, sleep, timeout};

use crate::engine::{CLUSTERER, LONG, PATIENCE, SHORT, events, numbers, one, options, server, take};
use crate::nats::Nats;

/// Tries until it works.
async fn eventually<T, F: Future<Output = Result<T, FeedError>>>(mut attempt: impl FnMut() -> F) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match attempt().await {
            Ok(value) => return value,
            Err(error) => assert!(Instant::now() < deadline, "{error:?}"),
        }
        sleep(Duration::from_millis(10)).await;
    }
}

/// What comes, with errors taken as the outage that they tell of.
async fn take_through_outage(subscription: &mut dyn Subscription, count: usize) -> Vec<i64> {
    let deadline = Instant::now() + PATIENCE;
    let mut taken = Vec::new();
    while taken.len() < count {
        match timeout(PATIENCE, subscription.fetch(count)).await.expect("nothing came") {
            Ok(deliveries) => {
                taken.extend(numbers(&deliveries));
                let _ = subscription.ack(deliveries).await;
            }
            Err(error) => assert!(Instant::now() < deadline, "{error:?}"),
        }
    }
    taken
}

/// A client of the test's own.
async fn raw(server: &Nats) -> Context {
    async_nats::jetstream::new(async_nats::connect(server.url()).await.unwrap())
}

fn unavailable<T>(result: &Result<T, FeedError>) -> bool {
    matches!(result, Err(FeedError::Unavailable(_)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_goes_and_comes_back_is_used_again() {
    let Some(mut server) = Nats::start() else { return };
    // That nobody is there is known without waiting for an answer.
    let options = jetstream::Options { timeout: LONG, ..options() };
    let feed = JetStream::connect(&server.url(), options).await.unwrap();
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    feed.publish(&events(1, 2)).await.unwrap();
    let first = one(&mut *subscription).await;
    subscription.ack(vec![first]).await.unwrap();
    feed.health().await.unwrap();

    server.kill();
    let down = timeout(PATIENCE, async {
        // While a fetch waits, too: it says so instead of waiting for ever.
        while subscription.fetch(1).await.is_ok() {}
        let batch = events(3, 3);
        tokio::join!(feed.health(), feed.publish(&batch), feed.dead_letters(CLUSTERER, 1))
    });
    let (health, published, listed) = down.await.expect("an outage is noticed");
    assert!(unavailable(&health) && unavailable(&published) && unavailable(&listed));

    server.restart();
    eventually(|| feed.health()).await;
    let batch = events(3, 4);
    eventually(|| feed.publish(&batch)).await;
    assert_eq!(take_through_outage(&mut *subscription, 3).await, [2, 3, 4]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_waiting_fetch_survives_a_restart() {
    let Some(mut server) = Nats::start() else { return };
    let feed = JetStream::connect(&server.url(), options()).await.unwrap();
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    let restart = async {
        server.kill();
        server.restart();
        let batch = events(1, 3);
        eventually(|| feed.publish(&batch)).await;
    };
    let (taken, ()) = tokio::join!(take_through_outage(&mut *subscription, 3), restart);
    assert_eq!(taken, [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_may_start_after_us() {
    let Some(mut server) = Nats::start() else { return };
    server.kill();
    let feed = JetStream::connect(&server.url(), options()).await.unwrap();
    let down = timeout(PATIENCE, async {
        let batch = events(1, 1);
        tokio::join!(feed.health(), feed.publish(&batch), feed.subscribe(CLUSTERER))
    });
    let (health, published, subscribed) = down.await.expect("nothing waits for a broker that is not there");
    assert!(unavailable(&health) && unavailable(&published) && unavailable(&subscribed));

    server.restart();
    let mut subscription = eventually(|| feed.subscribe(CLUSTERER)).await;
    let batch = events(1, 1);
    eventually(|| feed.publish(&batch)).await;
    assert_eq!(numbers(&take(&mut *subscription, 1).await), [1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_hangs_is_not_healthy() {
    let Some(server) = Nats::start() else { return };
    let options = jetstream::Options { timeout: Duration::from_millis(500), ..options() };
    let feed = JetStream::connect(&server.url(), options).await.unwrap();
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    feed.publish(&events(1, 1)).await.unwrap();
    let delivery = one(&mut *subscription).await;

    server.freeze();
    let hung = timeout(PATIENCE, async {
        (feed.publish(&events(2, 2)).await, subscription.ack(vec![delivery]).await, feed.health().await)
    });
    let (published, acknowledged, health) = hung.await.expect("nothing waits for a broker that hangs");
    assert!(unavailable(&health) && unavailable(&published) && unavailable(&acknowledged));

    server.thaw();
    eventually(|| feed.health()).await;
    let batch = events(2, 2);
    eventually(|| feed.publish(&batch)).await;
    assert_eq!(numbers(&take(&mut *subscription, 1).await), [2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_comes_back_empty_is_given_new_streams() {
    let Some(mut server) = Nats::start() else { return };
    let feed = JetStream::connect(&server.url(), options()).await.unwrap();
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    feed.publish(&events(1, 1)).await.unwrap();
    assert_eq!(take_through_outage(&mut *subscription, 1).await, [1]);

    server.kill();
    server.wipe();
    server.restart();
    let batch = events(2, 3);
    eventually(|| feed.publish(&batch)).await;
    assert_eq!(take_through_outage(&mut *subscription, 2).await, [2, 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_was_deleted_is_made_again() {
    let Some(server) = server() else { return };
    let options = options();
    let feed = JetStream::connect(&server.url(), options.clone()).await.unwrap();
    let raw = raw(&server).await;
    feed.publish(&events(1, 1)).await.unwrap();
    raw.delete_stream(&options.stream).await.unwrap();
    let batch = events(2, 2);
    eventually(|| feed.publish(&batch)).await;

    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    assert_eq!(take_through_outage(&mut *subscription, 1).await, [2]);
    let delete = async {
        raw.delete_stream(&options.stream).await.unwrap();
        let batch = events(1, 1);
        eventually(|| feed.publish(&batch)).await;
    };
    let (taken, ()) = tokio::join!(take_through_outage(&mut *subscription, 1), delete);
    assert_eq!(taken, [1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consumer_that_was_deleted_is_made_again() {
    let Some(server) = server() else { return };
    let options = options();
    let feed = JetStream::connect(&server.url(), options.clone()).await.unwrap();
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    let raw = raw(&server).await;
    let delete = async {
        raw.delete_consumer_from_stream(CLUSTERER, &options.stream).await.unwrap();
        feed.publish(&events(1, 1)).await.unwrap();
    };
    let (taken, ()) = tokio::join!(take_through_outage(&mut *subscription, 1), delete);
    assert_eq!(taken, [1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_is_no_event_is_buried() {
    let Some(server) = server() else { return };
    let options = jetstream::Options { ack_wait: SHORT, ..options() };
    let feed = JetStream::connect(&server.url(), options.clone()).await.unwrap();
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    let raw = raw(&server).await;
    let subject = format!("{}.event.report.received.0", options.prefix);
    feed.publish(&events(1, 1)).await.unwrap();
    for noise in ["{\"seq\":", "\u{0}"] {
        raw.publish(subject.clone(), noise.into()).await.unwrap().await.unwrap();
    }
    feed.publish(&events(2, 2)).await.unwrap();

    let taken = take(&mut *subscription, 2).await;
    assert_eq!(numbers(&taken), [1, 2]);
    let letters = feed.dead_letters(CLUSTERER, 10).await.unwrap();
    let contents: Vec<_> = letters.iter().map(|letter| letter.content.clone()).collect();
    assert_eq!(contents, [Content::Undecodable(b"\0".to_vec()), Content::Undecodable(b"{\"seq\":".to_vec())]);
    assert!(letters.iter().all(|letter| letter.reason.starts_with("not an event: ") && letter.attempt == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn burying_twice_leaves_one_letter() {
    let Some(server) = server() else { return };
    let options = jetstream::Options { ack_wait: SHORT, ..options() };
    let feed = JetStream::connect(&server.url(), options).await.unwrap();
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    feed.publish(&events(1, 1)).await.unwrap();
    let (first, second) = (one(&mut *subscription).await, one(&mut *subscription).await);
    for delivery in [first, second] {
        subscription.bury(delivery, "twice").await.unwrap();
    }
    assert_eq!(feed.dead_letters(CLUSTERER, 10).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_start_together_share_one_feed() {
    let Some(server) = server() else { return };
    let join = |options: jetstream::Options| async {
        let feed = JetStream::connect(&server.url(), options).await.unwrap();
        let subscription = feed.subscribe(CLUSTERER).await.unwrap();
        (feed, subscription)
    };
    // Several times, for they do not always start quite together.
    for _ in 0..5 {
        let options = options();
        let mut processes = join_all((0..8).map(|_| join(options.clone()))).await;
        for (feed, _) in &processes {
            feed.publish(&events(1, 16)).await.unwrap();
        }
        let mut taken = Vec::new();
        for (_, subscription) in &mut processes {
            taken.extend(numbers(&take(&mut **subscription, 2).await));
        }
        assert_eq!(taken, (1..=16).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn an_event_too_large_is_refused_by_its_id() {
    let Some(server) = server() else { return };
    let feed = JetStream::connect(&server.url(), options()).await.unwrap();
    let mut batch = events(1, 2);
    batch[1].body = "x".repeat(2_000_000);
    let refused = feed.publish(&batch).await;
    assert!(matches!(refused, Err(FeedError::Publish { id, .. }) if id == batch[1].id), "{refused:?}");
}

#[tokio::test]
async fn what_can_be_told_without_a_broker_is_told_at_once() {
    let connect = |url: &'static str, options| async move { JetStream::connect(url, options).await.map(drop) };
    for url in ["", "http://127.0.0.1:1", "nats://127.0.0.1:1,"] {
        assert!(matches!(connect(url, options()).await, Err(FeedError::Address(_))), "{url:?}");
    }
    let credentials = Some("/nowhere/at.creds".into());
    let missing = connect("nats://127.0.0.1:1", jetstream::Options { credentials, ..options() }).await;
    assert!(matches!(missing, Err(FeedError::Credentials { .. })), "{missing:?}");
}
