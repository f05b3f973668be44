//! Whatever somebody types reads back to the byte, and is never more than text.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use crate::support::client::{Answer, Client};
use crate::support::data;
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::html::Page;
use crate::support::portal::Portal;
use crate::support::wait;

/// The fields that take any text.
const FIELDS: [&str; 8] = ["address", "position", "what", "site", "name", "substance", "places", "contact"];
/// How much of it a name takes.
const NAME: usize = 100;

/// Strings of our own: what breaks escaping, and what parsers of HTML change.
fn ours() -> Vec<String> {
    let texts = [
        "</textarea><script>alert(1)</script>",
        "</span></dd></dl><h1 onclick=\"x\">",
        "</title></style></script>",
        "\"><input autofocus onfocus=alert(1) x=\"",
        "' onmouseover='alert(1)",
        "&#13;&amp;&lt;&nbsp;&notit;&#x0;",
        "<!-- --> <!> <![CDATA[ ]]> <?php ?>",
        "\u{feff}\u{200b}\u{202e}\u{2028}\u{85}\u{ad}",
        "\u{1}\u{8}\u{b}\u{c}\u{e}\u{1f}\u{7f}\u{9f}",
        "\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{10ffff}",
        "{{7*7}} {count} ${x} #{x} <%= x %>",
        "%00%0d%0a%25+%2B",
        "key=1&category=2;what=3",
        "  spaces on both sides  ",
        "8Q336FJF+5F",
        "31.2304, 121.4737",
        "e\u{301}é ﷽ 🧑‍🚒",
    ];
    texts.map(str::to_owned).to_vec()
}

/// Texts of several lines, for the fields that take them: a browser can send none of these in a field of one line.
const LINES: [&str; 7] =
    ["one\r\ntwo", "\r\nfirst a break", "\n\ntwo breaks", "a\rb\nc\r\nd", "ends so\r\n", "\ttabs\t\r\n\t", "\r"];

fn all_strings() -> Vec<String> {
    let mut strings = ours();
    strings.extend(data::naughty_strings().unwrap_or_default());
    strings
}

/// What the page shows of it: white space alone is nothing.
fn shown(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn name(text: &str) -> String {
    text.chars().take(NAME).collect()
}

/// A report that says it in every field: of a kind with a question that is answered in free words.
fn report(text: &str) -> Form {
    let form = Form::report().with("category", "12Q00").with("unknown", "yes").with("answers[source][]", text);
    FIELDS.into_iter().fold(form, |form, field| form.with(field, text)).with("name", &name(text))
}

/// What is read of such a report, in the order of the page.
fn sent(text: &str) -> Vec<Option<String>> {
    let said = shown(text);
    // The address, the position and what happened are there in any case; the answer, the site and the substance where something is.
    let (always, told) = (vec![said.clone(); 3], said.iter().cloned().cycle().take(said.iter().count() * 3));
    let places = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    let contact = said.as_ref().map(|how| shown(&name(text)).into_iter().chain([how.clone()]).collect::<Vec<_>>());
    let contact = contact.map(|line| line.join(", "));
    always.into_iter().chain(told.chain(places).map(Some)).chain([contact]).collect()
}

/// Kinds of elements that the pages have when everybody types harmless words.
struct Known {
    track: BTreeSet<String>,
    desk: BTreeSet<String>,
    refused: BTreeSet<String>,
}

impl Known {
    fn learn(client: &Client, staff: &Staff) -> Self {
        let harmless = |words: &str| {
            let form = report(words);
            let track = client.report(&form).replace("/receipt/", "/track/");
            assert_eq!(client.post(&track, &Form::note(&track, "words")).status, 303);
            // Before it is placed in a queue, and after: then its clocks are shown.
            let first = client.get(&track).page().vocabulary();
            wait::until("the clocks of a report", || client.get(&track).text().contains("class=\"clock "));
            (&first | &client.get(&track).page().vocabulary(), staff.page(form.key()).vocabulary())
        };
        // One with a position that is understood, one without.
        let (here, somewhere) = (harmless("31.2304, 121.4737"), harmless("by the old mill"));
        let (track, desk) = (&here.0 | &somewhere.0, &here.1 | &somewhere.1);
        let nothing = Form::of(&[("key", &new_key())]);
        let much = report("words").with("danger", "yes").with("people", "many").with("category", "x");
        let refused =
            &client.post("/report", &nothing).page().vocabulary() | &client.post("/report", &much).page().vocabulary();
        Self { track, desk, refused }
    }
}

fn only(known: &BTreeSet<String>, page: &Page, text: &str) {
    let vocabulary = page.vocabulary();
    let strange: Vec<&String> = vocabulary.difference(known).collect();
    assert!(strange.is_empty(), "{text:?} became {strange:?}");
}

/// Every script is one of ours.
fn scripts_are_ours(answer: &Answer, page: &Page) {
    let policy = answer.header("content-security-policy");
    for script in page.all("script") {
        let nonce = script.attribute("nonce").expect("a script without a nonce");
        assert!(policy.contains(&format!("'nonce-{nonce}'")));
    }
}

/// Sends a text in every field, and reads it back from the tracking page; then once more in a form that is refused. Gives the key of the
/// report.
fn through_every_field(client: &Client, known: &Known, text: &str) -> String {
    let form = report(text);
    let taken = client.post("/report", &form);
    assert_eq!(taken.status, 303, "{text:?}: {}", taken.text());
    let track = taken.location().replace("/receipt/", "/track/");
    let noted = client.post(&track, &Form::note(&track, text));
    let blank = text.trim().is_empty();
    assert_eq!(noted.status, if blank { 422 } else { 303 }, "{text:?}");
    if blank {
        assert_eq!(noted.page().field("note"), text);
    }
    let answer = client.get(&track);
    assert_eq!(answer.status, 200, "{text:?}");
    let page = answer.page();
    assert_eq!(page.sent(), sent(text), "read back");
    assert_eq!(page.notes(), Vec::from_iter(shown(text)), "the note read back");
    only(&known.track, &page, text);
    scripts_are_ours(&answer, &page);
    assert_eq!(client.get(taken.location()).status, 200);

    // In fields that choose or count it is nonsense, which is said, and nothing that was typed is lost.
    let nonsense = form.clone().with("key", &new_key()).with("category", text).with("people", text);
    let answer = client.post("/report", &nonsense);
    assert_eq!(answer.status, 422, "{text:?}: {}", answer.text());
    let page = answer.page();
    for field in FIELDS.iter().chain(&["people"]) {
        assert_eq!(page.field(field), nonsense.value(field), "{field} of the form that came back");
    }
    only(&known.refused, &page, text);
    scripts_are_ours(&answer, &page);
    form.key().to_owned()
}

/// Reads the same on the page of the desk.
fn at_the_desk(staff: &Staff, known: &Known, key: &str, text: &str) {
    let answer = staff.get(&format!("/desk/report/{key}"));
    assert_eq!(answer.status, 200, "{text:?}: {}", answer.text());
    let page = answer.page();
    assert_eq!(page.sent(), sent(text), "read at the desk");
    assert_eq!(page.notes(), Vec::from_iter(shown(text)), "the note, read at the desk");
    only(&known.desk, &page, text);
    scripts_are_ours(&answer, &page);
}

#[test]
fn every_naughty_string_reads_back_from_every_field() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let staff = Staff::sign_in(&portal, data.path(), "duty", "duty-officer");
    let known = Known::learn(&portal.client(), &staff);
    let (strings, sent) = (Mutex::new(all_strings()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..3 {
            let (client, known, strings, sent) = (portal.client(), &known, &strings, &sent);
            scope.spawn(move || {
                loop {
                    let Some(text) = strings.lock().unwrap().pop() else { break };
                    let key = through_every_field(&client, known, &text);
                    sent.lock().unwrap().push((key, text));
                }
            });
        }
    });
    portal.until_counted();
    for (key, text) in sent.into_inner().unwrap() {
        at_the_desk(&staff, &known, &key, &text);
    }
    assert!(!portal.process.log().contains("\"level\":\"ERROR\""), "{}", portal.process.log());
}

#[test]
fn line_breaks_survive_in_the_fields_that_take_them() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    for text in LINES {
        let form = Form::report().with("what", text);
        let track = client.report(&form).replace("/receipt/", "/track/");
        assert_eq!(client.get(&track).page().sent()[2], shown(text), "{text:?}");
        let noted = client.post(&track, &Form::note(&track, text));
        if text.trim().is_empty() {
            assert_eq!(noted.status, 422);
            continue;
        }
        assert_eq!(noted.status, 303);
        assert_eq!(client.get(&track).page().notes(), [text]);
        let refused = client.post("/report", &form.with("people", "many"));
        assert_eq!((refused.status, refused.page().field("what")), (422, text), "in the form that came back");
    }
}

#[test]
fn a_field_takes_its_limit_and_one_more_comes_back_whole() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    for (field, limit) in [("what", 2_000), ("address", 500), ("position", 2_000), ("contact", 300)] {
        // Characters of four bytes: the limit counts what people see, and the largest form still fits the limit of bytes.
        let full = "𠮷".repeat(limit);
        let form = Form::report().with(field, &full);
        let track = client.report(&form).replace("/receipt/", "/track/");
        let place = ["address", "position", "what", "contact"].iter().position(|name| *name == field).unwrap();
        assert_eq!(client.get(&track).page().sent()[place].as_deref(), Some(full.as_str()), "{field}");
        let over = format!("{full}𠮷");
        let refused = client.post("/report", &form.with("key", &new_key()).with(field, &over));
        assert_eq!(refused.status, 422, "{field}");
        assert_eq!(refused.page().field(field), over);
        let fault = format!("{field}-fault");
        let page = refused.page();
        let said = page.elements.iter().find(|element| element.attribute("id") == Some(&fault)).unwrap();
        assert!(
            said.text.contains(&limit.to_string()) && said.text.contains(&(limit + 1).to_string()),
            "{}",
            said.text
        );
    }
}

#[test]
fn what_no_page_can_show_is_refused_and_said() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    for field in FIELDS {
        let refused = portal.client().post("/report", &Form::report().with("contact", "words").with(field, "a\0b"));
        assert_eq!(refused.status, 422, "{field}");
        assert!(refused.text().contains(&format!("id=\"{field}-fault\"")), "{field}: {}", refused.text());
    }
}

#[test]
fn people_are_counted_or_the_count_is_asked_again() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let mut asked = 0;
    for text in all_strings() {
        let answer = client.post("/report", &Form::report().with("people", &text));
        match answer.status {
            303 => {
                // In any digits that people type, with nothing else but space around.
                let digits =
                    text.trim().chars().all(|letter| letter.is_ascii_digit() || ('０'..='９').contains(&letter));
                assert!(digits, "{text:?} was taken for a number");
            }
            422 => {
                assert_eq!(answer.page().field("people"), text);
                asked += 1;
            }
            other => panic!("{other} for {text:?}: {}", answer.text()),
        }
    }
    assert!(asked > 10);
}
