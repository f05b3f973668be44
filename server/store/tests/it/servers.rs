//! Several servers on one database.

use futures::future::join_all;
use store::{Store, Taken};

use crate::bench::{Bench, open, within};
use crate::make::{forged_report, gapless, log, places, report};

on_both_engines!([flavor = "multi_thread", worker_threads = 2]
    two_servers_write_at_once_and_a_reader_misses_nothing,
    two_servers_that_get_the_same_report_store_it_once,
    servers_that_start_at_once_on_an_empty_database_all_come_up,
);

const EACH: u64 = 250;
const ALL: usize = 500;

async fn two_servers_write_at_once_and_a_reader_misses_nothing(bench: Bench) {
    let (one, other, reader) = (bench.store().await, bench.store().await, bench.store().await);
    let writing = [(one, 0), (other, EACH)].map(|(server, first)| tokio::spawn(write(server, first)));
    let reading = tokio::spawn(async move {
        let mut read = Vec::new();
        while read.len() < ALL {
            let after = read.last().copied().unwrap_or(0);
            // A position that becomes visible after a later one would be passed over here for good.
            read.extend(reader.events_after(after, 1_000).await.unwrap().iter().map(|event| event.seq));
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        read
    });
    within("writing", join_all(writing)).await;
    assert_eq!(within("reading", reading).await.unwrap(), gapless(ALL));
}

/// Writes some at a time, so that groups of many sizes meet.
async fn write(server: Store, first: u64) {
    let all: Vec<u64> = (first..first + EACH).collect();
    for some in all.chunks(9) {
        let taken = join_all(some.iter().map(|n| server.take_report(report(*n)))).await;
        assert!(taken.into_iter().all(|taken| taken.unwrap() == Taken::New));
    }
}

async fn two_servers_that_get_the_same_report_store_it_once(bench: Bench) {
    let (one, other) = (bench.store().await, bench.store().await);
    // The same reports in opposite order: each server may hold what the other waits for.
    let mut there: Vec<_> = (0..60).map(report).collect();
    there.push(forged_report(3));
    let back: Vec<_> = (0..60).rev().map(report).collect();
    let send = |server: &Store, reports: Vec<store::NewReport>| {
        let server = server.clone();
        tokio::spawn(async move {
            let mut outcomes = Vec::new();
            for report in reports {
                let server = server.clone();
                outcomes.push(tokio::spawn(async move {
                    loop {
                        match server.take_report(report.clone()).await {
                            // Two transactions may have got in each other's way: sending again is safe.
                            Err(error) if error.is_unavailable() => {}
                            outcome => return outcome.unwrap(),
                        }
                    }
                }));
            }
            join_all(outcomes).await.into_iter().map(Result::unwrap).collect::<Vec<_>>()
        })
    };
    let (there, back) = (send(&one, there), send(&other, back));
    let taken = [within("one", there).await.unwrap(), within("other", back).await.unwrap()].concat();
    let of = |kind| taken.iter().filter(|taken| **taken == kind).count();
    assert_eq!((of(Taken::New), of(Taken::New) + of(Taken::Again) + of(Taken::Conflict)), (60, 121));
    assert!(of(Taken::Conflict) >= 1);
    assert_eq!(places(&one).await, gapless(60));
    let mut ids: Vec<_> = log(&one).await.iter().map(|event| event.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 60);
}

async fn servers_that_start_at_once_on_an_empty_database_all_come_up(bench: Bench) {
    let servers = (0..4).map(|_| {
        let place = bench.place.clone();
        tokio::spawn(async move { open(&place).await })
    });
    for (n, server) in join_all(servers).await.into_iter().enumerate() {
        let server = server.unwrap();
        server.ping().await.unwrap();
        assert_eq!(server.take_report(report(n as u64)).await.unwrap(), Taken::New);
    }
}
