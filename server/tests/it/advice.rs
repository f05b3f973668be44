//! The advice to call: shown with a report of danger, and recorded when it is.

use serde_json::Value;

use crate::support::client::Client;
use crate::support::commands::at;
use crate::support::desk::{Staff, placed};
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::postgres::Postgres;

/// What stands with the numbers where a report has been sent.
const CALL: &str = "A report does not replace a call.";

/// How often a program reads in the history of a report that its author was advised.
fn advised(client: &Client, track: &str) -> usize {
    let report: Value = client.get(&track.replace("/track/", "/api/v1/reports/")).text().parse().unwrap();
    let history = report["history"].as_array().unwrap();
    history.iter().filter(|entry| entry["what"] == "advised").count()
}

fn recorded(place: &[String], portal: &Portal) {
    let client = portal.client();
    let staff = Staff::sign_in_at(portal, place, "utilities", "handler");
    let (key, track) = placed(portal, &staff, &Form::report().with("danger", "yes"));
    assert_eq!(advised(&client, &track), 0, "nobody has seen anything yet");

    for _ in 0..2 {
        let receipt = client.english(&track.replace("/track/", "/receipt/")).text();
        assert!(receipt.contains(CALL) && receipt.contains("tel:"), "{receipt}");
        assert_eq!(advised(&client, &track), 1);
    }
    assert!(client.english(&track).text().contains("You were shown whom to call"));
    let case = staff.get(&format!("/desk/report/{key}")).text();
    assert!(case.contains("已向上报人显示紧急电话"), "{case}");

    // Sent by a program, then looked at: the page that follows it says the same.
    let other = client.report(&Form::report().with("danger", "yes")).replace("/receipt/", "/track/");
    assert_eq!(advised(&client, &other), 0);
    assert_eq!(client.english(&other).status, 200);
    assert_eq!(advised(&client, &other), 1);

    let calm = client.report(&Form::report()).replace("/receipt/", "/track/");
    for page in [calm.replace("/track/", "/receipt/"), calm.clone()] {
        assert!(!client.english(&page).text().contains(CALL));
    }
    assert_eq!(advised(&client, &calm), 0);

    // Danger may come later, in an addition.
    assert_eq!(client.post(&calm, &Form::note(&calm, "Somebody is trapped now")).status, 303);
    assert!(client.english(&calm).text().contains(CALL));
    assert_eq!(advised(&client, &calm), 1);
}

#[test]
fn that_somebody_in_danger_was_told_to_call_is_recorded_once() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    recorded(&at(data.path(), &[]), &portal);
}

#[test]
fn it_is_recorded_on_postgres_too() {
    let Some(postgres) = Postgres::start() else { return };
    let data = tempfile::tempdir().unwrap();
    let database = postgres.create("advice");
    let portal = Portal::start(data.path(), &["--database", &database]);
    recorded(&at(data.path(), &["--database", &database]), &portal);
}
