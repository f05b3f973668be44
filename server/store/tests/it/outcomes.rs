//! How reports ended: the first closing counts, and what the person says of it.

use model::status::Status;
use model::step::{Act, Actor};
use sqlx::{AssertSqlSafe, Connection};
use store::{Change, Counted, Ending, NewReport, NewStep, SolvedRow, Store};

use crate::bench::Bench;
use crate::make::{handling, key, placed, report, step};

on_both_engines!(
    only_the_first_closing_counts_as_solved,
    a_contest_counts_once_and_whenever_it_comes,
    what_the_history_says_is_what_the_counter_counted,
);

fn closed(n: u64, at: i64, solved: bool) -> Option<Counted> {
    Some(Counted::Ending(Ending::Closed { report: key(n), at, solved }))
}

fn contested(n: u64) -> Option<Counted> {
    Some(Counted::Ending(Ending::Contested { report: key(n) }))
}

async fn count(store: &Store, events: Vec<Option<Counted>>) {
    let before = store.cursor("counter").await.unwrap();
    store.count("counter", (before + 1..).zip(events).collect()).await.unwrap();
}

fn solved(category: &str, solved: i64, contested: i64) -> SolvedRow {
    SolvedRow { category: category.to_owned(), solved, contested }
}

async fn only_the_first_closing_counts_as_solved(bench: Bench) {
    let store = bench.store().await;
    for n in 1..4 {
        store.take_report(report(n)).await.unwrap();
    }
    store.take_report(NewReport { category: "12P00", ..report(4) }).await.unwrap();
    assert_eq!(store.solved().await.unwrap(), []);
    // One solved at once, one refused first, one whose second closing is told before its first; and one of another category.
    let endings = [closed(1, 5, true), closed(1, 9, false), closed(2, 5, false), closed(2, 9, true)];
    count(&store, endings.into()).await;
    count(&store, vec![closed(3, 9, false), closed(3, 5, true), closed(4, 5, true), closed(5, 5, true)]).await;
    assert_eq!(store.solved().await.unwrap(), [solved("12G00", 2, 0), solved("12P00", 1, 0)]);
    // Told again under other positions, as after a memory was lost.
    count(&store, vec![closed(1, 5, true), closed(3, 9, false)]).await;
    assert_eq!(store.solved().await.unwrap(), [solved("12G00", 2, 0), solved("12P00", 1, 0)]);
}

async fn a_contest_counts_once_and_whenever_it_comes(bench: Bench) {
    let store = bench.store().await;
    for n in 1..4 {
        store.take_report(report(n)).await.unwrap();
    }
    count(&store, vec![closed(1, 5, true), contested(1), contested(1)]).await;
    count(&store, vec![contested(2), closed(2, 5, true)]).await;
    count(&store, vec![closed(3, 5, false), contested(3)]).await;
    assert_eq!(store.solved().await.unwrap(), [solved("12G00", 2, 2)], "what was refused is not among them");
}

/// The statement by which the migration makes the rows of what is past.
fn from_history() -> String {
    let migration = include_str!("../../migrations/0015_outcome.sql");
    let lines: Vec<&str> = migration.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let statements = lines.join("\n");
    statements.split(';').find(|statement| statement.trim_start().starts_with("INSERT")).unwrap().to_owned()
}

async fn what_the_history_says_is_what_the_counter_counted(bench: Bench) {
    let store = bench.store().await;
    let histories: [&[(Option<Status>, Act)]; 4] = [
        &[
            (Some(Status::Done), Act::Status),
            (Some(Status::Reopened), Act::Contest),
            (Some(Status::Refused), Act::Status),
        ],
        &[
            (Some(Status::Refused), Act::Status),
            (Some(Status::Reopened), Act::Contest),
            (Some(Status::Done), Act::Status),
        ],
        &[(None, Act::Remark), (Some(Status::Done), Act::Status)],
        &[(Some(Status::InProgress), Act::Status)],
    ];
    let mut seen = 0;
    for (n, history) in (1..).zip(histories) {
        store.take_report(report(n)).await.unwrap();
        store.place("router", vec![(store.head().await.unwrap(), Some(placed(n, handling("fire"))))]).await.unwrap();
        for (version, (status, act)) in (1..).zip(history) {
            seen += 1;
            let taken = NewStep { act: *act, actor: Actor::Staff, ..step(seen, n, *status) };
            let at = taken.at;
            store.take_step(taken, Change { seen: version, handling: handling("fire") }).await.unwrap();
            let ending = match status {
                Some(status) if status.is_closed() => closed(n, at, status.is_solved()),
                _ if *act == Act::Contest => contested(n),
                _ => None,
            };
            count(&store, vec![ending]).await;
        }
    }
    let counted = store.solved().await.unwrap();
    assert_eq!(counted, [solved("12G00", 2, 1)]);
    let mut engine = bench.engine().await;
    sqlx::query("DELETE FROM outcome").execute(&mut engine).await.unwrap();
    sqlx::query(AssertSqlSafe(from_history())).execute(&mut engine).await.unwrap();
    engine.close().await.unwrap();
    assert_eq!(store.solved().await.unwrap(), counted);
}
