//! Marks and counts: every event counts once, however it comes.

use futures::future::join_all;
use model::tally::Slot;
use store::{Applied, Count, Counted, Store};

use crate::bench::{Bench, within};
use crate::make::cell;

on_both_engines!(
    an_event_counts_once_however_often_it_comes,
    events_out_of_order_count_and_the_mark_waits_for_the_gap,
    an_event_twice_in_a_batch_counts_once,
    an_event_that_counts_for_nothing_moves_the_mark,
    consumers_do_not_disturb_each_other,
    a_mark_that_is_moved_never_goes_back,
    a_mark_moved_over_early_events_goes_on_from_there,
    counts_add_up_by_hour_and_by_cell,
);

on_both_engines!([flavor = "multi_thread", worker_threads = 2] two_workers_of_one_consumer_lose_nothing_and_count_nothing_twice);

fn slot(hour: i64) -> Option<Counted> {
    Some(Counted::Report(Slot { category: "12G00".to_owned(), cell: None, hour }))
}

fn events(seqs: impl IntoIterator<Item = i64>) -> Vec<(i64, Option<Counted>)> {
    seqs.into_iter().map(|seq| (seq, slot(1))).collect()
}

async fn counted(store: &Store) -> i64 {
    store.counts_by_hour(0).await.unwrap().iter().map(|count| count.reports).sum()
}

const EARLY: &str = "SELECT COUNT(*) FROM applied";

async fn an_event_counts_once_however_often_it_comes(bench: Bench) {
    let store = bench.store().await;
    assert_eq!(store.cursor("counter").await.unwrap(), 0);
    assert_eq!(store.count("counter", events(1..=3)).await.unwrap(), Applied { new: 3, cursor: 3 });
    assert_eq!(store.count("counter", events(1..=3)).await.unwrap(), Applied { new: 0, cursor: 3 });
    assert_eq!(store.count("counter", events(2..=5)).await.unwrap(), Applied { new: 2, cursor: 5 });
    assert_eq!(store.count("counter", Vec::new()).await.unwrap(), Applied { new: 0, cursor: 5 });
    assert_eq!((store.cursor("counter").await.unwrap(), counted(&store).await), (5, 5));
}

async fn events_out_of_order_count_and_the_mark_waits_for_the_gap(bench: Bench) {
    let store = bench.store().await;
    assert_eq!(store.count("counter", events([5, 3])).await.unwrap(), Applied { new: 2, cursor: 0 });
    assert_eq!((counted(&store).await, bench.number(EARLY).await), (2, 2));
    assert_eq!(store.count("counter", events([3, 6, 1])).await.unwrap(), Applied { new: 2, cursor: 1 });
    assert_eq!(bench.number(EARLY).await, 3, "3, 5 and 6 wait for 2 and 4");
    assert_eq!(store.count("counter", events([2])).await.unwrap(), Applied { new: 1, cursor: 3 });
    assert_eq!(bench.number(EARLY).await, 2);
    assert_eq!(store.count("counter", events([7, 4])).await.unwrap(), Applied { new: 2, cursor: 7 });
    assert_eq!((counted(&store).await, bench.number(EARLY).await), (7, 0));
    assert_eq!(store.count("counter", events([5, 3, 7])).await.unwrap(), Applied { new: 0, cursor: 7 });
    // More at once than one statement takes.
    assert_eq!(store.count("counter", events((9..=300).rev())).await.unwrap(), Applied { new: 292, cursor: 7 });
    assert_eq!(bench.number(EARLY).await, 292);
    assert_eq!(store.count("counter", events([8])).await.unwrap(), Applied { new: 1, cursor: 300 });
    assert_eq!((counted(&store).await, bench.number(EARLY).await), (300, 0));
}

async fn an_event_twice_in_a_batch_counts_once(bench: Bench) {
    let store = bench.store().await;
    let applied = store.count("counter", events([1, 2, 1, 4, 4, 2])).await.unwrap();
    assert_eq!(applied, Applied { new: 3, cursor: 2 });
    assert_eq!((counted(&store).await, bench.number(EARLY).await), (3, 1));
}

async fn an_event_that_counts_for_nothing_moves_the_mark(bench: Bench) {
    let store = bench.store().await;
    let applied = store.count("counter", vec![(1, None), (2, slot(1)), (3, None), (5, None)]).await.unwrap();
    assert_eq!((applied, counted(&store).await), (Applied { new: 4, cursor: 3 }, 1));
    assert_eq!(store.count("counter", vec![(4, None)]).await.unwrap().cursor, 5);
}

async fn consumers_do_not_disturb_each_other(bench: Bench) {
    let store = bench.store().await;
    store.count("counter", events([1, 3])).await.unwrap();
    let applied = store.count("router", vec![(1, None), (2, None), (3, None)]).await.unwrap();
    assert_eq!(applied, Applied { new: 3, cursor: 3 });
    assert_eq!((store.cursor("counter").await.unwrap(), store.cursor("router").await.unwrap()), (1, 3));
    assert_eq!(bench.number(EARLY).await, 1, "what waits for the counter still waits");
}

async fn a_mark_that_is_moved_never_goes_back(bench: Bench) {
    let store = bench.store().await;
    store.advance("relay", 5).await.unwrap();
    store.advance("relay", 3).await.unwrap();
    assert_eq!(store.cursor("relay").await.unwrap(), 5);
    store.advance("relay", 8).await.unwrap();
    assert_eq!(store.cursor("relay").await.unwrap(), 8);
}

async fn a_mark_moved_over_early_events_goes_on_from_there(bench: Bench) {
    let store = bench.store().await;
    store.count("counter", events([5, 12])).await.unwrap();
    store.advance("counter", 10).await.unwrap();
    assert_eq!(store.count("counter", events([11])).await.unwrap(), Applied { new: 1, cursor: 12 });
    assert_eq!(bench.number(EARLY).await, 0);
}

async fn two_workers_of_one_consumer_lose_nothing_and_count_nothing_twice(bench: Bench) {
    const EVENTS: i64 = 400;
    let workers = [bench.store().await, bench.store().await, bench.store().await];
    let working = workers.iter().zip([7, 11, 13]).map(|(worker, stride)| {
        // Each gets every event, in an order of its own: strides that share no factor with the number visit all.
        let order: Vec<i64> = (0..EVENTS).map(|n| n * stride % EVENTS + 1).collect();
        let worker = worker.clone();
        tokio::spawn(async move {
            let mut new = 0;
            for batch in order.chunks(10) {
                new += loop {
                    match worker.count("counter", events(batch.iter().copied())).await {
                        Err(error) if error.is_unavailable() => {}
                        applied => break applied.unwrap().new,
                    }
                };
            }
            new
        })
    });
    let new: usize = within("counting", join_all(working)).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(new, 400);
    assert_eq!((workers[0].cursor("counter").await.unwrap(), counted(&workers[0]).await), (EVENTS, EVENTS));
    assert_eq!(bench.number(EARLY).await, 0);
}

async fn counts_add_up_by_hour_and_by_cell(bench: Bench) {
    let store = bench.store().await;
    let (here, there) = (cell(31.0), cell(32.0));
    let slot = |category: &str, cell, hour| Some(Counted::Report(Slot { category: category.to_owned(), cell, hour }));
    let slots = [
        slot("12G00", Some(here), 10),
        slot("12G00", Some(here), 10),
        slot("12G00", Some(there), 10),
        slot("12G00", None, 10),
        slot("11A01", Some(here), 10),
        slot("12G00", Some(here), 11),
        slot("12G00", Some(there), 9),
    ];
    // In two batches, so that the second adds to what the first wrote.
    let events: Vec<_> = slots.into_iter().enumerate().map(|(n, slot)| (n as i64 + 1, slot)).collect();
    store.count("counter", events[..3].to_vec()).await.unwrap();
    store.count("counter", events[3..].to_vec()).await.unwrap();

    let count = |category: &str, hour, reports| Count {
        slot: Slot { category: category.to_owned(), cell: None, hour },
        reports,
    };
    let recent = [count("11A01", 10, 1), count("12G00", 10, 4), count("12G00", 11, 1)];
    assert_eq!(store.counts_by_hour(10).await.unwrap(), recent);
    assert_eq!(store.counts_by_hour(9).await.unwrap(), [&[count("12G00", 9, 1)], &recent[..]].concat());
    assert_eq!(store.counts_by_hour(12).await.unwrap(), []);

    let by_cell = async |since, until| {
        let mut cells = store.counts_by_cell(since, until).await.unwrap();
        cells.sort_by_key(|(cell, _)| *cell != here);
        cells
    };
    assert_eq!(by_cell([10, 11], 12).await, [(here, [4, 4, 1]), (there, [2, 1, 0])]);
    assert_eq!(
        by_cell([10, 12], 11).await,
        [(here, [3, 3, 0]), (there, [2, 1, 0])],
        "what is of a later hour is not told"
    );
    assert_eq!(by_cell([0, 0], 9).await, []);
}
