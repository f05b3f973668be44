//! What a question costs must not grow with what is stored.

use model::basis::Purpose;
use model::consent::Consent;
use model::flood::Marks;
use model::notice::Reason;
use model::status::Status;
use model::tally::Slot;
use sqlx::Connection;
use store::{Change, Counted, Ending, Handling, NewPass, Part, PassKind, Queue, Store, Tried};

use crate::bench::{Bench, at_once, until};
use crate::incidents::together;
use crate::make::{NOON, cell, forged_report, handler, handling as made, key, note, photo, placed, report, step};
use crate::notices;

/// How often tables were read from end to end, but for the list of migrations.
const SCANS: &str = "SELECT CAST(SUM(seq_scan) AS BIGINT) FROM pg_stat_user_tables WHERE relname <> '_sqlx_migrations'";
const OTHERS: &str =
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test]
async fn postgres_reads_no_table_from_end_to_end_also_while_they_are_small() {
    let Some(bench) = Bench::postgres() else { return };
    let store = bench.store().await;
    store.take_report(report(0)).await.unwrap();
    store.take_note(note(0, 0)).await.unwrap();
    store.close().await;
    // From here on the planner knows how small the tables are: reading them whole looks cheapest.
    let mut engine = bench.engine().await;
    sqlx::query("ANALYZE").execute(&mut engine).await.unwrap();
    engine.close().await.unwrap();
    let gone = || async { bench.number(OTHERS).await == 0 };
    until("every connection has told what it did", gone).await;
    let before = bench.number(SCANS).await;

    let store = bench.store().await;
    // Plans are kept from the sixth time on.
    for n in 1..10_u64 {
        let seq = i64::try_from(n).unwrap();
        store.take_report(report(n)).await.unwrap();
        store.take_report(report(0)).await.unwrap();
        store.take_report(forged_report(0)).await.unwrap();
        store.take_note(note(n, n)).await.unwrap();
        store.take_note(note(n, n)).await.unwrap();
        store.take_photo(photo(n, n), 5).await.unwrap();
        store.photos(key(n)).await.unwrap();
        store.set_meta("city".to_owned(), n.to_string()).await.unwrap();
        store.journal(key(0), Purpose::Respond, seq).await.unwrap();
        let slot = Counted::Report(Slot { category: "12G00".to_owned(), cell: Some(cell(31.0)), hour: seq });
        let closed = Counted::Ending(Ending::Closed { report: key(n), at: seq, solved: true });
        let contested = Counted::Ending(Ending::Contested { report: key(n) });
        let events = vec![(seq, Some(slot)), (seq + 1_000, Some(closed)), (3 * seq, Some(contested))];
        store.count("counter", events).await.unwrap();
        store.advance("relay", seq).await.unwrap();

        handle(&store, n).await;
        tell(&store, n).await;

        store.report(key(n)).await.unwrap().unwrap();
        let together = at_once([n, n - 1].map(|n| store.report(key(n)))).await;
        assert!(together.into_iter().all(|row| row.unwrap().is_some()));
        store.reports_after(Some(key(n)), 3).await.unwrap();
        store.events_after(seq, 3).await.unwrap();
        store.head().await.unwrap();
        store.ping().await.unwrap();
        store.meta("city").await.unwrap();
        store.openings(key(0)).await.unwrap();
        store.cursor("counter").await.unwrap();
        store.counts_by_hour(seq).await.unwrap();
        store.counts_by_cell([0, seq], seq + 1).await.unwrap();
        store.solved().await.unwrap();
        store.published_one(key(n)).await.unwrap().unwrap();
    }
    store.close().await;
    until("every connection has told what it did", gone).await;
    assert_eq!(bench.number(SCANS).await - before, 0);
}

/// What the notifier does.
async fn tell(store: &Store, n: u64) {
    let seq = i64::try_from(n).unwrap();
    notices::queue(store, seq, vec![notices::notice(n, n)]).await;
    store.ask_for_list(notices::ask(n, n)).await.unwrap();
    let row = store.notices_of(key(n)).await.unwrap().remove(0);
    store.due_notices(NOON + seq, 3).await.unwrap();
    store.claim_notice(row.id, 0, NOON).await.unwrap();
    store.settle_notice(row.id, 1, Tried::Not(Reason::Later, None), NOON).await.unwrap();
    store.undelivered_notices(3).await.unwrap();
    store.requeue_notice(row.id, NOON).await.unwrap();
    store.reports_of(row.mark, NOON, 3).await.unwrap();
    assert!(store.withdraw(key(n), Consent::CallBack.ends(), NOON).await.unwrap());
}

/// Everything that a desk does.
async fn handle(store: &Store, n: u64) {
    let handling = Handling { alarm_at: Some(NOON), ..made("fire") };
    let seq = i64::try_from(n).unwrap();
    store.place("router", vec![(seq, Some(placed(n, handling.clone())))]).await.unwrap();
    let seen = store.handling(key(n)).await.unwrap().unwrap().version;
    store.take_step(step(n, n, Some(Status::Done)), Change { seen, handling }).await.unwrap();
    store.take_step(step(n, n, None), Change { seen, handling: made("fire") }).await.unwrap();
    store.advise(key(n), NOON).await.unwrap();
    store.steps(key(n)).await.unwrap();
    store.duplicate_of(key(n)).await.unwrap();
    store.duplicates(key(n), 3).await.unwrap();
    store.program_of(key(n)).await.unwrap().unwrap();
    store.moved(NOON, NOON + seq, 3, 0).await.unwrap();
    store.moves_of(key(n)).await.unwrap();
    for queue in [Queue::Open, Queue::Aside, Queue::Offered, Queue::Closed] {
        store.queue("fire", queue, 3, 3).await.unwrap();
    }
    store.queue_lengths("fire").await.unwrap();
    store.by_reference("0000-000-000").await.unwrap();
    store.alarms(NOON, 3).await.unwrap();
    store.edit(key(n), key(n), NOON, NOON + 1).await.unwrap();
    store.take_up(key(n), key(n), NOON + 2).await.unwrap();
    store.near("12G00", &[(1, 2)], NOON, 3).await.unwrap();

    store.sightings(Marks { device: Some(1), block: Some(2), words: None }, NOON).await.unwrap();
    store.forget_sightings(NOON - 1).await.unwrap();
    store.redactions(key(n)).await.unwrap();
    let version = store.handling(key(n)).await.unwrap().unwrap().version;
    let seen = (n > 1).then(|| seq - 1);
    store.take_incident_step(together(n, seen, Part::Joins, &[(n, version)])).await.unwrap();
    store.incident_step_hash(key(910 + n)).await.unwrap().unwrap();
    store.incident_of(key(n)).await.unwrap().unwrap();
    store.members(key(900)).await.unwrap();
    store.incident_steps(key(900)).await.unwrap();
    store.incidents("fire", 3).await.unwrap();

    let (link, session) = ([u8::try_from(n).unwrap(); 32], [u8::try_from(n + 100).unwrap(); 32]);
    store.add_staff(handler(n)).await.unwrap();
    store.add_pass(NewPass { hash: link, staff: key(n), kind: PassKind::Link, since: 0, until: 2 }).await.unwrap();
    store.redeem(link, session, 1, 2).await.unwrap();
    store.session(&session, 1).await.unwrap().unwrap();
    store.journal_staff(key(n), key(n), "fire".to_owned(), Purpose::Respond, 1).await.unwrap();
    store.staff_openings(key(n)).await.unwrap();
    store.deeds(None, 3).await.unwrap();
    store.end_session(session).await.unwrap();
    store.end_staff(key(n), 1).await.unwrap();
}
