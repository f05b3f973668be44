//! What is wrong with answers, and what they mean.

use super::answers::Answers;
use super::condition::shown;
use super::{Advice, Effect, Kind, Question, TEXT_LIMIT};
use crate::alarm;
use crate::calendar::Date;
use crate::category::Service;
use crate::form::Fault;
use crate::narrow::narrow;

/// One answer to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestionProblem {
    /// The code of the question.
    pub question: &'static str,
    /// `NotANumber` also stands for a number beyond the ends, `Unknown` also for a time that does not exist.
    pub fault: Fault,
}

/// What a page does with answers, in this order: `danger` first, then `stop`, then `problems`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// The answers that can be trusted: sound ones to questions that are asked, numbers and times in one form of writing.
    pub answers: Answers,
    pub problems: Vec<QuestionProblem>,
    /// The form ends with this. `None` in danger: then nothing may end it.
    pub stop: Option<Advice>,
    /// Whom to call: of the first answer that says, by a choice or in words, a life may be in danger.
    pub danger: Option<Service>,
}

/// Checks the answers; `open` says whether somebody is at work now who could act on the report.
///
/// In danger no answer is missed: whoever says so is not held up by a question that others must answer.
pub fn check(questions: &[Question], answers: &Answers, open: bool) -> Checked {
    let mut checked = Checked::default();
    for question in shown(questions, answers) {
        let given = answers.of(question.code);
        checked.note_effects(question, given, open);
        match sound(question.kind, given) {
            Ok(values) if !values.is_empty() => checked.answers.set(question.code, values),
            Ok(_) if question.required => checked.add(question, Fault::Missing),
            Ok(_) => {}
            Err(fault) => checked.add(question, fault),
        }
    }
    if checked.danger.is_some() {
        checked.stop = None;
        checked.problems.retain(|problem| problem.fault != Fault::Missing);
    }
    checked
}

impl Checked {
    fn add(&mut self, question: &Question, fault: Fault) {
        self.problems.push(QuestionProblem { question: question.code, fault });
    }

    /// Looks at what was given, not only at what is sound: danger beside a faulty value is still danger.
    fn note_effects(&mut self, question: &Question, given: &[String], open: bool) {
        if question.kind == Kind::Text {
            self.danger = self.danger.or_else(|| given.iter().find_map(|said| alarm::in_words(said)));
        }
        for choice in question.kind.choices() {
            if !given.iter().any(|value| value == choice.code) {
                continue;
            }
            match choice.effect {
                Some(Effect::Danger(service)) => self.danger = self.danger.or(Some(service)),
                Some(Effect::Stop(advice)) => self.stop = self.stop.or(Some(advice)),
                Some(Effect::StopOutOfHours(advice)) if !open => self.stop = self.stop.or(Some(advice)),
                Some(Effect::StopOutOfHours(_)) | None => {}
            }
        }
    }
}

/// The values to keep; none when nothing was given.
fn sound(kind: Kind, given: &[String]) -> Result<Vec<String>, Fault> {
    let mut values = given.iter().map(String::as_str).filter(|value| !value.trim().is_empty());
    if let Kind::Many(choices) = kind {
        let known = values.all(|value| choices.iter().any(|choice| choice.code == value));
        let chosen = choices.iter().map(|choice| choice.code).filter(|code| given.iter().any(|value| value == code));
        return if known { Ok(chosen.map(str::to_owned).collect()) } else { Err(Fault::Unknown) };
    }
    let Some(value) = values.next() else { return Ok(Vec::new()) };
    if values.next().is_some() {
        return Err(Fault::Unknown);
    }
    one(kind, value).map(|value| vec![value])
}

fn one(kind: Kind, value: &str) -> Result<String, Fault> {
    match kind {
        Kind::Text => text(value),
        Kind::Number { least, most } => {
            let within = number(value).filter(|number| (least..=most).contains(number));
            within.map(|number| number.to_string()).ok_or(Fault::NotANumber)
        }
        Kind::DateTime => moment(value).ok_or(Fault::Unknown),
        Kind::One(choices) | Kind::Many(choices) => {
            let chosen = choices.iter().find(|choice| choice.code == value);
            chosen.map(|choice| choice.code.to_owned()).ok_or(Fault::Unknown)
        }
    }
}

fn text(value: &str) -> Result<String, Fault> {
    let length = value.chars().count();
    if length > TEXT_LIMIT {
        Err(Fault::TooLong(length))
    } else if value.contains('\0') {
        Err(Fault::Unprintable)
    } else {
        Ok(value.to_owned())
    }
}

/// A whole number in any digits.
pub(super) fn number(text: &str) -> Option<i64> {
    plain(text).parse().ok()
}

/// A civil time that exists, as `2026-03-01T14:30`. A space instead of the `T` is read too: HTML allows it in a local date and time
/// string, and it is what people type where the browser has no control for times.
fn moment(text: &str) -> Option<String> {
    let plain = plain(text);
    let (date, time) = plain.split_once(['T', ' '])?;
    Date::parse(date)?;
    let (hour, minute) = time.split_once(':')?;
    let exists = two_digits(hour)? < 24 && two_digits(minute)? < 60;
    exists.then(|| [date, "T", time].concat())
}

fn two_digits(text: &str) -> Option<u8> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn plain(text: &str) -> String {
    text.trim().chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::question::{Choice, Condition, every};

    const fn ask(code: &'static str, kind: Kind) -> Question {
        Question { code, kind, required: false, when: Condition::Always }
    }

    const fn choice(code: &'static str, effect: Option<Effect>) -> Choice {
        Choice { code, effect }
    }

    static LAMP: [Question; 6] = [
        Question {
            required: true,
            ..ask(
                "kind",
                Kind::One(&[
                    choice("dark", None),
                    choice("sparks", Some(Effect::Danger(Service::Fire))),
                    choice("bill", Some(Effect::Stop(Advice::Bill))),
                    choice("paint", Some(Effect::StopOutOfHours(Advice::OfficeHours))),
                ]),
            )
        },
        Question {
            when: Condition::Is("kind", "dark"),
            required: true,
            ..ask("lamps", Kind::Number { least: 1, most: 99 })
        },
        ask("since", Kind::DateTime),
        ask("words", Kind::Text),
        ask("near", Kind::Many(&[choice("school", None), choice("child", Some(Effect::Danger(Service::Ambulance)))])),
        Question { required: true, ..ask("post", Kind::Text) },
    ];

    fn checked(pairs: &[(&str, &str)]) -> Checked {
        check(&LAMP, &Answers::from_pairs(pairs.iter().copied()), true)
    }

    fn faults(checked: &Checked) -> Vec<(&'static str, Fault)> {
        checked.problems.iter().map(|problem| (problem.question, problem.fault)).collect()
    }

    #[test]
    fn sound_answers_are_kept_in_one_form_of_writing() {
        let checked = checked(&[
            ("kind", "dark"),
            ("lamps", " １２ "),
            ("since", "2026-03-01 14:30"),
            ("near", "school"),
            ("near", "school"),
            ("post", " No. 4 "),
            ("colour", "red"),
        ]);
        assert_eq!(checked.problems, []);
        let kept =
            [("kind", "dark"), ("lamps", "12"), ("near", "school"), ("post", " No. 4 "), ("since", "2026-03-01T14:30")];
        let kept = kept.map(|(code, value)| (code.to_owned(), vec![value.to_owned()]));
        assert_eq!(checked.answers.map(), &kept.into());
    }

    #[test]
    fn everything_wrong_is_said_at_once_in_the_order_of_the_questions() {
        let checked = checked(&[
            ("kind", "dark"),
            ("lamps", "100"),
            ("since", "2026-02-29T14:30"),
            ("words", "a\0"),
            ("near", "river"),
        ]);
        assert_eq!(
            faults(&checked),
            [
                ("lamps", Fault::NotANumber),
                ("since", Fault::Unknown),
                ("words", Fault::Unprintable),
                ("near", Fault::Unknown),
                ("post", Fault::Missing),
            ]
        );
        assert_eq!(checked.answers.map().keys().collect::<Vec<_>>(), ["kind"]);
    }

    #[test]
    fn the_answer_to_a_hidden_question_is_dropped_and_its_absence_is_no_fault() {
        let checked = checked(&[("kind", "paint"), ("lamps", "many"), ("post", "4")]);
        assert_eq!(checked.problems, []);
        assert!(checked.answers.of("lamps").is_empty());
    }

    #[test]
    fn two_values_where_one_is_asked_are_not_an_answer() {
        let checked = checked(&[("kind", "dark"), ("kind", "paint"), ("lamps", "1"), ("post", "4")]);
        assert_eq!(faults(&checked), [("kind", Fault::Unknown)]);
    }

    #[test]
    fn a_text_takes_its_limit_and_no_more() {
        let words =
            |count: usize| check(&LAMP[3..4], &Answers::from_pairs([("words", "灯".repeat(count).as_str())]), true);
        assert_eq!(faults(&words(TEXT_LIMIT)), []);
        assert_eq!(faults(&words(TEXT_LIMIT + 1)), [("words", Fault::TooLong(TEXT_LIMIT + 1))]);
    }

    #[test]
    fn an_answer_ends_the_form_always_or_out_of_hours() {
        let stop = |kind: &str, open: bool| check(&LAMP, &Answers::from_pairs([("kind", kind)]), open).stop;
        assert_eq!((stop("bill", true), stop("bill", false)), (Some(Advice::Bill), Some(Advice::Bill)));
        assert_eq!((stop("paint", true), stop("paint", false)), (None, Some(Advice::OfficeHours)));
        assert_eq!(stop("dark", false), None);
    }

    #[test]
    fn in_danger_nothing_ends_the_form_and_nothing_is_missing() {
        let danger = checked(&[("kind", "bill"), ("near", "child"), ("since", "now")]);
        assert_eq!((danger.danger, danger.stop), (Some(Service::Ambulance), None));
        assert_eq!(faults(&danger), [("since", Fault::Unknown)]);
        assert_eq!(checked(&[("kind", "sparks"), ("near", "child")]).danger, Some(Service::Fire));
    }

    #[test]
    fn danger_beside_a_faulty_value_is_still_danger() {
        let checked = checked(&[("near", "river"), ("near", "child")]);
        assert_eq!(checked.danger, Some(Service::Ambulance));
    }

    #[test]
    fn a_time_must_exist() {
        for text in ["2026-03-01T14:30", "2024-02-29T00:00", " 2026-12-31T23:59", "２０２６-０３-０１ １４：３０"]
        {
            assert!(moment(text).is_some(), "{text}");
        }
        for text in [
            "",
            "2026-03-01",
            "2026-02-29T14:30",
            "2026-04-31T14:30",
            "2026-03-01T24:00",
            "2026-03-01T14:60",
            "2026-03-01T14:30:00",
            "2026-3-1T14:30",
            "2026-03-01T+1:30",
            "14:30 2026-03-01",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,40}") {
            let pairs: Vec<String> = every().map(|question| question.code.to_owned()).collect();
            let answers = Answers::from_pairs(pairs.iter().map(|name| (name.as_str(), text.as_str())));
            check(&LAMP, &answers, true);
            let _ = (number(&text), moment(&text));
        }

        #[test]
        fn what_was_kept_is_kept_again(kind in "(dark|paint|oak)", lamps in "[0-9]{1,3}", since in "20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:30") {
            let first = checked(&[("kind", &kind), ("lamps", &lamps), ("since", &since), ("post", "4")]);
            let again = check(&LAMP, &first.answers, true);
            prop_assert_eq!(&again.answers, &first.answers);
            if first.problems.is_empty() {
                prop_assert_eq!(again, first);
            }
        }
    }
}
