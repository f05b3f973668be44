use super::*;
use crate::routing::rule::{Period, Time};

fn rule(code: &str, department: &str, when: When) -> Rule {
    Rule { code: code.to_owned(), department: department.to_owned(), when }
}

fn of_categories(codes: &[&str]) -> When {
    When { categories: codes.iter().map(|code| (*code).to_owned()).collect(), ..When::default() }
}

fn harbour() -> Area {
    let ring = vec![(121.48, 31.22), (121.52, 31.22), (121.52, 31.26), (121.48, 31.22)];
    Area::new("harbour".to_owned(), vec![ring]).unwrap()
}

fn in_areas(codes: &[&str]) -> When {
    When { areas: codes.iter().map(|code| (*code).to_owned()).collect(), ..When::default() }
}

#[test]
fn rules_that_name_only_what_there_is_are_taken() {
    let rules = vec![
        rule("harbour-fire", "safety", When { areas: vec!["harbour".into()], ..of_categories(&["12G00"]) }),
        rule("accidents", "fire", of_categories(&["12"])),
    ];
    assert!(Rules::new(rules, vec![harbour()]).is_ok());
}

#[test]
fn the_defaults_give_every_category_to_somebody() {
    let rules = Rules::new(Vec::new(), Vec::new()).unwrap();
    assert_eq!(rules.last().department, Department::duty());
    for category in &CATALOGUE {
        let takes = |checked: &&Checked| checked.when.categories.iter().any(|code| code == category.code);
        let taker = rules.ordered().find(takes).map_or(rules.last().department, |checked| checked.department);
        assert_eq!(taker, Department::for_category(category), "{}", category.code);
    }
}

#[test]
fn what_is_unknown_is_refused_by_name() {
    let error = |when| Rules::new(vec![rule("mine", "fire", when)], vec![harbour()]).unwrap_err();
    let unknown_category = |code: &str| RuleError::UnknownCategory("mine".into(), code.into());
    assert_eq!(error(of_categories(&["12X"])), unknown_category("12X"));
    assert_eq!(error(of_categories(&[""])), unknown_category(""));
    assert_eq!(error(in_areas(&["harbor"])), RuleError::UnknownArea("mine".into(), "harbor".into()));
    let time = |text| Time::parse(text).unwrap();
    let never = Period { days: Vec::new(), from: time("09:00"), to: time("17:00") };
    assert_eq!(error(When { hours: vec![never], ..When::default() }), RuleError::NoDays("mine".into()));
    let navy = Rules::new(vec![rule("mine", "navy", in_areas(&["harbour"]))], vec![harbour()]);
    assert_eq!(navy, Err(RuleError::UnknownDepartment("mine".into(), "navy".into())));
}

#[test]
fn a_code_is_used_once() {
    let twice = vec![rule("a", "fire", of_categories(&["11"])), rule("a", "fire", of_categories(&["12"]))];
    assert_eq!(Rules::new(twice, Vec::new()), Err(RuleError::Doubled("a".into())));
    let taken = vec![rule("default-fire", "fire", of_categories(&["11"]))];
    assert_eq!(Rules::new(taken, Vec::new()), Err(RuleError::Doubled("default-fire".into())));
    assert_eq!(Rules::new(Vec::new(), vec![harbour(), harbour()]), Err(RuleError::Doubled("harbour".into())));
    assert_eq!(Rules::new(vec![rule("", "fire", of_categories(&["11"]))], Vec::new()), Err(RuleError::Nameless));
}

#[test]
fn a_rule_after_one_that_takes_everything_is_never_reached() {
    let rules = vec![rule("all", "police", When::default()), rule("fires", "fire", of_categories(&["12G00"]))];
    assert_eq!(Rules::new(rules, Vec::new()), Err(RuleError::Unreachable("fires".into(), "all".into())));
}

#[test]
fn a_rule_for_a_category_must_not_shadow_one_for_a_place() {
    let at_harbour = When { areas: vec!["harbour".into()], ..of_categories(&["12G00"]) };
    let rules = |first: (&str, When), second: (&str, When)| {
        Rules::new(vec![rule(first.0, "fire", first.1), rule(second.0, "safety", second.1)], vec![harbour()])
    };
    let fires = of_categories(&["12G00"]);
    let shadowed = rules(("fires", fires.clone()), ("harbour", at_harbour.clone()));
    assert_eq!(shadowed, Err(RuleError::Unreachable("harbour".into(), "fires".into())));
    assert!(rules(("harbour", at_harbour), ("fires", fires)).is_ok());
}

#[test]
fn a_citys_own_last_rule_takes_the_place_of_the_defaults() {
    let rules = Rules::new(vec![rule("all", "police", When::default())], Vec::new()).unwrap();
    assert_eq!(rules.ordered().count(), 1);
    assert_eq!(rules.last().department.code, "police");
}
