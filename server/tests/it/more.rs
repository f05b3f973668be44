//! The extra questions of a danger: asked when it is reported already, answered once, read by desk and author.

use serde_json::{Value, json};

use crate::support::client::Client;
use crate::support::commands::at;
use crate::support::desk::{Staff, placed};
use crate::support::form::{Form, new_key};
use crate::support::portal::Portal;

fn fire() -> Form {
    Form::report().with("category", "12G00")
}

/// The form of the page, with an answer or two.
fn answers(track: &str, given: &[(&str, &str)]) -> Form {
    let asked = "trapped,burning,floor,stairs-smoke,close-by,hurt,leaking,smell,label";
    let secret = track.rsplit('/').next().unwrap();
    given.iter().fold(Form::of(&[("key", &new_key()), ("secret", secret), ("asked", asked)]), |form, (code, value)| {
        form.with(&format!("answers[{code}][]"), value)
    })
}

fn history(client: &Client, track: &str) -> Vec<Value> {
    let report: Value = client.get(&track.replace("/track/", "/api/v1/reports/")).text().parse().unwrap();
    report["history"].as_array().unwrap().clone()
}

#[test]
fn who_reported_a_danger_answers_when_it_is_safe_and_the_desk_reads_it() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let staff = Staff::sign_in_at(&portal, &at(data.path(), &[]), "fire", "handler");
    let (key, track) = placed(&portal, &staff, &fire());
    let (case, more) = (format!("/desk/report/{key}"), format!("{track}/more"));
    assert_eq!(staff.get(&case).status, 200);
    let link = format!("href=\"{more}\"");
    for page in [track.replace("/track/", "/receipt/"), track.clone()] {
        assert!(client.english(&page).text().contains(&link), "{page}");
    }
    let page = client.english(&more);
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    assert!(page.text().contains("Only when you are safe."), "{}", page.text());

    // The floor brings up the smoke in the stairs, which was not on the page yet: nothing is stored.
    let first = answers(&track, &[("burning", "home"), ("floor", "3")]).with("asked", "trapped,burning,floor,close-by");
    let again = client.post(&more, &first);
    assert_eq!(again.status, 200);
    assert!(again.text().contains("value=\"3\""), "{}", again.text());
    assert!(again.text().contains("role=\"status\""), "that it is not sent yet is said: {}", again.text());
    assert!(history(&client, &track).iter().all(|entry| entry["what"] != "more"));

    let form = answers(&track, &[("burning", "home"), ("floor", "3"), ("stairs-smoke", "yes")]);
    for _ in 0..2 {
        let done = client.post(&more, &form);
        assert_eq!((done.status, done.location()), (303, &*format!("{track}?added=1")));
    }
    assert_eq!(client.post(&more, &form.clone().with("answers[floor][]", "4")).status, 409, "the key is used");
    let told: Vec<Value> = history(&client, &track).into_iter().filter(|entry| entry["what"] == "more").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["answers"], json!({ "burning": ["home"], "floor": ["3"], "stairs-smoke": ["yes"] }));
    let page = client.english(&track).text();
    assert!(page.contains("You told us more") && !page.contains(&link), "it is asked once");
    assert!(staff.queue("").contains(&key));
    assert!(staff.get(&case).text().contains("上报人补充了情况"));
}

#[test]
fn nobody_answers_by_a_wrong_link_with_a_wrong_word_or_where_nothing_is_asked() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let leak = Form::report().with("category", "12D00");
    let track = client.report(&leak).replace("/receipt/", "/track/");
    let more = format!("{track}/more");

    let wrong = client
        .post(&more, &answers(&track, &[("hurt", "the moon"), ("leaking", "chemicals"), ("label", "a <candle>")]));
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("value=\"a &lt;candle&gt;\""), "what was typed comes back: {}", wrong.text());
    let nothing = client.post(&more, &answers(&track, &[]));
    assert_eq!(
        (nothing.status, nothing.location()),
        (303, &*track),
        "nothing was answered, nothing is held against anybody"
    );
    assert_eq!(
        client.post(&more, &answers(&track, &[("leaking", "chemicals"), ("label", &"x".repeat(501))])).status,
        422
    );

    let forged = format!("/track/{}", "A".repeat(43));
    assert_eq!(client.post(&format!("{forged}/more"), &answers(&forged, &[("burning", "home")])).status, 404);
    assert_eq!(client.english(&format!("{forged}/more")).status, 404);
    let form = answers(&track, &[("leaking", "gas")]);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let crossed = [kind, ("Sec-Fetch-Site", "cross-site")];
    assert_eq!(client.ask("POST", &more, &crossed, Some(form.body().as_bytes())).unwrap().status, 403);
    assert!(history(&client, &track).iter().all(|entry| entry["what"] != "more"));
}
