//! The bounds of the feed in memory.

use feed::in_process::Options;
use feed::{Content, Feed, FeedError, InProcess};
use tokio::time::timeout;

use crate::engine::{CLUSTERER, COUNTER, LONG, PATIENCE, events, numbers, one, take};

fn feed(consumers: &[&str], pending: usize) -> InProcess {
    let options = Options { pending, dead_letters: 2, ack_wait: LONG, ..Options::default() };
    InProcess::new(consumers.iter().copied(), options)
}

#[tokio::test]
async fn publishing_waits_for_the_slowest_consumer() {
    let feed = feed(&[CLUSTERER, COUNTER], 3);
    let mut quick = feed.subscribe(CLUSTERER).await.unwrap();
    let mut slow = feed.subscribe(COUNTER).await.unwrap();
    let batch = events(1, 5);
    let mut publish = std::pin::pin!(feed.publish(&batch));
    assert!(futures::poll!(&mut publish).is_pending());

    // What was let in can be taken meanwhile; taking alone makes no room.
    let done = take(&mut *quick, 3).await;
    quick.ack(done).await.unwrap();
    let mut held = take(&mut *slow, 3).await;
    assert_eq!(numbers(&held), [1, 2, 3]);
    assert!(futures::poll!(&mut publish).is_pending());

    // Each answer makes room for one.
    slow.bury(held.remove(0), "one place").await.unwrap();
    assert!(futures::poll!(&mut publish).is_pending());
    assert_eq!(numbers(&take(&mut *slow, 1).await), [4]);
    slow.ack(vec![held.remove(0)]).await.unwrap();
    timeout(PATIENCE, publish).await.expect("there is room").unwrap();
    assert_eq!(numbers(&take(&mut *slow, 1).await), [5]);
    assert_eq!(numbers(&take(&mut *quick, 2).await), [4, 5]);
}

#[tokio::test]
async fn a_publish_that_waits_has_woken_the_consumer() {
    let feed = feed(&[CLUSTERER], 3);
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    let consume = async {
        let mut seen = Vec::new();
        while seen.len() < 10 {
            let taken = subscription.fetch(2).await.unwrap();
            seen.extend(numbers(&taken));
            subscription.ack(taken).await.unwrap();
        }
        seen
    };
    let batch = events(1, 10);
    let both = timeout(PATIENCE, async { tokio::join!(consume, feed.publish(&batch)) });
    let (seen, published) = both.await.expect("neither waits for the other");
    published.unwrap();
    assert_eq!(seen, (1..=10).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_publish_that_was_dropped_is_done_again_without_doubles() {
    let feed = feed(&[CLUSTERER], 3);
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    let batch = events(1, 5);
    assert!(futures::poll!(Box::pin(feed.publish(&batch))).is_pending());

    let done = take(&mut *subscription, 3).await;
    assert_eq!(numbers(&done), [1, 2, 3]);
    subscription.ack(done).await.unwrap();
    timeout(PATIENCE, feed.publish(&batch)).await.expect("there is room").unwrap();
    assert_eq!(numbers(&take(&mut *subscription, 2).await), [4, 5]);
}

#[tokio::test]
async fn what_a_dropped_subscription_held_comes_again_at_once() {
    let feed = feed(&[CLUSTERER], 10);
    let mut first = feed.subscribe(CLUSTERER).await.unwrap();
    let mut second = feed.subscribe(CLUSTERER).await.unwrap();
    feed.publish(&events(1, 3)).await.unwrap();
    take(&mut *first, 2).await;
    take(&mut *second, 1).await;

    // The ack-wait is longer than this test, and the other's share is left alone.
    let mut third = feed.subscribe(CLUSTERER).await.unwrap();
    let mut waiting = third.fetch(10);
    assert!(futures::poll!(&mut waiting).is_pending());
    drop(first);
    let again = timeout(PATIENCE, waiting).await.expect("it comes at once").unwrap();
    assert_eq!(
        again.iter().map(|delivery| (delivery.event.seq, delivery.attempt)).collect::<Vec<_>>(),
        [(1, 2), (2, 2)]
    );
}

#[tokio::test]
async fn a_late_answer_settles_but_does_not_disturb() {
    let feed = feed(&[CLUSTERER], 10);
    let mut first = feed.subscribe(CLUSTERER).await.unwrap();
    feed.publish(&events(1, 2)).await.unwrap();
    let mut late = take(&mut *first, 2).await;
    drop(first);

    let mut second = feed.subscribe(CLUSTERER).await.unwrap();
    let mut third = feed.subscribe(CLUSTERER).await.unwrap();
    let held = take(&mut *second, 2).await;
    third.retry(late.remove(0), std::time::Duration::ZERO).await.unwrap();
    third.ack(late).await.unwrap();
    let mut waiting = third.fetch(10);
    assert!(futures::poll!(&mut waiting).is_pending());
    drop((second, held));
    assert_eq!(numbers(&waiting.await.unwrap()), [1]);
}

#[tokio::test]
async fn the_oldest_dead_letters_make_room() {
    let feed = feed(&[CLUSTERER], 10);
    let mut subscription = feed.subscribe(CLUSTERER).await.unwrap();
    feed.publish(&events(1, 3)).await.unwrap();
    for _ in 1..=3 {
        let delivery = one(&mut *subscription).await;
        subscription.bury(delivery, "no use").await.unwrap();
    }
    let kept: Vec<_> =
        feed.dead_letters(CLUSTERER, 10).await.unwrap().into_iter().map(|letter| letter.content).collect();
    assert_eq!(kept, [3, 2].map(|number| Content::Event(events(number, number).remove(0))));
}

#[tokio::test]
async fn a_consumer_that_was_not_declared_is_refused() {
    let feed = feed(&[CLUSTERER], 10);
    assert!(matches!(feed.subscribe(COUNTER).await, Err(FeedError::Consumer { name }) if name == COUNTER));
}
