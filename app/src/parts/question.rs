//! The extra questions as fields of a form. Those that are not asked now stand there hidden, for the island that shows them.

use leptos::prelude::*;
use model::form::Field;
use model::question::{Answers, Choice, Effect, Kind, Question, TEXT_LIMIT, field_name, rule, shown};

use crate::compat::still::{Finish, Still};
use crate::islands::Mind;
use crate::parts::field::{FaultLine, Faults, control_id, fault_id};
use crate::text::{Text, text};

#[component]
pub fn Questions(questions: &'static [Question], answers: Answers, faults: Faults) -> impl IntoView {
    let text = text();
    let shown = shown(questions, &answers);
    questions
        .iter()
        .map(|question| {
            let hidden = !shown.iter().any(|one| one.code == question.code);
            let field = one(text, question, answers.of(question.code), &faults);
            view! { <div data-question=question.code data-when=rule::written(&question.when) hidden=hidden>{field}</div> }
        })
        .collect::<Vec<_>>()
}

fn one(text: Text, question: &'static Question, given: &[String], faults: &Faults) -> Still {
    let field = Field::Question(question.code);
    let label = text.of_family("question", question.code);
    let optional = (!question.required).then(|| view! { " "<span class="hint">{text.get("details-optional")}</span> });
    let fault = faults.get(field).is_some();
    let described = fault.then(|| fault_id("", field));
    if !question.kind.choices().is_empty() {
        return view! {
            <fieldset class="field" aria-describedby=described>
                <legend>{label}{optional}</legend>
                <FaultLine field=field faults=faults.clone()/>
                <div class="choices">{choices(text, question, given)}</div>
            </fieldset>
        }
        .still();
    }
    let (kind, mode) = match question.kind {
        Kind::DateTime => ("datetime-local", None),
        Kind::Number { .. } => ("text", Some("numeric")),
        _ => ("text", None),
    };
    let value = given.first().cloned().unwrap_or_default();
    let longest = matches!(question.kind, Kind::Text).then_some(TEXT_LIMIT);
    let input = view! {
        <div class="field">
            <label for=control_id("", field)>{label}{optional}</label>
            <FaultLine field=field faults=faults.clone()/>
            <input
                type=kind
                id=control_id("", field)
                name=field_name(question.code)
                value=value
                inputmode=mode
                class=mode.map(|_| "short")
                maxlength=longest
                autocomplete="off"
                aria-describedby=described
                aria-invalid=fault.then_some("true")
            />
        </div>
    };
    match question.kind {
        Kind::Text => view! { <Mind>{input}</Mind> }.still(),
        _ => input.still(),
    }
}

fn choices(text: Text, question: &'static Question, given: &[String]) -> impl IntoView + use<> {
    let kind = if matches!(question.kind, Kind::Many(_)) { "checkbox" } else { "radio" };
    let option = |(place, choice): (usize, &'static Choice)| {
        let first = (place == 0).then(|| control_id("", Field::Question(question.code)));
        let call = match choice.effect {
            Some(Effect::Danger(service)) => Some(service.name()),
            _ => None,
        };
        view! {
            <label class="choice">
                <input
                    type=kind
                    id=first
                    name=field_name(question.code)
                    value=choice.code
                    checked=given.iter().any(|value| value == choice.code)
                    data-danger=call.is_some()
                    data-call=call
                />
                <span>{text.of_family("choice", choice.code)}</span>
            </label>
        }
    };
    question.kind.choices().iter().enumerate().map(option).collect::<Vec<_>>()
}
