//! Floods: put aside, never dropped, and nobody in danger waits for it.

use crate::support::client::Answer;
use crate::support::commands::at;
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::portal::Portal;

const OPEN: [&str; 4] = ["--trusted-proxies", "1", "--posts-per-minute", "0"];

fn send(portal: &Portal, form: &Form, device: &str, address: &str) {
    let headers = [("Cookie", device), ("X-Forwarded-For", address)];
    let answer = portal.client().try_post("/report", form, &headers).unwrap();
    assert_eq!(answer.status, 303, "{}", answer.text());
}

fn device(n: usize) -> String {
    format!("device={n:022}")
}

fn flood(officer: &Staff) -> Vec<String> {
    let answer = officer.get("/desk/flood");
    assert_eq!(answer.status, 200, "{}", answer.text());
    let page = answer.page();
    let boxes = page.all("input").filter(|input| input.attribute("name") == Some("reports[]"));
    boxes.map(|input| input.attribute("value").unwrap().to_owned()).collect()
}

fn release(staff: &Staff, act: &str, reports: &[&str]) -> Answer {
    let mut form = Form::of(&[("key", &new_key()), ("act", act)]);
    form.0.extend(reports.iter().map(|report| ("reports[]".to_owned(), (*report).to_owned())));
    staff.post("/desk/flood", &form)
}

/// How many reports are open, by the queues of everybody.
fn open(data: &std::path::Path) -> usize {
    let words = [vec!["export".to_owned(), "reports".to_owned()], at(data, &[])].concat();
    crate::support::commands::good(&words).lines().count() - 1
}

#[test]
fn a_flood_is_put_aside_and_everybody_else_passes() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &OPEN);
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let officer = Staff::sign_in(&portal, data.path(), "duty", "duty-officer");
    let mut others = Vec::new();
    for n in 0..500 {
        send(&portal, &Form::report().with("what", "The mayor did it"), &device(1), "192.0.2.7");
        if n % 25 == 0 {
            let form = Form::report().with("position", &format!("31.{n:03}, 121.47"));
            send(&portal, &form, &device(100 + n), &format!("198.51.{}.4", n / 25));
            others.push(form.key().to_owned());
        }
    }
    let danger = Form::report().with("danger", "on").with("what", "A man is hanging from the bridge");
    send(&portal, &danger, &device(1), "192.0.2.7");
    portal.until_counted();

    assert_eq!(open(data.path()), 521, "nothing is dropped");
    let queue = staff.queue("");
    for other in others.iter().chain([&danger.key().to_owned()]) {
        assert!(queue.contains(other), "a report is held back that is not of the flood, or tells of danger");
    }
    assert!(queue.len() < 21 + 8, "the first few pass before it is seen: {}", queue.len());
    let aside = flood(&officer);
    assert_eq!(aside.len(), 200, "the page shows the most");
    let page = officer.get(&format!("/desk/report/{}", aside[0])).text();
    assert!(page.contains("one-device-one-place"), "{page}");
    let marked = staff.get(&format!("/desk/report/{}", danger.key())).text();
    assert!(marked.contains("one-device-one-place"), "marked");

    assert_eq!(staff.get("/desk/flood").status, 403);
    assert_eq!(release(&staff, "all", &[]).status, 403);
    assert_eq!(portal.client().post("/desk/flood", &Form::of(&[("key", &new_key()), ("act", "all")])).status, 403);
    assert_eq!(release(&officer, "chosen", &[]).status, 422);
    assert_eq!(release(&officer, "chosen", &[&aside[0]]).location(), "/desk/flood?released=1");
    assert!(staff.get(&format!("/desk/report/{}", aside[0])).status == 200, "let out to its department");
    assert_eq!(release(&officer, "chosen", &[&aside[0]]).location(), "/desk/flood?released=0", "once");
    while !flood(&officer).is_empty() {
        assert_eq!(release(&officer, "all", &[]).status, 303);
    }
    assert_eq!(open(data.path()), 521);
}

#[test]
fn the_form_tells_one_browser_from_another_for_a_day_and_no_other_page_does() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let cookie = portal.client().get("/report").header("set-cookie").to_owned();
    for part in ["device=", "Path=/report", "Max-Age=86400", "HttpOnly", "SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let again = portal.client().get_with("/report", &[("Cookie", cookie.split(';').next().unwrap())]);
    assert_eq!(again.header("set-cookie"), "", "it is given once");
    assert_eq!(portal.client().get("/open").header("set-cookie"), "");
}
