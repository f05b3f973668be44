//! Restoring: all of a backup, in place of what is there, or nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use store::{RestoreError, Taken};

use crate::bench::{Bench, within};
use crate::make::{gapless, key, note, places, report};
use crate::transfer::{EVENTS, backup, content, fill, rows};

on_both_engines!(
    a_restored_store_holds_what_the_first_one_held,
    a_backup_goes_into_the_other_engine_and_back,
    a_store_that_knows_only_settings_is_empty_enough,
    a_store_with_reports_is_replaced_only_when_that_is_said,
    a_damaged_backup_is_refused_and_nothing_changes,
    a_backup_of_another_schema_or_format_is_refused,
    new_reports_continue_a_restored_log,
);

on_both_engines!([flavor = "multi_thread", worker_threads = 2]
    a_running_store_is_replaced_at_one_moment_for_its_readers,
    what_is_written_during_a_restore_is_lost_with_the_old_or_stands_on_the_new,
);

async fn a_restored_store_holds_what_the_first_one_held(bench: Bench) {
    let store = bench.store().await;
    fill(&bench, &store).await;
    let (saved, bytes) = backup(&store).await;

    let other = bench.another();
    let restored = other.store().await;
    assert_eq!(restored.restore(&mut &bytes[..], false).await.unwrap(), saved);
    assert_eq!(content(&restored).await, rows(&bytes));
    let row = restored.report(key(7)).await.unwrap().unwrap();
    assert_eq!((row.told.bytes(), row.notes.len()), (report(7).told.bytes(), 1));
    assert_eq!(restored.cursor("relay").await.unwrap(), 5);
}

async fn a_backup_goes_into_the_other_engine_and_back(bench: Bench) {
    let Some(other) = bench.of_the_other_engine() else { return };
    let store = bench.store().await;
    fill(&bench, &store).await;
    let (saved, bytes) = backup(&store).await;

    let abroad = other.store().await;
    assert_eq!(abroad.restore(&mut &bytes[..], false).await.unwrap(), saved);
    let (again, from_abroad) = backup(&abroad).await;
    assert_eq!((again, rows(&from_abroad)), (saved, rows(&bytes)));
    assert_eq!(abroad.report(key(7)).await.unwrap().unwrap().told.bytes(), report(7).told.bytes());

    store.restore(&mut &from_abroad[..], true).await.unwrap();
    assert_eq!(content(&store).await, rows(&bytes));
}

async fn a_store_that_knows_only_settings_is_empty_enough(bench: Bench) {
    let store = bench.store().await;
    fill(&bench, &store).await;
    let (_, bytes) = backup(&store).await;
    let other = bench.another();
    let fresh = other.store().await;
    fresh.set_meta("city".to_owned(), "another".to_owned()).await.unwrap();
    fresh.set_meta("only here".to_owned(), "x".to_owned()).await.unwrap();
    fresh.advance("relay", 2).await.unwrap();
    fresh.restore(&mut &bytes[..], false).await.unwrap();
    assert_eq!(content(&fresh).await, rows(&bytes));
}

async fn a_store_with_reports_is_replaced_only_when_that_is_said(bench: Bench) {
    let store = bench.store().await;
    fill(&bench, &store).await;
    let (saved, bytes) = backup(&store).await;
    let other = bench.another();
    let full = other.store().await;
    full.take_report(report(3)).await.unwrap();
    full.take_report(report(1_000)).await.unwrap();
    full.take_note(note(1, 1_000)).await.unwrap();
    let before = content(&full).await;

    let refused = full.restore(&mut &bytes[..], false).await;
    assert!(matches!(refused, Err(RestoreError::NotEmpty(2))), "{refused:?}");
    assert_eq!(content(&full).await, before);
    assert_eq!(full.restore(&mut &bytes[..], true).await.unwrap(), saved);
    assert_eq!(content(&full).await, rows(&bytes));
    assert!(full.report(key(1_000)).await.unwrap().is_none());
}

async fn a_damaged_backup_is_refused_and_nothing_changes(bench: Bench) {
    let store = bench.store().await;
    fill(&bench, &store).await;
    let (_, good) = backup(&store).await;
    let text = String::from_utf8(good.clone()).unwrap();
    let at = |what: &str| text.find(what).unwrap() + what.len();
    let flipped = |place: usize| {
        let mut bytes = good.clone();
        // Stays what it was: a digit, a letter, a brace of the other kind, or at worst no JSON any more.
        bytes[place] ^= 1;
        bytes
    };
    let foot = text.trim_end().rfind('\n').unwrap() + 1;
    let mut damaged: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("other bytes", vec![0, 159, 146, 150]),
        ("a flipped bit in the head", flipped(at("\"at\":"))),
        ("a flipped bit in sealed bytes", flipped(text.rfind("00010203").unwrap() + 4)),
        ("a flipped bit in a number", flipped(at("[\"log_head\",1,"))),
        ("a flipped bit in a text", flipped(at("\"12G"))),
        ("a flipped bit in the name of a table", flipped(at("[\"opening") - 1)),
        ("a flipped bit in the sum", flipped(foot + 30)),
        ("no foot", good[..foot].to_vec()),
        ("half a foot", good[..foot + 30].to_vec()),
        ("half a line", good[..good.len() / 2].to_vec()),
        ("something behind", [&good[..], b"[]\n"].concat()),
        ("twice", [&good[..], &good[..]].concat()),
        ("a value of another kind", text.replacen("[\"log_head\",1,", "[\"log_head\",\"1\",", 1).into_bytes()),
        ("a number with a fraction", text.replacen("[\"log_head\",1,", "[\"log_head\",1.5,", 1).into_bytes()),
        ("a value too many", text.replacen("[\"log_head\",1,", "[\"log_head\",1,1,", 1).into_bytes()),
        ("a row of no table", text.replacen("[\"opening\"", "[\"openings\"", 1).into_bytes()),
        ("an empty row", text.replacen(&format!("[\"log_head\",1,{EVENTS}]"), "[]", 1).into_bytes()),
    ];
    // A line less, with each line in turn that is worth trying.
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for missing in [0, 1, 2, 100, 200, lines.len() - 2] {
        let rest: String = lines.iter().enumerate().filter(|(n, _)| *n != missing).map(|(_, line)| *line).collect();
        damaged.push(("a missing line", rest.into_bytes()));
    }

    let before = content(&store).await;
    for (what, bytes) in damaged {
        assert_ne!(bytes, good, "{what}");
        let refused = store.restore(&mut &bytes[..], true).await;
        assert!(refused.is_err(), "{what} was taken");
        assert_eq!(content(&store).await, before, "{what}");
        // And nothing is left locked.
        store.advance("relay", 5).await.unwrap();
    }
    store.restore(&mut &good[..], true).await.unwrap();
    assert_eq!(content(&store).await, before);
}

async fn a_backup_of_another_schema_or_format_is_refused(bench: Bench) {
    let store = bench.store().await;
    let (_, bytes) = backup(&store).await;
    let text = String::from_utf8(bytes).unwrap();
    let newer = text.replacen("\"schema\":", "\"schema\":1", 1);
    let refused = store.restore(&mut newer.as_bytes(), true).await;
    assert!(matches!(refused, Err(RestoreError::Schema { ours, theirs }) if theirs > ours), "{refused:?}");
    let other = text.replacen("shouwang-backup/1", "shouwang-backup/2", 1);
    let refused = store.restore(&mut other.as_bytes(), true).await;
    assert!(matches!(refused, Err(RestoreError::Damaged { line: 1, .. })), "{refused:?}");
}

async fn new_reports_continue_a_restored_log(bench: Bench) {
    let store = bench.store().await;
    fill(&bench, &store).await;
    let (_, bytes) = backup(&store).await;
    let other = bench.another();
    let restored = other.store().await;
    restored.take_report(report(2_000)).await.unwrap();
    restored.restore(&mut &bytes[..], true).await.unwrap();
    assert_eq!(restored.take_report(report(7)).await.unwrap(), Taken::Again);
    assert_eq!(restored.take_report(report(1_000)).await.unwrap(), Taken::New);
    assert_eq!(restored.take_note(note(99, 1_000)).await.unwrap(), Taken::New);
    assert_eq!(places(&restored).await, gapless(EVENTS + 2));
}

async fn a_running_store_is_replaced_at_one_moment_for_its_readers(bench: Bench) {
    let store = bench.store().await;
    let (_, empty) = backup(&store).await;
    fill(&bench, &store).await;
    let (_, full) = backup(&store).await;
    let done = Arc::new(AtomicBool::new(false));
    let reading = {
        let (store, done) = (store.clone(), Arc::clone(&done));
        tokio::spawn(async move {
            let mut seen = [false; 2];
            while !done.load(Ordering::Relaxed) || !seen.iter().all(|seen| *seen) {
                let events = store.events_after(0, 1_000).await.unwrap().len();
                assert!(events == 0 || events == EVENTS, "{events} of {EVENTS} events");
                let reports = store.reports_after(None, 1_000).await.unwrap().len();
                assert!(reports == 0 || reports == 150, "{reports} of 150 reports");
                seen[usize::from(reports > 0)] = true;
                if let Some(row) = store.report(key(7)).await.unwrap() {
                    assert_eq!((row.purposes.len(), row.notes.len(), row.wrapped.is_some()), (3, 1, true));
                }
            }
        })
    };
    for _ in 0..6 {
        within("emptying", store.restore(&mut &empty[..], true)).await.unwrap();
        assert_eq!(store.head().await.unwrap(), 0);
        within("filling", store.restore(&mut &full[..], true)).await.unwrap();
        assert_eq!(store.head().await.unwrap(), i64::try_from(EVENTS).unwrap());
    }
    done.store(true, Ordering::Relaxed);
    // The reader wants to have seen both, so it may need one more look at an empty store.
    store.restore(&mut &empty[..], true).await.unwrap();
    within("reading", reading).await.unwrap();
}

async fn what_is_written_during_a_restore_is_lost_with_the_old_or_stands_on_the_new(bench: Bench) {
    let (store, other) = (bench.store().await, bench.store().await);
    fill(&bench, &store).await;
    let (_, bytes) = backup(&store).await;
    let done = Arc::new(AtomicBool::new(false));
    let writing: Vec<_> = [(store.clone(), 1_000), (other.clone(), 5_000)]
        .into_iter()
        .map(|(server, first)| {
            let done = Arc::clone(&done);
            tokio::spawn(async move {
                for n in first.. {
                    server.take_report(report(n)).await.unwrap();
                    // The report may be gone again by now; what must not happen is that somebody is stuck.
                    let note = server.take_note(note(n, n)).await;
                    assert!(note.is_ok() || !note.unwrap_err().is_unavailable());
                    server.advance("relay", i64::try_from(n).unwrap()).await.unwrap();
                    if done.load(Ordering::Relaxed) {
                        return;
                    }
                }
            })
        })
        .collect();
    for _ in 0..5 {
        within("restoring", store.restore(&mut &bytes[..], true)).await.unwrap();
    }
    done.store(true, Ordering::Relaxed);
    for writer in writing {
        within("writing", writer).await.unwrap();
    }
    // Nothing of before the last restore is left over, and the log tells of everything that is there.
    let head = usize::try_from(store.head().await.unwrap()).unwrap();
    assert_eq!(places(&store).await, gapless(head));
    let things = "SELECT (SELECT COUNT(*) FROM report) + (SELECT COUNT(*) FROM note) + (SELECT COUNT(*) FROM step) \
                  + (SELECT COUNT(*) FROM incident_step) + (SELECT COUNT(*) FROM photo) \
                  + (SELECT COUNT(*) FROM advice) + (SELECT COUNT(*) FROM journal WHERE report IS NULL)";
    assert_eq!(bench.number(things).await, i64::try_from(head).unwrap());
    let kinds = [
        ("report", "report.received"),
        ("note", "note.added"),
        ("photo", "photo.added"),
        ("step", "report.stepped"),
        ("incident_step", "incident.stepped"),
        ("advice", "report.advised"),
    ];
    for (table, kind) in kinds {
        let told = bench.number(&format!("SELECT COUNT(*) FROM event WHERE kind = '{kind}'")).await;
        assert_eq!(told, bench.number(&format!("SELECT COUNT(*) FROM {table}")).await, "{table}");
    }
    let told = "SELECT COUNT(*) FROM event e JOIN report r ON r.id = e.id";
    assert_eq!(bench.number(told).await, bench.number("SELECT COUNT(*) FROM report").await);
    let keys = "SELECT COUNT(*) FROM report r JOIN subject_key k ON k.subject = r.id";
    assert_eq!(bench.number(keys).await, bench.number("SELECT COUNT(*) FROM report").await);
}
