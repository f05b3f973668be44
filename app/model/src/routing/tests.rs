use proptest::prelude::*;

use super::*;
use crate::area::Area;
use crate::category::CATALOGUE;
use crate::routing::rule::Time;

/// 2026-03-02T02:00Z, a Monday: ten in the morning in China.
const MORNING: i64 = 1_772_416_800_000;
const HOUR: i64 = 60 * MINUTE;

static NO_ANSWERS: BTreeMap<String, Vec<String>> = BTreeMap::new();

fn inputs(code: &str) -> Inputs<'static> {
    Inputs {
        category: Category::of(code).unwrap(),
        position: None,
        at: MORNING,
        offset: 480,
        answers: &NO_ANSWERS,
        people: None,
        danger: false,
    }
}

fn harbour() -> Area {
    let ring = vec![(121.48, 31.22), (121.52, 31.22), (121.52, 31.26), (121.48, 31.26), (121.48, 31.22)];
    Area::new("harbour".to_owned(), vec![ring]).unwrap()
}

/// The rules of a small city, one for each kind of condition.
fn city() -> Rules {
    let rule =
        |code: &str, department: &str, when| Rule { code: code.to_owned(), department: department.to_owned(), when };
    let kinds =
        |codes: &[&str]| When { categories: codes.iter().map(|code| (*code).to_owned()).collect(), ..When::default() };
    let night =
        Period { days: Weekday::ALL.to_vec(), from: Time::parse("22:00").unwrap(), to: Time::parse("06:00").unwrap() };
    let rules = vec![
        rule("harbour-fire", "safety", When { areas: vec!["harbour".into()], ..kinds(&["12G00"]) }),
        rule("many", "duty", When { people_at_least: Some(30), ..When::default() }),
        rule("gas-smell", "fire", When { answers: [("smell".into(), "indoors".into())].into(), ..kinds(&["12P00"]) }),
        rule("danger-ahead", "police", When { danger: Some(true), ..kinds(&["20000"]) }),
        rule("night-noise", "police", When { hours: vec![night], ..kinds(&["19"]) }),
    ];
    Rules::new(rules, vec![harbour()]).unwrap()
}

fn rule_for(inputs: &Inputs<'_>) -> String {
    route(&city(), inputs).trace.rule
}

#[test]
fn a_place_decides() {
    let at = |longitude| Inputs { position: Position::new(31.23, longitude), ..inputs("12G00") };
    assert_eq!(rule_for(&at(121.50)), "harbour-fire");
    assert_eq!(rule_for(&at(121.47)), "default-fire");
    assert_eq!(rule_for(&inputs("12G00")), "default-fire");
}

#[test]
fn an_answer_decides() {
    let answers = |choice: &str| BTreeMap::from([("smell".to_owned(), vec!["street".to_owned(), choice.to_owned()])]);
    assert_eq!(rule_for(&Inputs { answers: &answers("indoors"), ..inputs("12P00") }), "gas-smell");
    assert_eq!(rule_for(&Inputs { answers: &answers("garden"), ..inputs("12P00") }), "default-utilities");
    assert_eq!(rule_for(&inputs("12P00")), "default-utilities");
}

#[test]
fn the_number_of_people_decides() {
    assert_eq!(rule_for(&Inputs { people: Some(30), ..inputs("13A00") }), "many");
    assert_eq!(rule_for(&Inputs { people: Some(29), ..inputs("13A00") }), "default-health");
    assert_eq!(rule_for(&inputs("13A00")), "default-health");
}

#[test]
fn the_local_time_decides() {
    assert_eq!(rule_for(&inputs("19000")), "default-duty");
    assert_eq!(rule_for(&Inputs { at: MORNING + 13 * HOUR, ..inputs("19000") }), "night-noise");
    assert_eq!(rule_for(&Inputs { offset: -240, ..inputs("19000") }), "night-noise");
}

#[test]
fn danger_decides() {
    assert_eq!(rule_for(&Inputs { danger: true, ..inputs("20000") }), "danger-ahead");
    assert_eq!(rule_for(&inputs("20000")), "default-safety");
}

#[test]
fn the_first_that_fits_wins_and_the_trace_names_the_next() {
    let both = Inputs { people: Some(50), position: Position::new(31.23, 121.50), ..inputs("12G00") };
    let Routed { department, trace } = route(&city(), &both);
    assert_eq!((department.code, trace.rule.as_str(), trace.department.as_str()), ("safety", "harbour-fire", "safety"));
    assert_eq!(trace.runner_up, Some(RunnerUp { rule: "many".into(), department: "duty".into() }));
    assert_eq!(trace.passed_over, []);
}

#[test]
fn the_trace_says_why_each_earlier_rule_was_passed_over() {
    let trace = route(&city(), &Inputs { people: Some(3), ..inputs("20000") }).trace;
    let passed: Vec<(&str, Condition)> =
        trace.passed_over.iter().map(|passed| (passed.rule.as_str(), passed.failed)).collect();
    assert_eq!(
        passed[..5],
        [
            ("harbour-fire", Condition::Category),
            ("many", Condition::People),
            ("gas-smell", Condition::Category),
            ("danger-ahead", Condition::Danger),
            ("night-noise", Condition::Category),
        ]
    );
    assert_eq!(trace.runner_up.map(|rule| rule.rule), Some("default-duty".into()));
}

#[test]
fn the_trace_holds_what_the_rule_looked_at_and_no_more() {
    let full = |code| Inputs { people: Some(4), position: Position::new(31.23, 121.50), danger: true, ..inputs(code) };
    let fire = route(&city(), &full("12G00")).trace.inputs;
    let expected = Looked { category: Some("12G00".into()), areas: vec!["harbour".into()], ..Looked::default() };
    assert_eq!(fire, expected);
    let written = ["indoors", "I am Li, call 555 0100"].map(str::to_owned).to_vec();
    let answers = BTreeMap::from([("smell".to_owned(), written), ("name".to_owned(), vec!["Li".to_owned()])]);
    let gas = route(&city(), &Inputs { answers: &answers, ..full("12P00") }).trace.inputs;
    assert_eq!(gas.answers, BTreeMap::from([("smell".to_owned(), "indoors".to_owned())]));
    let night = route(&city(), &Inputs { at: MORNING + 13 * HOUR, ..full("19000") }).trace.inputs;
    assert_eq!((night.clock, night.people, night.danger), (Some((Weekday::Monday, 23 * 60)), None, None));
}

#[test]
fn what_nobody_takes_ends_at_the_duty_desk() {
    let Routed { department, trace } = route(&Rules::new(Vec::new(), Vec::new()).unwrap(), &inputs("19000"));
    assert!(department.is_duty());
    assert_eq!((trace.runner_up, trace.inputs), (None, Looked::default()));
}

proptest! {
    #[test]
    fn every_report_has_one_owner_and_a_reason(
        kind in 0_usize..CATALOGUE.len(),
        at in any::<i64>(),
        offset in -720..840_i32,
        people in any::<Option<u32>>(),
        danger in any::<bool>(),
        longitude in 121.4..121.6_f64,
    ) {
        let inputs = Inputs {
            category: &CATALOGUE[kind],
            position: Position::new(31.23, longitude),
            at,
            offset,
            answers: &NO_ANSWERS,
            people,
            danger,
        };
        let rules = city();
        let Routed { department, trace } = route(&rules, &inputs);
        prop_assert_eq!(department.code, trace.department.as_str());
        let place = rules.ordered().position(|rule| rule.code == trace.rule).unwrap();
        prop_assert_eq!(place, trace.passed_over.len());
    }
}
