//! Reports of one event, handled together.

use model::id::Key;

use crate::support::commands::at;
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::portal::Portal;
use crate::support::postgres::Postgres;
use crate::support::wait;

/// A report at a place that the router has put into the queue: its key, and the page of whoever sent it.
fn placed(portal: &Portal, staff: &Staff, what: &str) -> (String, String) {
    let form = Form::report().with("position", "31.23041, 121.47370").with("what", what);
    let track = portal.client().report(&form).replace("/receipt/", "/track/");
    wait::until("the report stands in the queue", || staff.queue("").contains(&form.key().to_owned()));
    (form.key().to_owned(), track)
}

fn reference(report: &str) -> String {
    Key::parse(report).unwrap().reference().to_string()
}

fn said(portal: &Portal, track: &str) -> String {
    portal.client().get_with(track, &[("Accept-Language", "en")]).text()
}

/// The form that joins `others` with `report`, on top of what the page shows now.
fn joining(staff: &Staff, report: &str, others: &[&str]) -> Form {
    let seen = staff.page(report).field("seen").to_owned();
    let mut form = Form::of(&[("key", &new_key()), ("report", report), ("seen", &seen)]);
    form.0.extend(others.iter().map(|other| ("reports[]".to_owned(), (*other).to_owned())));
    form
}

fn join(staff: &Staff, form: &Form) -> crate::support::client::Answer {
    staff.post(&format!("/desk/report/{}/near", form.value("report")), form)
}

/// Joins, and gives the address of the incident.
fn joined(staff: &Staff, report: &str, others: &[&str]) -> String {
    let answer = join(staff, &joining(staff, report, others));
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().split('?').next().unwrap().to_owned()
}

/// A form of the incident, on top of what its page shows now.
fn doing(staff: &Staff, incident: &str, act: &str) -> Form {
    let page = staff.get(incident);
    assert_eq!(page.status, 200, "{}", page.text());
    let seen = page.page().field("seen").to_owned();
    Form::of(&[("key", &new_key()), ("incident", incident.rsplit('/').next().unwrap()), ("seen", &seen), ("act", act)])
}

fn together(portal: &Portal, place: &[String]) {
    let staff = Staff::sign_in_at(portal, place, "utilities", "handler");
    let (one, one_track) = placed(portal, &staff, "No water, I am at number 3");
    let (other, other_track) = placed(portal, &staff, "Dry taps at number 5");
    let (alone, alone_track) = placed(portal, &staff, "Our pump is loud");

    let near = staff.get(&format!("/desk/report/{one}/near")).text();
    assert!(near.contains(&reference(&other)) && near.contains(&reference(&alone)), "{near}");
    assert!(!near.contains("Dry taps"), "nothing sealed is opened for the list");
    let incident = joined(&staff, &one, &[&other]);
    for (track, others_words) in [(&one_track, "Dry taps"), (&other_track, "number 3")] {
        let page = said(portal, track);
        assert!(page.contains("Joined with other reports of the same event"), "{page}");
        assert!(!page.contains(others_words), "nobody reads what the others wrote");
    }
    assert!(!said(portal, &alone_track).contains("Joined with"));

    let work = doing(&staff, &incident, "change").with("to", "in-progress").with("told", "A main has burst");
    for _ in 0..2 {
        assert_eq!(staff.post(&incident, &work).status, 303, "the same again is one");
    }
    assert_eq!(staff.post(&incident, &work.with("told", "Nothing")).status, 409, "other words under its key");
    for track in [&one_track, &other_track] {
        let page = said(portal, track);
        assert!(page.contains("People are at work on it."), "{page}");
        assert_eq!(page.matches("A main has burst").count(), 1);
    }
    assert!(!said(portal, &alone_track).contains("A main has burst"));

    let split = doing(&staff, &incident, "split").with("reports", &other);
    let answer = staff.post(&incident, &split);
    assert_eq!(answer.status, 422, "whoever is taken out is told why");
    assert_eq!(staff.post(&incident, &split.with("told", "Yours is another pipe")).status, 303);
    assert!(said(portal, &other_track).contains("Yours is another pipe"));

    let done = doing(&staff, &incident, "change").with("to", "done").with("evidence", "4 bar");
    let refused = staff.post(&incident, &done);
    assert_eq!(refused.status, 422, "a closing is explained");
    assert!(refused.text().contains("4 bar"), "what was typed is not lost");
    assert_eq!(staff.post(&incident, &done.with("template", "done-repaired")).status, 303);
    assert!(said(portal, &one_track).contains("It has been repaired and checked."));
    assert!(said(portal, &other_track).contains("People are at work on it."), "taken out is left out");
    assert_eq!(staff.post(&incident, &doing(&staff, &incident, "tell").with("told", "Boil it first")).status, 303);
    assert!(said(portal, &one_track).contains("Boil it first"));
    let list = staff.get("/desk/incidents").text();
    assert!(list.contains(incident.as_str()), "{list}");
}

#[test]
fn what_is_done_to_an_incident_everybody_of_it_reads() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    together(&portal, &at(data.path(), &[]));
}

#[test]
fn what_is_done_to_an_incident_everybody_of_it_reads_on_postgres() {
    let Some(postgres) = Postgres::start() else { return };
    let (data, url) = (tempfile::tempdir().unwrap(), postgres.create("incidents"));
    let portal = Portal::start(data.path(), &["--database", &url]);
    together(&portal, &at(data.path(), &["--database", &url]));
}

#[test]
fn an_incident_has_one_owner_and_keeps_it() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let fire = Staff::sign_in(&portal, data.path(), "fire", "handler");
    let officer = Staff::sign_in(&portal, data.path(), "duty", "duty-officer");
    let (one, _) = placed(&portal, &staff, "Dry");
    let (other, _) = placed(&portal, &staff, "Dry too");
    let form = Form::report().with("category", "12D00");
    portal.client().report(&form);
    wait::until("the report stands in the queue", || fire.queue("").contains(&form.key().to_owned()));

    let (seen, fires) = (staff.page(&one).field("seen").to_owned(), form.key().to_owned());
    let theirs = Form::of(&[("key", &new_key()), ("report", &one), ("seen", &seen), ("reports[]", &fires)]);
    assert_eq!(join(&staff, &theirs).status, 403, "a handler sees one queue");
    assert_eq!(fire.get(&format!("/desk/report/{one}/near")).status, 403);
    let answer = join(&officer, &joining(&officer, &one, &[&fires]));
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("an incident has one owner") || answer.text().contains("一个部门负责"));

    let incident = joined(&staff, &one, &[&other]);
    assert_eq!(join(&staff, &joining(&staff, &one, &[&other])).status, 409, "they are together already");
    let offer = staff.moving(&one, "offer").with("department", "fire").with("inner", "Yours?");
    assert_eq!(staff.move_it(&offer).status, 409, "a member does not leave the others");
    assert_eq!(fire.get(&incident).status, 403);
    let stranger = Form::of(&[("key", &new_key()), ("seen", "1"), ("act", "tell"), ("told", "x")])
        .with("incident", incident.rsplit('/').next().unwrap());
    assert_eq!(fire.post(&incident, &stranger).status, 403);
    assert_eq!(portal.client().post(&incident, &stranger).status, 403, "nor anybody who has not signed in");
}

#[test]
fn of_an_incident_that_changed_meanwhile_nothing_is_changed() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let (one, one_track) = placed(&portal, &staff, "Dry");
    let (other, _) = placed(&portal, &staff, "Dry too");
    let stale = joining(&staff, &one, &[&other]);
    assert_eq!(staff.move_it(&staff.moving(&one, "remark").with("inner", "first")).status, 303);
    assert_eq!(join(&staff, &stale).status, 409);
    assert!(!said(&portal, &one_track).contains("Joined with"));
    let nothing = join(&staff, &joining(&staff, &one, &[]).with("told", "My words"));
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("My words"));
    let by_reference = joining(&staff, &one, &[]).with("duplicate", &reference(&other));
    assert_eq!(join(&staff, &by_reference).status, 303);
}
