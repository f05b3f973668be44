//! Taking consent back: by whoever holds the link, without script, and for good.

use std::path::Path;

use crate::support::client::{Answer, Client};
use crate::support::commands::at;
use crate::support::desk::Staff;
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::postgres::Postgres;
use crate::support::smtp::MailServer;
use crate::support::wait;

const LI: &str = "li.wei@example.org";

fn telling(data: &Path, mail: &MailServer, more: &[&str]) -> Portal {
    let url = mail.url();
    let tell =
        ["--origin", "https://portal.example", "--smtp", &url, "--mail-from", "Shouwang <notice@portal.example>"];
    Portal::start(data, &[&tell[..], more].concat())
}

/// A report with a contact: its key, and the address of its page.
fn report(client: &Client) -> (String, String) {
    let form = Form::report().with("contact", LI).with("what", "The pump has stopped");
    let answer = client.try_post("/report", &form, &[("Accept-Language", "en")]).unwrap();
    (form.key().to_owned(), answer.location().replace("/receipt/", "/track/"))
}

/// Goes the way of a person: from the page to the question, and presses the button there.
fn withdraw(client: &Client, track: &str, consent: &str) -> Answer {
    let list = client.english(&format!("{track}/consent"));
    assert_eq!((list.status, list.header("cache-control")), (200, "no-store"));
    let question = format!("{track}/consent?withdraw={consent}");
    assert!(list.text().contains(&format!("href=\"{question}\"")), "{}", list.text());
    let page = client.english(&question).page();
    let form = Form::of(&[("secret", page.field("secret")), ("consent", page.field("consent"))]);
    client.post(&question, &form)
}

fn taken_back(place: &[String], portal: &Portal, mail: &MailServer) {
    let client = portal.client();
    let staff = Staff::sign_in_at(portal, place, "utilities", "handler");
    let (key, track) = report(&client);
    let case = format!("/desk/report/{key}");
    mail.until(LI, 1);
    wait::until("it stands in the queue", || staff.queue("").contains(&key));
    assert!(client.english(&track).text().contains(&format!("href=\"{track}/consent\"")));

    let done = withdraw(&client, &track, "tell");
    assert_eq!((done.status, done.location()), (303, &*format!("{track}/consent?done=1")));
    let page = client.english(&format!("{track}/consent?done=1")).text();
    assert!(page.contains("It has ended.") && !page.contains("?withdraw=tell"), "{page}");
    assert!(client.english(&track).text().contains("You do not want to be written to any more"));
    assert!(staff.get(&case).text().contains(LI), "who asks by telephone still may");
    assert_eq!(staff.move_it(&staff.moving(&key, "ask").with("told", "Which floor?")).status, 303);

    // A later report of somebody who is told: once that mail is there, the question was passed over.
    let (_, other) = report(&client);
    wait::until("the other report is told of", || mail.until(LI, 2).text.contains(&other));
    assert_eq!(mail.to(LI).len(), 2);

    assert_eq!(withdraw(&client, &track, "call-back").status, 303);
    let again = Form::of(&[("secret", track.rsplit('/').next().unwrap()), ("consent", "call-back")]);
    assert_eq!(client.post(&format!("{track}/consent"), &again).status, 303, "once more is the same");
    for page in [staff.get(&case).text(), client.english(&track).text()] {
        assert!(!page.contains(LI), "{page}");
    }
    assert!(client.english(&track).text().contains("The pump has stopped"), "the report goes on");
    assert!(client.english(&track).text().contains("You had your contact deleted"));
    assert!(staff.get(&format!("{case}?lang=en")).text().contains("The person had their contact deleted"));
    assert!(staff.get(&case).text().contains("The pump has stopped"));
    assert!(!portal.process.log().contains(LI), "the log names nobody");
}

#[test]
fn whoever_takes_consent_back_is_not_written_to_and_not_called() {
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let portal = telling(data.path(), &mail, &[]);
    taken_back(&at(data.path(), &[]), &portal, &mail);
}

#[test]
fn consent_is_taken_back_on_postgres_too() {
    let Some(postgres) = Postgres::start() else { return };
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let database = postgres.create("consents");
    let portal = telling(data.path(), &mail, &["--database", &database]);
    taken_back(&at(data.path(), &["--database", &database]), &portal, &mail);
}

#[test]
fn only_what_was_agreed_to_is_taken_back_and_only_by_the_link() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let (_, track) = report(&client);
    let without = client.report(&Form::report()).replace("/receipt/", "/track/");
    let secret = |track: &str| track.rsplit('/').next().unwrap().to_owned();
    let post = |track: &str, consent: &str| {
        let form = Form::of(&[("secret", &secret(track)), ("consent", consent)]);
        client.post(&format!("{track}/consent"), &form)
    };
    for consent in ["respond", "own-access", "tell", "", "CALL-BACK"] {
        assert_eq!(
            post(&track, consent).status,
            422,
            "{consent}: nobody is written to here, and the rest is no choice"
        );
    }
    assert_eq!(post(&without, "call-back").status, 422, "there is no contact");
    assert!(!client.english(&format!("{without}/consent")).text().contains("?withdraw="));
    assert!(client.english(&format!("{track}/consent?withdraw=tell")).text().contains("What your data is used for"));

    let forged = format!("/track/{}", "A".repeat(43));
    assert_eq!(client.english(&format!("{forged}/consent")).status, 404);
    assert_eq!(post(&forged, "call-back").status, 404);
    let form = Form::of(&[("secret", &secret(&track)), ("consent", "call-back")]);
    let elsewhere = [("Sec-Fetch-Site", "cross-site")];
    let body = form.body();
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let crossed =
        client.ask("POST", &format!("{track}/consent"), &[&[kind][..], &elsewhere].concat(), Some(body.as_bytes()));
    assert_eq!(crossed.unwrap().status, 403, "no other site ends it");
    assert!(client.english(&track).text().contains(LI), "it is still there");
}
