//! What an operator does on the command line.

use std::net::TcpListener;
use std::path::Path;

use crate::support::commands::{Done, at, counted, good, keys, run};
use crate::support::form::Form;
use crate::support::portal::{Portal, shouwang};
use crate::support::postgres::Postgres;

fn command(name: &str, file: &Path, more: &[&str], place: &[String]) -> Vec<String> {
    let mut arguments = vec![name.to_owned(), file.to_str().unwrap().to_owned()];
    arguments.extend(more.iter().map(|word| (*word).to_owned()));
    arguments.extend(place.iter().cloned());
    arguments
}

fn copy_key(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.join("keys")).unwrap();
    std::fs::copy(from.join("keys/master.key"), to.join("keys/master.key")).unwrap();
}

/// A report with a note; gives the addresses of its receipt and of its page.
fn told(portal: &Portal) -> (String, String) {
    let client = portal.client();
    let form = Form::report().with("what", "旧的上报 an old report").with("contact", "021 555 0100");
    let receipt = client.report(&form);
    let track = receipt.replace("/receipt/", "/track/");
    assert_eq!(client.post(&track, &Form::note(&track, "还有人在里面")).status, 303);
    (receipt, track)
}

fn reads_back(portal: &Portal, (receipt, track): &(String, String)) {
    let client = portal.client();
    assert_eq!(client.get(receipt).status, 200);
    let page = client.get(track).page();
    assert_eq!(page.sent()[2].as_deref(), Some("旧的上报 an old report"));
    assert_eq!(page.sent()[3].as_deref(), Some("021 555 0100"));
    assert_eq!(page.notes(), ["还有人在里面"]);
}

#[test]
fn a_backup_of_a_running_portal_comes_back_to_life_elsewhere() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let portal = Portal::start::<&str>(data.path(), &[]);
    let addresses = told(&portal);
    let here = at(data.path(), &[]);
    let file = folder.path().join("backup");
    let said = good(&command("backup", &file, &[], &here));
    assert!(said.contains("up to position 2 of the log"), "{said}");
    let later = portal.client().report(&Form::report().with("what", "after the backup"));

    let again = run(&command("backup", &file, &[], &here));
    assert!(!again.good && again.words.contains("exists already"), "{}", again.words);

    let other = folder.path().join("other");
    let there = at(&other, &[]);
    good(&command("restore", &file, &[], &there));
    copy_key(data.path(), &other);
    let restored = Portal::start::<&str>(&other, &[]);
    reads_back(&restored, &addresses);
    assert_eq!(restored.client().get(&later).status, 404, "it came after the backup");
    restored.client().report(&Form::report());
    restored.until_counted();
    assert_eq!(counted(&there), 2, "the counter goes on where it was");

    // Never over what is there, unless told so.
    let refused = run(&command("restore", &file, &[], &there));
    assert!(
        !refused.good && refused.words.contains("already holds 2 reports; nothing was changed"),
        "{}",
        refused.words
    );
    assert_eq!(keys(&there).len(), 2);
    good(&command("restore", &file, &["--replace"], &there));
    assert_eq!(keys(&there).len(), 1);
}

#[test]
fn a_damaged_backup_changes_nothing() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let portal = Portal::start::<&str>(data.path(), &[]);
    let addresses = told(&portal);
    let here = at(data.path(), &[]);
    let file = folder.path().join("backup");
    good(&command("backup", &file, &[], &here));
    let whole = std::fs::read(&file).unwrap();
    let mut bent = whole.clone();
    bent[whole.len() / 2] ^= 1;
    let cut = whole[..whole.len() * 2 / 3].to_vec();
    for damaged in [bent, cut, Vec::new(), b"not a backup\n".to_vec()] {
        std::fs::write(&file, damaged).unwrap();
        let done = run(&command("restore", &file, &["--replace"], &here));
        assert!(!done.good && done.words.contains("damaged"), "{}", done.words);
    }
    let nowhere = run(&command("restore", &folder.path().join("nothing"), &[], &here));
    assert!(!nowhere.good && nowhere.words.contains("No such file"), "{}", nowhere.words);
    reads_back(&portal, &addresses);
}

#[test]
fn a_backup_moves_from_sqlite_to_postgres() {
    let Some(postgres) = Postgres::start() else { return };
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut portal = Portal::start::<&str>(data.path(), &[]);
    let addresses = told(&portal);
    portal.until_counted();
    portal.process.stop();
    let file = folder.path().join("backup");
    good(&command("backup", &file, &[], &at(data.path(), &[])));

    let url = folder.path().join("url");
    std::fs::write(&url, format!("{}\n", postgres.create("portal"))).unwrap();
    let at_scale = ["--database-file", url.to_str().unwrap()];
    good(&command("restore", &file, &[], &at(data.path(), &at_scale)));
    let portal = Portal::start(data.path(), &at_scale);
    reads_back(&portal, &addresses);
    portal.client().report(&Form::report());
    portal.until_counted();
    assert_eq!(counted(&at(data.path(), &at_scale)), 2);
}

#[test]
fn a_store_is_served_with_its_own_master_key_alone() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut portal = Portal::start::<&str>(data.path(), &[]);
    let addresses = told(&portal);
    portal.process.stop();

    let key = folder.path().join("other.key");
    let serve = || {
        let mut arguments = vec!["serve".to_owned(), "--listen".into(), "127.0.0.1:0".into()];
        arguments.extend(at(data.path(), &["--key-file", key.to_str().unwrap()]));
        run(&arguments)
    };
    let missing = serve();
    assert!(!missing.good && missing.words.contains("is missing, and this store was sealed"), "{}", missing.words);
    assert!(!key.exists(), "a new key would open nothing");
    for (other, said) in [(&[7; 32][..], "is not the one"), (&[7; 31], "holds exactly 32 bytes")] {
        std::fs::write(&key, other).unwrap();
        let refused = serve();
        assert!(!refused.good && refused.words.contains(said), "{}", refused.words);
    }

    std::fs::copy(data.path().join("keys/master.key"), &key).unwrap();
    let portal = Portal::start(data.path(), &["--key-file", key.to_str().unwrap()]);
    reads_back(&portal, &addresses);
}

#[test]
fn the_healthcheck_says_by_its_exit_whether_the_portal_is_ready() {
    let data = tempfile::tempdir().unwrap();
    let mut portal = Portal::start::<&str>(data.path(), &[]);
    let address = portal.address.to_string();
    let check = || run(&["healthcheck", "--listen", &address]);
    let ready = check();
    assert!(ready.good && ready.output.contains("\"status\":\"ready\""), "{ready:?}");
    portal.process.stop();
    let gone = check();
    assert!(!gone.good && gone.words.contains("Connection refused"), "{gone:?}");

    // Something else that listens there and is silent, or speaks nonsense.
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap().to_string();
    std::thread::spawn(move || drop(other.accept()));
    assert!(!run(&["healthcheck", "--listen", &address]).good);
}

#[test]
fn check_config_says_what_is_in_force_and_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let check = |more: &[&str]| -> Done {
        let mut arguments = vec!["check-config".to_owned()];
        arguments.extend(at(&data, more));
        run(&arguments)
    };
    let plain = check(&[]);
    assert!(plain.good);
    for line in [
        "listen           127.0.0.1:3000",
        "feed             in process",
        "will be made",
        "fire=119",
        "Asia/Shanghai",
        "need no key",
    ] {
        assert!(plain.output.contains(line), "{line:?} is not in {}", plain.output);
    }
    let file = folder.path().join("url");
    std::fs::write(&file, "postgres://portal:s3cret@db.example/portal\n").unwrap();
    let scale = check(&[
        "--database-file",
        file.to_str().unwrap(),
        "--feed",
        "nats://u:s3cret@nats.example:4222",
        "--middle",
        "-31.5,121.5",
        "--zone",
        "Asia/Urumqi",
        "--origin",
        "https://portal.example/",
        "--trusted-proxies",
        "2",
    ]);
    assert!(scale.good, "{}", scale.words);
    let said = format!("{}{}", scale.output, scale.words);
    assert!(!said.contains("s3cret"), "{said}");
    for words in
        ["PostgreSQL, postgres://…@db.example/portal", "nats://…@nats.example:4222", "-31.5, 121.5", "Asia/Urumqi"]
    {
        assert!(said.contains(words), "{words:?} is not in {said}");
    }
    assert!(!data.exists(), "it only looked");

    let environment =
        shouwang().arg("check-config").env("SHOUWANG_LISTEN", "0.0.0.0:80").env("SHOUWANG_HSTS", "true").output();
    let said = String::from_utf8(environment.unwrap().stdout).unwrap();
    assert!(said.contains("listen           0.0.0.0:80"), "{said}");
}

#[test]
fn a_wrong_setting_is_named_before_anything_happens() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for (more, words) in [
        (&["--listen", "nowhere"][..], "nowhere"),
        (&["--numbers", "police"], "\"police\" is not SERVICE=NUMBER"),
        (&["--numbers", "army=1"], "no service \"army\""),
        (&["--numbers", "police=<b>"], "cannot be dialled"),
        (&["--zone", "Mars/Olympus"], "--zone \"Mars/Olympus\""),
        (&["--middle", "here"], "--middle \"here\" is no position"),
        (&["--origin", "portal.example"], "--origin \"portal.example\" is not https://HOST"),
        (&["--database", "mysql://x:s3cret@h/d"], "no database speaks mysql://"),
        (&["--database", "portal.db"], "a database URL starts with"),
        (&["--database-file", "/no/such/file"], "/no/such/file: No such file"),
        (&["--no-consumers"], "--no-consumers needs --feed"),
        (&["--open311-keys-file", "/no/such/file"], "/no/such/file: No such file"),
        (&["--open311-keys", " , "], "--open311-keys names no key"),
        (&["--no-such-flag"], "--no-such-flag"),
        (&["--readers", "many"], "many"),
    ] {
        for name in ["serve", "check-config"] {
            let mut arguments = vec![name.to_owned()];
            if name == "serve" && more[0] != "--listen" {
                arguments.extend(["--listen".into(), "127.0.0.1:0".into()]);
            }
            arguments.extend(at(&data, more));
            let done = run(&arguments);
            assert!(!done.good && done.output.is_empty(), "{name} {more:?}: {done:?}");
            assert!(done.words.contains(words), "{name} {more:?}: {}", done.words);
            assert!(!done.words.contains("s3cret"), "{name}: {}", done.words);
        }
    }
    let hub = run(&[&["hub".to_owned()][..], &at(&data, &[])].concat());
    assert!(!hub.good && hub.words.contains("--feed nats://"), "{}", hub.words);

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let done = run(&[&["serve".to_owned(), "--listen".into(), address.clone()][..], &at(&data, &[])].concat());
    assert!(!done.good && done.words.contains(&format!("cannot listen on {address}")), "{}", done.words);
}

#[test]
fn migrate_says_of_which_version_the_schema_is_on_both_engines() {
    let data = tempfile::tempdir().unwrap();
    let migrate = |place: &[String]| good(&[&["migrate".to_owned()][..], place].concat());
    let here = at(data.path(), &[]);
    let said = migrate(&here);
    assert!(said.starts_with("the schema is of version "), "{said}");
    assert_eq!(migrate(&here), said, "a second time changes nothing");
    let Some(postgres) = Postgres::start() else { return };
    let url = postgres.create("portal");
    assert_eq!(migrate(&at(data.path(), &["--database", &url])), said);
}
