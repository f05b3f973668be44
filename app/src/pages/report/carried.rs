//! What was filled in on another page of the form: it goes along, hidden, and nothing of it is stored before it is sent.

use leptos::prelude::*;
use model::question::{Answers, field_name};
use model::report::RawReport;

/// The fields of the first page.
pub fn first_page(raw: &RawReport) -> impl IntoView + use<> {
    let fields = [("key", raw.key.as_str())].into_iter().chain(raw.told()).chain(raw.told_of_site());
    let filled = fields.filter(|(_, value)| !value.is_empty());
    filled.map(|(name, value)| hidden(name.to_owned(), value.to_owned())).collect::<Vec<_>>()
}

/// The answers to the extra questions.
pub fn answers(answers: &Answers) -> impl IntoView + use<> {
    let pairs = answers.map().iter().flat_map(|(code, values)| values.iter().map(move |value| (code, value)));
    pairs.map(|(code, value)| hidden(field_name(code), value.clone())).collect::<Vec<_>>()
}

fn hidden(name: String, value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
