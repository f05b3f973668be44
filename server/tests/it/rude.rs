//! Requests that no form of ours sends: each gets a clear answer, and the portal goes on.

use std::net::SocketAddr;

use crate::support::checks::{guarded, refusal};
use crate::support::client::Answer;
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::raw::{Raw, exchange, post_head};

fn portal(more: &[&str]) -> (tempfile::TempDir, Portal) {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path(), more);
    (data, portal)
}

fn answered(address: SocketAddr, request: &[u8]) -> Answer {
    exchange(address, request).unwrap_or_else(|| panic!("no answer to {}", String::from_utf8_lossy(request)))
}

#[test]
fn a_form_on_another_site_posts_nothing() {
    let (data, portal) = portal(&[]);
    let post = |lines: &str| {
        let body = Form::report().body();
        answered(
            portal.address,
            format!("{}{body}", post_head(&format!("{lines}Content-Length: {}\r\n", body.len()))).as_bytes(),
        )
    };
    for lines in [
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: \r\n",
        "Sec-Fetch-Site: cross-site\r\nOrigin: http://portal.test\r\n",
        "Origin: https://evil.example\r\n",
        "Origin: http://portal.test.evil.example\r\n",
        "Origin: http://portal.test:81\r\n",
        "Origin: null\r\n",
        "Origin: \r\n",
        "Origin: \u{e9}\r\n",
    ] {
        refusal(&post(lines), 403);
    }
    for lines in ["", "Sec-Fetch-Site: same-origin\r\n", "Sec-Fetch-Site: none\r\n", "Origin: http://portal.test\r\n"] {
        assert_eq!(post(lines).status, 303, "{lines}");
    }
    assert_eq!(crate::support::commands::keys(&crate::support::commands::at(data.path(), &[])).len(), 4);

    // The other unsafe methods are nobody's either.
    for method in ["PUT", "DELETE", "PATCH"] {
        let request = format!("{method} /report HTTP/1.1\r\nHost: portal.test\r\nSec-Fetch-Site: cross-site\r\n\r\n");
        refusal(&answered(portal.address, request.as_bytes()), 403);
    }
    // A link from elsewhere to a page is welcome.
    let request = "GET /report HTTP/1.1\r\nHost: portal.test\r\nSec-Fetch-Site: cross-site\r\nOrigin: null\r\n\r\n";
    assert_eq!(answered(portal.address, request.as_bytes()).status, 200);
}

#[test]
fn a_configured_origin_is_the_only_one() {
    let (_data, portal) = portal(&["--origin", "https://portal.example"]);
    let post = |origin: &str| {
        let body = Form::report().body();
        let head = post_head(&format!("Origin: {origin}\r\nContent-Length: {}\r\n", body.len()));
        answered(portal.address, format!("{head}{body}").as_bytes()).status
    };
    assert_eq!(
        (post("https://portal.example"), post("http://portal.test"), post("http://portal.example")),
        (303, 403, 403)
    );
}

#[test]
fn too_much_is_refused_before_it_is_read() {
    let (_data, portal) = portal(&[]);
    // A length that is only announced.
    for length in ["262145", "1000000000", "1000000000000000000"] {
        refusal(&answered(portal.address, post_head(&format!("Content-Length: {length}\r\n")).as_bytes()), 413);
    }
    // Chunks without an announcement: refused when it is too much.
    let mut raw = Raw::connect(portal.address);
    raw.send(post_head("Transfer-Encoding: chunked\r\n").as_bytes());
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(4096));
    for _ in 0..65 {
        raw.send(chunk.as_bytes());
    }
    refusal(&raw.answer().unwrap(), 413);
    // A client that sends all of it before it listens hears why all the same.
    let long = Form::report().with("what", &"火".repeat(100_000));
    refusal(&portal.client().post("/report", &long), 413);
    // What fits, fits exactly.
    let form = Form::report().body();
    let padded = format!("{form}&x={}", "y".repeat(262_144 - form.len() - 3));
    let head = post_head(&format!("Content-Length: {}\r\n", padded.len()));
    assert_eq!(answered(portal.address, format!("{head}{padded}").as_bytes()).status, 303);
}

#[test]
fn who_sends_too_slowly_is_told_so() {
    let (_data, portal) = portal(&["--body-seconds", "1"]);
    let mut raw = Raw::connect(portal.address);
    raw.send(post_head("Content-Length: 1000\r\n").as_bytes());
    raw.send(b"key=0");
    refusal(&raw.answer().unwrap(), 408);

    let mut chunked = Raw::connect(portal.address);
    chunked.send(post_head("Transfer-Encoding: chunked\r\n").as_bytes());
    chunked.send(b"5\r\nkey=0\r\n");
    refusal(&chunked.answer().unwrap(), 408);
}

#[test]
fn what_a_form_takes_to_arrive_is_not_taken_from_its_answer() {
    let (_data, portal) = portal(&["--body-seconds", "2", "--answer-seconds", "1"]);
    let mut raw = Raw::connect(portal.address);
    raw.send(post_head("Content-Length: 1000\r\n").as_bytes());
    refusal(&raw.answer().unwrap(), 408);
}

#[test]
fn who_never_finishes_the_head_is_let_go() {
    let (_data, portal) = portal(&[]);
    let mut slow = Raw::connect(portal.address);
    slow.send(b"GET / HTTP/1.1\r\nHost: portal.test\r\nX-Slow: ");
    let mut silent = Raw::connect(portal.address);
    silent.send(b"");
    assert_eq!(portal.client().get("/").status, 200, "others are served meanwhile");
    assert!(slow.answer().is_none_or(|answer| answer.status == 408));
    assert!(silent.ends());
}

#[test]
fn only_forms_are_read() {
    let (_data, portal) = portal(&[]);
    let part = "--b\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\nfire\r\n";
    let post = |kind: &str, body: &str| {
        let kind = if kind.is_empty() { String::new() } else { format!("Content-Type: {kind}\r\n") };
        let head =
            format!("POST /report HTTP/1.1\r\nHost: portal.test\r\n{kind}Content-Length: {}\r\n\r\n", body.len());
        answered(portal.address, format!("{head}{body}").as_bytes())
    };
    let whole = format!("{part}--b--\r\n");
    for (kind, body) in [
        ("multipart/form-data; boundary=b", whole.as_str()),
        ("multipart/form-data; boundary=b", part),
        ("multipart/form-data; boundary=other", part),
        ("multipart/form-data", part),
        ("application/json", r#"{"what":"fire"}"#),
        ("text/plain", "what=fire"),
        ("application/x-www-form-urlencodedx", "what=fire"),
        ("", "what=fire"),
        ("", ""),
    ] {
        refusal(&post(kind, body), 415);
    }
    assert_eq!(post("Application/X-WWW-Form-Urlencoded; charset=UTF-8", &Form::report().body()).status, 303);
}

#[test]
fn a_form_that_cannot_be_read_is_refused_as_a_page() {
    let (_data, portal) = portal(&[]);
    let deep = format!("{}=1", "a[b]".repeat(500));
    let many: String = (0..8_000).map(|number| format!("f{number}=&")).collect();
    for body in [
        "",
        "&",
        "=",
        "&&&===&",
        "what",
        "%",
        "%zz=%zz&what=%",
        "what=%ff%fe",
        "what=%c3%28&key=%80",
        "what[]=a&what[]=b",
        "what[a][b]=c",
        "key[]=1",
        deep.as_str(),
        many.as_str(),
        "{\"what\":\"fire\"}",
        "what=a&what=b",
        "\u{0}\u{1}\u{2}",
    ] {
        let good = Form::report().body();
        for body in [body.to_owned(), format!("{good}&{body}")] {
            let head = post_head(&format!("Content-Length: {}\r\n", body.len()));
            let answer = answered(portal.address, format!("{head}{body}").as_bytes());
            match answer.status {
                // Something to mend, or something that changes nothing.
                303 => assert!(body.starts_with(&good)),
                status => {
                    assert!([400, 413, 422].contains(&status), "{status} for {:?}", &body[..body.len().min(80)]);
                    refusal(&answer, status);
                }
            }
        }
    }
    let raw = [post_head("Content-Length: 8\r\n").as_bytes(), b"what=\xff\xfe\xfd"].concat();
    refusal(&answered(portal.address, &raw), 400);
}

#[test]
fn a_method_that_does_nothing_here_says_what_does() {
    let (_data, portal) = portal(&[]);
    let client = portal.client();
    let track = client.report(&Form::report()).replace("/receipt/", "/track/");
    for method in ["PUT", "DELETE", "PATCH"] {
        for (path, allowed) in [("/report", "GET,HEAD,POST"), (track.as_str(), "GET,HEAD,POST"), ("/", "GET,HEAD")] {
            let answer = client.ask(method, path, &[("Sec-Fetch-Site", "same-origin")], None).unwrap();
            refusal(&answer, 405);
            assert_eq!(answer.header("allow").replace(' ', ""), allowed, "{method} {path}");
        }
    }
    for path in ["/", "/open", "/receipt/x", "/open.csv", "/healthz", "/readyz", "/robots.txt"] {
        let answer = client.post(path, &Form::report());
        refusal(&answer, 405);
        assert_eq!(answer.header("allow").replace(' ', ""), "GET,HEAD", "POST {path}");
    }
    // The acts stand under no address of their own.
    for path in ["/act/report/send", "/act/report/note", "/api/report", "/no/such/page"] {
        refusal(&client.post(path, &Form::report()), 404);
    }
    for method in ["TRACE", "PROPFIND", "BREW"] {
        let request = format!("{method} / HTTP/1.1\r\nHost: portal.test\r\n\r\n");
        let answer = answered(portal.address, request.as_bytes());
        assert!((400..500).contains(&answer.status), "{method}: {}", answer.status);
    }
    for path in ["/", "/report", "/open", &track, "/robots.txt", "/healthz", "/no/such/page"] {
        let (head, get) = (client.ask("HEAD", path, &[], None).unwrap(), client.get(path));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "HEAD {path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "HEAD {path}");
        guarded(&head);
    }
    // What HEAD says of a body is true of that of GET (RFC 9110, section 8.6); how small a page becomes depends on its nonce.
    for (path, encoding, said) in [
        ("/", "identity", "content-length"),
        ("/", "zstd", "content-encoding"),
        ("/open.csv", "zstd", "content-length"),
        ("/open.csv", "zstd", "content-encoding"),
    ] {
        let ask = |method| client.ask(method, path, &[("accept-encoding", encoding)], None).unwrap();
        assert_eq!(ask("HEAD").header(said), ask("GET").header(said), "{said} of {path}, {encoding}");
    }
}

#[test]
fn no_path_leads_out_of_the_assets() {
    let (data, portal) = portal(&[]);
    std::fs::write(data.path().join("secret.txt"), "root:x:0:0").unwrap();
    let long = format!("/pkg/{}", "a/".repeat(3_000));
    for path in [
        "/pkg/../../etc/passwd",
        "/pkg/../../../../../../../../etc/passwd",
        "/pkg/%2e%2e/%2e%2e/etc/passwd",
        "/pkg/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/pkg/%252e%252e/%252e%252e/etc/passwd",
        "/pkg/..\\..\\..\\etc\\passwd",
        "/pkg/%5c..%5c..%5cetc%5cpasswd",
        "/pkg//etc/passwd",
        "/pkg/./././etc/passwd",
        "/pkg/%00",
        "/pkg/app.js%00.css",
        "/pkg/%ff%fe",
        "/pkg/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
        "/pkg/",
        "/pkg",
        "/../etc/passwd",
        "//etc/passwd",
        "/pkg/file:///etc/passwd",
        "/site.json",
        "/pkg/../site.json",
        "/main.css",
        "/pkg/../main.css",
        "/shouwang.db",
        "/keys/master.key",
        &long,
    ] {
        let answer = answered(portal.address, format!("GET {path} HTTP/1.1\r\nHost: portal.test\r\n\r\n").as_bytes());
        assert!([400, 404].contains(&answer.status), "{} for {path}", answer.status);
        let text = answer.text();
        assert!(!text.contains("root:") && !text.contains("\"app\""), "{path} gave {text}");
    }
}

#[test]
fn links_that_lead_nowhere_say_so_and_whom_to_call() {
    let (_data, portal) = portal(&[]);
    let client = portal.client();
    let secret = client.report(&Form::report());
    let secret = secret.strip_prefix("/receipt/").unwrap();
    let (cut, longer) = (&secret[..42], format!("{secret}AA"));
    let turned = format!("{}{}", if secret.starts_with('A') { 'B' } else { 'A' }, &secret[1..]);
    let long = "A".repeat(4_000);
    for garbage in [
        "x",
        cut,
        &longer,
        &turned,
        &long,
        "%00",
        "%ff",
        "..%2f",
        "%3Cscript%3E",
        "'%20or%201=1--",
        "%F0%9F%94%A5",
        "a%0d%0ab",
    ] {
        for page in ["receipt", "track"] {
            let answer = client.get(&format!("/{page}/{garbage}"));
            refusal(&answer, if garbage == "%ff" && answer.status == 400 { 400 } else { 404 });
        }
        let path = format!("/track/{garbage}");
        let note = Form::note(&format!("/track/{turned}"), "a note to nobody");
        refusal(&client.post(&path, &note), 404);
    }
    for path in ["/no/such/page", "/Report", "/receipt", "/track/", "/favicon.ico", "/.env", "/wp-login.php"] {
        refusal(&client.get(path), 404);
    }
    // A page may forgive a slash too many, but a form that was sent there must not vanish behind a page that looks well.
    let answer = client.post("/report/", &Form::report());
    assert!(answer.status == 303 || answer.status >= 400, "{}: the report is lost without a word", answer.status);
    let long = format!("/{}", "x".repeat(60_000));
    let answer = answered(portal.address, format!("GET {long} HTTP/1.1\r\nHost: portal.test\r\n\r\n").as_bytes());
    assert!((400..500).contains(&answer.status), "{}", answer.status);
}

#[test]
fn absurd_heads_do_no_harm() {
    let (_data, portal) = portal(&["--trusted-proxies", "1"]);
    let lines = [
        format!("X-Long: {}\r\n", "x".repeat(100_000)),
        (0..200).map(|number| format!("X-{number}: x\r\n")).collect(),
        "Accept-Language: ;;;,,,q=q,*;q=9,en;q=nan,zh;q=-1\r\n".into(),
        format!("Accept-Language: {}\r\n", "en;q=0.1,".repeat(2_000)),
        "Cookie: lang=; lang==; =lang; lang=xx; lang=en\r\n".into(),
        "Cookie: \u{fe0f}\u{1f525}=\u{1f525}\r\n".into(),
        "X-Forwarded-For: , , ,\r\nX-Forwarded-Proto: gopher\r\n".into(),
        "X-Forwarded-For: 999.1.1.1\r\nX-Forwarded-For: [::1]:80, unknown, _hidden\r\n".into(),
        "Accept-Encoding: br;q=0, gzip;q=x, *, identity;q=0\r\n".into(),
        "Range: bytes=5-1,-0,9999999999999-\r\nIf-None-Match: *\r\nIf-Modified-Since: never\r\n".into(),
        "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n".into(),
        "Expect: the unexpected\r\n".into(),
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n".into(),
        "Content-Length: 5\r\nContent-Length: 6\r\n".into(),
        "Content-Length: -1\r\n".into(),
        "Transfer-Encoding: gzip, chunked, identity\r\n".into(),
        "Host: two.test\r\nHost: three.test\r\n".into(),
        " folded: line\r\n\tand more\r\n".into(),
        "no colon\r\n".into(),
        "\u{0}: x\r\n".into(),
    ];
    for line in &lines {
        for path in ["/", "/report", "/open?period=%00&lang=%ff&lang=en", "/report?lang=&lang=zz&&&"] {
            let request = format!("GET {path} HTTP/1.1\r\nHost: portal.test\r\n{line}\r\n");
            if let Some(answer) = exchange(portal.address, request.as_bytes()) {
                assert!(answer.status < 500, "{} for {:?}", answer.status, &line[..line.len().min(60)]);
            }
        }
    }
    for request in [
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}",
    ] {
        let mut raw = Raw::connect(portal.address);
        raw.send(request.as_bytes());
        raw.send(b"\r\n\r\n");
        if let Some(answer) = raw.answer() {
            assert!((400..600).contains(&answer.status), "{} for {request:?}", answer.status);
        }
    }
    let no_host = answered(portal.address, b"GET /report HTTP/1.0\r\n\r\n");
    assert_eq!(no_host.status, 200, "an old client gets the page");
    assert_eq!(portal.client().get("/").status, 200);
}
