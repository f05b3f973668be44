//! The disk is full: nothing acknowledged is lost, nothing typed is lost, and no restart is needed.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use crate::support::checks::{URGENT, guarded};
use crate::support::client::Answer;
use crate::support::commands::{at, counted, keys};
use crate::support::form::{Form, new_key};
use crate::support::missing;
use crate::support::portal::Portal;

/// A small file system in memory; unmounted when this is dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// `None`, and a word about it, where it cannot be mounted.
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).env("LC_ALL", "C");
        match mount.output() {
            Ok(output) if output.status.success() => return Some(Self(folder)),
            Ok(output) => {
                let why = String::from_utf8_lossy(&output.stderr);
                let why = format!("a small disk needs leave to mount a tmpfs: {}", why.trim());
                // Who is not root, or root of a container alone, has no such leave, whatever is installed.
                let no_leave = ["superuser", "permission denied", "not permitted"].iter().any(|no| why.contains(no));
                if no_leave { missing::material(&why) } else { missing::engine(&why) }
            }
            Err(error) => missing::engine(&format!("there is no mount: {error}")),
        }
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = |lazy: &[&str]| {
            Command::new("umount").args(lazy).arg(self.0.path()).status().is_ok_and(|status| status.success())
        };
        assert!(unmounted(&[]) || unmounted(&["-l"]), "{} stays mounted", self.0.path().display());
    }
}

fn long_report(number: usize) -> Form {
    Form::report()
        .with("category", "12G00")
        .with("danger", "yes")
        .with("people", "3")
        .with("contact", "021 555 0100")
        .with("what", &format!("{number}: {}", "楼道里有烟，闻到焦味。".repeat(150)))
}

/// Posts from several sides until the disk takes no more: the acknowledged forms with their receipts, and one refusal with its form.
fn fill(portal: &Portal) -> (Vec<(Form, String)>, (Form, Answer)) {
    let (taken, refused) = (Mutex::new(Vec::new()), Mutex::new(None));
    thread::scope(|scope| {
        for _ in 0..4 {
            let (client, taken, refused) = (portal.client(), &taken, &refused);
            scope.spawn(move || {
                for number in 0..10_000 {
                    let form = long_report(number);
                    let answer = client.post("/report", &form);
                    match answer.status {
                        303 => taken.lock().unwrap().push((form, answer.location().to_owned())),
                        503 => return *refused.lock().unwrap() = Some((form, answer)),
                        other => panic!("{other}: {}", answer.text()),
                    }
                }
                panic!("the disk never got full");
            });
        }
    });
    (taken.into_inner().unwrap(), refused.into_inner().unwrap().unwrap())
}

/// What is sent to one report after the other, until it is refused: at its edge, a disk still has room for what is small.
fn refused_first(
    taken: &[(Form, String)],
    send: impl FnMut(String) -> (String, Form, Answer),
) -> (String, Form, Answer) {
    let tracks = taken.iter().map(|(_, receipt)| receipt.replace("/receipt/", "/track/"));
    tracks.map(send).find(|(_, _, answer)| answer.status == 503).expect("the disk is full")
}

#[test]
fn a_full_disk_refuses_with_everything_kept_and_recovers_without_a_restart() {
    let Some(disk) = SmallDisk::mount("20m") else { return };
    let data = disk.path().join("data");
    let ballast = disk.path().join("ballast");
    std::fs::write(&ballast, vec![0; 10 << 20]).unwrap();
    let mut portal = Portal::start::<&str>(&data, &[]);
    let client = portal.client();
    assert_eq!(portal.ready().0, 200);

    let (taken, (form, refused)) = fill(&portal);
    assert!(!taken.is_empty());
    guarded(&refused);
    assert_eq!(refused.header("retry-after"), "30");
    assert_eq!(refused.header("cache-control"), "no-store");
    let page = refused.page();
    assert!(page.with_class("summary").next().unwrap().text.contains("暂时未能保存"), "{}", refused.text());
    let numbers = page.within(("div", "summary"), "a");
    let numbers: Vec<&str> = numbers.iter().filter_map(|link| link.attribute("href")?.strip_prefix("tel:")).collect();
    assert!(URGENT.iter().all(|number| numbers.contains(number)), "{numbers:?}");
    let kept = page.form().with("step", "");
    for (name, value) in &form.0 {
        assert_eq!(kept.value(name), value, "{name}: what was typed is in the page, under the same key");
    }

    // Answers that come later, to a report that cannot be opened now because no opening can be written down.
    let (more, answers, refused) = refused_first(&taken, |track| {
        let (more, secret) = (format!("{track}/more"), track.rsplit('/').next().unwrap());
        let answers = Form::of(&[
            ("key", &new_key()),
            ("secret", secret),
            ("asked", "trapped,burning,floor,close-by,hurt"),
            ("category", "12G00"),
            ("answers[burning][]", "home"),
        ]);
        let answer = client.post(&more, &answers);
        (more, answers, answer)
    });
    guarded(&refused);
    assert_eq!(refused.header("retry-after"), "30");
    let kept_answers = refused.page().form();
    assert_eq!(kept_answers.key(), answers.key());

    // And an answer to the desk, though nobody can see now whether it asked.
    let (_, _, refused) = refused_first(&taken, |track| {
        let form = Form::note(&track, "On the third floor").with("act", "answer");
        let answer = client.post(&track, &form);
        (track, form, answer)
    });
    guarded(&refused);
    let page = refused.text();
    assert!(page.contains("On the third floor</textarea>") && page.contains("name=\"act\" value=\"answer\""), "{page}");

    let (status, said) = portal.ready();
    assert_eq!((status, &said["status"]), (503, &"unavailable".into()), "{said}");
    assert_eq!(client.get("/").status, 200, "the numbers to call are there with a full disk too");
    assert_eq!(client.get("/report").status, 200);
    for (form, receipt) in &taken {
        assert_eq!(client.get(receipt).status, 200, "{} was acknowledged", form.key());
    }

    std::fs::remove_file(&ballast).unwrap();
    let receipt = client.report(&kept);
    portal.until_ready("room again", |status, _| status == 200);
    let stored = client.post(&more, &kept_answers);
    assert!(stored.location().ends_with("?added=1"), "the form that came back is what was typed: {}", stored.text());
    let told = client.get(&receipt.replace("/receipt/", "/track/")).page().sent();
    assert_eq!(told[2].as_deref(), Some(form.value("what")));
    portal.until_counted();
    portal.process.stop();

    let here = at(&data, &[]);
    let stored = keys(&here);
    for (form, _) in &taken {
        assert!(stored.binary_search(&form.key().to_owned()).is_ok(), "{} is gone", form.key());
    }
    assert!(stored.binary_search(&form.key().to_owned()).is_ok());
    assert_eq!(counted(&here), stored.len() as u64);
}

#[test]
fn a_server_that_starts_on_a_full_disk_says_why_and_ends() {
    let Some(disk) = SmallDisk::mount("1m") else { return };
    let full = std::fs::write(disk.path().join("ballast"), vec![0; 2 << 20]);
    assert_eq!(full.unwrap_err().kind(), std::io::ErrorKind::StorageFull);
    let data = disk.path().join("data");
    let mut arguments = vec!["serve".to_owned(), "--listen".to_owned(), "127.0.0.1:0".to_owned()];
    arguments.extend(at(&data, &[]));
    let done = crate::support::commands::run(&arguments);
    assert!(!done.good);
    assert!(done.words.contains("shouwang: ") && done.words.contains("disk is full"), "{}", done.words);
}
