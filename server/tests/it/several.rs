//! Several reports as one table: looked at, sent once, followed; and what is wrong with it.

use crate::support::client::{Answer, Client};
use crate::support::form::{Form, new_key};
use crate::support::multipart::{kind, multipart};
use crate::support::portal::Portal;
use crate::support::postgres::Postgres;

const PAGE: &str = "/report/several";
const TABLE: &str =
    "category,address,people,what,danger\n12P00,3 Mill Lane,40,Dry since noon,no\n12P00,Hall 2,3,No light,no\n";

fn table(text: &str, act: &str) -> Form {
    Form::of(&[("key", &new_key()), ("table", text), ("act", act)])
}

fn post(client: &Client, form: &Form) -> Answer {
    client.try_post(PAGE, form, &[("Accept-Language", "en")]).unwrap()
}

fn links(page: &str) -> Vec<&str> {
    let mut links: Vec<&str> = page.split('"').filter(|part| part.starts_with("/track/")).collect();
    links.dedup();
    links
}

fn from_a_look_to_the_reports(portal: &Portal) {
    let client = portal.client();
    let form = table(TABLE, "look");
    let looked = post(&client, &form);
    assert_eq!(looked.status, 200, "{}", looked.text());
    let text = looked.text();
    assert_eq!(text.matches("data-line=\"sound\"").count(), 2);
    assert!(text.contains("Send 2 reports") && text.contains("Dry since noon"), "{text}");

    let form = form.with("act", "send");
    let sent = post(&client, &form);
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert_eq!(post(&client, &form).location(), sent.location(), "the same again is the same");
    let list = client.get(sent.location());
    assert_eq!((list.status, list.header("cache-control")), (200, "no-store"));
    let list = list.text();
    assert_eq!(links(&list).len(), 2, "{list}");
    let words: Vec<String> = links(&list).into_iter().map(|link| client.get(link).text()).collect();
    assert!(words[0].contains("Dry since noon") && words[1].contains("No light"), "in their order");

    // Other words in a line that was sent.
    let other = form.with("table", &TABLE.replace("No light", "No gas"));
    let conflict = post(&client, &other);
    assert_eq!(conflict.status, 409);
    assert!(conflict.text().contains("were sent before with other words"));
    assert!(client.get(links(&list)[1]).text().contains("No light"), "nothing was changed");
    assert!(!conflict.text().contains("value=\"send\""), "it is looked at before it is sent under another key");
}

#[test]
fn a_table_is_looked_at_then_sent_once_and_every_report_can_be_followed() {
    let data = tempfile::tempdir().unwrap();
    from_a_look_to_the_reports(&Portal::start::<&str>(data.path(), &[]));
}

#[test]
fn a_table_is_looked_at_then_sent_on_postgres() {
    let Some(postgres) = Postgres::start() else { return };
    let (data, url) = (tempfile::tempdir().unwrap(), postgres.create("several"));
    from_a_look_to_the_reports(&Portal::start(data.path(), &["--database", &url]));
}

#[test]
fn nothing_is_stored_before_it_is_sent() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let form = table(TABLE, "look");
    assert_eq!(post(&client, &form).status, 200);
    let other = form.with("act", "send").with("table", &TABLE.replace("Dry", "Wet"));
    assert_eq!(post(&client, &other).status, 303, "under the same key, other words: it was not taken before");
}

#[test]
fn lines_that_are_wrong_come_back_alone_and_the_others_go() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let text = format!("{TABLE}moon,Hall 3,many,,\n");
    let looked = post(&client, &table(&text, "look")).text();
    assert!(looked.contains("Line 4") && looked.contains("(moon)") && looked.contains("Send 2 reports"), "{looked}");
    let form = table(&text, "send");
    let answer = post(&client, &form);
    assert_eq!(answer.status, 200);
    let page = answer.text();
    assert!(page.contains("2 reports were sent."), "{page}");
    let list = page.split('"').find(|part| part.starts_with("/report/several/")).unwrap();
    assert_eq!(links(&client.get(list).text()).len(), 2);
    assert!(page.contains("moon,Hall 3,many") && !page.contains("Dry since noon"), "{page}");

    // Mended, the rest goes on in the same list; whatever happens in between, the page leads there.
    let hidden = |name: &str| {
        let field = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
        field.split('"').next().unwrap().to_owned()
    };
    let mended = form
        .clone()
        .with("table", "category,address,people\n12P00,Hall 3,many\n")
        .with("act", "look")
        .with("sent", &hidden("sent"))
        .with("from", &hidden("from"));
    assert!(post(&client, &mended).text().contains(list), "looked at again");
    assert!(post(&client, &mended.clone().with("language", "zh-CN")).text().contains(list), "in the other language");
    let mended = mended.with("act", "send").with("table", "category,address,people\n12P00,Hall 3,4\n");
    for _ in 0..2 {
        assert_eq!(post(&client, &mended).location(), list);
    }
    assert_eq!(links(&client.get(list).text()).len(), 3);

    // Without the link of the list nobody goes on with a table.
    let stranger = mended.with("sent", "").with("table", "category,address\n12P00,Elsewhere\n");
    assert_eq!(post(&client, &stranger).status, 409);
}

#[test]
fn a_file_from_a_spreadsheet_takes_the_place_of_what_was_pasted() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let (text, _, _) = encoding_rs::GB18030.encode("类别;地址;情况\n停电、停水、停气;磨坊路 3 号;中午起停水\n");
    let parts = [
        ("key", "", new_key().into_bytes()),
        ("file", "事件.csv", text.into_owned()),
        ("table", "", b"left over".to_vec()),
    ];
    let parts: Vec<(&str, &str, &[u8])> =
        parts.iter().map(|(name, file, bytes)| (*name, *file, bytes.as_slice())).collect();
    let headers = [("Content-Type", kind()), ("Sec-Fetch-Site", "same-origin".to_owned())];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = portal.client().ask("POST", PAGE, &headers, Some(&multipart(&parts))).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let page = answer.text();
    assert_eq!(page.matches("data-line=\"sound\"").count(), 1, "{page}");
    assert!(page.contains("中午起停水") && !page.contains("left over"));

    for (body, status) in [(&b"--x"[..], 400), (&vec![b'x'; 300_000][..], 413)] {
        let answer = portal.client().ask("POST", PAGE, &headers, Some(body)).unwrap();
        assert_eq!(answer.status, status);
    }
    // Elsewhere a file is no form.
    assert_eq!(portal.client().ask("POST", "/report", &headers, Some(&multipart(&parts))).unwrap().status, 415);
}

#[test]
fn what_is_no_table_comes_back_as_it_was_typed() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let long = format!("category,address\n{}", "12P00,here\n".repeat(101));
    let naughty = "</textarea><script>alert(1)</script>";
    for (text, act, said) in [
        ("", "look", "There is no line with a report"),
        (naughty, "look", "The first line must name the columns"),
        (&long, "send", "There are 101 lines"),
        ("category,address\n12P00,\n", "send", "No line can be sent as it is"),
    ] {
        let answer = post(&client, &table(text, act));
        assert_eq!(answer.status, 422, "{text}");
        assert!(answer.text().contains(said), "{text}: {}", answer.text());
    }
    let page = post(&client, &table(naughty, "look")).text();
    assert!(page.contains("&lt;/textarea&gt;") && !page.contains("<script>alert"), "{page}");
}

#[test]
fn danger_in_a_line_brings_up_whom_to_call() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    assert!(!post(&client, &table(TABLE, "look")).text().contains("class=\"call-now\""));
    let page = post(&client, &table("category,address,what\n12P00,Hall 4,A man is not breathing\n", "look")).text();
    assert!(page.contains("class=\"call-now\"") && page.contains("tel:119"), "{page}");

    // So it does where the line is wrong, beside the rest of a table that was sent, and on the list; that is recorded.
    let wrong = post(&client, &table("category,address,what\n12P00,Hall,Dry\n12P00,,A man is not breathing\n", "look"));
    assert!(wrong.text().contains("class=\"call-now\""));
    let form = table("category,address,what\n12P00,Hall 4,A man is not breathing\n12P00,,Dry\n", "send");
    let page = post(&client, &form).text();
    assert!(page.contains("class=\"call-now\""), "{page}");
    let list = page.split('"').find(|part| part.starts_with("/report/several/")).unwrap();
    let list = client.get(list).text();
    assert!(list.contains("class=\"call-now\""), "{list}");
    let report = client.english(links(&list)[0]).text();
    assert!(report.contains("You were shown whom to call"), "{report}");
}

#[test]
fn the_list_opens_by_its_own_link_alone() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let sent = post(&client, &table(TABLE, "send"));
    let secret = sent.location().rsplit('/').next().unwrap().to_owned();
    let track = client.report(&Form::report()).rsplit('/').next().unwrap().to_owned();
    let forged = format!("{}{}", if secret.starts_with('A') { 'B' } else { 'A' }, &secret[1..]);
    for link in [&forged, &track, &secret[1..].to_owned()] {
        assert_eq!(client.get(&format!("{PAGE}/{link}")).status, 404, "{link}");
    }
    assert_eq!(client.get(&format!("/track/{secret}")).status, 404, "it opens no report");
}
