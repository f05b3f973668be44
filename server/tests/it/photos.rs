//! Photos: taken as they come, shown to those alone who may see them, and nothing left of what the file told beside its picture.

use serde_json::Value;

use crate::support::client::{Answer, Client};
use crate::support::commands::{at, keys};
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::multipart::{BOUNDARY, kind, multipart};
use crate::support::picture::{files, picture, picture_with_place};
use crate::support::portal::Portal;
use crate::support::wait;

fn send(client: &Client, path: &str, accept: &str, parts: &[(&str, &str, &[u8])]) -> Answer {
    let kind = kind();
    let headers = [
        ("Content-Type", kind.as_str()),
        ("Accept", accept),
        ("Sec-Fetch-Site", "same-origin"),
        ("Accept-Language", "en"),
    ];
    client.ask("POST", path, &headers, Some(&multipart(parts))).unwrap()
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

/// The secret of a new report.
fn reported(client: &Client) -> String {
    let receipt = client.post("/report", &Form::report()).location().to_owned();
    receipt.strip_prefix("/receipt/").unwrap().to_owned()
}

#[test]
fn a_photo_comes_back_upright_without_what_the_file_told_and_only_by_its_link() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let secret = reported(&client);
    let sent = picture_with_place();
    let answer = send(&client, &format!("/photo/{secret}"), "application/json", &[("photo", "a.jpg", &sent)]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(json(&answer)["photos"][0]["state"], "kept");
    let sha256 = json(&answer)["photos"][0]["sha256"].as_str().unwrap().to_owned();
    for path in [format!("/photo/{secret}/{sha256}"), format!("/photo/{secret}/{sha256}/small")] {
        let picture = client.get(&path);
        assert_eq!((picture.status, picture.headers["content-type"].to_str().unwrap()), (200, "image/jpeg"));
        assert!(picture.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
        assert!(picture.headers["cache-control"].to_str().unwrap().contains("no-store"));
        assert!(!picture.body.windows(4).any(|four| four == b"Exif" || four == b"GPS "));
    }
    assert_eq!(client.ask("HEAD", &format!("/photo/{secret}/{sha256}"), &[], None).unwrap().status, 204);
    let none = "0".repeat(64);
    assert_eq!(client.ask("HEAD", &format!("/photo/{secret}/{none}"), &[], None).unwrap().status, 404);
    let other = reported(&client);
    assert_eq!(client.get(&format!("/photo/{other}/{sha256}")).status, 404, "of another report");
    assert_eq!(client.get(&format!("/photo/{}/{sha256}", "A".repeat(43))).status, 404);
    // Nobody said that the place may be told.
    assert!(!client.get(&format!("/track/{secret}")).text().contains("31.2302"));
    // What lies on the disk is sealed.
    let stored = files(&data.path().join("photos"));
    assert_eq!(stored.len(), 2);
    assert!(stored.iter().all(|file| !std::fs::read(file).unwrap().starts_with(b"\xff\xd8")));
}

#[test]
fn the_place_of_a_photo_is_told_when_its_author_says_so() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let secret = reported(&client);
    let sent = picture_with_place();
    let parts: [(&str, &str, &[u8]); 2] = [("place", "", b"yes"), ("photo", "a.jpg", &sent)];
    let answer = send(&client, &format!("/photo/{secret}"), "text/html", &parts);
    assert_eq!((answer.status, answer.location()), (303, format!("/track/{secret}?added=photos").as_str()));
    assert!(client.get(&format!("/track/{secret}")).text().contains("31.2302"));
}

#[test]
fn the_same_photo_is_one_and_five_are_enough() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let path = format!("/photo/{}", reported(&client));
    let pictures: Vec<Vec<u8>> = (0..6_u8).map(picture).collect();
    for state in ["kept", "again"] {
        let answer = send(&client, &path, "application/json", &[("photo", "a.png", &pictures[0])]);
        assert_eq!((answer.status, &json(&answer)["photos"][0]["state"]), (201, &state.into()));
    }
    let rest: Vec<(&str, &str, &[u8])> =
        pictures[1..].iter().map(|picture| ("photo", "b.png", picture.as_slice())).collect();
    let answer = send(&client, &path, "application/json", &rest);
    assert_eq!((answer.status, &json(&answer)["error"]), (422, &"too-many".into()));
    let states: Vec<Value> =
        json(&answer)["photos"].as_array().unwrap().iter().map(|photo| photo["state"].clone()).collect();
    assert_eq!(states, ["kept", "kept", "kept", "kept", "too-many"]);
}

#[test]
fn what_is_no_photo_is_named_with_its_reason_and_the_good_ones_are_kept() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let secret = reported(&client);
    let good = picture(1);
    let parts: [(&str, &str, &[u8]); 4] = [
        ("photo", "list<b>.txt", b"not a picture"),
        ("photo", "holiday.png", &good),
        ("photo", "half.png", &good[..good.len() / 2]),
        ("photo", "", b""),
    ];
    let answer = send(&client, &format!("/photo/{secret}"), "text/html", &parts);
    let text = answer.text();
    assert_eq!(answer.status, 422);
    for said in ["list&lt;b&gt;.txt", "not a picture.", "holiday.png", "kept", "half.png", "damaged"] {
        assert!(text.contains(said), "{said}");
    }
    assert_eq!(text.matches("/small").count(), 1);
    let nothing = send(&client, &format!("/photo/{secret}"), "text/html", &[("photo", "", b"")]);
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("No photo was chosen."));
}

#[test]
fn hostile_forms_are_refused_and_nothing_is_kept_of_them() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let secret = reported(&client);
    let path = format!("/photo/{secret}");
    let huge = vec![0xff; (20 << 20) + 1];
    let answer = send(&client, &path, "application/json", &[("photo", "huge.jpg", &huge)]);
    assert_eq!((answer.status, &json(&answer)["error"]), (422, &"too-large".into()));
    let plain = client.ask("POST", &path, &[("Content-Type", "text/plain")], Some(b"x")).unwrap();
    assert_eq!(plain.status, 415);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let cut = client
        .ask("POST", &path, &[("Content-Type", kind.as_str())], Some(b"--a-line-that-no-picture-has\r\nContent"))
        .unwrap();
    assert_eq!(cut.status, 400);
    let nobody = send(&client, &format!("/photo/{}", "A".repeat(43)), "text/html", &[("photo", "a.png", &picture(1))]);
    assert_eq!(nobody.status, 404);
    let elsewhere = [("Content-Type", kind.as_str()), ("Sec-Fetch-Site", "cross-site")];
    assert_eq!(client.ask("POST", &path, &elsewhere, Some(&multipart(&[]))).unwrap().status, 403);
    assert!(files(&data.path().join("photos")).is_empty());
}

#[test]
fn the_desk_sees_photos_adds_its_own_and_takes_one_out_of_sight() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let secret = reported(&client);
    let sent = send(&client, &format!("/photo/{secret}"), "application/json", &[("photo", "a.png", &picture(1))]);
    let sha256 = json(&sent)["photos"][0]["sha256"].as_str().unwrap().to_owned();
    let key = keys(&at(data.path(), &[])).remove(0);
    let base = format!("/desk/report/{key}/photo");
    let fire = Staff::sign_in(&portal, data.path(), "fire", "handler");
    let handler = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let moderator = Staff::sign_in(&portal, data.path(), "utilities", "moderator");
    wait::until("the report is in its queue", || handler.get(&format!("/desk/report/{key}")).status == 200);

    assert_eq!(handler.get(&format!("{base}/{sha256}")).status, 200);
    assert_eq!(client.get(&format!("{base}/{sha256}")).status, 403, "nobody signed in");
    assert_eq!(fire.get(&format!("{base}/{sha256}")).status, 403, "another department");
    assert_eq!(handler.get(&format!("{base}/{sha256}/original")).status, 403, "no moderator");

    // Evidence: the author sees it, and whose it is.
    let evidence = handler.upload(&base, &multipart(&[("photo", "done.png", &picture(2))]), BOUNDARY);
    assert_eq!((evidence.status, evidence.location()), (303, format!("/desk/report/{key}?added=photos").as_str()));
    assert_eq!(fire.upload(&base, &multipart(&[("photo", "x.png", &picture(3))]), BOUNDARY).status, 403);
    assert_eq!(client.get(&format!("/track/{secret}")).text().matches("/small").count(), 2);

    assert_eq!(moderator.move_it(&moderator.moving(&key, "take-up")).status, 303, "the handler is at work on it");
    let list = moderator.get(&format!("/desk/report/{key}/redact")).text();
    let part = list.split("part=").find(|part| part.starts_with("photo.")).unwrap().split('"').next().unwrap();
    let page = moderator.get(&format!("/desk/report/{key}/redact?part={part}")).page();
    let form = Form::of(&[
        ("key", &new_key()),
        ("report", &key),
        ("seen", page.field("seen")),
        ("part", part),
        ("act", "hide"),
    ]);
    let form = form.with("instead", "A child's face.").with("reason", "private").with("told", "A child can be seen.");
    assert_eq!(moderator.post(&format!("/desk/report/{key}/redact"), &form).status, 303);
    assert_eq!(handler.get(&format!("{base}/{sha256}")).status, 403, "hidden");
    assert_eq!(moderator.get(&format!("{base}/{sha256}/original")).status, 200);
    assert!(handler.get(&format!("/desk/report/{key}")).text().contains("A child's face."));
    assert_eq!(client.get(&format!("/photo/{secret}/{sha256}")).status, 200, "its author goes on seeing it");
}
