//! Numbers as people write them; the private ones are invented.

use proptest::prelude::*;

use super::Kind::{BankCard, IdentityCard, Phone, Plate};
use super::*;

fn found(text: &str) -> Vec<(Kind, &str)> {
    find(text).into_iter().map(|finding| (finding.kind, &text[finding.range])).collect()
}

/// The text is one finding, from its first character to its last, wherever it stands.
#[track_caller]
fn expect(kind: Kind, texts: &[&str]) {
    for text in texts {
        for (before, after) in [("", ""), ("号码：", "，谢谢"), ("it is ", ". Thanks"), ("（", "）")] {
            let whole = [before, text, after].concat();
            assert_eq!(found(&whole), [(kind, *text)], "{whole}");
        }
    }
}

#[track_caller]
fn expect_nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn telephones_are_found_however_they_are_grouped() {
    expect(
        Phone,
        &[
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            "１３８１２３４５６７８",
            "+8613812345678",
            "+86 138 1234 5678",
            "8613812345678",
            "0086-13812345678",
            "021-62345678",
            "(021) 62345678",
            "（０２１）６２３４５６７８",
            "010 6234 5678",
            "0571-8765432",
            "02162345678",
            "021-62345678-8001",
            "021-62345678转801",
            "+86 21 6234 5678",
            "+1 (415) 555-0100",
            "+44 20 7946 0958",
        ],
    );
    assert_eq!(found("Tel13812345678"), [(Phone, "13812345678")]);
    assert_eq!(found("tel:13812345678"), [(Phone, "13812345678")]);
    assert_eq!(found("13812345678 / 13987654321"), [(Phone, "13812345678"), (Phone, "13987654321")]);
    assert_eq!(found("3 13812345678 2人"), [(Phone, "13812345678")]);
}

#[test]
fn an_identity_card_has_a_birth_date_and_a_check_character() {
    expect(
        IdentityCard,
        &[
            "310101199003074511",
            "110105200002290013",
            "31010119900307401X",
            "31010119900307401x",
            "３１０１０１１９９００３０７４５１１",
        ],
    );
    expect(IdentityCard, &["310101 19900307 4511", "310101-19900307-4511"]);
    // Wrong check character; 29 February 1900; month 13; born in 1800; a digit too many, one too few.
    expect_nothing(&[
        "310101199003074512",
        "310101199003074X11",
        "310101190002294510",
        "310101199013074511",
        "310101180003074511",
        "3101011990030745111",
        "31010119900307451",
    ]);
}

#[test]
fn a_bank_card_has_a_known_beginning_and_a_luhn_digit() {
    expect(
        BankCard,
        &[
            "6212345678901234569",
            "6228480012345671",
            "6228 4800 1234 5671",
            "6212 3456 7890 1234 569",
            "6228-4800-1234-5671",
            "4111111111111111",
            "9558123456789012345",
            "371234567890120",
            "3712 345678 90120",
        ],
    );
    expect_nothing(&[
        "6228480012345672",
        "6212345678901234568",
        "1111111111111117",
        "7111111111111118",
        "62 28 48 00 12 34 56 71",
        "622848001234567100000",
    ]);
}

#[test]
fn a_plate_is_found_with_and_without_its_dot() {
    expect(
        Plate,
        &[
            "沪A12345",
            "沪A·12345",
            "京AF0236",
            "粤B·D12345",
            "粤BD12345",
            "粤B12345D",
            "沪a1b2c3",
            "沪A1234警",
            "粤Z1234港",
            "沪Ａ１２３４５",
        ],
    );
    // I and O are not used; too many letters; too short; a word.
    expect_nothing(&["沪I12345", "沪A12O45", "沪ABCDEF", "沪A1234", "沪A1234567", "新B栋12345室", "京A座"]);
}

#[test]
fn everyday_numbers_are_left_alone() {
    expect_nothing(&[
        "",
        "2026-03-01 14:30",
        "2026-03-01T14:30:15.123456789Z",
        "14:30-15:45",
        "20260301143000",
        "1772346600000",
        "31.230416, 121.473701",
        "121.4737012345678",
        "0.138123456789",
        "geo:31.230416,121.473701",
        "+31.2304+121.4737/",
        "¥1,234,567.89",
        "15 000 000 000",
        "1380元",
        "12345678901234567890",
        "7K2M-9QX-4TD",
        "01936b7e-5c00-7abc-8def-0123456789ab",
        "12345, 110, 119, 120, 122",
        "400-820-8820",
        "2021 2022 2023 2024",
        "6楼602室，地铁2号线",
        "邮编 200001",
        "8Q336FJF+5F",
        "A13812345678B",
        "7K13812345678",
        "128123456789",
    ]);
}

#[test]
fn several_kinds_in_one_text_are_found_in_their_order() {
    let text = "我叫王某，身份证310101199003074511，卡6228480012345671，电话138 1234 5678，车牌沪A·12345。";
    let kinds: Vec<Kind> = find(text).into_iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [IdentityCard, BankCard, Phone, Plate]);
}

#[test]
fn what_is_redacted_keeps_its_length_in_characters() {
    let text = "电话１３８１２３４５６７８，找王某";
    assert_eq!(redacted(text, &find(text)), "电话███████████，找王某");
    assert_eq!(redacted(text, &[]), text);
}

#[test]
fn a_finding_of_another_text_hides_nothing_and_breaks_nothing() {
    let finding = |range| Finding { kind: Phone, range };
    assert_eq!(redacted("电话", &[finding(1..4), finding(0..99)]), "电话");
    assert_eq!(redacted("abcd", &[finding(1..3), finding(2..4)]), "a██d");
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "([0-9 +()-]{0,12}|[沪京A-Z·.]{0,3}|.{0,4}){0,8}") {
        let findings = find(&text);
        prop_assert!(findings.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
        prop_assert!(findings.iter().all(|finding| text.get(finding.range.clone()).is_some_and(|hidden| !hidden.is_empty())));
        let redacted = redacted(&text, &findings);
        prop_assert_eq!(redacted.chars().count(), text.chars().count());
        prop_assert_eq!(redacted.contains('█'), text.contains('█') || !findings.is_empty());
    }

    #[test]
    fn one_wrong_digit_is_no_identity_card(at in 0..17_usize, by in 1..10_u8) {
        let mut digits = *b"310101199003074511";
        digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
        let text = String::from_utf8_lossy(&digits).into_owned();
        prop_assert!(find(&text).iter().all(|finding| finding.kind != IdentityCard));
    }
}
