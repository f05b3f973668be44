//! Told to stop, it finishes what it began and loses nothing.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::commands::{at, counted, keys};
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::raw::{Raw, post_head};
use crate::support::wait;

#[test]
fn told_to_stop_under_load_it_keeps_everything_it_acknowledged() {
    let data = tempfile::tempdir().unwrap();
    let mut portal = Portal::start(data.path(), &["--drain-seconds", "5"]);
    let (taken, acknowledged) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    // One connection that is idle after a page, one that was never used, one stalled within a head, one within a body.
    let mut idle = Raw::connect(portal.address);
    idle.send(b"GET / HTTP/1.1\r\nHost: portal.test\r\n\r\n");
    assert_eq!(idle.answer().unwrap().status, 200);
    let unused = Raw::connect(portal.address);
    let mut stalled = Raw::connect(portal.address);
    stalled.send(b"GET / HTTP/1.1\r\nHost: por");
    let mut half = Raw::connect(portal.address);
    half.send(post_head("Content-Length: 1000\r\n").as_bytes());

    thread::scope(|scope| {
        for _ in 0..4 {
            let (client, taken, acknowledged) = (portal.client(), &taken, &acknowledged);
            scope.spawn(move || {
                loop {
                    let form = Form::report();
                    // An error is a connection that is not taken any more; an answer is a promise.
                    let Ok(answer) = client.try_post("/report", &form, &[]) else { return };
                    assert_eq!(answer.status, 303, "{}", answer.text());
                    taken.lock().unwrap().push(form.key().to_owned());
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        wait::until("acknowledged reports", || acknowledged.load(Ordering::Relaxed) >= 60);
        let told = Instant::now();
        portal.process.stop();
        let took = told.elapsed();
        // The drain time, and what a busy machine needs to close the books.
        assert!(took < Duration::from_secs(5 + 15), "it took {took:?} to stop");
    });
    drop((idle, unused, stalled, half));
    let log = portal.process.log();
    assert!(log.contains("stopping: finishing what is under way") && log.contains("\"stopped\""), "{log}");

    let mut taken = taken.into_inner().unwrap();
    taken.sort();
    let here = at(data.path(), &[]);
    let stored = keys(&here);
    let lost: Vec<&String> = taken.iter().filter(|key| stored.binary_search(key).is_err()).collect();
    assert!(lost.is_empty(), "{lost:?} were acknowledged");

    let portal = Portal::start::<&str>(data.path(), &[]);
    portal.until_counted();
    assert_eq!(counted(&here), stored.len() as u64);
}

#[test]
fn a_request_under_way_gets_its_answer() {
    let data = tempfile::tempdir().unwrap();
    let mut portal = Portal::start(data.path(), &["--drain-seconds", "60"]);
    let form = Form::report();
    let body = form.body();
    let mut raw = Raw::connect(portal.address);
    raw.send(post_head(&format!("Content-Length: {}\r\n", body.len())).as_bytes());
    raw.send(&body.as_bytes()[..10]);
    // A request that is answered on another connection meanwhile tells that this one has been accepted.
    assert_eq!(portal.client().get("/healthz").status, 200);
    portal.process.signal("TERM");
    wait::until("no more connections", || std::net::TcpStream::connect(portal.address).is_err());
    raw.send(&body.as_bytes()[10..]);
    let answer = raw.answer().unwrap();
    assert_eq!(answer.status, 303);
    assert!(raw.ends());
    assert!(portal.process.ended().success());
    assert_eq!(keys(&at(data.path(), &[])), [form.key()]);
}

#[test]
fn a_second_start_on_the_same_folder_finds_everything() {
    let data = tempfile::tempdir().unwrap();
    let mut portal = Portal::start::<&str>(data.path(), &[]);
    let receipt = portal.client().report(&Form::report().with("what", "还在"));
    portal.process.signal("INT");
    assert!(portal.process.ended().success(), "from a terminal too");
    let portal = Portal::start::<&str>(data.path(), &[]);
    let told = portal.client().get(&receipt.replace("/receipt/", "/track/")).page().sent();
    assert_eq!(told[2].as_deref(), Some("还在"));
}
