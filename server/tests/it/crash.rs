//! `kill -9` in the middle of the work.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::support::commands::{at, counted, keys};
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::wait;

const TIMES: usize = 10;
const SENDERS: usize = 4;

/// A report that was acknowledged: its form, and the address of its receipt.
type Taken = (Form, String);

/// Posts reports over kept-alive connections until the portal dies under it. Gives what was acknowledged, and what was being sent.
fn killed_under_load(mut portal: Portal, enough: usize) -> (Vec<Taken>, Vec<Form>) {
    let (taken, cut_off) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let acknowledged = AtomicUsize::new(0);
    thread::scope(|scope| {
        for sender in 0..SENDERS {
            let (client, taken, cut_off, acknowledged) = (portal.client(), &taken, &cut_off, &acknowledged);
            scope.spawn(move || {
                loop {
                    let form = Form::report().with("what", &format!("sender {sender}, 楼道里有烟"));
                    match client.try_post("/report", &form, &[]) {
                        Ok(answer) => {
                            assert_eq!(answer.status, 303, "{}", answer.text());
                            taken.lock().unwrap().push((form, answer.location().to_owned()));
                            acknowledged.fetch_add(1, Ordering::Relaxed);
                        }
                        Err(_) => return cut_off.lock().unwrap().push(form),
                    }
                }
            });
        }
        wait::until("acknowledged reports", || acknowledged.load(Ordering::Relaxed) >= enough);
        portal.process.kill();
    });
    (taken.into_inner().unwrap(), cut_off.into_inner().unwrap())
}

#[test]
fn killed_ten_times_under_load_it_has_every_acknowledged_report_once() {
    let data = tempfile::tempdir().unwrap();
    let (mut all, mut sent_again) = (Vec::new(), Vec::new());
    for round in 0..TIMES {
        // A little longer each time, so that the blow falls at other moments.
        let (taken, cut_off) = killed_under_load(Portal::start::<&str>(data.path(), &[]), 20 + 7 * round);
        let portal = Portal::start::<&str>(data.path(), &[]);
        let client = portal.client();
        for (form, receipt) in &taken {
            assert_eq!(client.get(receipt).status, 200, "{} was acknowledged before blow {round}", form.key());
        }
        // Whoever got no answer sends the same again, and learns that it is stored, now or before.
        for form in cut_off {
            let receipt = client.report(&form);
            assert_eq!(client.get(&receipt).status, 200);
            sent_again.push(form.key().to_owned());
        }
        all.extend(taken);
    }
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    for (form, receipt) in &all {
        assert_eq!(client.get(receipt).status, 200, "{} after the last start", form.key());
        assert_eq!(&client.report(form), receipt, "sent once more, it is the same report");
    }
    portal.until_counted();

    let mut expected: Vec<String> = all.iter().map(|(form, _)| form.key().to_owned()).chain(sent_again).collect();
    expected.sort();
    let here = at(data.path(), &[]);
    assert_eq!(keys(&here), expected);
    assert_eq!(counted(&here), expected.len() as u64, "counted once each, over all the crashes");
}

#[test]
fn notes_outlive_a_kill_too() {
    let data = tempfile::tempdir().unwrap();
    let mut portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let track = client.report(&Form::report()).replace("/receipt/", "/track/");
    let notes: Vec<String> = (0..12).map(|number| format!("note {number}: 有人出来了")).collect();
    for note in &notes {
        assert_eq!(client.post(&track, &Form::note(&track, note)).status, 303);
    }
    portal.process.kill();
    let portal = Portal::start::<&str>(data.path(), &[]);
    assert_eq!(portal.client().get(&track).page().notes(), notes);
}
