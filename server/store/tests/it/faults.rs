//! A database that goes away, and comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Executor, Row};
use store::{Place, Settings, Store, Taken};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::bench::{Bench, at_once, open, until, within};
use crate::make::{gapless, key, places, report};
use crate::postgres::Postgres;

/// A caller hears of a fault within this time, also when nothing at all comes from the database.
const FEW_SECONDS: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_stop_and_the_store_works_again_by_itself() {
    let Some(mut postgres) = Postgres::start() else { return };
    let store = open(&Place::Postgres(postgres.url("postgres"))).await;
    store.take_report(report(0)).await.unwrap();

    // Four writers go on through it, each keeping what was acknowledged.
    let done = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4_u64)
        .map(|writer| {
            let (store, done) = (store.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                let (mut acknowledged, mut refused) = (vec![], 0);
                for n in (writer + 1..).step_by(4) {
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                    match store.take_report(report(n)).await {
                        Ok(_) => acknowledged.push(n),
                        Err(error) => {
                            assert!(error.is_unavailable(), "{error:?}");
                            refused += 1;
                            tokio::time::sleep(Duration::from_millis(5)).await;
                        }
                    }
                }
                (acknowledged, refused)
            })
        })
        .collect();
    let one = &store;
    until("some reports", || async move { one.head().await.unwrap() > 50 }).await;
    postgres.stop();

    let started = Instant::now();
    assert!(store.take_report(report(1_000_000)).await.unwrap_err().is_unavailable());
    assert!(store.head().await.unwrap_err().is_unavailable());
    assert!(store.ping().await.unwrap_err().is_unavailable());
    assert!(started.elapsed() < FEW_SECONDS, "{:?}", started.elapsed());

    postgres.start_again();
    until("the store works again", || async move { one.take_report(report(1_000_001)).await.is_ok() }).await;
    done.store(true, Ordering::Relaxed);
    let mut all = vec![0, 1_000_001];
    for writer in writers {
        let (acknowledged, refused) = within("a writer", writer).await.unwrap();
        assert!(refused > 0, "it was there when the database was not");
        all.extend(acknowledged);
    }
    assert_all_there(&store, &all).await;
}

async fn assert_all_there(store: &Store, acknowledged: &[u64]) {
    for n in acknowledged {
        let row = store.report(key(*n)).await.unwrap().unwrap_or_else(|| panic!("report {n} is gone"));
        assert_eq!(row.told.bytes(), report(*n).told.bytes());
    }
    let places = places(store).await;
    assert_eq!(places, gapless(places.len()));
}

#[tokio::test]
async fn an_idle_store_does_not_notice_a_restart() {
    let Some(mut postgres) = Postgres::start() else { return };
    let store = open(&Place::Postgres(postgres.url("postgres"))).await;
    store.take_report(report(0)).await.unwrap();
    assert_eq!(store.head().await.unwrap(), 1);
    postgres.stop();
    postgres.start_again();
    assert_eq!(store.take_report(report(1)).await.unwrap(), Taken::New);
    assert_eq!(store.head().await.unwrap(), 2);
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_power_cut_whatever_the_database_is_set_to() {
    let Some(mut postgres) = Postgres::start() else { return };
    // Answer before the disk has it, and let it take its time: what PostgreSQL is told here is fast and forgetful.
    postgres.ask("ALTER SYSTEM SET synchronous_commit = off");
    postgres.ask("ALTER SYSTEM SET wal_writer_delay = '10s'");
    postgres.stop();
    postgres.start_again();
    let store = open(&Place::Postgres(postgres.url("postgres"))).await;
    let acknowledged: Vec<u64> = (0..20).collect();
    for n in &acknowledged {
        store.take_report(report(*n)).await.unwrap();
    }
    postgres.crash();
    postgres.start_again();
    assert_all_there(&store, &acknowledged).await;
}

#[tokio::test]
async fn a_network_that_swallows_everything_makes_nobody_wait_for_long() {
    let Some(bench) = Bench::postgres() else { return };
    let (network, place) = Network::before(&bench).await;
    let (store, closing) = (open(&place).await, open(&place).await);
    store.take_report(report(0)).await.unwrap();
    closing.take_report(report(1)).await.unwrap();
    store.head().await.unwrap();

    network.swallow(true);
    let started = Instant::now();
    // More than one group, and more questions than there are readers; and a store that wants to close.
    let writes = at_once((10..300).map(|n| store.take_report(report(n))));
    let questions = at_once((0..12).map(|_| store.head()));
    let readings = at_once((0..12).map(|n| store.report(key(n))));
    let last_writes = at_once((300..600).map(|n| closing.take_report(report(n))));
    let all = async { futures::join!(writes, questions, readings, last_writes, closing.close()) };
    let (writes, questions, readings, last_writes, ()) = within("everybody is told", all).await;
    assert!(writes.into_iter().chain(last_writes).all(|taken| taken.unwrap_err().is_unavailable()));
    assert!(questions.into_iter().all(|head| head.unwrap_err().is_unavailable()));
    assert!(readings.into_iter().all(|report| report.unwrap_err().is_unavailable()));
    assert!(started.elapsed() < FEW_SECONDS, "{:?}", started.elapsed());

    // Once that is known, it does not even take so long; and whoever comes new is told, too.
    let started = Instant::now();
    let (taken, head, looked, opened) = futures::join!(
        store.take_report(report(2)),
        store.head(),
        store.report(key(0)),
        Store::open(Settings { place: place.clone(), readers: 1 }),
    );
    assert!(taken.unwrap_err().is_unavailable());
    assert!(head.unwrap_err().is_unavailable());
    assert!(looked.unwrap_err().is_unavailable());
    assert!(opened.err().unwrap().is_unavailable());
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());

    network.swallow(false);
    let one = &store;
    until("the store works again", || async move { one.take_report(report(2)).await.is_ok() }).await;
    until("and answers", || async move { one.head().await.is_ok() }).await;
    assert_all_there(&store, &[0, 1, 2]).await;
}

#[tokio::test]
async fn a_database_that_takes_no_writes_is_told_of_and_the_store_recovers_by_itself() {
    let Some(bench) = Bench::postgres() else { return };
    let store = bench.store().await;
    store.take_report(report(0)).await.unwrap();
    store.ping().await.unwrap();
    let mut engine = bench.engine().await;
    let name = "SELECT 'ALTER DATABASE ' || current_database()";
    let alter: String = sqlx::query(name).fetch_one(&mut engine).await.unwrap().get(0);
    // New connections are told, so those that there are have to go.
    engine.execute(AssertSqlSafe(format!("{alter} SET default_transaction_read_only = on"))).await.unwrap();
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    engine.execute(others).await.unwrap();
    let left = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    until("this test's own connection alone is left", || async { bench.number(left).await == 1 }).await;

    assert!(store.take_report(report(1)).await.unwrap_err().is_unavailable());
    for _ in 0..2 {
        assert!(store.ping().await.unwrap_err().is_unavailable());
    }
    assert_eq!(store.head().await.unwrap(), 1, "questions are answered all the same");

    engine.execute(AssertSqlSafe(format!("{alter} RESET default_transaction_read_only"))).await.unwrap();
    store.ping().await.unwrap();
    assert_eq!(store.head().await.unwrap(), 1, "to find out, nothing was written");
    assert_eq!(store.take_report(report(1)).await.unwrap(), Taken::New);
}

#[tokio::test]
async fn a_lock_that_somebody_keeps_is_waited_for_only_so_long() {
    let Some(bench) = Bench::postgres() else { return };
    let store = bench.store().await;
    store.take_report(report(0)).await.unwrap();
    let mut other = bench.engine().await;
    other.execute("BEGIN; UPDATE log_head SET seq = seq").await.unwrap();
    let started = Instant::now();
    assert!(store.take_report(report(1)).await.unwrap_err().is_unavailable());
    assert!(started.elapsed() < FEW_SECONDS, "{:?}", started.elapsed());
    other.execute("ROLLBACK").await.unwrap();
    assert_eq!(store.take_report(report(1)).await.unwrap(), Taken::New);
}

#[tokio::test]
async fn a_server_that_vanishes_within_a_transaction_does_not_keep_the_log_from_the_others() {
    let Some(bench) = Bench::postgres() else { return };
    let (network, place) = Network::before(&bench).await;
    let vanishing = open(&place).await;
    let other = bench.store().await;
    // It gets as far as the events, with the head of the log in hand; then nobody hears of it any more.
    let mut lock = bench.engine().await;
    lock.execute("BEGIN; LOCK TABLE event IN EXCLUSIVE MODE").await.unwrap();
    let last_words = tokio::spawn(async move { vanishing.take_report(report(0)).await });
    let waiting = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = CAST('event' AS regclass) \
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    until("it waits for the events", || async { bench.number(waiting).await == 1 }).await;
    network.swallow(true);
    lock.execute("ROLLBACK").await.unwrap();

    let one = &other;
    until("the others write again", || async move { one.take_report(report(1)).await.is_ok() }).await;
    assert!(within("its last words", last_words).await.unwrap().unwrap_err().is_unavailable());
    assert_all_there(&other, &[1]).await;
    assert_eq!(other.head().await.unwrap(), 1);
}

/// A stretch of network before a server, that can lose everything without a sign.
struct Network {
    swallows: watch::Sender<bool>,
}

impl Network {
    /// The network, and the place of the bench as it is seen through it.
    async fn before(bench: &Bench) -> (Self, Place) {
        let Place::Postgres(url) = &bench.place else { unreachable!() };
        let (_, address) = url.split_once("127.0.0.1:").unwrap();
        let (server, database) = address.split_once('/').unwrap();
        let server = server.parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (swallows, lost) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, server, lost.clone()));
            }
        });
        (Self { swallows }, Place::Postgres(format!("postgres://postgres@127.0.0.1:{port}/{database}")))
    }

    fn swallow(&self, yes: bool) {
        self.swallows.send_replace(yes);
    }
}

/// Carries bytes both ways until the network swallows them; then it keeps the connection and says nothing, for good.
async fn carry(mut near: TcpStream, server: u16, mut lost: watch::Receiver<bool>) {
    let mut far = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
    let is_lost = tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => false,
        lost = lost.wait_for(|lost| *lost) => lost.is_ok(),
    };
    if is_lost {
        std::future::pending::<()>().await;
    }
}
