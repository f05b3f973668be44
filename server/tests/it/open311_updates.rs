//! Open311 beyond the standard: `extensions=true`, and mySociety's `servicerequestupdates` both ways.

use std::path::Path;

use serde_json::json;

use crate::support::client::Client;
use crate::support::data;
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::open311::{get, read};
use crate::support::portal::Portal;
use crate::support::wait;

const REQUESTS: &str = "/open311/v2/requests.json";
const UPDATES: &str = "/open311/v2/servicerequestupdates.json";

/// A portal that two programs have keys of.
fn portal() -> (tempfile::TempDir, Portal) {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &["--open311-keys", "one,other"]);
    (data, portal)
}

/// A report that a program has sent.
struct Sent {
    key: String,
    id: String,
    page: String,
}

/// Sends a report with the key of a program.
fn send(client: &Client, program: &str) -> Sent {
    let key = new_key();
    let form = Form::of(&[("service_code", "12P00"), ("address_string", "3 Mill Lane"), ("api_key", program)]);
    let answer = client.post(REQUESTS, &form.with("description", "No water since noon").with("key", &key));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let sent = &read(&answer)[0];
    let of = |name: &str| sent[name].as_str().unwrap().to_owned();
    Sent { key, id: of("service_request_id"), page: of("service_notice") }
}

/// Somebody of the department that has these reports in its queue.
fn staff(portal: &Portal, data: &Path, reports: &[&Sent]) -> Staff {
    let staff = Staff::sign_in(portal, data, "utilities", "handler");
    wait::until("the desk has them", || {
        let queue = staff.queue("");
        reports.iter().all(|report| queue.contains(&report.key))
    });
    staff
}

fn update(id: &str, key: &str) -> Form {
    Form::of(&[
        ("service_request_id", id),
        ("update_id", "4711"),
        ("status", "OPEN"),
        ("updated_datetime", "2026-03-01T06:30:00Z"),
        ("description", "The cellar is dry again"),
        ("api_key", key),
    ])
}

fn refuse(staff: &Staff, report: &Sent) {
    let refuse = staff.moving(&report.key, "change").with("to", "refused").with("template", "refused-elsewhere");
    let refuse = refuse.with("told", "Anna's cellar is her own").with("ground", "no-power");
    let answer = staff.move_it(&refuse);
    assert_eq!(answer.status, 303, "{}", answer.text());
}

#[test]
fn a_program_adds_to_what_it_sent_and_once() {
    let (data, portal) = portal();
    let client = portal.client();
    let sent = send(&client, "one");
    let Sent { id, page, .. } = &sent;
    for _ in 0..2 {
        let answer = client.post(UPDATES, &update(id, "one"));
        assert_eq!((answer.status, read(&answer)), (200, json!([{ "update_id": "4711" }])));
    }
    let fixed = update(id, "one").with("update_id", "4712").with("status", "FIXED").with("email", "anna@example.org");
    assert_eq!(client.post(UPDATES, &fixed).status, 200);
    let notes = client.get(page).page().notes();
    assert_eq!(notes, ["The cellar is dry again", "The cellar is dry again\n(FIXED)"]);
    let staff = staff(&portal, data.path(), &[&sent]);
    assert!(staff.get(&format!("/desk/report/{}", sent.key)).text().contains("The cellar is dry again"));

    let other_words = client.post(UPDATES, &update(id, "one").with("description", "It is wet"));
    assert_eq!(other_words.status, 409);
    assert_eq!(client.get(page).page().notes(), notes, "the first words stand");
    let xml = client.post("/open311/v2/servicerequestupdates.xml", &update(id, "one"));
    let element = "<service_request_updates><request_update><update_id>4711</update_id></request_update></service_request_updates>";
    assert!(xml.text().ends_with(element), "{}", xml.text());
}

#[test]
fn nobody_adds_to_what_somebody_else_sent() {
    let (_data, portal) = portal();
    let client = portal.client();
    let Sent { key, id, page } = send(&client, "one");
    let receipt = client.report(&Form::report().with("key", &new_key()));
    let from_a_page = Form::report();
    client.report(&from_a_page);
    for (form, status) in [
        (update(&id, "other"), 404),
        (update(from_a_page.key(), "one"), 404),
        (update(&key, "one"), 404),
        (update(&new_key(), "one"), 404),
        (update("7", "one"), 404),
        (update(&id, "On"), 403),
        (update(&id, ""), 403),
    ] {
        let answer = client.post(UPDATES, &form);
        assert_eq!((answer.status, &read(&answer)[0]["code"]), (status, &json!(status)), "{form:?}");
    }
    for page in [page, receipt.replace("/receipt/", "/track/")] {
        assert!(client.get(&page).page().notes().is_empty());
    }
    let open = tempfile::tempdir().unwrap();
    let open = Portal::start::<&str>(open.path(), &[]);
    assert_eq!(open.client().post(UPDATES, &update(&id, "one")).status, 403, "who gives no keys takes no updates");
}

#[test]
fn an_update_with_a_mistake_says_which_in_either_format() {
    let (_data, portal) = portal();
    let client = portal.client();
    let Sent { id, page, .. } = send(&client, "one");
    let good = update(&id, "one");
    for (name, value) in [
        ("service_request_id", ""),
        ("update_id", " "),
        ("update_id", &*"7".repeat(201)),
        ("status", ""),
        ("status", "LOST"),
        ("updated_datetime", ""),
        ("updated_datetime", "yesterday"),
        ("updated_datetime", "2026-03-01T06:30:00"),
        ("description", ""),
        ("description", &*"x".repeat(2_001)),
        ("description", "a\0b"),
    ] {
        let wrong = good.clone().with(name, value);
        let answer = client.post(UPDATES, &wrong);
        assert_eq!(answer.status, 400, "{name}={value:?}: {}", answer.text());
        assert!(read(&answer)[0]["description"].as_str().unwrap().contains(name), "{name}: {}", answer.text());
        let xml = client.post("/open311/v2/servicerequestupdates.xml", &wrong).text();
        assert!(xml.contains("<errors><error><code>400</code><description>"), "{xml}");
    }
    assert!(client.get(&page).page().notes().is_empty());
}

#[test]
fn updates_tell_how_reports_moved_and_nobodys_words() {
    let (data, portal) = portal();
    let client = portal.client();
    let (first, second) = (send(&client, "one"), send(&client, "other"));
    let staff = staff(&portal, data.path(), &[&first, &second]);
    refuse(&staff, &first);
    assert_eq!(staff.move_it(&staff.moving(&second.key, "change").with("to", "in-progress")).status, 303);
    client.post(UPDATES, &update(&first.id, "one"));

    let told = get(&client, &format!("{UPDATES}?locale=en"));
    let list = told.as_array().unwrap();
    let closed =
        list.iter().find(|row| row["service_request_id"] == first.id && row["external_status_code"] == "refused");
    let closed = closed.unwrap_or_else(|| panic!("{told}"));
    assert_eq!(closed["status"], "not_councils_responsibility");
    assert_eq!(closed["media_url"], "");
    assert!(list.iter().any(|row| row["service_request_id"] == second.id && row["status"] == "in_progress"), "{told}");
    let text = told.to_string();
    for private in ["Anna", "cellar", "water", "Mill"] {
        assert!(!text.contains(private), "{private} is nobody's business: {text}");
    }

    let ids = |query: &str| -> Vec<String> {
        let list = get(&client, &format!("{UPDATES}?{query}"));
        list.as_array().unwrap().iter().map(|row| row["update_id"].as_str().unwrap().to_owned()).collect()
    };
    let all = ids("");
    let pages: Vec<String> = (1..=all.len()).flat_map(|page| ids(&format!("page_size=1&page={page}"))).collect();
    assert_eq!((pages, all.len()), (all, list.len()));
    assert!(ids("end_date=2020-01-01T00:00:00Z").is_empty());
    let from = closed["updated_datetime"].as_str().unwrap();
    assert!(ids(&format!("start_date={from}")).contains(&closed["update_id"].as_str().unwrap().to_owned()));
    for query in
        ["start_date=soon", "page=0", "page_size=1001", "start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z"]
    {
        assert_eq!(client.get(&format!("{UPDATES}?{query}")).status, 400, "{query}");
    }
    let xml = client.get("/open311/v2/servicerequestupdates.xml").text();
    assert!(xml.contains("<service_request_updates><request_update><update_id>"), "{xml}");
}

#[test]
fn extensions_add_to_what_the_schema_has_and_take_nothing_away() {
    let (data, portal) = portal();
    let client = portal.client();
    let sent = send(&client, "one");
    refuse(&staff(&portal, data.path(), &[&sent]), &sent);
    let id = &sent.id;
    let plain = get(&client, &format!("{REQUESTS}?locale=en"));
    let extended = get(&client, &format!("{REQUESTS}?locale=en&extensions=true"));
    for (name, value) in plain[0].as_object().unwrap() {
        assert_eq!(&extended[0][name], value, "{name}");
    }
    assert!(plain[0].get("notes").is_none());
    for private in ["detail", "requestor_name"] {
        assert!(extended[0].get(private).is_none(), "{private} would never have a value");
    }
    let row = &extended[0];
    assert_eq!(row["extended_status"], "not_councils_responsibility");
    assert_eq!(row["external_status_code"], "refused");
    let notes = row["notes"].as_array().unwrap();
    assert_eq!(row["comment_count"], notes.len());
    assert_eq!(notes.last().unwrap()["type"], "status");
    assert!(!extended.to_string().contains("Anna"), "{extended}");
    assert_eq!(get(&client, &format!("/open311/v2/requests/{id}.json?locale=en&extensions=TRUE")), extended);
    assert_eq!(client.get(&format!("{REQUESTS}?extensions=true&page_size=101")).status, 400);
    let xml = client.get(&format!("/open311/v2/requests/{id}.xml?extensions=true")).text();
    assert!(xml.contains("<notes><note><datetime>"), "{xml}");
    if let Some(schemas) = data::open311_schemas() {
        let validator = jsonschema::validator_for(&schemas["request"]).unwrap();
        let errors: Vec<String> = validator.iter_errors(row).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {row}");
    }
}

#[test]
fn a_body_without_end_is_refused_before_it_fills_the_memory() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &["--most-bytes", "10000"]);
    let form = Form::of(&[("service_code", "12P00"), ("address_string", "x")]).with("description", &"x".repeat(20_000));
    let answer = portal.client().post(REQUESTS, &form);
    assert_eq!((answer.status, &read(&answer)[0]["code"]), (413, &json!(413)));
}

#[test]
fn a_programs_report_of_danger_waits_for_nothing() {
    let data = tempfile::tempdir().unwrap();
    let slow = ["--metrics", "127.0.0.1:0", "--trusted-proxies", "1", "--posts-per-minute", "6"];
    let portal = Portal::start(data.path(), &slow);
    let client = portal.client();
    let send = |code: &str, description: &str| {
        let form = Form::of(&[("service_code", code), ("address_string", "3 Mill Lane"), ("description", description)]);
        let answer = client.try_post(REQUESTS, &form, &[("X-Forwarded-For", "203.0.113.7")]).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
    };
    for _ in 0..5 {
        send("12G00", "Smoke");
        send("12P00", "People are trapped in the lift");
    }
    let held = || portal.process.metric("rate_limited_total{reads=\"no\"}");
    assert_eq!(held(), 0);
    send("12P00", "No water");
    assert_eq!(held(), 1, "but it was counted");
}
