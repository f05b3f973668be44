//! `/api/v1`: what our own clients send and read is what its description says.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::checks::guarded;
use crate::support::client::{Answer, Client};
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::portal::Portal;
use crate::support::wait;

const REPORTS: &str = "/api/v1/reports";
const PROBLEM: &str = "application/problem+json";

/// A portal, and its description, against which every answer is checked.
struct Api {
    _data: tempfile::TempDir,
    portal: Portal,
    client: Client,
    document: Value,
}

impl Api {
    fn start() -> Self {
        Self::with(&[])
    }

    fn with(more: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let portal = Portal::start(data.path(), more);
        let client = portal.client();
        let document = serde_json::from_slice(&client.get("/api/v1/openapi.json").body).unwrap();
        Self { _data: data, portal, client, document }
    }

    /// The path of the description that a path is one of.
    fn template(&self, path: &str) -> &str {
        let parts: Vec<&str> = path.split('?').next().unwrap().split('/').collect();
        let fits = |template: &str| {
            let names: Vec<&str> = template.split('/').collect();
            names.len() == parts.len()
                && names.iter().zip(&parts).all(|(name, part)| name.starts_with('{') || name == part)
        };
        let mut paths = self.document["paths"].as_object().unwrap().keys();
        paths.find(|template| fits(template)).unwrap_or_else(|| panic!("{path} is not described"))
    }

    /// What the description says is what was answered.
    fn check(&self, method: &str, path: &str, answer: &Answer) {
        guarded(answer);
        let operation = &self.document["paths"][self.template(path)][method.to_lowercase()];
        let described = &operation["responses"][answer.status.to_string()];
        assert!(described.is_object(), "{method} {path}: {} is not described: {}", answer.status, answer.text());
        let kind = answer.header("content-type").split(';').next().unwrap();
        if answer.body.is_empty() {
            assert!(described.get("content").is_none(), "{method} {path}: {} has a body", answer.status);
            return;
        }
        let schema = &described["content"][kind]["schema"];
        assert!(schema.is_object(), "{method} {path}: {} is not described as {kind}", answer.status);
        if kind != "text/csv" {
            self.fits(schema, &serde_json::from_slice(&answer.body).unwrap());
        }
    }

    fn fits(&self, schema: &Value, value: &Value) {
        let mut schema = schema.clone();
        schema["components"] = self.document["components"].clone();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {value}");
    }

    fn get(&self, path: &str) -> Answer {
        let answer = self.client.get_with(path, &[("Accept-Language", "en")]);
        self.check("GET", path, &answer);
        answer
    }

    fn read(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    fn post_from(&self, path: &str, body: &Value, forwarded: &str) -> Answer {
        let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", forwarded)];
        let answer = self.client.ask("POST", path, &headers, Some(body.to_string().as_bytes())).unwrap();
        self.check("POST", path, &answer);
        answer
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_from(path, body, "")
    }

    /// Sends a report that must be taken: its receipt.
    fn send(&self, body: &Value) -> Value {
        let answer = self.post(REPORTS, body);
        assert_eq!(answer.status, 201, "{}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    fn until_published(&self, reports: usize) -> Value {
        wait::found("the reports are published", || {
            let list = self.read("/api/v1/incidents");
            (list["incidents"].as_array().unwrap().len() == reports).then_some(list)
        })
    }
}

fn of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text()))
}

fn report() -> Value {
    json!({
        "key": new_key(),
        "category": "12P00",
        "position": { "latitude": 31.2304, "longitude": 121.4737, "accuracy": 12.5 },
        "address": "3 Mill Lane",
        "what": "No water since noon",
        "contact": "anna@example.org",
        "people": 3,
        "answers": { "supply": ["water"], "extent": ["block"] },
    })
}

#[test]
fn every_route_is_described() {
    let api = Api::start();
    assert!(api.document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", api.document["openapi"]);
    let paths: BTreeSet<&String> = api.document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths.len(), 8, "{paths:?}");
    // What is not described is not there either.
    for path in ["/api/v1", "/api/v1/", "/api/v1/report", "/api/v1/incidents.xml"] {
        let answer = api.client.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (404, PROBLEM), "{path}");
        api.fits(&json!({ "$ref": "#/components/schemas/Problem" }), &of(&answer));
    }
    api.fits(&json!({ "$ref": "#/components/schemas/NewReport" }), &report());
    api.read("/api/v1/openapi.json");
}

#[test]
fn a_report_is_taken_once_and_followed_by_its_secret() {
    let api = Api::start();
    let sent = report();
    let receipt = api.send(&sent);
    assert_eq!((&receipt["key"], &receipt["danger"], &receipt["call"]), (&sent["key"], &json!(false), &Value::Null));
    let again = api.post(REPORTS, &sent);
    assert_eq!((again.status, of(&again)), (200, receipt.clone()), "the same to the byte");
    let mut other = sent.clone();
    other["what"] = "Something else".into();
    assert_eq!(api.post(REPORTS, &other).status, 409);

    let path = format!("{REPORTS}/{}", receipt["secret"].as_str().unwrap());
    assert_eq!(again.header("location"), path);
    let told = api.read(&path);
    assert_eq!(api.get(&path).header("cache-control"), "no-store");
    for name in ["category", "what", "contact", "people", "answers"] {
        assert_eq!(told[name], sent[name], "{name}");
    }
    assert_eq!(told["reference"], receipt["reference"]);
    assert_eq!(told["place"]["latitude"], json!(31.2304));
    assert_eq!(told["place"]["accuracy"], json!(13));
    assert_eq!(told["history"][0]["what"], "received");
    let page = api.client.get(receipt["track"].as_str().unwrap());
    assert!(page.text().contains("No water since noon"));
    for wrong in [format!("{path}A"), format!("{path}%2F.."), format!("{REPORTS}/{}", "A".repeat(43))] {
        let answer = api.client.get(&wrong);
        assert_eq!((answer.status, answer.header("content-type")), (404, PROBLEM), "{wrong}");
    }
}

#[test]
fn the_receipt_is_signed_and_danger_says_whom_to_call() {
    let api = Api::start();
    let receipt = api.send(&json!({ "key": new_key(), "category": "12G00", "unknown": true }));
    assert_eq!((&receipt["danger"], &receipt["call"]["number"]), (&json!(true), &json!("119")));
    let statement = receipt["statement"].as_str().unwrap();
    assert!(statement.starts_with(&format!("shouwang-receipt/1 key={} sha256=", receipt["key"].as_str().unwrap())));
    let page = api.client.get(&receipt["track"].as_str().unwrap().replace("/track/", "/receipt/")).text();
    assert!(page.contains(statement), "the page shows the same: {page}");
    let in_words =
        api.send(&json!({ "key": new_key(), "category": "12P00", "unknown": true, "what": "There is a fire" }));
    assert_eq!(in_words["danger"], json!(true));
}

#[test]
fn notes_are_added_once_and_by_the_secret_alone() {
    let api = Api::start();
    let receipt = api.send(&report());
    let path = format!("{REPORTS}/{}", receipt["secret"].as_str().unwrap());
    let notes = format!("{path}/notes");
    let note = json!({ "key": new_key(), "text": "It is back" });
    assert_eq!(api.post(&notes, &note).status, 204);
    assert_eq!(api.post(&notes, &note).status, 204);
    assert_eq!(api.post(&notes, &json!({ "key": note["key"], "text": "It is gone" })).status, 409);
    let history = api.read(&path)["history"].clone();
    assert_eq!((history[1]["what"].as_str(), history[1]["text"].as_str()), (Some("note"), Some("It is back")));
    assert!(history.get(2).is_none(), "{history}");

    let none = format!("{REPORTS}/{}/notes", "A".repeat(43));
    assert_eq!(api.post(&none, &json!({ "key": new_key(), "text": "x" })).status, 404);
    let early = api.post(&notes, &json!({ "key": new_key(), "act": "contest", "text": "It is not solved" }));
    assert_eq!((early.status, &of(&early)["type"]), (409, &json!("urn:shouwang:problem:conflict")));
    for (body, field) in [
        (json!({ "key": "7", "text": "x" }), "key"),
        (json!({ "key": new_key(), "text": " " }), "note"),
        (json!({ "key": new_key(), "text": "x".repeat(2_001) }), "note"),
        (json!({ "key": new_key(), "act": "rate", "rating": "well" }), "rating"),
    ] {
        let answer = api.post(&notes, &body);
        assert_eq!((answer.status, &of(&answer)["errors"][0]["field"]), (422, &json!(field)));
    }
}

#[test]
fn mistakes_name_the_field_and_store_nothing() {
    let api = Api::start();
    let with = |name: &str, value: Value| {
        let mut report = report();
        report[name] = value;
        report
    };
    for (body, field, fault) in [
        (with("key", "7".into()), "key", "unknown"),
        (with("category", "potholes".into()), "category", "unknown"),
        (with("category", "".into()), "category", "missing"),
        (with("position", json!({ "latitude": 91, "longitude": 0 })), "position", "unknown"),
        (with("typed", "8Q336FJF+5F".into()), "typed", "unknown"),
        (with("what", "x".repeat(2_001).into()), "what", "too-long"),
        (with("contact", "a\0b".into()), "contact", "unprintable"),
        (with("people", 1_000_001.into()), "people", "not-a-number"),
        (with("answers", json!({ "supply": ["moon"] })), "answers[supply]", "unknown"),
        (json!({ "key": new_key(), "category": "12P00" }), "address", "missing"),
    ] {
        let answer = api.post(REPORTS, &body);
        assert_eq!(answer.status, 422, "{body}: {}", answer.text());
        let error = of(&answer)["errors"][0].clone();
        assert_eq!((&error["field"], &error["fault"]), (&json!(field), &json!(fault)), "{body}");
    }
    for body in [
        json!(null),
        json!([]),
        json!({}),
        with("people", (-1).into()),
        with("people", "3".into()),
        with("danger", "yes".into()),
        with("position", json!({ "latitude": 1 })),
        with("colour", "red".into()),
        with(&"x".repeat(9_000), "y".into()),
    ] {
        let answer = api.post(REPORTS, &body);
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
        assert!(answer.body.len() < 1_000, "what was sent is not sent back: {}", answer.text());
    }
    let raw = |kind: &str, body: &[u8]| {
        let answer = api.client.ask("POST", REPORTS, &[("Content-Type", kind)], Some(body)).unwrap();
        api.check("POST", REPORTS, &answer);
        answer.status
    };
    assert_eq!(raw("application/json", b"{"), 400);
    assert_eq!(raw("application/json", &[0xff, 0xfe]), 400);
    assert_eq!(raw("application/json", "[".repeat(100_000).as_bytes()), 400);
    assert_eq!(raw("application/json", &[b' '; 300_000]), 413);
    assert_eq!(raw("text/plain", b"{}"), 415);
    let form = api.client.post(REPORTS, &Form::report());
    assert_eq!((form.status, form.header("content-type")), (415, PROBLEM));
    assert!(api.read("/api/v1/incidents")["incidents"].as_array().unwrap().is_empty());
    api.portal.until_counted();
    assert!(api.read("/api/v1/incidents")["incidents"].as_array().unwrap().is_empty(), "nothing of it was stored");
}

#[test]
fn categories_come_with_their_questions_in_the_readers_language() {
    let api = Api::start();
    let english = api.read("/api/v1/categories");
    let find =
        |list: &Value, code: &str| list.as_array().unwrap().iter().find(|one| one["code"] == code).unwrap().clone();
    let supply = find(&english, "12P00");
    assert_eq!(supply["questions"][0]["choices"][0], json!({ "code": "power", "text": "Electricity" }));
    let wire = supply["questions"].as_array().unwrap().iter().find(|question| question["code"] == "wire-down").unwrap();
    assert_eq!(wire["when"], json!({ "is": { "question": "supply", "choice": "power" } }));
    assert_eq!(wire["choices"][0]["call"]["number"], "119");
    let bill = supply["questions"][0]["choices"].as_array().unwrap().iter().find(|choice| choice["code"] == "bill");
    assert!(bill.unwrap()["instead"].as_str().unwrap().contains("12345"));
    let chinese: Value = of(&api.client.get("/api/v1/categories"));
    assert_ne!(find(&chinese, "12P00")["name"], supply["name"]);
    assert_eq!(find(&english, "12G00")["call"]["number"], "119");
}

#[test]
fn what_is_public_says_nothing_of_people_nor_where_they_are_now() {
    let api = Api::start();
    let lonely = json!({ "key": new_key(), "category": "12G00", "position": { "latitude": 31.9, "longitude": 121.9 } });
    let other = report();
    for sent in [&lonely, &other] {
        api.send(sent);
    }
    let list = api.until_published(2);
    let incidents = list["incidents"].as_array().unwrap();
    for incident in incidents {
        for sent in [&lonely, &other] {
            assert_ne!(incident["id"], sent["key"], "whoever knows the key can send it again");
        }
        assert!(incident["area"].is_null(), "{incident}");
    }
    let geojson = api.get("/api/v1/incidents.geojson");
    assert_eq!(geojson.header("content-type"), "application/geo+json");
    let features = of(&geojson)["features"].clone();
    for (feature, incident) in features.as_array().unwrap().iter().zip(incidents) {
        assert_eq!((&feature["id"], &feature["properties"]), (&incident["id"], incident));
        assert!(feature["geometry"].is_null());
    }
    let table = api.get("/api/v1/incidents.csv");
    assert!(table.header("content-disposition").starts_with("attachment"));
    let mut csv = csv::Reader::from_reader(&*table.body);
    let ids: Vec<String> = csv.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert_eq!(ids, incidents.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
    for text in [list.to_string(), features.to_string(), table.text()] {
        for private in ["No water", "Mill", "anna", "31.2304", "121.4737", "31.9,", "121.9,"] {
            assert!(!text.contains(private), "{private} is nobody's business: {text}");
        }
    }
}

#[test]
fn incidents_are_found_by_kind_state_time_and_page() {
    let api = Api::start();
    for code in ["12P00", "12G00", "12P00"] {
        api.send(&json!({ "key": new_key(), "category": code, "unknown": true }));
    }
    api.until_published(3);
    let found = |query: &str| api.read(&format!("/api/v1/incidents?{query}"))["incidents"].as_array().unwrap().len();
    assert_eq!((found("category=12P00"), found("category=12P00,12G00"), found("category=12Q00")), (2, 3, 0));
    assert_eq!((found("status=open"), found("status=closed")), (3, 0));
    assert_eq!(found("until=2020-01-01T00:00:00Z"), 0);
    let mut seen = BTreeSet::new();
    let mut next = json!(1);
    while let Some(page) = next.as_u64() {
        let list = api.read(&format!("/api/v1/incidents?page_size=2&page={page}"));
        for one in list["incidents"].as_array().unwrap() {
            assert!(seen.insert(one["id"].to_string()));
        }
        next = list["next"].clone();
    }
    assert_eq!(seen.len(), 3);
    for query in [
        "page=0",
        "page_size=1001",
        "since=soon",
        "status=lost",
        "since=2020-01-01T00:00:00Z&until=2021-01-01T00:00:00Z",
    ] {
        for path in ["/api/v1/incidents", "/api/v1/incidents.geojson", "/api/v1/incidents.csv"] {
            assert_eq!(api.get(&format!("{path}?{query}")).status, 400, "{query}");
        }
    }
}

#[test]
fn what_happened_is_told_without_names_of_staff() {
    let api = Api::start();
    let receipt = api.send(&report());
    api.until_published(1);
    let id = receipt["key"].as_str().unwrap();
    let staff = Staff::sign_in(&api.portal, api._data.path(), "utilities", "handler");
    let refuse = staff.moving(id, "change").with("to", "refused").with("template", "refused-elsewhere");
    assert_eq!(staff.move_it(&refuse.with("told", "Call the supplier").with("ground", "no-power")).status, 303);
    let path = format!("{REPORTS}/{}", receipt["secret"].as_str().unwrap());
    let told = api.read(&path);
    assert_eq!(
        (&told["status"], &told["closed"], &told["may_contest"]),
        (&json!("refused"), &json!(true), &json!(true))
    );
    let last = told["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["what"], &last["detail"], &last["text"]),
        (&json!("status"), &json!("no-power"), &json!("Call the supplier"))
    );
    assert!(!last["sentence"].as_str().unwrap().is_empty());
    let contest = json!({ "key": new_key(), "act": "contest", "text": "It is not theirs" });
    assert_eq!(api.post(&format!("{path}/notes"), &contest).status, 204);
    assert_eq!(api.read(&path)["status"], "reopened");
}

#[test]
fn what_stands_before_the_routes_refuses_in_the_same_manner() {
    let api = Api::with(&[
        "--metrics",
        "127.0.0.1:0",
        "--trusted-proxies",
        "1",
        "--posts-per-minute",
        "6",
        "--reads-per-minute",
        "2",
    ]);
    let elsewhere = [("Content-Type", "application/json"), ("Sec-Fetch-Site", "cross-site")];
    let forged = api.client.ask("POST", REPORTS, &elsewhere, Some(b"{}")).unwrap();
    assert_eq!((forged.status, forged.header("content-type")), (403, PROBLEM));
    let method = api.client.ask("DELETE", REPORTS, &[], None).unwrap();
    assert_eq!((method.status, method.header("content-type")), (405, PROBLEM));
    let from = [("X-Forwarded-For", "203.0.113.9")];
    let reads: Vec<Answer> = (0..3).map(|_| api.client.get_with("/api/v1/incidents", &from)).collect();
    let slow = &reads[2];
    assert_eq!((slow.status, slow.header("content-type"), slow.header("retry-after")), (429, PROBLEM, "30"));
    assert_eq!(of(slow)["status"], 429);

    let danger = || json!({ "key": new_key(), "category": "12G00", "unknown": true });
    for _ in 0..5 {
        assert_eq!(api.post_from(REPORTS, &danger(), "203.0.113.7").status, 201);
    }
    let held = || api.portal.process.metric("rate_limited_total{reads=\"no\"}");
    assert_eq!(held(), 0, "danger waits for nothing");
    let harmless = json!({ "key": new_key(), "category": "12P00", "unknown": true });
    assert_eq!(api.post_from(REPORTS, &harmless, "203.0.113.7").status, 201);
    assert_eq!(held(), 1, "but it was counted");
}
