//! Who comes too often, told apart by the right address: forms are slowed and never refused, readers are asked to wait.

use std::thread;
use std::time::Instant;

use crate::support::checks::refusal;
use crate::support::client::{Answer, Client};
use crate::support::commands::{at, keys};
use crate::support::form::Form;
use crate::support::portal::Portal;

/// Enough for a test to use up, and so few that none is regained while it runs.
const POSTS: usize = 2;
const READS: usize = 3;

fn portal(proxies: &str) -> (tempfile::TempDir, Portal) {
    portal_with(proxies, &[])
}

fn portal_with(proxies: &str, more: &[&str]) -> (tempfile::TempDir, Portal) {
    let data = tempfile::tempdir().unwrap();
    // A report from a browser that is not known costs three.
    let (posts, reads) = ((3 * POSTS).to_string(), READS.to_string());
    let portal = Portal::start(
        data.path(),
        &[
            &[
                "--metrics",
                "127.0.0.1:0",
                "--trusted-proxies",
                proxies,
                "--posts-per-minute",
                &posts,
                "--reads-per-minute",
                &reads,
            ],
            more,
        ]
        .concat(),
    );
    (data, portal)
}

fn post(client: &Client, forwarded: &str) {
    let answer = client.try_post("/report", &Form::report(), &[("X-Forwarded-For", forwarded)]).unwrap();
    assert_eq!(answer.status, 303, "a form is never refused: {}", answer.text());
}

fn read(client: &Client, forwarded: &str) -> Answer {
    client.get_with("/open", &[("X-Forwarded-For", forwarded)])
}

/// How many forms were held back so far, as the server counts.
fn held_back(portal: &Portal) -> u64 {
    portal.process.metric("rate_limited_total{reads=\"no\"}")
}

#[test]
fn forms_beyond_the_rate_are_slowed_and_all_taken() {
    let (data, portal) = portal("1");
    let client = portal.client();
    // What stands before the last entry the client wrote itself: it changes nothing.
    let forged = ["203.0.113.7", "1.1.1.1, 203.0.113.7", "127.0.0.1, 203.0.113.7", "::1,203.0.113.7"];
    for forwarded in &forged[..POSTS] {
        post(&client, forwarded);
    }
    assert_eq!(held_back(&portal), 0, "a minute's worth may come at once");
    post(&client, "203.0.113.8");
    post(&client, "203.0.113.7, 203.0.113.9");
    assert_eq!(held_back(&portal), 0, "another address is another matter");
    let started = Instant::now();
    thread::scope(|scope| {
        for forwarded in forged {
            scope.spawn(|| post(&portal.client(), forwarded));
        }
    });
    assert_eq!(held_back(&portal), forged.len() as u64, "whatever the client claims, it is one address");
    assert!(started.elapsed().as_millis() >= 2_500, "they were held back for a moment");
    assert_eq!(keys(&at(data.path(), &[])).len(), POSTS + 2 + forged.len());
}

#[test]
fn a_form_that_is_held_longer_than_an_answer_may_take_is_taken() {
    let (_data, portal) = portal_with("1", &["--answer-seconds", "1"]);
    let client = portal.client();
    for _ in 0..=POSTS {
        post(&client, "203.0.113.7");
    }
    assert_eq!(held_back(&portal), 1);
    // Other forms are held before they are read.
    let form = Form::of(&[("contact", "nobody@example.com")]);
    let asked = client.try_post("/mine", &form, &[("X-Forwarded-For", "203.0.113.7")]).unwrap();
    assert!(asked.status < 500, "{}: {}", asked.status, asked.text());
    assert_eq!(held_back(&portal), 2);
}

#[test]
fn the_addresses_of_one_household_are_one() {
    let (_data, portal) = portal("1");
    let client = portal.client();
    post(&client, "2001:db8:0:1::1");
    post(&client, "2001:db8:0:1:ffff::2");
    post(&client, "2001:db8:0:2::1");
    post(&client, "::ffff:203.0.113.7");
    post(&client, "203.0.113.7");
    assert_eq!(held_back(&portal), 0);
    post(&client, "2001:db8:0:1::3");
    assert_eq!(held_back(&portal), 1);
    post(&client, "203.0.113.7");
    assert_eq!(held_back(&portal), 2);
}

#[test]
fn readers_beyond_the_rate_are_asked_to_wait() {
    let (_data, portal) = portal("2");
    let client = portal.client();
    // Two proxies of ours: the last entry is the outer proxy's, the one before it the client's.
    let forwarded = "6.6.6.6, 203.0.113.7, 10.0.0.1";
    for _ in 0..READS {
        assert_eq!(read(&client, forwarded).status, 200);
    }
    let refused = read(&client, "7.7.7.7, 203.0.113.7, 10.0.0.2");
    assert_eq!(refused.header("retry-after"), "30");
    refusal(&refused, 429);
    for path in ["/", "/report", "/report?category=12G00&lang=en"] {
        let answer = client.get_with(path, &[("X-Forwarded-For", forwarded)]);
        assert_eq!(answer.status, 200, "{path} is opened to whoever may be in need");
    }
    assert_eq!(read(&client, "203.0.113.7, 203.0.113.8, 10.0.0.1").status, 200, "another client");
    post(&client, forwarded);
    assert_eq!(held_back(&portal), 0, "reading does not use up what may be posted");
    // Around the proxies: the connection's own address, which is this machine's.
    for short in ["203.0.113.7", "", "nonsense, more nonsense"] {
        assert_eq!(read(&client, short).status, 200, "{short:?}");
    }
}

#[test]
fn without_a_trusted_proxy_no_header_is_believed() {
    let (_data, portal) = portal("0");
    let client = portal.client();
    for _ in 0..=READS {
        assert_eq!(read(&client, "203.0.113.7").status, 200);
    }
    for _ in 0..=POSTS {
        post(&client, "203.0.113.7");
    }
    assert_eq!(held_back(&portal), 0);
}

#[test]
fn links_of_the_page_follow_the_scheme_that_the_proxy_names() {
    let link = |proxies: &str, proto: &str| {
        let (_data, portal) = portal(proxies);
        let client = portal.client();
        let receipt = client.report(&Form::report());
        let answer = client.get_with(&receipt, &[("X-Forwarded-Proto", proto), ("Host", "portal.example")]);
        let page = answer.page();
        page.within(("p", "secret"), "a")[0].attribute("href").unwrap().to_owned()
    };
    assert!(link("1", "https").starts_with("https://portal.example/track/"));
    assert!(link("1", "javascript").starts_with("http://portal.example/track/"));
    assert!(link("0", "https").starts_with("http://portal.example/track/"));
}
