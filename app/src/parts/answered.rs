//! Answers to the extra questions, to be read.

use leptos::prelude::*;
use model::question::{self, Answers, Question};

use crate::compat::Verbatim;
use crate::compat::still::{Finish, Still};
use crate::text::Text;

/// Names and values for a list, in the order in which they are asked.
pub fn answered(text: Text, category: &str, answers: &Answers) -> Vec<Still> {
    let given = |question: &&Question| !answers.of(question.code).is_empty();
    let row = |question: &Question| {
        let said = answers.of(question.code).iter().map(|value| {
            let choice = question.kind.choices().iter().find(|choice| choice.code == value);
            choice.map_or_else(|| value.clone(), |choice| text.of_family("choice", choice.code).to_owned())
        });
        let said = said.collect::<Vec<_>>().join(text.get("answer-and"));
        view! { <dt>{text.of_family("question", question.code)}</dt><dd><Verbatim text=said/></dd> }.still()
    };
    question::for_category(category).iter().filter(given).map(row).collect()
}
