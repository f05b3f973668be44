//! The same thing sent twice is one thing.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use model::id::Key;

use crate::support::checks::guarded;
use crate::support::client::{Answer, Client};
use crate::support::commands::{at, counted, keys};
use crate::support::form::{Form, new_key};
use crate::support::portal::Portal;

/// Posts all forms at the same moment, each over a connection of its own.
fn at_once(portal: &Portal, path: &str, forms: &[Form]) -> Vec<Answer> {
    let start = Barrier::new(forms.len());
    thread::scope(|scope| {
        let posting: Vec<_> = forms
            .iter()
            .map(|form| {
                let (client, start) = (Client::new(portal.address), &start);
                scope.spawn(move || {
                    start.wait();
                    client.post(path, form)
                })
            })
            .collect();
        posting.into_iter().map(|posting| posting.join().unwrap()).collect()
    })
}

#[test]
fn a_form_posted_fifty_times_at_once_is_one_report() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let form = Form::report().with("what", "两个人被困");
    let answers = at_once(&portal, "/report", &vec![form.clone(); 50]);
    assert!(answers.iter().all(|answer| answer.status == 303));
    let receipts: BTreeSet<&str> = answers.iter().map(Answer::location).collect();
    assert_eq!(receipts.len(), 1, "{receipts:?}");
    portal.until_counted();
    let here = at(data.path(), &[]);
    assert_eq!(keys(&here), [form.key()]);
    assert_eq!(counted(&here), 1);
}

#[test]
fn two_texts_that_race_under_one_key_leave_one_report_and_one_conflict() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let (one, other) = (Form::report().with("what", "one"), "other");
    let other = one.clone().with("what", other);
    let forms: Vec<Form> = (0..24).map(|place| if place % 2 == 0 { one.clone() } else { other.clone() }).collect();
    let answers = at_once(&portal, "/report", &forms);
    let of = |remainder: usize| -> BTreeSet<u16> {
        answers
            .iter()
            .enumerate()
            .filter(|(place, _)| place % 2 == remainder)
            .map(|(_, answer)| answer.status)
            .collect()
    };
    let outcome = [of(0), of(1)];
    let (won, lost) = (BTreeSet::from([303]), BTreeSet::from([409]));
    assert!(outcome == [won.clone(), lost.clone()] || outcome == [lost, won], "{outcome:?}");
    let winner = answers.iter().find(|answer| answer.status == 303).unwrap();
    let told = portal.client().get(&winner.location().replace("/receipt/", "/track/")).page().sent();
    let first_won = answers[0].status == 303;
    assert_eq!(told[2].as_deref(), Some(if first_won { "one" } else { "other" }));
    assert_eq!(keys(&at(data.path(), &[])).len(), 1);
}

#[test]
fn other_words_under_the_same_key_are_explained_and_kept_under_a_new_one() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    for (language, explanation) in [("zh-CN", "这张表单已经提交过别的内容"), ("en", "Something else was already sent")]
    {
        let first = Form::report().with("what", "first").with("contact", "021 555 0100");
        let receipt = client.report(&first);
        let second = first.clone().with("what", "第二件 second").with("people", "3").with("danger", "yes");
        let refused = client.try_post("/report", &second, &[("Accept-Language", language)]).unwrap();
        assert_eq!(refused.status, 409);
        guarded(&refused);
        assert_eq!(refused.header("cache-control"), "no-store");
        let page = refused.page();
        assert_eq!(page.one("html").attribute("lang"), Some(language));
        assert!(page.with_class("summary").next().unwrap().text.contains(explanation), "{}", refused.text());

        let kept = page.form().with("step", "");
        for field in ["category", "address", "people", "what", "contact", "danger"] {
            assert_eq!(kept.value(field), second.value(field), "{field}");
        }
        assert_ne!(kept.key(), first.key());
        assert!(Key::parse(kept.key()).is_some(), "{}", kept.key());
        let other = client.report(&kept);
        assert_ne!(other, receipt);
        let told = |receipt: &str| client.get(&receipt.replace("/receipt/", "/track/")).page().sent()[2].clone();
        assert_eq!((told(&receipt).as_deref(), told(&other).as_deref()), (Some("first"), Some("第二件 second")));
    }
    assert_eq!(keys(&at(data.path(), &[])).len(), 4);
}

#[test]
fn a_note_posted_many_times_is_one_note_and_other_words_are_explained() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let track = client.report(&Form::report()).replace("/receipt/", "/track/");
    let note = Form::note(&track, "they are out");
    let answers = at_once(&portal, &track, &vec![note.clone(); 20]);
    assert!(answers.iter().all(|answer| answer.status == 303 && answer.location() == format!("{track}?added=1")));
    assert_eq!(client.get(&track).page().notes(), ["they are out"]);

    let other = note.clone().with("note", "no, one is missing");
    let refused = client.post(&track, &other);
    assert_eq!(refused.status, 409);
    let kept = refused.page().form().with("step", "");
    assert_eq!(kept.value("note"), "no, one is missing");
    assert_ne!(kept.key(), note.key());
    assert_eq!(client.post(&track, &kept).status, 303);
    assert_eq!(client.get(&track).page().notes(), ["they are out", "no, one is missing"]);
}

#[test]
fn the_key_of_one_report_opens_no_other() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let receipt = client.report(&Form::report());
    let again = client.report(&Form::report().with("key", &new_key()));
    assert_ne!(receipt, again, "the same words under another key are another report");
    let secret = receipt.strip_prefix("/receipt/").unwrap();
    let other = again.strip_prefix("/receipt/").unwrap();
    let mixed = format!("/track/{}{}", &secret[..22], &other[22..]);
    assert_eq!(client.get(&mixed).status, 404);
}
