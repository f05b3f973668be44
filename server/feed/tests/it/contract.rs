//! What every engine promises. Each case runs on each of them.

use std::collections::BTreeSet;
use std::time::Duration;

use feed::{Content, Feed, FeedError, Subscription};
use tokio::time::timeout;

use crate::engine::{
    CLUSTERER, COUNTER, Engine, LONG, PATIENCE, SHORT, events, numbers, one, take, until_third_attempt,
};

macro_rules! contract {
    ($($case:ident),+ $(,)?) => {
        mod in_process {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(super::Engine::InProcess).await;
            })+
        }
        mod jetstream {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(super::Engine::JetStream).await;
            })+
        }
    };
}

contract!(
    one_subscription_gets_everything_in_order,
    every_consumer_gets_everything,
    subscriptions_of_one_consumer_share,
    an_id_published_twice_is_delivered_once,
    what_is_not_acknowledged_comes_again,
    what_is_acknowledged_never_comes_again,
    what_a_dropped_subscription_held_comes_again,
    a_retry_comes_again,
    a_retry_waits_for_its_delay,
    what_is_buried_never_comes_again,
    dead_letters_are_listed_newest_first_to_a_limit,
    events_wait_for_a_consumer_that_is_away,
    a_dropped_fetch_loses_nothing,
    an_event_is_carried_unchanged,
    a_name_that_cannot_be_one_is_refused,
    a_delivery_of_another_feed_is_refused,
    a_feed_that_works_is_healthy,
);

async fn subscribe(feed: &dyn Feed, consumer: &str) -> Box<dyn Subscription> {
    feed.subscribe(consumer).await.unwrap()
}

async fn one_subscription_gets_everything_in_order(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 1_500)).await.unwrap();
    rig.feed.publish(&events(1_501, 3_000)).await.unwrap();

    let taken = take(&mut *subscription, 3_000).await;
    assert_eq!(numbers(&taken), (1..=3_000).collect::<Vec<_>>());
    assert!(taken.iter().all(|delivery| delivery.attempt == 1));
    subscription.ack(taken).await.unwrap();
}

async fn every_consumer_gets_everything(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    let mut clusterer = subscribe(&*rig.feed, CLUSTERER).await;
    let mut counter = subscribe(&*rig.feed, COUNTER).await;
    rig.feed.publish(&events(1, 5)).await.unwrap();

    for subscription in [&mut clusterer, &mut counter] {
        let taken = take(&mut **subscription, 5).await;
        assert_eq!(numbers(&taken), [1, 2, 3, 4, 5]);
        subscription.ack(taken).await.unwrap();
    }
}

async fn subscriptions_of_one_consumer_share(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    let mut first = subscribe(&*rig.feed, CLUSTERER).await;
    let mut second = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 10)).await.unwrap();

    let held = take(&mut *first, 4).await;
    let rest = take(&mut *second, 6).await;
    assert_eq!((numbers(&held), numbers(&rest)), ((1..=4).collect(), (5..=10).collect()));

    // A worker that is busy keeps nothing from one that is not.
    rig.feed.publish(&events(11, 12)).await.unwrap();
    assert_eq!(numbers(&take(&mut *second, 2).await), [11, 12]);
}

async fn an_id_published_twice_is_delivered_once(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    for batch in [events(1, 2), events(1, 2), [events(2, 3), events(3, 3)].concat()] {
        rig.feed.publish(&batch).await.unwrap();
    }
    assert_eq!(numbers(&take(&mut *subscription, 3).await), [1, 2, 3]);

    // Not even after they are done.
    rig.feed.publish(&events(1, 4)).await.unwrap();
    assert_eq!(numbers(&take(&mut *subscription, 1).await), [4]);
}

async fn what_is_not_acknowledged_comes_again(engine: Engine) {
    let Some(rig) = engine.start(SHORT).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 1)).await.unwrap();

    for attempt in 1..=3 {
        let delivery = one(&mut *subscription).await;
        assert_eq!((delivery.event.seq, delivery.attempt), (1, attempt));
    }
}

async fn what_is_acknowledged_never_comes_again(engine: Engine) {
    let Some(rig) = engine.start(SHORT).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 4)).await.unwrap();
    let mut taken = take(&mut *subscription, 4).await;
    taken.truncate(3);
    subscription.ack(taken).await.unwrap();

    let seen = until_third_attempt(&mut *subscription, 4).await;
    assert!(numbers(&seen).iter().all(|&number| number == 4), "{seen:?}");
}

async fn what_a_dropped_subscription_held_comes_again(engine: Engine) {
    let Some(rig) = engine.start(SHORT).await else { return };
    let mut first = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 2)).await.unwrap();
    take(&mut *first, 2).await;
    drop(first);

    let mut second = subscribe(&*rig.feed, CLUSTERER).await;
    let again = take(&mut *second, 2).await;
    assert_eq!(numbers(&again), [1, 2]);
    assert!(again.iter().all(|delivery| delivery.attempt == 2));
}

async fn a_retry_comes_again(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 1)).await.unwrap();

    for (attempt, after) in [(1, Duration::ZERO), (2, Duration::from_millis(50)), (3, Duration::ZERO)] {
        let delivery = one(&mut *subscription).await;
        assert_eq!((delivery.event.seq, delivery.attempt), (1, attempt));
        subscription.retry(delivery, after).await.unwrap();
    }
}

async fn a_retry_waits_for_its_delay(engine: Engine) {
    let Some(rig) = engine.start(SHORT).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 2)).await.unwrap();
    let mut taken = take(&mut *subscription, 2).await.into_iter();
    subscription.retry(taken.next().unwrap(), LONG).await.unwrap();

    let seen = until_third_attempt(&mut *subscription, 2).await;
    assert!(numbers(&seen).iter().all(|&number| number == 2), "{seen:?}");
}

async fn what_is_buried_never_comes_again(engine: Engine) {
    let Some(rig) = engine.start(SHORT).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 2)).await.unwrap();
    let mut taken = take(&mut *subscription, 2).await.into_iter();
    subscription.bury(taken.next().unwrap(), "无此事件\r\nX: no such incident").await.unwrap();

    let seen = until_third_attempt(&mut *subscription, 2).await;
    assert!(numbers(&seen).iter().all(|&number| number == 2), "{seen:?}");

    let letters = rig.feed.dead_letters(CLUSTERER, 10).await.unwrap();
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(letter.content, Content::Event(events(1, 1).remove(0)));
    assert_eq!((letter.reason.as_str(), letter.attempt), ("无此事件  X: no such incident", 1));
    assert_eq!(rig.feed.dead_letters(COUNTER, 10).await.unwrap(), []);
}

async fn dead_letters_are_listed_newest_first_to_a_limit(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    rig.feed.publish(&events(1, 3)).await.unwrap();
    for delivery in take(&mut *subscription, 3).await {
        let reason = format!("reason {}", delivery.event.seq);
        subscription.bury(delivery, &reason).await.unwrap();
    }
    for (limit, expected) in [(0, vec![]), (2, vec!["reason 3", "reason 2"])] {
        let letters = rig.feed.dead_letters(CLUSTERER, limit).await.unwrap();
        assert_eq!(letters.iter().map(|letter| letter.reason.as_str()).collect::<Vec<_>>(), expected);
    }
}

async fn events_wait_for_a_consumer_that_is_away(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    rig.feed.publish(&events(1, 2)).await.unwrap();
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    let taken = take(&mut *subscription, 2).await;
    assert_eq!(numbers(&taken), [1, 2]);
    subscription.ack(taken).await.unwrap();
    drop(subscription);

    rig.feed.publish(&events(3, 4)).await.unwrap();
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    assert_eq!(numbers(&take(&mut *subscription, 2).await), [3, 4]);
}

async fn a_dropped_fetch_loses_nothing(engine: Engine) {
    const COUNT: i64 = 200;
    let Some(rig) = engine.start(LONG).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    let publish = async {
        for event in events(1, COUNT) {
            rig.feed.publish(&[event]).await.unwrap();
        }
    };
    // With this ack-wait, what a dropped fetch took along would not be seen again.
    let fetch = async {
        let mut seen = BTreeSet::new();
        for round in (0..=u8::MAX).cycle() {
            let max = 1 + usize::from(round % 7);
            if let Ok(taken) =
                timeout(Duration::from_micros(u64::from(round % 40) * 100), subscription.fetch(max)).await
            {
                let taken = numbers(&taken.unwrap());
                assert!((1..=max).contains(&taken.len()));
                seen.extend(taken);
            }
            if seen.len() == 200 {
                break;
            }
        }
        seen
    };
    let ((), seen) = timeout(PATIENCE, async { tokio::join!(publish, fetch) }).await.expect("events were lost");
    assert_eq!(seen, (1..=COUNT).collect());
}

async fn an_event_is_carried_unchanged(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    let position = model::position::Position::new(31.2304, 121.4737).unwrap();
    let mut published = events(1, 2);
    published[0].cell = Some(model::cell::Cell::at(position));
    published[0].kind = "a kind * that > is no..subject 报".to_owned();
    published[0].seq = i64::MAX;
    published[1].kind = String::new();
    published[1].body = "x".repeat(100_000);
    rig.feed.publish(&published).await.unwrap();

    let taken: Vec<_> = take(&mut *subscription, 2).await.iter().map(|taken| (*taken.event).clone()).collect();
    assert_eq!(taken, published);
}

async fn a_name_that_cannot_be_one_is_refused(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    for name in ["", "a.b", "a b", ">"] {
        assert!(matches!(rig.feed.subscribe(name).await, Err(FeedError::Consumer { .. })));
        assert!(matches!(rig.feed.dead_letters(name, 1).await, Err(FeedError::Consumer { .. })));
    }
}

async fn a_delivery_of_another_feed_is_refused(engine: Engine) {
    let other = match engine {
        Engine::InProcess => Engine::JetStream,
        Engine::JetStream => Engine::InProcess,
    };
    let (Some(rig), Some(other)) = (engine.start(LONG).await, other.start(LONG).await) else { return };
    let mut subscription = subscribe(&*rig.feed, CLUSTERER).await;
    let mut foreign = subscribe(&*other.feed, CLUSTERER).await;
    other.feed.publish(&events(1, 3)).await.unwrap();

    let mut taken = take(&mut *foreign, 3).await.into_iter();
    let mut next = || taken.next().unwrap();
    assert!(matches!(subscription.ack(vec![next()]).await, Err(FeedError::Foreign)));
    assert!(matches!(subscription.retry(next(), Duration::ZERO).await, Err(FeedError::Foreign)));
    assert!(matches!(subscription.bury(next(), "").await, Err(FeedError::Foreign)));
}

async fn a_feed_that_works_is_healthy(engine: Engine) {
    let Some(rig) = engine.start(LONG).await else { return };
    rig.feed.health().await.unwrap();
}
