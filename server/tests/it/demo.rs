//! Demonstration data: marked on every page, and never among real reports.

use crate::support::commands::{at, reports, run};
use crate::support::desk::enter;
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::wait;

#[test]
fn a_demonstration_fills_an_empty_store_once_and_says_so_on_every_page() {
    let data = tempfile::tempdir().unwrap();
    let mut portal = Portal::start(data.path(), &["--demo"]);
    let client = portal.client();
    portal.until_counted();
    let here = at(data.path(), &[]);
    let first = reports(&here);
    assert!(first.len() > 300, "{}", first.len());
    assert!(first.iter().all(|row| row["origin"] == "demo"));

    let receipt = client.report(&Form::report().with("category", "12G00"));
    let track = receipt.replace("/receipt/", "/track/");
    for path in ["/", "/report", "/open", &receipt, &track, "/no/such/page", "/track/x"] {
        for (language, words) in [("zh-CN", "演示数据"), ("en", "Demonstration. This city does not exist")] {
            let page = client.get_with(path, &[("Accept-Language", language)]).page();
            let banner = page.with_class("demo").next().unwrap_or_else(|| panic!("no banner on {path}"));
            assert!(banner.text.contains(words), "{path}: {}", banner.text);
        }
    }
    let refused = client.post("/report", &Form::report().with("people", "many"));
    assert!(refused.page().with_class("demo").next().is_some(), "on a form that came back too");
    let open = client.get("/open").page();
    assert!(open.all("tr").count() > 24 && open.with_class("chart").next().is_some());
    let entered = |portal: &Portal| {
        let link = wait::found("the link to the desk", || desk_link(&portal.process.log()));
        let path = link.strip_prefix(&format!("http://{}", portal.address)).unwrap().to_owned();
        let answer = enter(&portal.client(), &path);
        assert_eq!((answer.status, answer.location()), (303, "/desk"));
        assert_ne!(enter(&portal.client(), &path).location(), "/desk", "it opens once");
    };
    entered(&portal);
    portal.process.stop();

    // Started again, with the word or without, it is the same demonstration.
    for more in [&["--demo"][..], &[]] {
        let portal = Portal::start(data.path(), more);
        assert!(portal.client().get("/").page().with_class("demo").next().is_some());
        assert_eq!(reports(&here).len(), first.len() + 1);
        if more.is_empty() {
            assert_eq!(desk_link(&portal.process.log()), None, "nobody is let in without the word");
        } else {
            entered(&portal);
        }
    }
}

/// The link to the desk in what a portal printed on standard error.
fn desk_link(printed: &str) -> Option<String> {
    let line = printed.lines().find_map(|line| line.strip_prefix("demonstration: "))?;
    line.split_whitespace().last().map(str::to_owned)
}

#[test]
fn a_store_with_real_reports_takes_no_demonstration() {
    let data = tempfile::tempdir().unwrap();
    let mut portal = Portal::start::<&str>(data.path(), &[]);
    assert!(portal.client().get("/").page().with_class("demo").next().is_none());
    portal.client().report(&Form::report());
    portal.process.stop();
    let mut arguments = vec!["serve".to_owned(), "--demo".to_owned(), "--listen".to_owned(), "127.0.0.1:0".to_owned()];
    arguments.extend(at(data.path(), &[]));
    let done = run(&arguments);
    assert!(!done.good && done.words.contains("--demo fills an empty store only"), "{}", done.words);
    assert_eq!(reports(&at(data.path(), &[])).len(), 1);
}
