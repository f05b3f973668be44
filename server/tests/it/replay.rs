//! Real calls sent by a program, and sent again by one that does not know how far it came: each is stored once.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use csv::StringRecord;
use model::id::Key;

use crate::import::{category, unzipped};
use crate::support::client::Client;
use crate::support::commands::{at, keys};
use crate::support::data;
use crate::support::form::Form;
use crate::support::portal::Portal;

/// How many of the calls, from all over the file; all of them are for `cargo xtask bench replay`.
const CALLS: usize = 600;
/// So many wait for an answer at a time.
const CONNECTIONS: usize = 6;

/// A call under the key that its place in the file gives it: the same in every replay.
fn request(place: usize, call: &StringRecord) -> Form {
    let mut rest = [0; 10];
    rest[2..].copy_from_slice(&u64::try_from(place).unwrap().to_be_bytes());
    let key = Key::from_parts(1_450_000_000_000, &rest).to_string();
    Form::of(&[
        ("key", &key),
        ("service_code", &category(call)),
        ("lat", &call[0]),
        ("long", &call[1]),
        ("address_string", &call[7]),
        ("description", &call[2]),
    ])
}

fn send_all(portal: &Portal, requests: &[Form]) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let client = portal.client();
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = client.post("/open311/v2/requests.json", request);
                    assert_eq!(answer.status, 200, "{request:?}: {}", answer.text());
                    assert!(!answer.text().contains(request.key()), "{}", answer.text());
                }
            });
        }
    });
    portal.until_counted();
}

/// What the portal shows to everybody, by category.
fn shown(client: &Client) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let table = client.get("/open.csv");
    for record in csv::Reader::from_reader(&*table.body).records() {
        let record = record.unwrap();
        *counts.entry(record[0].to_owned()).or_default() += record[2].parse::<usize>().unwrap();
    }
    counts
}

#[test]
fn a_replay_of_real_calls_is_counted_as_the_file_says_and_the_next_adds_none() {
    let Some(file) = data::calls() else { return };
    let text = unzipped(&file);
    let calls: Vec<StringRecord> = csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect();
    let places = (0..calls.len()).step_by(calls.len() / CALLS).take(CALLS);
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    let mut requests = Vec::new();
    for place in places {
        *expected.entry(category(&calls[place])).or_default() += 1;
        requests.push(request(place, &calls[place]));
    }
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    // Broken off in the middle, and started again from the beginning.
    send_all(&portal, &requests[..CALLS / 2]);
    send_all(&portal, &requests);
    assert_eq!(shown(&portal.client()), expected);
    let mut sent: Vec<String> = requests.iter().map(|request| request.key().to_owned()).collect();
    sent.sort();
    assert_eq!(keys(&at(data.path(), &[])), sent);

    requests.reverse();
    send_all(&portal, &requests);
    assert_eq!(shown(&portal.client()), expected, "a second replay adds none");
    assert_eq!(keys(&at(data.path(), &[])), sent);
}
