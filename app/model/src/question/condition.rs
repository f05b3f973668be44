//! When a question is asked.

use super::Question;
use super::answers::Answers;
use super::check::number;

/// A condition on the answers to questions that come before and are themselves asked: what is hidden counts as not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    Always,
    /// The choice was made, alone or among others.
    Is(&'static str, &'static str),
    /// The number is this or more.
    AtLeast(&'static str, i64),
    All(&'static [Condition]),
    Any(&'static [Condition]),
    Not(&'static Condition),
}

/// The questions to ask, given what has been answered so far, in their order.
pub fn shown<'a>(questions: &'a [Question], answers: &Answers) -> Vec<&'a Question> {
    let mut shown = Vec::new();
    for question in questions {
        if holds(&question.when, &shown, answers) {
            shown.push(question);
        }
    }
    shown
}

fn holds(condition: &Condition, shown: &[&Question], answers: &Answers) -> bool {
    let any = |code: &str, test: &dyn Fn(&str) -> bool| {
        shown.iter().any(|before| before.code == code) && answers.of(code).iter().any(|value| test(value))
    };
    match condition {
        Condition::Always => true,
        Condition::Is(code, choice) => any(code, &|value| value == *choice),
        Condition::AtLeast(code, least) => any(code, &|value| number(value).is_some_and(|value| value >= *least)),
        Condition::All(all) => all.iter().all(|one| holds(one, shown, answers)),
        Condition::Any(several) => several.iter().any(|one| holds(one, shown, answers)),
        Condition::Not(one) => !holds(one, shown, answers),
    }
}

#[cfg(test)]
mod tests {
    use super::Condition::{All, Always, Any, AtLeast, Is, Not};
    use super::*;
    use crate::question::{Choice, Kind};

    const fn ask(code: &'static str, when: Condition) -> Question {
        const CHOICES: &[Choice] = &[Choice { code: "yes", effect: None }, Choice { code: "no", effect: None }];
        Question { code, kind: Kind::One(CHOICES), required: false, when }
    }

    static QUESTIONS: [Question; 5] = [
        ask("a", Always),
        Question { kind: Kind::Number { least: 0, most: 9 }, ..ask("n", Always) },
        ask("b", Is("a", "yes")),
        ask("c", All(&[Any(&[Is("b", "yes"), AtLeast("n", 3)]), Not(&Is("a", "no"))])),
        ask("d", Not(&Is("b", "yes"))),
    ];

    fn codes(pairs: &[(&str, &str)]) -> Vec<&'static str> {
        let answers = Answers::from_pairs(pairs.iter().copied());
        shown(&QUESTIONS, &answers).into_iter().map(|question| question.code).collect()
    }

    #[test]
    fn conditions_nest() {
        assert_eq!(codes(&[]), ["a", "n", "d"]);
        assert_eq!(codes(&[("n", "3")]), ["a", "n", "c", "d"]);
        assert_eq!(codes(&[("n", "３"), ("a", "no")]), ["a", "n", "d"]);
        assert_eq!(codes(&[("n", "2"), ("a", "yes")]), ["a", "n", "b", "d"]);
        assert_eq!(codes(&[("a", "yes"), ("b", "yes")]), ["a", "n", "b", "c"]);
    }

    #[test]
    fn the_answer_to_a_hidden_question_counts_for_nothing() {
        assert_eq!(codes(&[("a", "no"), ("b", "yes")]), ["a", "n", "d"]);
    }
}
