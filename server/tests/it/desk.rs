//! The desk: from the queue to the last word, and who may do what.

use std::path::Path;

use crate::support::client::Client;
use crate::support::commands::at;
use crate::support::desk::{Staff, enter, invited, placed};
use crate::support::form::{Form, new_key};
use crate::support::multipart::{BOUNDARY, multipart};
use crate::support::portal::Portal;
use crate::support::postgres::Postgres;

/// What stands on a page, without its elements.
fn said(client: &Client, track: &str) -> String {
    client.get_with(track, &[("Accept-Language", "en")]).text()
}

fn saying(track: &str, act: &str, text: &str) -> Form {
    Form::note(track, text).with("act", act)
}

fn through_the_desk(portal: &Portal, place: &[String]) {
    let staff = Staff::sign_in_at(portal, place, "utilities", "handler");
    let client = portal.client();
    let form = Form::report().with("what", "No water since noon").with("contact", "555 0100");
    let (report, track) = placed(portal, &staff, &form);
    assert!(said(&client, &track).contains("Received."));

    let page = staff.get(&format!("/desk/report/{report}")).text();
    assert!(page.contains("No water since noon") && page.contains("555 0100"), "{page}");
    assert!(said(&client, &track).contains("Who has opened your report"));

    let work = staff.moving(&report, "change").with("to", "in-progress").with("told", "Two people are on their way");
    assert_eq!(staff.move_it(&work).status, 303);
    let page = said(&client, &track);
    assert!(page.contains("People are at work on it.") && page.contains("Two people are on their way"), "{page}");

    assert_eq!(staff.move_it(&staff.moving(&report, "ask").with("told", "Which floor?")).status, 303);
    let page = said(&client, &track);
    assert!(page.contains("Which floor?") && page.contains("The promised times stand still"), "{page}");
    assert!(page.find("Which floor?") < page.find("What has happened"), "what is asked comes first: {page}");
    let answer = saying(&track, "answer", "The third");
    assert_eq!(client.post(&track, &answer).status, 303);
    assert_eq!(client.post(&track, &answer).status, 303, "the same again is the same");
    let late = client.post(&track, &saying(&track, "answer", "Or the fourth"));
    assert_eq!(late.status, 409, "it was answered");
    assert!(late.text().contains("Or the fourth</textarea>"), "what was typed can still be added: {}", late.text());
    assert_eq!(said(&client, &track).matches("The third").count(), 1);

    let remark = staff.moving(&report, "remark").with("inner", "Valve 17 again");
    assert_eq!(staff.move_it(&remark).status, 303);
    assert!(staff.get(&format!("/desk/report/{report}")).text().contains("Valve 17 again"));
    assert!(!said(&client, &track).contains("Valve 17"), "a remark is for the desk alone");

    let done = staff.moving(&report, "change").with("to", "done");
    assert_eq!(staff.move_it(&done).status, 422, "nothing shows that it is done, and nothing is said");
    let done = done.with("template", "done-repaired").with("evidence", "4 bar at 17:05");
    assert_eq!(staff.move_it(&done).status, 303);
    let page = said(&client, &track);
    assert!(page.contains("It has been repaired and checked.") && page.contains("4 bar at 17:05"), "{page}");
    assert!(!staff.queue("").contains(&report));
    assert_eq!(staff.queue("?queue=closed"), [report.as_str()]);

    assert_eq!(client.post(&track, &saying(&track, "rate", "").with("rating", "partly")).status, 303);
    assert_eq!(client.post(&track, &saying(&track, "contest", "Dry again")).status, 303);
    let page = said(&client, &track);
    assert!(page.contains("Open again.") && page.contains("Dry again") && !page.contains("It is not solved</summary>"));
    let again = client.post(&track, &saying(&track, "contest", "And again"));
    assert_eq!(again.status, 409, "once");
    assert!(again.text().contains("And again</textarea>"), "what was typed can still be added: {}", again.text());
    assert_eq!(staff.queue(""), [report.as_str()]);
}

#[test]
fn a_report_goes_through_the_desk_and_back_to_whoever_sent_it() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    through_the_desk(&portal, &at(data.path(), &[]));
}

#[test]
fn a_report_goes_through_the_desk_on_postgres() {
    let Some(postgres) = Postgres::start() else { return };
    let (data, url) = (tempfile::tempdir().unwrap(), postgres.create("desk"));
    let portal = Portal::start(data.path(), &["--database", &url]);
    through_the_desk(&portal, &at(data.path(), &["--database", &url]));
}

#[test]
fn the_same_move_twice_is_one_and_one_on_top_of_something_else_is_none() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let (report, track) = placed(&portal, &staff, &Form::report());
    let stale = staff.moving(&report, "remark").with("inner", "from a page that was open for long");
    let work = staff.moving(&report, "change").with("to", "in-progress").with("told", "Coming");
    for _ in 0..3 {
        assert_eq!(staff.move_it(&work).status, 303);
    }
    assert_eq!(said(&portal.client(), &track).matches("Coming").count(), 1);
    assert_eq!(staff.move_it(&work.clone().with("told", "Not coming")).status, 409, "other words under its key");
    let answer = staff.move_it(&stale);
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("from a page that was open for long"), "what was typed is not lost");
    assert!(answer.page().field("seen") != stale.value("seen"), "the next try is on top of what is shown");
}

#[test]
fn whoever_is_at_work_on_it_is_shown_and_can_be_taken_over_from() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let one = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let other = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let (report, track) = placed(&portal, &one, &Form::report());
    let address = format!("/desk/report/{report}");
    let typed = one.moving(&report, "change").with("to", "in-progress").with("told", "Typed before");
    let offered = "value=\"take-up\"";
    assert!(!one.get(&address).text().contains(offered), "from oneself");
    assert!(other.get(&address).text().contains(offered));
    let stranger = Staff::sign_in(&portal, data.path(), "fire", "handler");
    let forged = Form::of(&[("key", &new_key()), ("report", &report), ("seen", "2"), ("act", "take-up")]);
    assert_eq!(stranger.move_it(&forged).status, 403);
    assert_eq!(other.move_it(&other.moving(&report, "take-up")).status, 303);
    assert!(one.get(&address).text().contains(offered), "now it is the other one's");
    let late = one.move_it(&typed);
    assert_eq!(late.status, 409);
    assert!(late.text().contains("Typed before"), "nothing that was typed is lost");
    assert!(!said(&portal.client(), &track).contains("Took over"), "that is for the desk alone");
}

#[test]
fn while_one_is_at_work_the_other_reads_so_and_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let one = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let other = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let (report, track) = placed(&portal, &one, &Form::report());
    let address = format!("/desk/report/{report}?lang=en");
    let typed = other.moving(&report, "change").with("to", "in-progress").with("told", "Two of us come");
    assert_eq!(other.move_it(&other.moving(&report, "remark").with("inner", "done")).status, 303);
    assert_eq!(one.get(&address).page().all("select").count(), 0, "the other one was first: no open forms");
    assert!(one.get(&address).text().contains("is at work on this report until"));

    let typed = typed.with("seen", one.page(&report).field("seen"));
    let refused = one.move_it(&typed);
    assert_eq!(refused.status, 409);
    let text = refused.text();
    assert!(text.contains("Two of us come") && text.contains("Li Wei") && text.contains("name=\"over\""), "{text}");
    assert!(!said(&portal.client(), &track).contains("Two of us come"));
    let photo = multipart(&[("photo", "done.png", b"x")]);
    assert_eq!(one.upload(&format!("/desk/report/{report}/photo"), &photo, BOUNDARY).status, 409);
    assert_eq!(one.move_it(&typed.with("over", "yes")).status, 303);
    assert!(said(&portal.client(), &track).contains("Two of us come"));
    assert_eq!(other.get(&address).page().all("select").count(), 0, "now the first one is at work on it");
}

#[test]
fn whoever_is_asked_takes_it_over_and_until_then_it_stays() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let utilities = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let fire = Staff::sign_in(&portal, data.path(), "fire", "handler");
    let (report, _) = placed(&portal, &utilities, &Form::report());
    assert_eq!(fire.get(&format!("/desk/report/{report}")).status, 403, "none of theirs");

    let offer = utilities.moving(&report, "offer").with("department", "fire");
    assert_eq!(utilities.move_it(&offer).status, 422, "why?");
    assert_eq!(utilities.move_it(&offer.with("inner", "It is the hydrant")).status, 303);
    assert_eq!(utilities.queue(""), [report.as_str()]);
    assert_eq!(fire.queue("?queue=offered"), [report.as_str()]);
    let not_theirs = fire.moving(&report, "change").with("to", "in-progress");
    assert_eq!(fire.move_it(&not_theirs).status, 403, "not yet");

    assert_eq!(fire.move_it(&fire.moving(&report, "accept")).status, 303);
    assert!(utilities.queue("").is_empty());
    assert_eq!(fire.queue(""), [report.as_str()]);
    assert_eq!(utilities.get(&format!("/desk/report/{report}")).status, 403);
}

#[test]
fn three_refusals_bring_it_to_the_duty_desk() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let owner = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let duty = Staff::sign_in(&portal, data.path(), "duty", "duty-officer");
    let (report, _) = placed(&portal, &owner, &Form::report());
    for department in ["fire", "police", "traffic"] {
        assert!(duty.queue("?department=duty").is_empty());
        let asked = Staff::sign_in(&portal, data.path(), department, "handler");
        let offer = owner.moving(&report, "offer").with("department", department).with("inner", "Yours?");
        assert_eq!(owner.move_it(&offer).status, 303);
        let refused = asked.move_it(&asked.moving(&report, "refuse").with("inner", "No"));
        assert_eq!((refused.status, refused.location()), (303, "/desk?queue=offered"), "not back to it");
    }
    assert_eq!(duty.queue("?department=duty"), [report.as_str()]);
    assert!(owner.queue("").is_empty());
}

#[test]
fn nobody_comes_in_without_a_link_and_nobody_twice_by_one() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let key = new_key();
    for path in ["/desk", "/desk?department=fire", &format!("/desk/report/{key}")] {
        for cookie in ["", "desk=", "desk=AAAA", &format!("desk={}", "A".repeat(43))] {
            let answer = client.get_with(path, &[("Cookie", cookie)]);
            assert_eq!(answer.status, 403, "{path} {cookie}");
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    let form = Form::of(&[("key", &key), ("report", &key), ("seen", "1"), ("act", "accept")]);
    assert_eq!(client.post(&format!("/desk/report/{key}"), &form).status, 403);

    let link = invited(&at(data.path(), &[]), "Li Wei", "fire", "handler");
    assert_eq!(client.get(&link).status, 200);
    assert_eq!(client.get(&link).status, 200, "to look at it uses nothing up");
    assert_eq!(
        client.get(&format!("/desk/enter/{}", "A".repeat(43))).status,
        200,
        "nor does it tell whether it is one"
    );
    let entered = enter(&client, &link);
    assert_eq!(entered.status, 303);
    let cookie = entered.header("set-cookie");
    for part in ["Path=/desk", "HttpOnly", "SameSite=Strict"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(enter(&client, &link).status, 404);
    let session = cookie.split(';').next().unwrap();
    assert_eq!(client.get_with("/desk", &[("Cookie", session)]).status, 200);
    assert!(!cookie.contains(link.rsplit('/').next().unwrap()), "the link is not the session");
    // A link in the place of a session lets nobody in.
    let other = invited(&at(data.path(), &[]), "Wang Fang", "fire", "handler");
    let forged = format!("desk={}", other.rsplit('/').next().unwrap());
    assert_eq!(client.get_with("/desk", &[("Cookie", &forged)]).status, 403);
    let left = client.try_post("/desk/leave", &Form(Vec::new()), &[("Cookie", session)]).unwrap();
    assert_eq!((left.status, left.header("set-cookie").contains("Max-Age=0")), (303, true));
    assert_eq!(client.get_with("/desk", &[("Cookie", session)]).status, 403, "the session is over");
}

#[test]
fn whose_service_has_ended_is_out_at_once() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "fire", "handler");
    assert_eq!(staff.get("/desk").status, 200);
    let list = crate::support::commands::good(&[vec!["staff".into(), "list".into()], at(data.path(), &[])].concat());
    let id = list.split('\t').next().unwrap().to_owned();
    crate::support::commands::good(&[vec!["staff".into(), "end".into(), id], at(data.path(), &[])].concat());
    assert_eq!(staff.get("/desk").status, 403);
}

#[test]
fn each_role_does_its_own_work() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let handler = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let (report, _) = placed(&portal, &handler, &Form::report());
    let as_role = |role| Staff::sign_in(&portal, data.path(), "fire", role);
    assert_eq!(handler.get("/desk?department=fire").status, 403);
    let administrator = as_role("administrator");
    assert_eq!(administrator.get("/desk?department=utilities").status, 200);
    assert_eq!(administrator.get(&format!("/desk/report/{report}")).status, 403, "who lets people in opens nothing");
    let moderator = as_role("moderator");
    let change = moderator.moving(&report, "change").with("to", "in-progress");
    assert_eq!(moderator.move_it(&change).status, 403);
    let officer = as_role("duty-officer");
    let change = officer.moving(&report, "change").with("to", "in-progress");
    assert_eq!(officer.move_it(&change).status, 303);
}

#[test]
fn what_the_staff_did_is_read_by_administrators_alone() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let handler = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let (report, _) = placed(&portal, &handler, &Form::report().with("what", "No water since noon"));
    let work = handler.moving(&report, "change").with("to", "in-progress").with("told", "Coming soon");
    assert_eq!(handler.move_it(&work).status, 303);
    let others = ["duty-officer", "moderator"].map(|role| Staff::sign_in(&portal, data.path(), "duty", role));
    for other in others.iter().chain([&handler]) {
        assert_eq!(other.get("/desk/journal").status, 403);
        assert!(!other.get("/desk").text().contains("/desk/journal"));
    }
    assert_eq!(portal.client().get("/desk/journal").status, 403);

    let administrator = Staff::sign_in(&portal, data.path(), "duty", "administrator");
    assert!(administrator.get("/desk").text().contains("/desk/journal"));
    let answer = administrator.get("/desk/journal?lang=en");
    assert_eq!(answer.status, 200);
    let text = answer.text();
    let reference = model::id::Key::parse(&report).unwrap().reference().to_string();
    for said in ["Changed the state", "In progress", "Opened the report", "Signed in", "Added to the staff", &reference]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("No water") && !text.contains("Coming soon"), "no words of anybody: {text}");
    assert!(administrator.get("/desk/journal").text().contains("工作日志"));
    let past = administrator.get("/desk/journal?lang=en&before=1-00000000000000000000000000000000");
    assert!(past.text().contains("Nothing stands here") && past.text().contains("To the newest"));
    assert_eq!(administrator.get("/desk/journal?before=x").status, 200, "what names no place names the newest");
}

#[test]
fn an_import_stands_in_no_queue() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "fire", "handler");
    import_one(data.path());
    portal.until_counted();
    assert!(staff.queue("").is_empty());
}

fn import_one(data: &Path) {
    let file = data.join("one.csv");
    std::fs::write(&file, "when,what,kind\n2026-01-02 03:04:05,Smoke,Fire\n").unwrap();
    let words =
        ["import", file.to_str().unwrap(), "--column", "time=when", "--column", "kind=kind", "--kind", "Fire=12G00"];
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    crate::support::commands::good(&[words, at(data, &[])].concat());
}

#[test]
fn a_duplicate_leads_to_the_other_report_and_back() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let (first, _) = placed(&portal, &staff, &Form::report());
    let (second, track) = placed(&portal, &staff, &Form::report().with("what", "No water either"));
    let case = |report: &str| staff.get(&format!("/desk/report/{report}")).text();
    let link = |report: &str| format!("href=\"/desk/report/{report}\"");
    assert!(!case(&first).contains(&link(&second)));

    let reference = model::id::Key::parse(&first).unwrap().reference().to_string();
    let closing = staff.moving(&second, "change").with("to", "duplicate").with("duplicate", &reference);
    assert_eq!(staff.move_it(&closing.with("told", "It is the same pipe")).status, 303);
    assert!(case(&second).contains(&link(&first)), "to the report that is gone on with");
    assert!(case(&first).contains(&link(&second)), "and back");
    assert!(!said(&portal.client(), &track).contains(&first), "whose report it is stays with the desk");

    assert_eq!(portal.client().post(&track, &saying(&track, "contest", "Another pipe")).status, 303);
    assert!(!case(&second).contains(&link(&first)) && !case(&first).contains(&link(&second)), "open again");
}
