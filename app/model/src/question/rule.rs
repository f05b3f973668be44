//! Conditions as a page carries them: so the browser needs the rules of that page's questions, and no table.
//!
//! Words with a space between them, each operator behind what it joins: `supply=power people>=3 2| hurt=no ! 2&`.

use super::check::number;
use super::condition::Condition;

/// Whether any value that was given to the question of a code passes a test.
pub type Given<'a> = &'a dyn Fn(&str, &dyn Fn(&str) -> bool) -> bool;

/// A condition as text. What it names (codes of questions and choices) holds no space and no `=` or `>`.
pub fn written(condition: &Condition) -> String {
    let mut words = Vec::new();
    write(condition, &mut words);
    words.join(" ")
}

fn write(condition: &Condition, words: &mut Vec<String>) {
    let mut all = |several: &[Condition], operator: char| {
        several.iter().for_each(|one| write(one, words));
        words.push(format!("{}{operator}", several.len()));
    };
    match condition {
        Condition::Always => words.push("0&".to_owned()),
        Condition::Is(code, choice) => words.push([code, "=", choice].concat()),
        Condition::AtLeast(code, least) => words.push(format!("{code}>={least}")),
        Condition::All(several) => all(several, '&'),
        Condition::Any(several) => all(several, '|'),
        Condition::Not(one) => {
            write(one, words);
            words.push("!".to_owned());
        }
    }
}

/// The codes of the questions to ask, of those on a page with their rules, in its order: what [`super::shown`] says of the same answers.
/// What is no rule asks.
pub fn shown(asked: &[(String, String)], given: Given<'_>) -> Vec<String> {
    let mut shown: Vec<String> = Vec::new();
    for (code, rule) in asked {
        let any =
            |code: &str, test: &dyn Fn(&str) -> bool| shown.iter().any(|before| before == code) && given(code, test);
        if holds(rule, &any).unwrap_or(true) {
            shown.push(code.clone());
        }
    }
    shown
}

fn holds(rule: &str, any: Given<'_>) -> Option<bool> {
    let mut stack: Vec<bool> = Vec::new();
    for word in rule.split(' ') {
        let value = if let Some(count) = word.strip_suffix('&') {
            joined(&mut stack, count)?.iter().all(|one| *one)
        } else if let Some(count) = word.strip_suffix('|') {
            joined(&mut stack, count)?.iter().any(|one| *one)
        } else if word == "!" {
            !stack.pop()?
        } else if let Some((code, least)) = word.split_once(">=") {
            let least: i64 = least.parse().ok()?;
            any(code, &|value| number(value).is_some_and(|value| value >= least))
        } else {
            let (code, choice) = word.split_once('=')?;
            any(code, &|value| value == choice)
        };
        stack.push(value);
    }
    stack.pop()
}

/// The last so many of the stack.
fn joined(stack: &mut Vec<bool>, count: &str) -> Option<Vec<bool>> {
    let start = stack.len().checked_sub(count.parse().ok()?)?;
    Some(stack.split_off(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::CATALOGUE;
    use crate::question::condition::Condition::{All, Always, Any, AtLeast, Is, Not};
    use crate::question::{self, Answers, Kind, Question};
    use proptest::prelude::*;

    #[test]
    fn a_rule_is_written_behind_what_it_joins() {
        let rule = All(&[Any(&[Is("b", "yes"), AtLeast("n", 3)]), Not(&Is("a", "no"))]);
        assert_eq!(written(&rule), "b=yes n>=3 2| a=no ! 2&");
        assert_eq!(written(&Always), "0&");
    }

    #[test]
    fn what_is_no_rule_asks() {
        for rule in ["", "!", "2&", "a", "-1|", "99999999999999999999&", "a>=many"] {
            assert_eq!(shown(&[("a".to_owned(), rule.to_owned())], &|_, _| false), ["a"], "{rule}");
        }
    }

    fn page(questions: &[Question]) -> Vec<(String, String)> {
        questions.iter().map(|question| (question.code.to_owned(), written(&question.when))).collect()
    }

    proptest! {
        /// Over the tables themselves: whatever is answered, the page shows what the server asks.
        #[test]
        fn the_page_shows_what_the_server_asks(picks in proptest::collection::vec(0_usize..5, question::MOST_QUESTIONS)) {
            for questions in CATALOGUE.iter().map(|category| question::for_category(category.code)) {
                let pairs: Vec<(&str, &str)> = questions.iter().zip(&picks).filter_map(|(question, pick)| {
                    let value = match question.kind {
                        Kind::Number { .. } => *["0", "1", "３", "12", "no number"].get(*pick)?,
                        kind => kind.choices().get(*pick)?.code,
                    };
                    Some((question.code, value))
                }).collect();
                let answers = Answers::from_pairs(pairs);
                let asked: Vec<&str> = question::shown(questions, &answers).iter().map(|question| question.code).collect();
                let given = |code: &str, test: &dyn Fn(&str) -> bool| answers.of(code).iter().any(|value| test(value));
                prop_assert_eq!(shown(&page(questions), &given), asked);
            }
        }
    }
}
