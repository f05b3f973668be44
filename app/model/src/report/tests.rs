use super::*;

fn raw() -> RawReport {
    RawReport {
        key: "01936b7e-5c00-7abc-8def-0123456789ab".into(),
        category: "12G00".into(),
        address: "3 Mill Lane".into(),
        people: "2".into(),
        what: "Smoke".into(),
        ..RawReport::default()
    }
}

fn faults(raw: &RawReport) -> Vec<(Field, Fault)> {
    raw.parse(None).unwrap_err().into_iter().map(|problem| (problem.field, problem.fault)).collect()
}

#[test]
fn a_kind_and_a_place_are_enough() {
    let report = RawReport { people: String::new(), what: String::new(), ..raw() }.parse(None).unwrap();
    assert_eq!((report.people, report.told.what, report.contact), (None, None, None));
}

#[test]
fn everything_wrong_is_said_at_once() {
    let raw = RawReport { people: "many".into(), ..RawReport::default() };
    assert_eq!(
        faults(&raw),
        [
            (Field::Key, Fault::Unknown),
            (Field::Category, Fault::Missing),
            (Field::Address, Fault::Missing),
            (Field::People, Fault::NotANumber),
        ]
    );
}

#[test]
fn not_knowing_where_is_an_answer() {
    let raw = RawReport { address: String::new(), unknown: "on".into(), ..raw() };
    assert_eq!(raw.parse(None).unwrap().told.place, Place::default());
}

#[test]
fn white_space_is_no_place() {
    assert_eq!(faults(&RawReport { address: " \u{3000}\n".into(), ..raw() }), [(Field::Address, Fault::Missing)]);
}

#[test]
fn a_field_takes_its_limit_and_no_more() {
    let limit = Field::What.limit();
    assert!(RawReport { what: "火".repeat(limit), ..raw() }.parse(None).is_ok());
    let long = RawReport { what: "火".repeat(limit + 1), ..raw() };
    assert_eq!(faults(&long), [(Field::What, Fault::TooLong(limit + 1))]);
}

#[test]
fn danger_is_what_the_kind_says_or_what_the_person_says() {
    let calm = RawReport { category: "12P00".into(), what: "No water since noon".into(), ..raw() };
    assert!(raw().parse(None).unwrap().danger);
    assert!(!calm.parse(None).unwrap().danger);
    assert!(RawReport { danger: "on".into(), ..calm.clone() }.parse(None).unwrap().danger);
    assert!(RawReport { what: "老人没有呼吸了".into(), ..calm }.parse(None).unwrap().danger);
}

fn answering(raw: RawReport, pairs: &[(&str, &str)]) -> RawReport {
    RawReport { answers: Answers::from_pairs(pairs.iter().copied()), ..raw }
}

#[test]
fn answers_are_kept_and_what_is_not_one_of_them_is_to_be_mended() {
    let report = answering(raw(), &[("burning", "home"), ("floor", "１２"), ("colour", "red")]).parse(None).unwrap();
    assert_eq!((report.told.answers.of("floor"), report.told.answers.of("colour")), (&["12".to_owned()][..], &[][..]));
    let wrong = answering(raw(), &[("burning", "moon")]);
    assert_eq!(faults(&wrong), [(Field::Question("burning"), Fault::Unknown)]);
}

#[test]
fn an_answer_may_say_that_a_life_is_in_danger() {
    let calm = RawReport { category: "12P00".into(), what: String::new(), ..raw() };
    assert!(!answering(calm.clone(), &[("wire-down", "no")]).parse(None).unwrap().danger);
    assert!(answering(calm, &[("supply", "power"), ("wire-down", "yes")]).parse(None).unwrap().danger);
}

#[test]
fn other_answers_are_another_report() {
    let hash = |pairs: &[(&str, &str)]| answering(raw(), pairs).parse(None).unwrap().hash;
    assert_ne!(hash(&[]), hash(&[("burning", "home")]));
    assert_ne!(hash(&[("close-by", "fuel")]), hash(&[("close-by", "fuel"), ("close-by", "cylinders")]));
}

#[test]
fn people_are_counted_in_any_digits() {
    let people = |text: &str| RawReport { people: text.into(), ..raw() }.parse(None).map(|report| report.people);
    assert_eq!(people(" １２ "), Ok(Some(12)));
    for text in ["-1", "1.5", "1000001", "99999999999999999999"] {
        assert!(people(text).is_err(), "{text}");
    }
}

#[test]
fn what_no_page_can_show_is_refused() {
    assert_eq!(faults(&RawReport { what: "a\0b".into(), ..raw() }), [(Field::What, Fault::Unprintable)]);
}

#[test]
fn a_receipt_of_years_ago_still_fits() {
    let hex =
        |raw: &RawReport| raw.parse(None).unwrap().hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let answered = answering(raw(), &[("burning", "home"), ("close-by", "fuel")]);
    assert_eq!(hex(&answered), "e0d7b2eb2f2cf8211b53c594afc6e0286d0069f17ee746fab78fde582f1b991a");
    let site = RawReport { site: "Plant 2".into(), contact: "1".into(), name: "Li".into(), ..answered };
    assert_eq!(hex(&site), "1c4cf09dd035999fbf7bccc1b9424e82428cf44a66e10d5ec743fa5c864720dd");
}

#[test]
fn a_name_without_a_number_reaches_nobody() {
    assert_eq!(faults(&RawReport { name: "Li Wei".into(), ..raw() }), [(Field::Name, Fault::Missing)]);
    let both = RawReport { name: "Li Wei".into(), contact: "555 0100".into(), ..raw() };
    assert_eq!(both.parse(None).unwrap().contact.unwrap().line(), "Li Wei, 555 0100");
}

#[test]
fn the_same_words_are_the_same_report_whatever_the_key() {
    let hash = |raw: RawReport| raw.parse(None).unwrap().hash;
    let other_key = RawReport { key: "01936b7e-5c00-7abc-8def-0123456789ac".into(), ..raw() };
    assert_eq!(hash(raw()), hash(other_key));
    assert_ne!(hash(raw()), hash(RawReport { what: "Smoke ".into(), ..raw() }));
}
