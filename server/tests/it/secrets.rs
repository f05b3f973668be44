//! What people write, and the links they hold, stand in no log and nowhere readable on the disk.

use crate::support::commands::{at, good};
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::raw::{Raw, post_head};

/// Words that are nowhere else.
const WORDS: [&str; 5] =
    ["Zanzibarweg", "12.345678", "brennt-lichterloh", "anna.contact@example.org", "nachtrag-zur-meldung"];

fn report() -> Form {
    Form::report()
        .with("category", "12G00")
        .with("address", &format!("{} 7", WORDS[0]))
        .with("position", &format!("{}, 23.456789", WORDS[1]))
        .with("what", WORDS[2])
        .with("contact", WORDS[3])
}

/// Uses the portal as people do, well and badly; gives the secrets that it was told.
fn use_it(portal: &Portal) -> Vec<String> {
    let client = portal.client();
    let form = report();
    let receipt = client.report(&form);
    let secret = receipt.strip_prefix("/receipt/").unwrap().to_owned();
    let track = format!("/track/{secret}");
    assert_eq!(client.get(&receipt).status, 200);
    let note = Form::note(&track, WORDS[4]);
    assert_eq!(client.post(&track, &note).status, 303);
    assert_eq!(client.get(&format!("{track}?added=1&lang=en")).status, 200);
    assert_eq!(client.post("/report", &form.clone().with("people", "many")).status, 422);
    assert_eq!(client.post("/report", &form.clone().with("people", "7")).status, 409);
    assert_eq!(client.post(&track, &note.with("note", &format!("{} other", WORDS[4]))).status, 409);
    assert_eq!(client.ask("DELETE", &track, &[], None).unwrap().status, 405);
    // Bodies that cannot be read, and one that breaks off.
    for body in [format!("what={}%ff", WORDS[2]), format!("what[a]={}&contact[]={}", WORDS[2], WORDS[3])] {
        let head = post_head(&format!("Content-Length: {}\r\n", body.len()));
        let mut raw = Raw::connect(portal.address);
        raw.send(format!("{head}{body}").as_bytes());
        assert!((400..500).contains(&raw.answer().unwrap().status));
    }
    let mut raw = Raw::connect(portal.address);
    raw.send(format!("{}contact={}", post_head("Content-Length: 5000\r\n"), WORDS[3]).as_bytes());
    drop(raw);
    let bad = format!("GET {track} HTTP/1.1\r\nHost: x\r\nno colon {}\r\n\r\n", WORDS[3]);
    let mut raw = Raw::connect(portal.address);
    raw.send(bad.as_bytes());
    let _ = raw.answer();
    portal.until_counted();
    let words = WORDS.iter().map(|word| (*word).to_owned());
    // The link whole, and the half of it that nobody could guess.
    words.chain([secret[22..].to_owned(), secret]).collect()
}

fn nowhere(secrets: &[String], text: &str, place: &str) {
    for secret in secrets {
        let line = text.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} stands in {place}: {}", line.unwrap_or_default());
    }
}

#[test]
fn nothing_personal_stands_in_the_log() {
    for level in ["info", "debug", "trace,hyper=debug,hyper_util=debug,h2=debug,mio=debug"] {
        let data = tempfile::tempdir().unwrap();
        let portal = Portal::start_with::<&str>(data.path(), &[], &[("RUST_LOG", level)]);
        let secrets = use_it(&portal);
        let mut portal = portal;
        portal.process.stop();
        let log = portal.process.log();
        assert!(log.contains("stopped"), "{log}");
        nowhere(&secrets, &log, &format!("the log at {level}"));
    }
}

#[test]
fn nothing_personal_is_readable_on_the_disk_in_a_backup_or_in_an_export() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let secrets = use_it(&portal);
    let here = at(data.path(), &[]);
    let backup = data.path().join("backup");
    let mut command = vec!["backup".to_owned(), backup.to_str().unwrap().to_owned()];
    command.extend(here.clone());
    let said = good(&command);
    assert!(said.contains("master.key"), "{said}");
    for what in ["reports", "counts"] {
        let mut command = vec!["export".to_owned(), what.to_owned()];
        command.extend(here.clone());
        nowhere(&secrets, &good(&command), what);
    }
    nowhere(&secrets, &portal.client().get("/open").text(), "/open");
    nowhere(&secrets, &portal.client().get("/open.csv").text(), "/open.csv");
    let mut looked_at = 0;
    for entry in std::fs::read_dir(data.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            for secret in &secrets {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{secret} is readable in {}", path.display());
            }
            looked_at += 1;
        }
    }
    assert!(looked_at >= 2, "the database and its backup");
    let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(data.path().join("keys/master.key")).unwrap());
    assert_eq!(mode & 0o777, 0o600, "the master key is its owner's alone");
}
