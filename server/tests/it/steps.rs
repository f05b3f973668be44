//! From the form to the report, page by page, without script.

use crate::support::client::Answer;
use crate::support::commands::{at, keys};
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::portal::Portal;
use crate::support::wait;

const POWER: &str = "answers[supply][]";

fn posted(portal: &Portal, form: &Form) -> Answer {
    portal.client().post("/report?sent", form)
}

/// The page of the form that an answer shows.
fn step(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.page().field("step").to_owned()
}

fn supply() -> Form {
    Form::report().with("step", "start").with("what", "The lamps are out, my number is 13812345678")
}

#[test]
fn a_supply_that_failed_is_asked_about_and_nothing_is_stored_before_it_is_sent() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");

    let details = posted(&portal, &supply());
    assert_eq!(step(&details), "details");
    let form = details.page().form();
    let missing = posted(&portal, &form);
    assert_eq!(missing.status, 422, "which supply must be said");
    assert!(missing.text().contains("13812345678"), "what was typed goes along");

    let more = posted(&portal, &form.clone().with(POWER, "power").with("answers[extent][]", "block"));
    assert_eq!(step(&more), "details", "power brings up two more questions");
    assert!(more.page().field("asked").contains("wire-down"));

    let check = posted(&portal, &more.page().form().with(POWER, "power").with("answers[extent][]", "block"));
    assert_eq!(step(&check), "check");
    assert!(check.text().contains("caution"), "a telephone number in the words is warned of: {}", check.text());
    assert!(keys(&at(data.path(), &[])).is_empty(), "nothing is stored yet");

    let back = posted(&portal, &check.page().form().with("back", "yes"));
    assert_eq!(step(&back), "start");
    assert!(back.text().contains("13812345678"));

    let sent = posted(&portal, &check.page().form());
    assert_eq!(sent.status, 303, "{}", sent.text());
    let key = check.page().field("key").to_owned();
    assert_eq!(keys(&at(data.path(), &[])), std::slice::from_ref(&key));
    wait::until("the report stands in the queue", || staff.queue("").contains(&key));
    let page = staff.get(&format!("/desk/report/{key}")).text();
    assert!(
        page.contains("Electricity") || page.contains("停电") || page.contains("电"),
        "the answers stand at the desk: {page}"
    );
}

#[test]
fn an_answer_that_ends_the_form_gives_advice_and_stores_nothing() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let form = posted(&portal, &supply()).page().form().with(POWER, "bill");
    let advice = posted(&portal, &form);
    assert_eq!(advice.status, 200);
    assert!(advice.page().numbers().contains("12345"), "{}", advice.text());
    assert!(keys(&at(data.path(), &[])).is_empty());
}

#[test]
fn danger_is_stored_from_any_page_without_another_question() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    assert_eq!(posted(&portal, &supply().with("what", "有人被困在里面")).status, 303);
    assert_eq!(posted(&portal, &supply().with("key", &new_key()).with("category", "12G00")).status, 303);
    let form = posted(&portal, &supply().with("key", &new_key())).page().form();
    let sparks = form.with(POWER, "power").with("answers[wire-down][]", "yes");
    assert_eq!(posted(&portal, &sparks).status, 303);
    assert_eq!(keys(&at(data.path(), &[])).len(), 3);
}

#[test]
fn answers_that_are_none_of_those_given_are_refused_and_kept() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let form = posted(&portal, &supply()).page().form();
    for (name, value) in [(POWER, "<moon>"), ("answers[since][]", "2026-02-30T25:00")] {
        let refused = posted(&portal, &form.clone().with(name, value));
        assert_eq!((refused.status, refused.page().field("step")), (422, "details"), "{name}");
    }
    // Of a program that sends everything at once, too.
    assert_eq!(posted(&portal, &Form::report().with(POWER, "moon")).status, 422);
    assert_eq!(posted(&portal, &Form::report().with("answers[supply", "x")).status / 100, 4);
}

#[test]
fn a_report_close_by_is_joined_once_instead_of_sent_again() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "environment", "handler");
    let client = portal.client();
    let river = || Form::report().with("category", "12Q00").with("position", "31.2304, 121.4737");
    let first = river().with("what", "The river is white; the smell comes from Ms Zhang's yard");
    client.report(&first);
    wait::until("the report stands in the queue", || staff.queue("").contains(&first.key().to_owned()));

    let mine = river().with("key", &new_key()).with("step", "start").with("position", "31.2306, 121.4739");
    let details = posted(&portal, &mine);
    assert_eq!(step(&details), "details");
    let page = details.page();
    let offered: Vec<&str> = page
        .all("input")
        .filter(|input| input.attribute("name") == Some("join"))
        .filter_map(|input| input.attribute("value"))
        .collect();
    assert_eq!(offered.len(), 2, "the report, and none of these: {offered:?}");
    assert!(!details.text().contains("Zhang"), "nothing of what others wrote is shown");

    let form = page.form().with("join", offered[0]);
    let far = form.clone().with("key", &new_key()).with("position", "31.40, 121.47");
    assert_eq!(posted(&portal, &far).status, 422, "only what is close by can be joined");
    assert_eq!(posted(&portal, &form.clone().with("join", "0000-000-000")).status, 422);

    let joined = posted(&portal, &form);
    assert_eq!(joined.status, 303, "{}", joined.text());
    assert_eq!(posted(&portal, &form).location(), joined.location(), "the same again is the same");
    let followed = client.get_with(joined.location(), &[("Accept-Language", "en")]);
    assert_eq!(followed.status, 200);
    let text = followed.text();
    assert!(text.contains("One person besides the first") && !text.contains("Zhang"), "{text}");
    assert_eq!(keys(&at(data.path(), &[])), [first.key()], "no second report");

    let move_it = |form: Form| assert_eq!(staff.move_it(&form.with("told", "Ms Zhang calls daily")).status, 303);
    move_it(staff.moving(first.key(), "change").with("to", "in-progress").with("template", "in-progress-on-the-way"));
    move_it(staff.moving(first.key(), "ask").with("template", "waiting-where"));
    let refused = staff.moving(first.key(), "change").with("to", "refused").with("template", "refused-elsewhere");
    move_it(refused.with("ground", "other-authority"));
    let text = client.get_with(joined.location(), &[("Accept-Language", "en")]).text();
    for said in ["Somebody of ours is on the way.", "By law another authority decides this.", "the reason says which"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("Zhang") && !text.contains("Where exactly"), "what is for the author alone: {text}");
}

#[test]
fn a_link_that_hides_its_place_says_what_would_help() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let form = supply().with("step", "details").with("asked", "supply,extent,since");
    let form = form.with(POWER, "water").with("answers[extent][]", "block");
    let told = |position: &str| posted(&portal, &form.clone().with("position", position)).text();
    let hidden = told("https://surl.amap.com/4bvd5QZ4");
    assert!(hidden.contains("短链接"), "{hidden}");
    assert!(!told("31.2304, 121.4737").contains("短链接"));
}

#[test]
fn an_address_that_the_city_knows_can_be_chosen_and_names_its_position() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("places.csv");
    let text = "name,other_names,latitude,longitude,kind\n堤岸小区,Embankment Estate,31.2330,121.4710,area\n";
    std::fs::write(&file, text).unwrap();
    let portal = Portal::start(data.path(), &["--gazetteer", file.to_str().unwrap()]);
    let details = posted(&portal, &supply().with("address", "embank"));
    assert_eq!(step(&details), "details");
    assert!(details.text().contains("堤岸小区"), "{}", details.text());

    let form = details.page().form().with(POWER, "water").with("answers[extent][]", "block");
    let chosen = form.clone().with("position", "31.233000, 121.471000");
    let check = posted(&portal, &chosen);
    assert_eq!(step(&check), "check");
    assert!(check.text().contains("在堤岸小区附近"), "{}", check.text());
    assert_eq!(check.page().field("address"), "embank", "what was written stays");
    assert_eq!(step(&posted(&portal, &form.with("position", ""))), "check", "it is never more than an offer");
}
