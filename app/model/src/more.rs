//! The extra questions, answered after a report was sent: one of danger waits for nothing, so they come when it is safe.

use serde::{Deserialize, Serialize};

use crate::canonical::{Canonical, Hash};
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;
use crate::question::{self, Answers, Question};
use crate::sending;

/// The form as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawMore {
    pub key: String,
    /// The codes of the questions that were on the page, with commas between them.
    pub asked: String,
    pub answers: Answers,
    /// The kind of the report: what the page asks by when the report itself cannot be opened. Nothing is judged by it.
    pub category: String,
}

/// Answers that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct More {
    pub key: Key,
    /// Sound, and only to questions that are asked.
    pub answers: Answers,
    pub hash: Hash,
}

impl RawMore {
    /// Whether the answers bring up a question that was not on the page.
    pub fn brings_up(&self, questions: &[Question]) -> bool {
        sending::brings_up(questions, &self.answers, &self.asked)
    }

    /// Nothing has to be answered, and nothing ends the form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(&self, questions: &'static [Question]) -> Result<More, Vec<Problem>> {
        let mut problems = Problems::default();
        let key = Key::parse(&self.key);
        if key.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        let checked = question::check(questions, &self.answers, true);
        for problem in checked.problems.iter().filter(|problem| problem.fault != Fault::Missing) {
            problems.add(Field::Question(problem.question), problem.fault);
        }
        let (answers, hash) = (checked.answers, self.hash());
        problems.or(key.map(|key| More { key, answers, hash }))
    }

    fn hash(&self) -> Hash {
        let pairs = self.answers.map().iter().flat_map(|(code, values)| values.iter().map(move |value| (code, value)));
        pairs.fold(Canonical::new("more/1"), |canonical, (code, value)| canonical.text(code).text(value)).hash()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(asked: &str, answers: &[(&str, &str)]) -> RawMore {
        let key = "01936b7e-5c00-7abc-8def-0123456789ab".into();
        RawMore {
            key,
            asked: asked.into(),
            answers: Answers::from_pairs(answers.iter().copied()),
            ..RawMore::default()
        }
    }

    fn fire() -> &'static [Question] {
        question::for_category("12G00")
    }

    #[test]
    fn an_answer_brings_up_the_next_question_once() {
        let home = [("burning", "home"), ("floor", "3")];
        assert!(raw("burning,floor", &home).brings_up(fire()));
        let asked: Vec<&str> = fire().iter().map(|question| question.code).collect();
        assert!(!raw(&asked.join(","), &home).brings_up(fire()));
    }

    #[test]
    fn nothing_must_be_answered() {
        let more = raw("", &[("burning", "home")]).parse(fire()).unwrap();
        assert_eq!(more.answers, Answers::from_pairs([("burning", "home")]));
        // What others must answer before they send, nobody must answer afterwards.
        assert!(raw("", &[("supply", "water")]).parse(question::for_category("12P00")).is_ok());
    }

    #[test]
    fn what_is_no_answer_is_refused_and_what_is_not_asked_is_left_out() {
        let wrong = raw("", &[("burning", "the moon")]).parse(fire()).unwrap_err();
        assert_eq!(wrong, [Problem { field: Field::Question("burning"), fault: Fault::Unknown }]);
        let hidden = raw("", &[("burning", "home"), ("floor", "1"), ("stairs-smoke", "yes")]).parse(fire()).unwrap();
        assert!(hidden.answers.of("stairs-smoke").is_empty());
    }

    #[test]
    fn other_answers_are_something_else() {
        let hash = |answers| raw("", answers).parse(fire()).unwrap().hash;
        assert_ne!(hash(&[("burning", "home")]), hash(&[("burning", "home"), ("floor", "3")]));
    }
}
