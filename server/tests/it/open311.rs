//! Open311 GeoReport v2: what other programs send and read.

use serde_json::{Value, json};

use crate::support::client::Client;
use crate::support::data;
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::open311::{get, read};
use crate::support::portal::Portal;
use crate::support::wait;

const REQUESTS: &str = "/open311/v2/requests.json";

/// A report as the standard sends it.
fn request() -> Form {
    Form::of(&[
        ("service_code", "12P00"),
        ("lat", "31.2304"),
        ("long", "121.4737"),
        ("address_string", "3 Mill Lane"),
        ("description", "No water since noon"),
        ("email", "anna@example.org"),
        ("first_name", "Anna"),
    ])
}

/// Sends a report; its id.
fn send(client: &Client, form: &Form) -> String {
    let answer = client.post(REQUESTS, form);
    assert_eq!(answer.status, 200, "{}", answer.text());
    read(&answer)[0]["service_request_id"].as_str().unwrap().to_owned()
}

fn portal() -> (tempfile::TempDir, Portal) {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    (data, portal)
}

/// The list, once the router has placed so many reports.
fn until_listed(client: &Client, reports: usize) -> Value {
    wait::found("the reports are listed", || {
        let list = get(client, REQUESTS);
        (list.as_array().unwrap().len() == reports).then_some(list)
    })
}

#[test]
fn what_is_told_is_as_the_published_schemas_want_it() {
    let Some(schemas) = data::open311_schemas() else { return };
    let (_data, portal) = portal();
    let client = portal.client();
    let id = send(&client, &request());
    until_listed(&client, 1);
    for (schema, path) in [
        ("service", "/open311/v2/services.json"),
        ("request", REQUESTS),
        ("request", &format!("/open311/v2/requests/{id}.json")),
    ] {
        let validator = jsonschema::validator_for(&schemas[schema]).unwrap();
        let list = get(&client, path);
        let rows = list.as_array().unwrap();
        assert!(!rows.is_empty(), "{path}");
        for row in rows {
            let errors: Vec<String> = validator.iter_errors(row).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{path}: {errors:?} in {row}");
        }
    }
    let definition = jsonschema::validator_for(&schemas["service-definition"]).unwrap();
    for service in get(&client, "/open311/v2/services.json").as_array().unwrap() {
        let code = service["service_code"].as_str().unwrap();
        let defined = get(&client, &format!("/open311/v2/services/{code}.json"));
        let errors: Vec<String> = definition.iter_errors(&defined).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{code}: {errors:?} in {defined}");
        assert_eq!(defined["attributes"].as_array().unwrap().is_empty(), service["metadata"] == false, "{code}");
    }
}

#[test]
fn what_a_definition_asks_can_be_answered() {
    let (data, portal) = portal();
    let client = portal.client();
    let defined = get(&client, "/open311/v2/services/12P00.json?locale=en");
    let supply = &defined["attributes"][0];
    assert_eq!((&supply["code"], &supply["datatype"]), (&"supply".into(), &"singlevaluelist".into()));
    assert_eq!(supply["values"][0], serde_json::json!({"key": "power", "name": "Electricity"}));

    let answered = request()
        .with("key", &new_key())
        .with("attribute[supply]", "power")
        .with("attribute[extent]", "block")
        .with("attribute[since]", "2026-03-01T06:30:00Z");
    send(&client, &answered);
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    wait::until("the desk has it", || staff.queue("").contains(&answered.key().to_owned()));
    let page = staff.get(&format!("/desk/report/{}?lang=en", answered.key())).text();
    for word in ["Electricity", "The neighbourhood, or more", "2026-03-01T14:30"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let wrong = client.post(REQUESTS, &request().with("key", &new_key()).with("attribute[supply]", "moon"));
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains("attribute"), "{}", wrong.text());
}

#[test]
fn a_report_sent_by_a_program_is_a_report_like_any_other() {
    let (data, portal) = portal();
    let client = portal.client();
    let form = request().with("key", &new_key());
    let answer = client.post(REQUESTS, &form);
    let sent = read(&answer);
    let track = sent[0]["service_notice"].as_str().unwrap();
    let page = client.get(track);
    assert_eq!(page.status, 200, "{track}");
    for word in ["No water since noon", "3 Mill Lane", "31.2304, 121.4737", "anna@example.org", "Anna"] {
        assert!(page.text().contains(word), "{word}");
    }
    let id = sent[0]["service_request_id"].as_str().unwrap();
    let public = get(&client, &format!("/open311/v2/requests/{id}.json"));
    assert_eq!(
        (&public[0]["service_request_id"], &public[0]["status"]),
        (&sent[0]["service_request_id"], &json!("open"))
    );
    let text = public.to_string();
    for private in ["No water", "Mill", "Anna", "anna", "31.2304", "121.4737"] {
        assert!(!text.contains(private), "{private} is nobody's business: {text}");
    }

    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    wait::until("the desk has it", || staff.queue("").contains(&form.key().to_owned()));
    let refuse = staff.moving(form.key(), "change").with("to", "refused").with("template", "refused-elsewhere");
    assert_eq!(staff.move_it(&refuse.with("ground", "no-power")).status, 303);
    let public = get(&client, &format!("/open311/v2/requests/{id}.json"));
    assert_eq!(public[0]["status"], "closed");
    assert!(public[0]["updated_datetime"].as_str() > public[0]["requested_datetime"].as_str());
}

#[test]
fn whose_account_and_which_address_it_was_is_kept() {
    let (_data, portal) = portal();
    let client = portal.client();
    let track = |form: &Form| read(&client.post(REQUESTS, form))[0]["service_notice"].as_str().unwrap().to_owned();
    let whole = client.get(&track(&request().with("address_id", "P-4711").with("account_id", "anna-7"))).text();
    for word in ["3 Mill Lane · address_id P-4711", "Anna, anna@example.org, account_id anna-7"] {
        assert!(whole.contains(word), "{word}: {whole}");
    }
    let bare = Form::of(&[("service_code", "12P00"), ("address_id", "P-4711"), ("account_id", "anna-7")]);
    let bare = client.get(&track(&bare)).page().sent();
    assert!(bare.contains(&Some("address_id P-4711".to_owned())), "{bare:?}");
    assert!(bare.contains(&Some("account_id anna-7".to_owned())), "{bare:?}");
}

#[test]
fn one_device_that_sends_a_flood_through_a_program_is_seen() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &["--posts-per-minute", "0"]);
    let client = portal.client();
    let nowhere = Form::of(&[("service_code", "12P00"), ("address_string", "3 Mill Lane")]);
    for number in 0..10 {
        send(&client, &nowhere.clone().with("device_id", "one"));
        send(&client, &nowhere.clone().with("device_id", &format!("of somebody else {number}")));
    }
    portal.until_counted();
    let officer = Staff::sign_in(&portal, data.path(), "duty", "duty-officer");
    let page = officer.get("/desk/flood").page();
    let aside = page.all("input").filter(|input| input.attribute("name") == Some("reports[]")).count();
    assert!((1..=3).contains(&aside), "the first seven pass, and everybody else: {aside}");
}

#[test]
fn the_same_key_is_the_same_report() {
    let (_data, portal) = portal();
    let client = portal.client();
    let keyed = request().with("key", &new_key());
    let id = send(&client, &keyed);
    assert_eq!(send(&client, &keyed), id);
    assert_eq!(client.post(REQUESTS, &keyed.with("description", "Something else")).status, 409);
    until_listed(&client, 1);
}

/// What a report says that says as little as it may: whoever knew its key could guess the rest.
fn sparse(key: &str) -> Form {
    Form::of(&[("key", key), ("category", "12G00"), ("danger", "yes"), ("unknown", "yes")])
}

/// Every document that anybody may read of reports, and the ids in them.
fn published(client: &Client) -> (Vec<String>, Vec<String>) {
    let ids = |list: &Value, names: &[&str]| -> Vec<String> {
        let rows = list.as_array().unwrap().iter();
        rows.flat_map(|row| names.iter().map(|name| row[*name].as_str().unwrap().to_owned())).collect()
    };
    let requests = get(client, &format!("{REQUESTS}?extensions=true"));
    let mut found = ids(&requests, &["service_request_id"]);
    let mut documents = vec![requests.to_string()];
    for id in found.clone() {
        for path in [format!("/open311/v2/requests/{id}.json"), format!("/open311/v2/tokens/{id}.xml")] {
            let answer = client.get(&path);
            assert_eq!(answer.status, 200, "{path}");
            documents.push(answer.text());
        }
    }
    let updates = get(client, "/open311/v2/servicerequestupdates.json");
    found.extend(ids(&updates, &["update_id", "service_request_id"]));
    documents.push(updates.to_string());
    let incidents: Value = serde_json::from_slice(&client.get("/api/v1/incidents").body).unwrap();
    found.extend(ids(&incidents["incidents"], &["id"]));
    let others = ["/api/v1/incidents", "/api/v1/incidents.geojson", "/api/v1/incidents.csv", "/open", "/open.csv"];
    documents.extend(others.map(|path| client.get(path).text()));
    (documents, found)
}

#[test]
fn what_is_published_of_a_report_opens_nothing_when_it_is_sent_as_its_key() {
    let (data, portal) = portal();
    let client = portal.client();
    let by_form = sparse(&new_key());
    let track = client.report(&by_form).replace("/receipt/", "/track/");
    let by_program = request().with("key", &new_key());
    send(&client, &by_program);
    until_listed(&client, 2);
    // A step that has a key from a form of the person's own.
    let staff = Staff::sign_in(&portal, data.path(), "fire", "handler");
    let refuse = staff.moving(by_form.key(), "change").with("to", "refused").with("template", "refused-elsewhere");
    assert_eq!(staff.move_it(&refuse.with("ground", "no-power")).status, 303);
    let contest = Form::note(&track, "It burns").with("act", "contest");
    assert_eq!(client.post(&track, &contest).status, 303);

    let (documents, ids) = published(&client);
    assert!(ids.len() >= 8, "{ids:?}");
    let secret = track.rsplit('/').next().unwrap();
    for document in &documents {
        for private in [by_form.key(), by_program.key(), contest.key(), secret, &secret[22..]] {
            assert!(!document.contains(private), "{private} is published: {document}");
        }
    }
    let again = |key: &str| [client.post("/report", &sparse(key)), client.post(REQUESTS, &request().with("key", key))];
    for id in &ids {
        for answer in again(id) {
            assert!([400, 422].contains(&answer.status), "{id}: {}", answer.status);
            let told = format!("{}{}", answer.location(), answer.text().replace("/receipt/verify", ""));
            assert!(!told.contains("/track/") && !told.contains("/receipt/"), "{id}: {told}");
        }
    }
    assert_eq!(again(by_form.key()).map(|answer| answer.status), [303, 409], "its author may send it again");
    let unknown = "a".repeat(26);
    assert_eq!(client.get(&format!("/open311/v2/requests/{}.json", by_form.key())).status, 404, "a key is no id");
    assert_eq!(client.get(&format!("/open311/v2/requests/{unknown}.json")).status, 404);
}

#[test]
fn what_was_just_sent_is_found_before_anybody_has_placed_it() {
    let (_data, portal) = portal();
    let client = portal.client();
    // So many that the router is busy with the first while the last is asked for.
    for _ in 0..20 {
        let id = send(&client, &request());
        let found = get(&client, &format!("/open311/v2/requests/{id}.json?extensions=true"));
        assert_eq!((&found[0]["service_request_id"], &found[0]["status"]), (&json!(id), &json!("open")));
        let token = get(&client, &format!("/open311/v2/tokens/{id}.json"));
        assert_eq!(token, json!([{ "service_request_id": id, "token": id }]));
        assert_eq!(get(&client, &format!("{REQUESTS}?service_request_id={id}"))[0]["service_code"], "12P00");
    }
}

#[test]
fn mistakes_are_told_in_the_format_that_was_asked_for() {
    let (_data, portal) = portal();
    let client = portal.client();
    let without = |name: &str| Form(request().0.into_iter().filter(|(field, _)| field != name).collect());
    let nowhere = Form::of(&[("service_code", "12P00")]);
    let posts = [
        (without("service_code"), 400),
        (request().with("service_code", "potholes"), 404),
        (nowhere, 400),
        (without("long"), 400),
        (request().with("lat", "north"), 400),
        (request().with("description", &"x".repeat(5_000)), 400),
        (request().with("key", "7"), 400),
    ];
    for (form, status) in posts {
        let answer = client.post(REQUESTS, &form);
        assert_eq!(answer.status, status, "{form:?}");
        let errors = read(&answer);
        assert_eq!(errors[0]["code"], json!(status));
        assert!(errors[0]["description"].as_str().unwrap().len() > 10);
        let answer = client.post("/open311/v2/requests.xml", &form);
        assert_eq!((answer.status, answer.header("content-type")), (status, "text/xml; charset=utf-8"));
        assert!(
            answer.text().contains(&format!("<errors><error><code>{status}</code><description>")),
            "{}",
            answer.text()
        );
    }
    for (path, status) in [
        ("/open311/v2/services/potholes.json", 404),
        ("/open311/v2/requests/7.json", 404),
        ("/open311/v2/tokens/7.json", 404),
        ("/open311/v2/other.json", 404),
        ("/open311/v2/services", 404),
        ("/open311/v2/requests.json?status=lost", 400),
        ("/open311/v2/requests.json?start_date=yesterday", 400),
        ("/open311/v2/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", 400),
        ("/open311/v2/requests.json?page=0", 400),
        ("/open311/v2/requests.json?page_size=1001", 400),
    ] {
        assert_eq!(client.get(path).status, status, "{path}");
    }
    assert!(get(&client, REQUESTS).as_array().unwrap().is_empty(), "nothing of it was stored");
}

#[test]
fn lists_go_by_time_kind_state_and_page() {
    let (_data, portal) = portal();
    let client = portal.client();
    let codes = ["12P00", "12G00", "12P00"];
    let ids = codes.map(|code| send(&client, &request().with("service_code", code)));
    until_listed(&client, ids.len());
    let listed = |query: &str| -> Vec<String> {
        let list = get(&client, &format!("{REQUESTS}?{query}"));
        list.as_array().unwrap().iter().map(|row| row["service_request_id"].as_str().unwrap().to_owned()).collect()
    };
    let mut all = listed("");
    all.sort();
    let mut sent = ids.to_vec();
    sent.sort();
    assert_eq!(all, sent);
    assert_eq!(listed("service_code=12P00").len(), 2);
    assert_eq!(listed("service_code=12P00,12G00").len(), 3);
    assert_eq!(listed("service_code=12Q00"), Vec::<String>::new());
    assert_eq!(
        (listed("status=open").len(), listed("status=closed").len(), listed("status=open,closed").len()),
        (3, 0, 3)
    );
    assert_eq!(listed(&format!("service_request_id={},{}", ids[0], ids[2])), [ids[0].clone(), ids[2].clone()]);
    assert_eq!(listed("end_date=2020-01-01T00:00:00Z").len(), 0);
    assert_eq!(listed("end_date=2020-01-01T08:00:00%2B08:00").len(), 0);
    let pages: Vec<String> = (1..=3).flat_map(|page| listed(&format!("page_size=1&page={page}"))).collect();
    assert_eq!(pages, listed(""));
    assert!(listed("page_size=2&page=3").is_empty());
}

#[test]
fn who_has_no_key_sends_nothing_where_keys_are_asked_for() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &["--open311-keys", "one,other", "--jurisdiction", "linjiang.example"]);
    let client = portal.client();
    assert_eq!(client.post(REQUESTS, &request()).status, 403);
    assert_eq!(client.post(REQUESTS, &request().with("api_key", "on")).status, 403);
    assert_eq!(client.post(REQUESTS, &request().with("api_key", "")).status, 403);
    send(&client, &request().with("api_key", "other"));
    assert_eq!(client.get(REQUESTS).status, 200, "reading takes no key");
    let elsewhere = request().with("api_key", "one").with("jurisdiction_id", "elsewhere.example");
    assert_eq!(client.post(REQUESTS, &elsewhere).status, 404);
    assert_eq!(client.get("/open311/v2/services.json?jurisdiction_id=elsewhere.example").status, 404);
    assert_eq!(client.get("/open311/v2/services.json?jurisdiction_id=linjiang.example").status, 200);
}

#[test]
fn keys_may_stand_in_a_file() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("api-keys");
    std::fs::write(&file, "one, other\n").unwrap();
    let portal = Portal::start(data.path(), &["--open311-keys-file", file.to_str().unwrap()]);
    let client = portal.client();
    assert_eq!(client.post(REQUESTS, &request()).status, 403);
    for key in ["one", "other"] {
        send(&client, &request().with("api_key", key));
    }
}

#[test]
fn discovery_says_where_and_how_in_both_formats() {
    let (_data, portal) = portal();
    let client = portal.client();
    let found = get(&client, "/open311/v2/discovery.json");
    assert_eq!(found["endpoints"][0]["type"], "production");
    assert_eq!(found["endpoints"][0]["formats"], json!(["text/xml", "application/json"]));
    let xml = client.get("/open311/v2/discovery.xml");
    assert!(xml.text().contains("<discovery><changeset>"), "{}", xml.text());
    let english = client.get("/open311/v2/services.xml?locale=en").text();
    assert!(english.contains("<service_code>12G00</service_code><service_name>Fire"), "{english}");
}

#[test]
fn what_stands_before_the_routes_refuses_in_documents_of_the_standard() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &["--trusted-proxies", "1", "--reads-per-minute", "2"]);
    let client = portal.client();
    let squeezed = ("Accept-Encoding", "zstd, gzip");
    let elsewhere = [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "cross-site")];
    for ending in ["json", "xml"] {
        let requests = format!("/open311/v2/requests.{ending}");
        let address = format!("203.0.113.{}", ending.len());
        let from = [("X-Forwarded-For", address.as_str()), squeezed];
        // Two may be read at once.
        for _ in 0..2 {
            assert_eq!(client.get_with(&requests, &from).status, 200);
        }
        let refusals = [
            (403, client.ask("POST", &requests, &elsewhere, Some(b"service_code=12P00")).unwrap()),
            (405, client.ask("DELETE", &requests, &[squeezed], None).unwrap()),
            (405, client.ask("POST", &format!("/open311/v2/tokens/7.{ending}"), &[squeezed], Some(b"")).unwrap()),
            (404, client.get_with(&format!("/open311/v2/no/such/name.{ending}"), &[squeezed])),
            (429, client.get_with(&requests, &from)),
        ];
        for (status, answer) in refusals {
            assert_eq!((answer.status, answer.header("content-encoding")), (status, ""), "{}", answer.text());
            if ending == "json" {
                let errors = read(&answer);
                assert_eq!(errors[0]["code"], json!(status));
                assert!(errors[0]["description"].as_str().unwrap().len() > 10, "{errors}");
            } else {
                assert_eq!(answer.header("content-type"), "text/xml; charset=utf-8");
                let beginning = format!("<errors><error><code>{status}</code><description>");
                assert!(answer.text().contains(&beginning), "{}", answer.text());
            }
            if status == 429 {
                assert_eq!(answer.header("retry-after"), "30");
            }
        }
    }
}
