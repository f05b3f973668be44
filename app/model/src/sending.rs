//! From the form to the report: which page comes next.
//!
//! The first page is a whole report, and whoever sends it without saying which page it comes from, as programs do, is not asked anything
//! more. Danger ends the questions: the report goes at once, and what else there is to know is asked for when it is safe.

use crate::form::{Field, Problem};
use crate::question::{self, Advice, Answers, Question};
use crate::report::{RawReport, Report};

/// A page of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Start,
    /// What others have said close by, and the extra questions.
    Details,
    /// Everything as it will go, and who sees what.
    Check,
}

/// What comes after a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Send,
    Show(Page),
    /// The form is not the way.
    Stop(Advice),
    Mend(Vec<Problem>),
}

impl Page {
    pub const ALL: [Self; 3] = [Self::Start, Self::Details, Self::Check];

    /// The name in the field `step`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Details => "details",
            Self::Check => "check",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.name() == name)
    }

    /// Where these are mended.
    pub fn to_mend(problems: &[Problem]) -> Self {
        let on_details = |problem: &Problem| matches!(problem.field, Field::Question(_) | Field::Join);
        if problems.iter().all(on_details) { Self::Details } else { Self::Start }
    }
}

/// What comes next. `close_by` says whether there is something to choose from on the second page, `open` whether somebody is at work now
/// who could act on the report.
pub fn next(raw: &RawReport, report: &Report, close_by: bool, open: bool) -> Next {
    let Some(page) = Page::parse(&raw.step).filter(|_| !report.danger) else { return Next::Send };
    let questions = question::for_category(report.category.code);
    match page {
        Page::Start if questions.is_empty() && !close_by => Next::Show(Page::Check),
        Page::Start => Next::Show(Page::Details),
        Page::Details => details(raw, questions, open),
        Page::Check => Next::Send,
    }
}

fn details(raw: &RawReport, questions: &'static [Question], open: bool) -> Next {
    let checked = question::check(questions, &raw.answers, open);
    if let Some(advice) = checked.stop {
        return Next::Stop(advice);
    }
    if brings_up(questions, &raw.answers, &raw.asked) {
        return Next::Show(Page::Details);
    }
    if checked.problems.is_empty() {
        return Next::Show(Page::Check);
    }
    let field = |problem: &question::QuestionProblem| Problem {
        field: Field::Question(problem.question),
        fault: problem.fault,
    };
    Next::Mend(checked.problems.iter().map(field).collect())
}

/// Whether the answers bring up a question that was not on the page; `on_page` has the codes that were, as [`asked`] writes them.
pub fn brings_up(questions: &[Question], answers: &Answers, on_page: &str) -> bool {
    let was_asked = |code: &str| on_page.split(',').any(|asked| asked == code);
    question::shown(questions, answers).iter().any(|question| !was_asked(question.code))
}

/// The codes of the questions that a page asks, as the field `asked` has them.
pub fn asked(shown: &[&Question]) -> String {
    shown.iter().map(|question| question.code).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Fault;

    fn raw(step: &str, category: &str, answers: &[(&str, &str)], asked: &str) -> RawReport {
        RawReport {
            key: "01936b7e-5c00-7abc-8def-0123456789ab".into(),
            category: category.into(),
            address: "3 Mill Lane".into(),
            answers: Answers::from_pairs(answers.iter().copied()),
            step: step.into(),
            asked: asked.into(),
            ..RawReport::default()
        }
    }

    fn after(raw: &RawReport) -> Next {
        next(raw, &raw.parse(None).unwrap(), false, false)
    }

    #[test]
    fn whoever_sends_everything_at_once_is_asked_nothing() {
        assert_eq!(after(&raw("", "12P00", &[], "")), Next::Send);
        assert_eq!(after(&raw("elsewhere", "12P00", &[], "")), Next::Send);
    }

    #[test]
    fn a_supply_that_failed_goes_by_questions_and_a_last_look() {
        assert_eq!(after(&raw("start", "12P00", &[], "")), Next::Show(Page::Details));
        let answers = [("supply", "water"), ("extent", "block")];
        assert_eq!(after(&raw("details", "12P00", &answers, "supply,extent,since")), Next::Show(Page::Check));
        assert_eq!(after(&raw("check", "12P00", &answers, "")), Next::Send);
    }

    #[test]
    fn danger_goes_at_once_from_every_page() {
        assert_eq!(after(&raw("start", "12G00", &[], "")), Next::Send);
        assert_eq!(after(&raw("details", "12P00", &[("supply", "power"), ("wire-down", "yes")], "supply")), Next::Send);
        let told = RawReport { what: "有人被困".into(), ..raw("start", "12P00", &[], "") };
        assert_eq!(after(&told), Next::Send);
    }

    #[test]
    fn a_question_that_an_answer_brings_up_is_shown_before_anything_is_missed() {
        assert_eq!(
            after(&raw("details", "12P00", &[("supply", "power")], "supply,extent,since")),
            Next::Show(Page::Details)
        );
        let missing = Next::Mend(vec![Problem { field: Field::Question("extent"), fault: Fault::Missing }]);
        let asked = "supply,wire-down,medical-device,extent,since";
        assert_eq!(after(&raw("details", "12P00", &[("supply", "power")], asked)), missing);
    }

    #[test]
    fn an_answer_ends_the_form_with_advice() {
        assert_eq!(after(&raw("details", "12P00", &[("supply", "bill")], "supply")), Next::Stop(Advice::Bill));
    }

    #[test]
    fn something_close_by_is_shown_where_nothing_is_asked() {
        let raw = raw("start", "19000", &[], "");
        let report = raw.parse(None).unwrap();
        let asks = !question::for_category("19000").is_empty();
        assert_eq!(next(&raw, &report, true, true), Next::Show(Page::Details));
        assert_eq!(next(&raw, &report, false, true), Next::Show(if asks { Page::Details } else { Page::Check }));
    }

    #[test]
    fn what_is_wrong_is_mended_where_it_stands() {
        let of = |field| Problem { field, fault: Fault::Unknown };
        assert_eq!(Page::to_mend(&[of(Field::Question("supply"))]), Page::Details);
        assert_eq!(Page::to_mend(&[of(Field::Question("supply")), of(Field::People)]), Page::Start);
    }
}
