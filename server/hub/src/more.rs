//! The extra questions of a report that has been sent, and the answers that come when it is safe.

use model::more::RawMore;
use model::note::Noted;
use model::question::{self, Answers, Kind, Question};
use model::status::Refused;
use store::ReportRow;

use crate::history::Entry;
use crate::{Hub, HubError};

/// What became of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Stored,
    /// There were none to be kept, so nothing is stored.
    Nothing,
    /// Nothing is stored yet: they bring up questions that were not on the page.
    BringUpMore,
}

impl Hub {
    /// Takes answers to the extra questions; the same again stores nothing twice.
    ///
    /// # Errors
    /// As for [`Hub::submit`]; `Step` when the report is closed; when the link leads nowhere or nothing is asked there.
    pub async fn tell_more(&self, link: &str, raw: &RawMore) -> Result<Answered, HubError> {
        let row = self.followed(link).await?;
        let questions = question::for_category(&row.category);
        if questions.is_empty() {
            return Err(HubError::NoSuchLink);
        }
        if row.status.is_closed() {
            return Err(HubError::Step(Refused::NoWay));
        }
        if raw.answers.is_empty() {
            return Ok(Answered::Nothing);
        }
        if raw.brings_up(questions) {
            return Ok(Answered::BringUpMore);
        }
        let more = raw.parse(questions).map_err(HubError::Invalid)?;
        if more.answers.is_empty() {
            return Ok(Answered::Nothing);
        }
        self.add(row, more.key, more.hash, &Noted::Answers(more.answers)).await?;
        Ok(Answered::Stored)
    }
}

/// Whether there is something to ask of a report that nobody answered yet. One of danger may have gone, by its first answer, before the
/// others were given.
pub(crate) fn may_tell_more(row: &ReportRow, before: &Answers, history: &[Entry]) -> bool {
    let questions = question::for_category(&row.category);
    let asked_before =
        history.iter().any(|entry| matches!(entry, Entry::More(..))) || (!before.is_empty() && !row.danger);
    !asked_before && !row.status.is_closed() && leaves_open(questions, before)
}

/// Whether one of the questions that are asked after these answers is not among them.
fn leaves_open(questions: &[Question], answers: &Answers) -> bool {
    question::shown(questions, answers).iter().any(|question| answers.of(question.code).is_empty())
}

/// The answers that are no free text: what can be read when the words are taken out of sight.
pub(crate) fn without_words(answers: &Answers, questions: &[Question]) -> Answers {
    let plain = questions.iter().filter(|question| question.kind != Kind::Text);
    Answers::from_pairs(
        plain.flat_map(|question| answers.of(question.code).iter().map(|value| (question.code, value.as_str()))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_open_until_it_is_answered() {
        let supply = question::for_category("12P00");
        let first = Answers::from_pairs([("supply", "power"), ("wire-down", "yes")]);
        assert!(leaves_open(supply, &Answers::default()) && leaves_open(supply, &first));
        let all = question::shown(supply, &first).into_iter().map(|question| (question.code, "x"));
        let all = Answers::from_pairs(
            all.filter(|(code, _)| !["supply", "wire-down"].contains(code))
                .chain([("supply", "power"), ("wire-down", "yes")]),
        );
        assert!(!leaves_open(supply, &all));
        assert!(!leaves_open(&[], &Answers::default()));
    }

    #[test]
    fn words_that_are_hidden_take_no_number_and_no_choice_along() {
        let leak = Answers::from_pairs([("leaking", "chemicals"), ("label", "Ask Anna, 13812345678")]);
        let shown = without_words(&leak, question::for_category("12D00"));
        assert_eq!(shown, Answers::from_pairs([("leaking", "chemicals")]));
        let fire = Answers::from_pairs([("burning", "home"), ("floor", "3")]);
        assert_eq!(without_words(&fire, question::for_category("12G00")), fire);
    }
}
