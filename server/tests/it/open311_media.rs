//! Photos that other programs send with a report: the report comes first, whatever becomes of them.

use serde_json::Value;

use crate::support::client::{Answer, Client};
use crate::support::data;
use crate::support::desk::Staff;
use crate::support::form::new_key;
use crate::support::multipart::{kind, multipart};
use crate::support::open311::read;
use crate::support::picture::{files, picture, picture_with_place};
use crate::support::portal::Portal;
use crate::support::wait;

const REQUESTS: &str = "/open311/v2/requests.json";
const MIB: usize = 1 << 20;

type Part<'a> = (&'a str, &'a str, &'a [u8]);

/// The fields of a report.
fn fields(key: &str) -> [Part<'_>; 4] {
    [
        ("key", "", key.as_bytes()),
        ("service_code", "", b"12P00"),
        ("address_string", "", b"3 Mill Lane"),
        ("description", "", b"No water since noon"),
    ]
}

fn post(client: &Client, path: &str, parts: &[Part<'_>]) -> Answer {
    client.ask("POST", path, &[("Content-Type", &kind()), ("Accept-Language", "en")], Some(&multipart(parts))).unwrap()
}

/// Sends a report that must be taken, with files: the notice, and the path of its page.
fn send(client: &Client, key: &str, files: &[Part<'_>]) -> (String, String) {
    let answer = post(client, REQUESTS, &[&fields(key)[..], files].concat());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let sent = &read(&answer)[0];
    let notice = sent["service_notice"].as_str().unwrap().to_owned();
    let track = notice.split(' ').next().unwrap().to_owned();
    (notice, track)
}

/// How many photos stand on the page of a report.
fn shown(client: &Client, track: &str) -> usize {
    let answer = client.get(track);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let page = answer.page();
    page.all("img").filter(|image| image.attribute("src").is_some_and(|source| source.starts_with("/photo/"))).count()
}

fn portal(more: &[&str]) -> (tempfile::TempDir, Portal) {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), more);
    (data, portal)
}

#[test]
fn photos_of_a_program_are_kept_like_any_other_and_once() {
    let (data, portal) = portal(&[]);
    let (client, key) = (portal.client(), new_key());
    let placed = picture_with_place();
    let photos: [Part<'_>; 3] =
        [("media", "pipe.jpg", &placed), ("media[]", "street.png", &picture(1)), ("media[2]", "", &picture(2))];
    let (notice, track) = send(&client, &key, &photos);
    assert_eq!(notice, track, "all of it was kept");
    assert_eq!(shown(&client, &track), 3);
    let stored = files(data.path()).len();
    let (again, _) = send(&client, &key, &photos);
    assert_eq!((again, shown(&client, &track), files(data.path()).len()), (notice, 3, stored), "twice is once");
    assert!(!client.get(&track).text().contains("31.2302"), "nobody was asked whether the place may be told");
    let readable = files(data.path()).into_iter().map(|file| std::fs::read(file).unwrap());
    assert!(readable.filter(|bytes| bytes.starts_with(&[0xff, 0xd8])).count() == 0, "no picture lies open");

    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    wait::until("the desk has it", || staff.queue("").contains(&key));
    assert_eq!(staff.get(&format!("/desk/report/{key}")).page().all("img").count(), 3);
}

#[test]
fn a_photo_that_cannot_be_kept_costs_nothing_but_itself() {
    let (_data, portal) = portal(&[]);
    let client = portal.client();
    let (large, empty) = (vec![b'x'; 21 * MIB], Vec::new());
    let photos: [Part<'_>; 5] = [
        ("media", "a.png", &picture(1)),
        ("media", "b.exe", b"MZ, and no picture"),
        ("media", "c.jpg", &large),
        ("media", "d.png", &empty),
        ("media", "", &empty),
    ];
    let (notice, track) = send(&client, &new_key(), &photos);
    assert_eq!(shown(&client, &track), 1);
    for said in ["Photo 2 was not kept: not a picture", "Photo 3 was not kept: larger than 20 MB", "Photo 4 was not"] {
        assert!(notice.contains(said), "{notice}");
    }
    assert!(!notice.contains("Photo 1") && !notice.contains("Photo 5"), "{notice}");

    let seven: Vec<Vec<u8>> = (1..=7).map(picture).collect();
    let seven: Vec<Part<'_>> = seven.iter().map(|bytes| ("media", "x.png", &bytes[..])).collect();
    let (notice, track) = send(&client, &new_key(), &seven);
    assert_eq!(shown(&client, &track), 5);
    assert!(notice.contains("Photo 6 was not kept: there are 5") && notice.contains("Photo 7"), "{notice}");

    let xml = post(&client, "/open311/v2/requests.xml", &[&fields(&new_key())[..], &[photos[1]]].concat());
    assert_eq!(xml.status, 200);
    assert!(xml.text().contains("Photo 1 was not kept: not a picture"), "{}", xml.text());
}

#[test]
fn hostile_files_leave_the_report_and_the_portal_as_they_are() {
    let names = [
        "decompression_bomb.gif",
        "bmp__b__reallybig.bmp",
        "crash-0c7e0e8e11ce787078f00b5b0ca409a167f070e0.tif",
        "broken_data_stream.png",
        "hopper_bad_exif.jpg",
    ];
    let Some(hostile) = names.map(data::picture).into_iter().collect::<Option<Vec<_>>>() else { return };
    let (_data, portal) = portal(&[]);
    let client = portal.client();
    let parts: Vec<Part<'_>> = hostile.iter().map(|bytes| ("media", "x.jpg", &bytes[..])).collect();
    let (notice, track) = send(&client, &new_key(), &parts);
    assert!((1..=3).all(|number| notice.contains(&format!("Photo {number} was not kept"))), "{notice}");
    assert!(shown(&client, &track) <= 2);
    assert!(!portal.process.log().contains("panicked"));
}

#[test]
fn the_fields_may_follow_the_files_and_the_answers_count() {
    let (data, portal) = portal(&[]);
    let (client, key, photo) = (portal.client(), new_key(), picture(1));
    let answered: [Part<'_>; 3] =
        [("media", "a.png", &photo), ("attribute[supply]", "", b"power"), ("attribute[extent]", "", b"block")];
    let answer = post(&client, REQUESTS, &[&answered[..], &fields(&key)].concat());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    wait::until("the desk has it", || staff.queue("").contains(&key));
    let page = staff.get(&format!("/desk/report/{key}?lang=en"));
    assert!(page.text().contains("Electricity"), "{}", page.text());
    assert_eq!(page.page().all("img").count(), 1);
}

/// The error document of an answer.
fn described(answer: &Answer) -> String {
    let errors = read(answer);
    assert_eq!(errors[0]["code"], Value::from(answer.status), "{errors}");
    errors[0]["description"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_no_form_is_refused_in_a_document_of_the_standard_and_stores_nothing() {
    let (data, portal) = portal(&[]);
    let (client, key, photo) = (portal.client(), new_key(), picture(1));
    let whole = multipart(&[&fields(&key)[..], &[("media", "a.png", &photo)]].concat());
    let ask = |kind: &str, body: &[u8]| client.ask("POST", REQUESTS, &[("Content-Type", kind)], Some(body)).unwrap();
    let before = files(data.path()).len();

    let none = ask("multipart/form-data", &whole);
    assert_eq!(
        (none.status, described(&none)),
        (400, "the body is to be multipart/form-data with its boundary".into())
    );
    for cut in [whole.len() - 10, whole.len() / 2, 20, 0] {
        let answer = ask(&kind(), &whole[..cut]);
        assert_eq!((answer.status, described(&answer)), (400, "the body cannot be read".into()), "cut at {cut}");
    }
    let latin = post(&client, REQUESTS, &[&fields(&key)[..], &[("phone", "", b"\xff\xfe")]].concat());
    assert_eq!((latin.status, described(&latin)), (400, "the body cannot be read".into()));
    let words = vec![b'x'; 2 * MIB];
    let long = post(&client, REQUESTS, &[&fields(&key)[..], &[("phone", "", &words)]].concat());
    assert_eq!((long.status, described(&long)), (413, "the body is too long".into()));
    let many: Vec<Part<'_>> = vec![("x", "", b""); 400];
    assert_eq!(post(&client, REQUESTS, &[&fields(&key)[..], &many].concat()).status, 413);
    let lacking = post(&client, REQUESTS, &[("media", "a.png", &photo)]);
    assert_eq!((lacking.status, described(&lacking)), (400, "service_code was not provided".into()));
    let update = post(&client, "/open311/v2/servicerequestupdates.json", &fields(&key));
    assert_eq!(update.status, 400, "updates bring no files");
    assert_eq!(client.get(&format!("/open311/v2/requests/{key}.json")).status, 404);
    assert_eq!(files(data.path()).len(), before, "no picture without a report");

    let (_, track) = send(&client, &key, &[("media", "a.png", &photo)]);
    let other = post(&client, REQUESTS, &[&fields(&key)[..3], &[("media", "b.png", &picture(2))]].concat());
    assert_eq!(other.status, 409, "another report under the key of one that is there");
    assert_eq!(shown(&client, &track), 1, "and its photo goes nowhere");
}

#[test]
fn where_keys_are_asked_for_files_need_one_too() {
    let (_data, portal) = portal(&["--open311-keys", "open-sesame"]);
    let (client, key, photo) = (portal.client(), new_key(), picture(1));
    let parts = [&fields(&key)[..], &[("media", "a.png", &photo)]].concat();
    let refused = post(&client, REQUESTS, &parts);
    assert_eq!((refused.status, described(&refused)), (403, "api_key is missing or wrong".into()));
    let with_key = [&parts[..], &[("api_key", "", b"open-sesame")]].concat();
    assert_eq!(post(&client, REQUESTS, &with_key).status, 200);
}

#[test]
fn nothing_is_fetched_for_a_program_and_it_is_told_so() {
    let (_data, portal) = portal(&[]);
    let (notice, track) =
        send(&portal.client(), &new_key(), &[("media_url", "", b"http://169.254.169.254/latest/meta-data")]);
    assert!(notice.contains("What media_url leads to is not fetched"), "{notice}");
    assert_eq!(shown(&portal.client(), &track), 0);
    assert!(portal.client().get(&track).text().contains("169.254.169.254"), "its words are kept");
}
