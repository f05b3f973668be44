//! What holds for every table of questions.

use std::collections::BTreeSet;

use super::*;
use crate::category::CATALOGUE;

fn slug(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Every pair of a category and its questions, by way of the class where it has none of its own.
fn tables() -> impl Iterator<Item = (&'static crate::category::Category, &'static [Question])> {
    CATALOGUE.iter().map(|category| (category, for_category(category.code)))
}

fn effects(question: &Question) -> impl Iterator<Item = Effect> {
    question.kind.choices().iter().filter_map(|choice| choice.effect)
}

#[test]
fn a_category_asks_its_own_questions_or_those_of_its_class_or_none() {
    assert_eq!(for_category("12G00")[1].code, "burning");
    assert_eq!(for_category("11B01"), for_category("11C00"));
    assert_ne!(for_category("11A02"), for_category("11C00"));
    assert_eq!(for_category("12g00"), []);
}

#[test]
fn a_category_asks_few_questions_and_none_twice() {
    for (category, questions) in tables() {
        let codes: BTreeSet<&str> = questions.iter().map(|question| question.code).collect();
        assert_eq!(codes.len(), questions.len(), "{}", category.code);
        assert!((1..=MOST_QUESTIONS).contains(&questions.len()), "{}", category.code);
    }
}

#[test]
fn one_code_is_one_question_everywhere() {
    for question in every() {
        assert!(slug(question.code), "{}", question.code);
        let same = every().filter(|other| other.code == question.code);
        assert!(same.into_iter().all(|other| other.kind == question.kind), "{}", question.code);
    }
}

#[test]
fn choices_differ_and_ranges_hold_something() {
    for question in every() {
        let choices = question.kind.choices();
        let codes: BTreeSet<&str> = choices.iter().map(|choice| choice.code).collect();
        assert_eq!(codes.len(), choices.len(), "{}", question.code);
        assert!(codes.into_iter().all(slug), "{}", question.code);
        match question.kind {
            Kind::Number { least, most } => assert!(least < most, "{}", question.code),
            Kind::One(_) | Kind::Many(_) => assert!(choices.len() > 1, "{}", question.code),
            Kind::Text | Kind::DateTime => {}
        }
    }
}

fn assert_looks_back(condition: &Condition, before: &[Question]) {
    let find = |code: &str| before.iter().find(|question| question.code == code);
    match condition {
        Condition::Always => {}
        Condition::Is(code, choice) => {
            let question = find(code).unwrap_or_else(|| panic!("{code} does not come before"));
            assert!(question.kind.choices().iter().any(|known| known.code == *choice), "{code}: {choice}");
        }
        Condition::AtLeast(code, bound) => match find(code).map(|question| question.kind) {
            Some(Kind::Number { least, most }) => assert!(least < *bound && *bound <= most, "{code}"),
            _ => panic!("{code} is no number that comes before"),
        },
        Condition::All(list) | Condition::Any(list) => {
            assert!(!list.is_empty());
            list.iter().for_each(|one| assert_looks_back(one, before));
        }
        Condition::Not(one) => assert_looks_back(one, before),
    }
}

#[test]
fn conditions_name_earlier_questions_and_choices_that_exist() {
    for (_, questions) in tables() {
        for (at, question) in questions.iter().enumerate() {
            assert_looks_back(&question.when, &questions[..at]);
        }
    }
}

#[test]
fn in_a_dangerous_category_nothing_is_compulsory_and_nothing_ends_the_form() {
    for (category, questions) in tables().filter(|(category, _)| category.danger) {
        for question in questions {
            assert!(!question.required, "{}: {}", category.code, question.code);
            assert!(effects(question).all(|effect| matches!(effect, Effect::Danger(_))), "{}", question.code);
        }
    }
}

#[test]
fn every_advice_is_given_somewhere() {
    let effects: Vec<Effect> = every().flat_map(effects).collect();
    for advice in Advice::ALL {
        assert!(slug(advice.name()));
        let given = effects.contains(&Effect::Stop(advice)) || effects.contains(&Effect::StopOutOfHours(advice));
        assert!(given, "{advice:?}");
    }
}

#[test]
fn smoke_in_the_stairs_is_asked_about_from_the_second_floor_on() {
    let asked = |floor: &str| {
        let answers = Answers::from_pairs([("burning", "home"), ("floor", floor)]);
        shown(for_category("12G00"), &answers).iter().any(|question| question.code == "stairs-smoke")
    };
    assert!(!asked("1"));
    assert!(asked("2"));
}

#[test]
fn words_of_danger_in_a_free_answer_are_danger_where_it_is_asked() {
    let of = |hazard: &str, said: &str| {
        let answers = Answers::from_pairs([("hazard", hazard), ("hazard-what", said)]);
        check(for_category("20000"), &answers, true).danger
    };
    assert_eq!(of("other", "墙倒了，有人被困"), Some(Service::Fire));
    assert_eq!(of("other", "A loose wall"), None);
}

#[test]
fn a_smell_of_gas_while_the_gas_is_off_calls_the_fire_brigade_and_waits_for_nothing() {
    let smelt = Answers::from_pairs([("supply", "gas"), ("smell", "indoors")]);
    let checked = check(for_category("12P00"), &smelt, false);
    assert_eq!((checked.danger, checked.problems), (Some(Service::Fire), vec![]));
    let calm = check(for_category("12P00"), &Answers::from_pairs([("supply", "gas"), ("smell", "no")]), false);
    assert_eq!(calm.problems.iter().map(|problem| problem.question).collect::<Vec<_>>(), ["extent"]);
}

#[test]
fn a_question_about_a_bill_ends_with_advice_and_asks_for_nothing_more() {
    let checked = check(for_category("12P00"), &Answers::from_pairs([("supply", "bill")]), true);
    assert_eq!((checked.stop, checked.problems), (Some(Advice::Bill), vec![]));
}
