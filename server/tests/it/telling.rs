//! Telling people: mail that really arrives, messages a real gateway checks, and what is done when they do not.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use crate::support::client::Client;
use crate::support::commands::{at, run};
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::gateway::{Gateway, SECRET};
use crate::support::portal::Portal;
use crate::support::smtp::{Fault, MailServer};
use crate::support::wait;

/// Where the portal believes that people see it: a server on a free port cannot know.
const ORIGIN: &str = "https://portal.example";
const LI: &str = "li.wei@example.org";

fn portal(data: &Path, mail: &str) -> Portal {
    let tell = ["--origin", ORIGIN, "--smtp", mail, "--mail-from", "Shouwang <notice@portal.example>"];
    Portal::start(data, &[&tell[..], &["--metrics", "127.0.0.1:0"]].concat())
}

fn english(client: &Client, form: &Form) -> String {
    let answer = client.try_post("/report", form, &[("Accept-Language", "en")]).unwrap();
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().replace("/receipt/", "/track/")
}

/// A report with a contact, in English; gives the address of its page.
fn report(portal: &Portal, contact: &str) -> String {
    english(&portal.client(), &Form::report().with("contact", contact).with("what", "The pump has stopped"))
}

#[test]
fn a_report_is_answered_by_a_mail_that_leads_to_it_and_a_question_by_another() {
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let portal = portal(data.path(), &mail.url());
    let form = Form::report().with("contact", LI).with("what", "The pump has stopped");
    let track = english(&portal.client(), &form);
    let first = mail.until(LI, 1);
    assert_eq!(first.link(ORIGIN, "/track/"), track);
    assert_eq!(portal.client().get(&first.link(ORIGIN, "/track/")).status, 200, "the link opens");
    assert!(first.head("Subject").starts_with("Your report ") && first.head("From").contains("notice@portal.example"));
    assert!(!first.text.contains("pump") && !first.text.contains("Mill Lane"), "never the words: {}", first.text);

    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    wait::until("it stands in the queue", || staff.queue("").contains(&form.key().to_owned()));
    let asked = staff.move_it(&staff.moving(form.key(), "ask").with("told", "Which floor is dry?"));
    assert_eq!(asked.status, 303, "{}", asked.text());
    let second = mail.until(LI, 2);
    assert!(second.head("Subject").starts_with("Question about"), "{}", second.text);
    assert!(!second.text.contains("floor"), "not those of the desk either: {}", second.text);
    assert_ne!(first.head("Message-ID"), second.head("Message-ID"));

    let page = |path: &str| portal.client().get_with(path, &[("Accept-Language", "en")]).text();
    wait::until("the page says what was told", || page(&track).matches("Sent by e-mail.").count() == 2);
    assert!(staff.get(&format!("/desk/report/{}", form.key())).text().contains("邮件"), "and so does the desk's");
    assert_eq!(portal.process.metric("notices_total{channel=\"mail\",outcome=\"sent\"}"), 2);
    assert!(!portal.process.log().contains(LI), "the log names nobody");
}

#[test]
fn without_a_word_of_their_language_people_are_told_in_chinese() {
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let portal = portal(data.path(), &mail.url());
    portal.client().report(&Form::report().with("contact", LI));
    assert!(mail.until(LI, 1).head("Subject").starts_with("=?utf-8?"), "encoded for old servers");
}

#[test]
fn a_mail_server_that_is_away_gets_every_notice_once_when_it_is_back() {
    let data = tempfile::tempdir().unwrap();
    // A port that nobody listens on.
    let away = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap().local_addr().unwrap();
    let portal = portal(data.path(), &format!("smtp://{away}"));
    let track = report(&portal, LI);
    let page = || portal.client().get_with(&track, &[("Accept-Language", "en")]).text();
    wait::until("the page says that it is not delivered yet", || page().contains("Not delivered by e-mail yet"));
    let mail = MailServer::at(away);
    mail.until(LI, 1);
    wait::until("the page says that it is", || page().contains("Sent by e-mail."));
    report(&portal, "other@example.org");
    mail.until("other@example.org", 1);
    assert_eq!(mail.to(LI).len(), 1, "once");
}

#[test]
fn what_the_mail_server_says_decides_whether_it_is_tried_again() {
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let portal = portal(data.path(), &mail.url());
    let officer = Staff::sign_in(&portal, data.path(), "duty", "duty-officer");
    let handler = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    assert_eq!(handler.get("/desk/notices").status, 403, "not a handler's");

    mail.fail(Some(Fault::Says("550 no such user")));
    report(&portal, "nobody@example.org");
    let undelivered = || officer.get("/desk/notices");
    let gave_up = |count: usize| {
        let metric = "notices_total{channel=\"mail\",outcome=\"gave-up\"}";
        wait::until("it is given up", || portal.process.metric(metric) == u64::try_from(count).unwrap());
        wait::until("and seen", || undelivered().page().within(("ol", "queue"), "form").len() == count);
    };
    gave_up(1);
    let said = undelivered().text();
    assert!(!said.contains("nobody@example.org"), "an administrator opens nothing: {said}");

    mail.fail(Some(Fault::Says("451 come again")));
    report(&portal, LI);
    wait::until("both are seen", || undelivered().page().within(("ol", "queue"), "form").len() == 2);
    assert!(portal.process.metric("notices_total{channel=\"mail\",outcome=\"failed\"}") >= 1);
    let before = mail.calls();
    mail.fail(Some(Fault::HangsUp));
    report(&portal, "third@example.org");
    wait::until("it was called", || mail.calls() > before);
    wait::until("all are seen", || undelivered().page().within(("ol", "queue"), "form").len() == 3);
    mail.fail(None);
    let again = undelivered().page();
    let first = again.all("input").find(|input| input.attribute("name") == Some("notice")).unwrap();
    let form = Form::of(&[("notice", first.attribute("value").unwrap())]);
    assert_eq!(handler.post("/desk/notices", &form).status, 403);
    assert_eq!(portal.client().post("/desk/notices", &form).status, 403, "nor of anybody who has not signed in");
    let answer = officer.post("/desk/notices", &form);
    assert_eq!((answer.status, answer.location()), (303, "/desk/notices?again=1"));
    assert_eq!(officer.post("/desk/notices", &Form::of(&[("notice", "x")])).status, 404);
    mail.until("third@example.org", 1);
}

#[test]
fn a_mail_server_that_says_nothing_holds_nobody_up() {
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let mut portal = portal(data.path(), &mail.url());
    mail.fail(Some(Fault::Hangs));
    report(&portal, LI);
    wait::until("it is waited for", || mail.calls() > 0);
    let other = report(&portal, "other@example.org");
    assert_eq!(portal.client().get(&other).status, 200);
    portal.process.stop();
}

#[test]
fn a_portal_that_is_killed_tells_nothing_twice() {
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let mut first = portal(data.path(), &mail.url());
    let track = report(&first, LI);
    mail.until(LI, 1);
    wait::until("it is written down", || {
        first.client().get_with(&track, &[("Accept-Language", "en")]).text().contains("Sent by e-mail.")
    });
    first.process.kill();
    let second = portal(data.path(), &mail.url());
    report(&second, "other@example.org");
    mail.until("other@example.org", 1);
    assert_eq!(mail.to(LI).len(), 1, "once");
}

#[test]
fn nothing_that_is_typed_reaches_the_head_of_a_mail() {
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let portal = portal(data.path(), &mail.url());
    let evil = [
        "a@example.org\r\nBcc: victim@example.org",
        "a@example.org%0d%0aBcc:victim@example.org\n",
        "\"a\"@example.org>\r\nRCPT TO:<victim@example.org",
    ];
    for contact in evil {
        report(&portal, contact);
    }
    let track = report(&portal, "a@example.org Bcc: victim@example.org");
    let only = mail.until("a@example.org", 1);
    assert_eq!(only.link(ORIGIN, "/track/"), track);
    assert!(!only.text.contains("victim") && mail.to("victim@example.org").is_empty(), "{}", only.text);
}

#[test]
fn a_message_is_signed_for_the_gateway_and_comes_again_under_its_id() {
    let (data, gateway) = (tempfile::tempdir().unwrap(), Gateway::start(&[503]));
    let secret = data.path().join("secret");
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let (url, file) = (gateway.url(), secret.to_str().unwrap());
    let arguments = ["--origin", ORIGIN, "--sms-webhook", &url, "--sms-secret-file", file];
    let portal = Portal::start(data.path(), &arguments);
    let track = report(&portal, "１３８ 1234 5678");
    let calls = gateway.until(2);
    assert!(calls.iter().all(|(_, signed)| *signed), "{calls:?}");
    assert_eq!(calls[0].0, calls[1].0, "the same message, with the same id");
    assert_eq!(calls[0].0["to"], "+8613812345678");
    let text = calls[0].0["text"].as_str().unwrap();
    assert!(text.ends_with(&format!("{ORIGIN}{track}")) && !text.contains("pump"), "{text}");
    let page = portal.client().get_with("/report", &[("Accept-Language", "en")]).text();
    assert!(page.contains("by text message how it stands") && !page.contains("by e-mail how"), "no more than is so");
}

#[test]
fn a_list_of_ones_own_reports_comes_to_who_can_read_the_mail() {
    let (data, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let portal = portal(data.path(), &mail.url());
    let client = portal.client();
    let mut tracks =
        vec![report(&portal, LI), report(&portal, "LI.WEI@EXAMPLE.ORG, li.wei@Example.Org"), report(&portal, LI)];
    let strangers = report(&portal, "stranger@example.org");
    mail.until("stranger@example.org", 1);
    mail.until(LI, 2);

    let ask = |contact: &str| {
        client
            .try_post("/mine", &Form::of(&[("key", &new_key()), ("contact", contact)]), &[("Accept-Language", "en")])
            .unwrap()
    };
    let (known, unknown) = (ask(LI), ask("nobody@example.org"));
    assert_eq!((known.status, known.location()), (303, "/mine?asked=1"));
    assert_eq!((unknown.status, unknown.location()), (303, "/mine?asked=1"), "nobody learns who is known");
    let asked = |answer: &crate::support::client::Answer| {
        client.get_with(answer.location(), &[("Accept-Language", "en")]).page().vocabulary()
    };
    assert_eq!(asked(&known), asked(&unknown));

    let link = mail.until(LI, 3).link(ORIGIN, "/mine/");
    let list = client.get(&link);
    assert_eq!((list.status, list.header("cache-control")), (200, "no-store"));
    let page = list.page();
    let mut listed: Vec<_> =
        page.within(("ol", "queue"), "a").iter().map(|link| link.attribute("href").unwrap().to_owned()).collect();
    listed.sort();
    // The second was written with another name before the at: whether that is the same person only their mail server knows.
    tracks.remove(1);
    tracks.sort();
    assert_eq!(listed, tracks);
    assert!(!listed.contains(&strangers));
    assert!(listed.iter().all(|track| client.get(track).status == 200), "each leads to its report");
    let forged = format!("{}A", &link[..link.len() - 1]);
    assert_eq!(client.get(&if forged == link { link.replace("/mine/", "/mine/A") } else { forged }).status, 404);

    let refused = ask("at the <school> gate");
    assert_eq!(refused.status, 422);
    assert!(refused.page().field("contact").contains("<school>"), "what was typed comes back");
    assert!(mail.to("nobody@example.org").is_empty());
}

#[test]
fn where_nobody_is_told_no_page_promises_it() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let page = client.get("/mine");
    assert_eq!(page.status, 200);
    assert!(page.page().all("form").all(|form| form.attribute("action") != Some("/mine")), "{}", page.text());
    assert!(page.text().contains("12345"), "whom to call instead");
    assert!(!client.get("/").text().contains("href=\"/mine\""));
    let track = report(&portal, LI);
    portal.until_counted();
    assert!(!client.get_with(&track, &[("Accept-Language", "en")]).text().contains("What we told you"));
    assert_eq!(client.post("/mine", &Form::of(&[("key", &new_key()), ("contact", LI)])).status, 422);
}

#[test]
fn what_is_missing_to_tell_anybody_is_said_before_the_start() {
    let data = tempfile::tempdir().unwrap();
    let secret = data.path().join("secret");
    std::fs::write(&secret, "short\n").unwrap();
    let file = secret.to_str().unwrap();
    let smtp = "smtp://127.0.0.1:25";
    let cases: [(&[&str], &str); 7] = [
        (&["--smtp", smtp], "--mail-from"),
        (&["--smtp", smtp, "--mail-from", "a@example.org"], "--origin"),
        (&["--smtp", smtp, "--mail-from", "a b c", "--origin", ORIGIN], "--mail-from"),
        (&["--mail-from", "a@example.org"], "--smtp"),
        (
            &["--smtp", "smtp://u:s3cret@mail.example", "--mail-from", "a@example.org", "--origin", ORIGIN],
            "in the open",
        ),
        (&["--sms-webhook", "https://sms.example", "--origin", ORIGIN], "--sms-secret-file"),
        (&["--sms-webhook", "https://sms.example", "--sms-secret-file", file, "--origin", ORIGIN], "at least 16"),
    ];
    for (arguments, expected) in cases {
        for command in ["check-config", "serve"] {
            let whole = [&[command.to_owned()], &at(data.path(), arguments)[..]].concat();
            let done = run(&whole);
            assert!(!done.good && done.words.contains(expected), "{command} {arguments:?}: {}", done.words);
            assert!(!done.words.contains("s3cret"), "{}", done.words);
        }
    }
    let good = ["--smtp", "smtps://u:s3cret@mail.example", "--mail-from", "a@example.org", "--origin", ORIGIN];
    let done = run(&[&["check-config".to_owned()], &at(data.path(), &good)[..]].concat());
    assert!(done.good && done.output.contains("@mail.example") && !done.output.contains("s3cret"), "{}", done.output);
}
