//! What every page has: protection, a language, a title, and one heading.

use std::collections::BTreeSet;

use data_encoding::BASE64;
use model::id::Key;
use sha2::{Digest, Sha256};

use crate::support::checks::{NUMBERS, URGENT, guarded};
use crate::support::client::{Answer, Client};
use crate::support::form::Form;
use crate::support::html::Page;
use crate::support::missing::material;
use crate::support::portal::Portal;

/// Every kind of page: its address, and the status it has.
fn every_page(client: &Client) -> Vec<(String, u16)> {
    let form = Form::report().with("category", "12G00").with("position", "31.2304, 121.4737").with("what", "smoke");
    let receipt = client.report(&form);
    let track = receipt.replace("/receipt/", "/track/");
    assert_eq!(client.post(&track, &Form::note(&track, "more")).status, 303);
    let fixed = ["/", "/report", "/open", "/open?period=day", "/open?period=month"].map(|path| (path.to_owned(), 200));
    let own = [(receipt, 200), (track.clone(), 200), (format!("{track}?added=1"), 200)];
    let missing = ["/no/such/page", "/track/x", "/receipt/x"].map(|path| (path.to_owned(), 404));
    [&fixed[..], &own, &missing].concat()
}

fn with_query(path: &str, query: &str) -> String {
    format!("{path}{}{query}", if path.contains('?') { '&' } else { '?' })
}

/// The nonce that the policy of an answer allows.
fn nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned()
}

#[test]
fn every_page_is_protected_and_runs_only_what_is_ours() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let mut nonces = BTreeSet::new();
    let mut scripts = 0;
    for (path, status) in every_page(&client) {
        for _ in 0..2 {
            let answer = client.get(&path);
            assert_eq!(answer.status, status, "{path}");
            guarded(&answer);
            let page = answer.page();
            let nonce = nonce(&answer);
            assert!(nonce.len() >= 16, "{nonce}");
            for script in page.all("script") {
                assert_eq!(script.attribute("nonce"), Some(nonce.as_str()), "a script of {path}");
                scripts += 1;
            }
            assert!(nonces.insert(nonce), "a nonce comes twice");
            let style = BASE64.encode(&Sha256::digest(page.one("style").text.as_bytes()));
            let policy = answer.header("content-security-policy");
            assert!(policy.contains(&format!("style-src 'sha256-{style}'")), "{path}: {policy}");
            for element in &page.elements {
                let risky = |name: &&String| *name == "style" || name.starts_with("on");
                let found: Vec<&String> = element.attributes.keys().filter(risky).collect();
                assert!(found.is_empty(), "{path}: <{}> has {found:?}", element.name);
                for name in ["href", "src", "action"] {
                    let address = element.attribute(name).unwrap_or("/");
                    let ours = ["/", "?", "#", "tel:"].iter().any(|start| address.starts_with(start));
                    let own = format!("http://{}/track/", portal.address);
                    assert!(
                        ours && !address.starts_with("//") || address.starts_with(&own),
                        "{path}: {name}={address}"
                    );
                }
            }
        }
    }
    let built = client.get("/report").page().all("script").next().is_some();
    assert!(!built || scripts > 0);
}

#[test]
fn every_page_stands_in_both_languages() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    for (path, status) in every_page(&client) {
        let page_in = |query: &str, headers: &[(&str, &str)]| {
            let path = if query.is_empty() { path.clone() } else { with_query(&path, query) };
            let answer = client.get_with(&path, headers);
            assert_eq!(answer.status, status);
            assert_eq!(answer.header("vary"), "Accept-Language, Accept-Encoding", "{path}");
            let page = answer.page();
            assert_eq!(page.all("h1").count(), 1, "{path}");
            assert!(!page.one("h1").text.trim().is_empty());
            assert!(page.within(("head", ""), "title").len() == 1 && page.one("title").text.contains(" · "), "{path}");
            assert_eq!(page.one("main").attribute("id"), Some("content"));
            let language = page.one("html").attribute("lang").unwrap().to_owned();
            (language, page, answer)
        };
        let lang = |query: &str, headers: &[(&str, &str)]| page_in(query, headers).0;
        assert_eq!(lang("", &[]), "zh-CN", "{path}: without a wish");
        assert_eq!(lang("", &[("Accept-Language", "en-GB,en;q=0.9")]), "en", "{path}");
        assert_eq!(lang("", &[("Accept-Language", "fr, zh;q=0.5, en;q=0.4")]), "zh-CN", "{path}");
        assert_eq!(lang("", &[("Accept-Language", "fr")]), "zh-CN", "{path}");
        assert_eq!(lang("", &[("Accept-Language", "zh"), ("Cookie", "a=b; lang=en")]), "en", "{path}: remembered");
        assert_eq!(lang("lang=zh-CN", &[("Accept-Language", "en"), ("Cookie", "lang=en")]), "zh-CN", "{path}: asked");
        assert_eq!(lang("lang=xx", &[("Cookie", "lang=en")]), "en", "{path}: asked for what there is not");

        let (_, english, answer) = page_in("lang=en", &[]);
        let cookie = answer.header("set-cookie");
        assert!(
            cookie.starts_with("lang=en;") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
            "{cookie}"
        );
        let (_, chinese, unasked) = page_in("", &[]);
        // The form tells browsers apart, so that a flood is seen.
        let cookies = unasked.headers.get_all("set-cookie").iter();
        let mut unknown = cookies.filter(|cookie| path != "/report" || !cookie.as_bytes().starts_with(b"device="));
        assert!(unknown.next().is_none(), "{path} sets a cookie that nobody asked for");
        assert_ne!(english.one("title").text, chinese.one("title").text, "{path}");
        let han = |text: &str| text.chars().any(|letter| ('\u{4e00}'..'\u{9fff}').contains(&letter));
        assert!(han(&chinese.one("h1").text) && !han(&english.one("h1").text), "{path}");
        let switch = |page: &Page| {
            let switch = page.with_class("switch").next().unwrap();
            switch.attribute("href").or(switch.attribute("formaction")).unwrap().to_owned()
        };
        assert!(switch(&english).contains("lang=zh-CN") && switch(&chinese).contains("lang=en"), "{path}");
    }
}

#[test]
fn what_is_private_is_kept_by_nobody_on_the_way() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let form = Form::report();
    let taken = client.post("/report", &form);
    assert_eq!(taken.header("cache-control"), "no-store");
    guarded(&taken);
    let receipt = taken.location().to_owned();
    let track = receipt.replace("/receipt/", "/track/");
    let noted = client.post(&track, &Form::note(&track, "more"));
    assert_eq!((noted.status, noted.header("cache-control")), (303, "no-store"));
    for path in [&receipt, &track, &format!("{track}?added=1")] {
        assert_eq!(client.get(path).header("cache-control"), "no-store", "{path}");
    }
    let refused = client.post("/report", &form.with("people", "many").with("contact", "021 555 0100"));
    assert_eq!((refused.status, refused.header("cache-control")), (422, "no-store"));
    for path in ["/", "/report", "/open"] {
        assert_eq!(client.get(path).header("cache-control"), "private, no-cache", "{path}");
    }
}

#[test]
fn the_forms_carry_fresh_keys_first() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let track = client.report(&Form::report()).replace("/receipt/", "/track/");
    let mut keys = BTreeSet::new();
    for path in ["/report", "/report", &track, &track] {
        let page = client.get(path).page();
        let first = page.in_form("input")[0];
        assert_eq!((first.attribute("type"), first.attribute("name")), (Some("hidden"), Some("key")), "{path}");
        let key = first.attribute("value").unwrap();
        assert!(Key::parse(key).is_some(), "{path}: {key}");
        assert!(keys.insert(key.to_owned()), "{key} was given twice");
        let action = page.form_element().attribute("action").unwrap();
        assert_eq!(action.split('?').next(), Some(path), "{action}");
        for control in page.in_form("input").into_iter().chain(page.in_form("textarea")) {
            let kind = control.attribute("type").unwrap_or_default();
            if kind == "hidden" {
                continue;
            }
            let id = control.attribute("id");
            let labelled = page.all("label").any(|label| id.is_some() && label.attribute("for") == id);
            let wrapped = ["radio", "checkbox"].contains(&kind);
            assert!(labelled || wrapped, "{path}: {control:?} has no label");
        }
    }
    // A form that is sent as it came is taken: without script, nothing else is needed.
    let form = client.get("/report").page().form().with("category", "12N00").with("unknown", "yes");
    let receipt = client.report(&form);
    let page = client.get(&receipt).page();
    assert_eq!(page.with_class("reference").next().unwrap().text.len(), "XXXX-XXX-XXX".len());
    assert!(page.with_class("qr").next().is_some(), "a QR code");
    let statement = page.all("code").next().unwrap().text.clone();
    assert!(statement.starts_with(&format!("shouwang-receipt/1 key={}", form.key())), "{statement}");
}

#[test]
fn whom_to_call_stands_where_it_is_needed() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &["--numbers", "police=+86-110,fire=119,hotline=12345"]);
    let client = portal.client();
    let numbers = |answer: Answer| Vec::from_iter(answer.page().numbers());
    assert_eq!(numbers(client.get("/")), ["+86-110", "119", "12345"]);
    for path in ["/report", "/no/such/page"] {
        assert_eq!(numbers(client.get(path)), ["+86-110", "119"], "{path}");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let other = Portal::start::<&str>(elsewhere.path(), &[]);
    let all = other.client().get("/").page().numbers();
    assert!(NUMBERS.iter().all(|number| all.contains(*number)), "{all:?}");
    let calm = other.client().report(&Form::report().with("category", "12P00"));
    assert!(other.client().get(&calm).page().numbers().is_empty());
    for danger in [Form::report().with("category", "12G00"), Form::report().with("danger", "yes")] {
        let receipt = other.client().report(&danger);
        let shown = other.client().get(&receipt).page().numbers();
        assert!(URGENT.iter().all(|number| shown.contains(*number)), "{shown:?}");
    }
}

/// What a page loads.
pub fn files(page: &Page) -> BTreeSet<String> {
    let links = page.all("link").filter_map(|link| link.attribute("href")).map(str::to_owned);
    let scripts = page.all("script").flat_map(|script| {
        let words =
            script.text.split(['"', '\'', '(', ')']).filter(|word| word.starts_with("/pkg/")).map(str::to_owned);
        words.chain(script.attribute("src").map(str::to_owned)).collect::<Vec<_>>()
    });
    links.chain(scripts).collect()
}

#[test]
fn files_of_the_browser_half_are_kept_by_browsers_and_compressed() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let files = files(&client.get("/report").page());
    if !files.iter().any(|file| file.starts_with("/pkg/")) {
        return material("this binary was built without the browser half");
    }
    for file in files {
        let plain = client.get(&file);
        assert_eq!(plain.status, 200, "{file}");
        guarded(&plain);
        let kept = plain.header("cache-control");
        assert!(kept.contains("immutable") == file.starts_with("/pkg/"), "{file}: {kept}");
        assert_eq!(plain.header("vary"), "Accept-Encoding");
        let small = client.get_with(&file, &[("Accept-Encoding", "gzip, br")]);
        assert_eq!(small.header("content-encoding"), "br", "{file}");
        assert!(small.body.len() < plain.body.len());
        let tag = [("If-None-Match", plain.header("etag"))];
        assert_eq!(client.get_with(&file, &tag).status, 304, "{file}");
    }
}

#[test]
fn metrics_stand_on_no_public_port() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), &["--metrics", "127.0.0.1:0"]);
    assert_eq!(portal.client().get("/metrics").status, 404);
    portal.client().report(&Form::report());
    let metrics = Client::new(portal.process.metrics()).get("/metrics").text();
    assert!(metrics.contains("reports_total{outcome=\"new\"} 1"), "{metrics}");
    assert!(metrics.contains("route=\"/report\""), "{metrics}");
}
