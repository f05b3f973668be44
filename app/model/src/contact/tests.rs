use proptest::prelude::*;

use super::*;

fn all(text: &str) -> Vec<(Kind, String)> {
    parse(text).into_iter().map(|address| (address.kind, address.text)).collect()
}

fn only(text: &str) -> Option<String> {
    let mut found = all(text);
    let first = found.pop().map(|(_, text)| text);
    first.filter(|_| found.is_empty())
}

#[test]
fn one_mobile_number_is_one_number_however_it_is_written() {
    let ways = [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 138 1234 5678",
        "0086 13812345678",
        "86-13812345678",
        "１３８１２３４５６７８",
        "张三 13812345678",
        "Call 13812345678, after six",
    ];
    for way in ways {
        assert_eq!(only(way).as_deref(), Some("+8613812345678"), "{way}");
        assert_eq!(on(way, Channel::Sms).map(|address| address.text).as_deref(), Some("+8613812345678"), "{way}");
    }
}

#[test]
fn a_landline_loses_its_trunk_zero_and_its_extension_and_takes_no_messages() {
    let ways = [
        ("021-55551234", "+862155551234"),
        ("(0512) 6555123", "+865126555123"),
        ("021-55551234-8001", "+862155551234"),
        ("0512-65551234转8001", "+8651265551234"),
        ("+86 21 5555 1234", "+862155551234"),
    ];
    for (way, normal) in ways {
        assert_eq!(all(way), [(Kind::Landline, normal.to_owned())], "{way}");
        assert_eq!(on(way, Channel::Sms), None, "{way}");
    }
}

#[test]
fn numbers_of_other_countries_keep_theirs() {
    assert_eq!(only("+44 20 7946 0958").as_deref(), Some("+442079460958"));
}

#[test]
fn a_mail_address_is_found_among_words() {
    let ways = [
        "li.wei@example.org",
        "邮箱：li.wei@Example.ORG。",
        "<li.wei@example.org>",
        "mailto:li.wei@example.org",
        "ｌｉ.wei＠example.org",
    ];
    for way in ways {
        assert_eq!(only(way).as_deref(), Some("li.wei@example.org"), "{way}");
    }
    let both = all("li.wei@example.org, 13812345678");
    assert_eq!(both.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [Kind::Mail, Kind::Mobile]);
}

#[test]
fn what_is_no_address_is_none() {
    for text in
        ["", "at the school", "a@b", "a@127.0.0.1", "@example.org", "a..b@example.org", "a@-b.org", "12345", "a@b@c"]
    {
        assert_eq!(all(text), [], "{text}");
    }
    assert_eq!(all(&format!("{}@example.org", "a".repeat(65))), []);
}

#[test]
fn nothing_typed_reaches_the_head_of_a_mail() {
    for text in ["a@example.org\r\nBcc: b@example.org", "a@example.org\nb", "13812345678\u{7f}", "a@example.org\0"] {
        assert_eq!(all(text), [], "{text:?}");
    }
    assert_eq!(only("a@example.org Bcc: b@example.org").as_deref(), Some("a@example.org"));
}

proptest! {
    #[test]
    fn an_address_is_its_own_normal_form(text in "\\PC{0,60}") {
        for address in parse(&text) {
            prop_assert!(address.text.bytes().all(|byte| byte.is_ascii_graphic()), "{}", address.text);
            prop_assert!(parse(&address.text).contains(&address), "{}", address.text);
        }
    }
}

#[test]
fn a_contact_that_was_kept_before_there_were_names_is_read() {
    let bare = Contact { how: "555 0100".into(), name: None };
    assert_eq!(serde_json::from_str::<Contact>("\"555 0100\"").unwrap(), bare);
    assert_eq!(serde_json::to_string(&bare).unwrap(), "\"555 0100\"");
    let named = Contact { name: Some("Li Wei".into()), ..bare };
    assert_eq!(serde_json::from_str::<Contact>(&serde_json::to_string(&named).unwrap()).unwrap(), named);
}
