//! The database and the broker go away and come back, while people report.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use serde_json::Value;

use crate::support::checks::guarded;
use crate::support::client::Client;
use crate::support::commands::{at, counted, keys};
use crate::support::form::Form;
use crate::support::nats::Nats;
use crate::support::portal::{Portal, Process, hub};
use crate::support::postgres::Postgres;
use crate::support::wait;

/// People who report: each sends its report until it is acknowledged, then the next.
struct Load {
    shared: Arc<Shared>,
    people: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    /// Keys that were acknowledged.
    taken: Mutex<Vec<String>>,
    /// Answers that told people to come again.
    told_to_wait: AtomicUsize,
}

impl Load {
    fn start(portal: &Portal) -> Self {
        let shared = Arc::new(Shared::default());
        let people = (0..4).map(|_| {
            let (client, shared) = (Client::new(portal.address), Arc::clone(&shared));
            thread::spawn(move || shared.report_on_and_on(&client))
        });
        Self { people: people.collect(), shared }
    }

    fn taken(&self) -> usize {
        self.shared.taken.lock().unwrap().len()
    }

    fn told_to_wait(&self) -> usize {
        self.shared.told_to_wait.load(Ordering::Relaxed)
    }

    /// Waits until so many more are acknowledged.
    fn until_more(&self, count: usize) {
        let before = self.taken();
        wait::until("more acknowledged reports", || self.taken() >= before + count);
    }

    /// Ends when every report that was begun is acknowledged; gives their keys, in order.
    fn stop(self) -> Vec<String> {
        self.shared.stop.store(true, Ordering::Relaxed);
        self.people.into_iter().for_each(|person| person.join().unwrap());
        let mut taken = std::mem::take(&mut *self.shared.taken.lock().unwrap());
        taken.sort();
        taken
    }
}

impl Shared {
    fn report_on_and_on(&self, client: &Client) {
        while !self.stop.load(Ordering::Relaxed) {
            let form = Form::report().with("what", "老人胸口发闷，出冷汗。");
            wait::until("an acknowledgement", || {
                let answer = client.post("/report", &form);
                match answer.status {
                    303 => true,
                    503 => {
                        guarded(&answer);
                        assert_eq!(answer.header("retry-after"), "30");
                        let kept = answer.page().form().with("step", "");
                        assert_eq!((kept.key(), kept.value("what")), (form.key(), form.value("what")));
                        self.told_to_wait.fetch_add(1, Ordering::Relaxed);
                        false
                    }
                    other => panic!("{other}: {}", answer.text()),
                }
            });
            self.taken.lock().unwrap().push(form.key().to_owned());
        }
    }
}

/// A portal, and a hub as a process of its own, on one PostgreSQL and one NATS.
struct Site {
    data: tempfile::TempDir,
    place: Vec<String>,
    portal: Portal,
    hub: Process,
    postgres: Postgres,
    nats: Nats,
}

impl Site {
    fn start(more: &[&str]) -> Option<Self> {
        let (postgres, nats) = (Postgres::start()?, Nats::start()?);
        let data = tempfile::tempdir().unwrap();
        let (database, feed) = (postgres.create("portal"), nats.url());
        let common = ["--database", &database, "--feed", &feed];
        let portal = Portal::start(data.path(), &[&common, more].concat());
        let hub = hub(data.path(), &common);
        let place = at(data.path(), &common[..2]);
        Some(Self { data, place, portal, hub, postgres, nats })
    }

    /// Everything acknowledged is stored once, and counted once.
    fn has_exactly(&mut self, taken: &[String]) {
        self.portal.until_ready("everything up, nothing behind", |status, said| {
            status == 200 && said["status"] == "ready" && said["backlog"] == 0
        });
        assert_eq!(keys(&self.place), taken);
        assert_eq!(counted(&self.place), taken.len() as u64);
        self.portal.process.stop();
        self.hub.stop();
        assert_eq!(counted(&self.place), taken.len() as u64, "also after both have ended");
    }
}

fn is_down(part: &str, said: &Value) -> bool {
    said[part] == "down"
}

#[test]
fn postgres_goes_away_and_comes_back_under_load() {
    let Some(mut site) = Site::start(&[]) else { return };
    let client = site.portal.client();
    let load = Load::start(&site.portal);
    for blow in [Postgres::stop, Postgres::crash] {
        load.until_more(60);
        let waited = load.told_to_wait();
        blow(&mut site.postgres);
        site.portal.until_ready("the store is down", |status, said| {
            status == 503 && said["status"] == "unavailable" && is_down("store", said)
        });
        wait::until("people who are told to wait", || load.told_to_wait() > waited);
        assert_eq!(client.get("/").status, 200, "whom to call is there without a database");
        assert_eq!(client.get("/report").status, 200);
        let open = client.get("/open?period=day");
        assert_eq!(open.status, 503);
        assert!(open.page().numbers().contains("119"));
        assert_eq!(client.get("/healthz").status, 200, "the process lives");
        site.postgres.start_again();
        site.portal.until_ready("the store is up", |status, said| status == 200 && said["store"] == "up");
    }
    load.until_more(60);
    let taken = load.stop();
    site.has_exactly(&taken);
}

#[test]
fn nats_goes_away_and_comes_back_under_load() {
    let Some(mut site) = Site::start(&["--no-consumers"]) else { return };
    let load = Load::start(&site.portal);
    for _ in 0..2 {
        load.until_more(60);
        site.nats.kill();
        site.portal.until_ready("the feed is down, reports are taken in", |status, said| {
            status == 200 && said["status"] == "degraded" && is_down("feed", said)
        });
        load.until_more(60);
        site.nats.restart();
        site.portal.until_ready("the feed is up", |status, said| status == 200 && said["feed"] == "up");
    }
    assert_eq!(load.told_to_wait(), 0, "nobody notices that the broker was away");
    let taken = load.stop();
    site.has_exactly(&taken);
}

#[test]
fn a_hub_that_is_killed_under_load_counts_nothing_twice() {
    let Some(mut site) = Site::start(&["--no-consumers"]) else { return };
    let feed = site.nats.url();
    let load = Load::start(&site.portal);
    for _ in 0..3 {
        load.until_more(40);
        site.hub.kill();
        let more = [&site.place[2..], &["--feed".to_owned(), feed.clone()]].concat();
        site.hub = hub(site.data.path(), &more);
    }
    load.until_more(40);
    let taken = load.stop();
    site.has_exactly(&taken);
}

#[test]
fn the_server_carries_and_the_hub_consumes() {
    let Some(nats) = Nats::start() else { return };
    let (data, feed) = (tempfile::tempdir().unwrap(), nats.url());
    let common = ["--feed", feed.as_str(), "--metrics", "127.0.0.1:0"];
    let portal = Portal::start(data.path(), &[&common[..], &["--no-consumers"]].concat());
    let hub = hub(data.path(), &common);
    portal.client().report(&Form::report());
    portal.until_counted();
    assert!(portal.process.metric("relay_position") > 0);
    assert_eq!(hub.metric("relay_position"), 0, "a hub carries nothing");
}

#[test]
fn everything_carried_once_more_is_counted_once() {
    let (Some(postgres), Some(nats)) = (Postgres::start(), Nats::start()) else { return };
    let data = tempfile::tempdir().unwrap();
    // The administrator's own database, so that the relay can be set back as a restore of an older state would do it.
    let database = postgres.url("postgres");
    let place = at(data.path(), &["--database", &database]);
    let serve = |feed: &str, more: &[&str]| {
        Portal::start(data.path(), &[&["--database", &database, "--feed", feed][..], more].concat())
    };
    let mut portal = serve(&nats.url(), &[]);
    let load = Load::start(&portal);
    load.until_more(60);
    let taken = load.stop();
    portal.until_counted();
    portal.process.stop();
    assert_eq!(counted(&place), taken.len() as u64);

    postgres.ask("UPDATE cursor SET seq = 0 WHERE consumer = 'relay'");
    drop(nats);
    let Some(empty) = Nats::start() else { return };
    let portal = serve(&empty.url(), &["--metrics", "127.0.0.1:0"]);
    let repeated = || portal.process.metric("events_repeated_total{consumer=\"counter\"}");
    wait::until("every event once more", || repeated() == taken.len() as u64);
    portal.client().report(&Form::report());
    portal.until_counted();
    assert_eq!(counted(&place), taken.len() as u64 + 1, "nothing is counted twice");
}

#[test]
fn a_broker_that_loses_everything_is_told_again() {
    let Some(mut site) = Site::start(&["--no-consumers"]) else { return };
    let load = Load::start(&site.portal);
    load.until_more(60);
    // Nobody counts while the broker holds events, and then it holds none.
    site.hub.kill();
    load.until_more(60);
    site.portal.until_ready("everything carried", |_, said| said["feed"] == "up");
    site.nats.kill();
    site.nats.wipe();
    site.nats.restart();
    let more = [&site.place[2..], &["--feed".to_owned(), site.nats.url()]].concat();
    site.hub = hub(site.data.path(), &more);
    load.until_more(60);
    let taken = load.stop();
    site.has_exactly(&taken);
}

#[test]
fn a_server_starts_without_its_broker_and_carries_on_when_it_comes() {
    let (Some(postgres), Some(mut nats)) = (Postgres::start(), Nats::start()) else { return };
    let (database, feed) = (postgres.create("portal"), nats.url());
    nats.kill();
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &["--database", &database, "--feed", &feed]);
    let key = Form::report();
    portal.client().report(&key);
    portal.until_ready("degraded", |status, said| status == 200 && is_down("feed", said) && said["backlog"] == 1);
    nats.restart();
    portal.until_counted();
    assert_eq!(counted(&at(data.path(), &["--database", &database])), 1);
}

#[test]
fn a_hub_or_a_server_without_its_database_says_so_and_ends() {
    let data = tempfile::tempdir().unwrap();
    let nowhere = "postgres://somebody:s3cret@127.0.0.1:1/portal";
    for command in ["serve", "hub"] {
        let mut arguments = vec![command.to_owned()];
        arguments.extend(at(data.path(), &["--database", nowhere, "--feed", "nats://127.0.0.1:1"]));
        let done = crate::support::commands::run(&arguments);
        assert!(!done.good && done.output.is_empty(), "{command}: {}", done.output);
        assert!(
            done.words.contains("shouwang: the store is unavailable while it should open the database"),
            "{done:?}"
        );
        assert!(!done.words.contains("s3cret"), "{command} shows the password: {}", done.words);
    }
}
