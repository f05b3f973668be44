//! Labelled fields, with what is wrong beside them.

use std::collections::HashMap;

use hub::HubError;
use leptos::prelude::*;
use model::form::{Fault, Field, Problem};
use model::several::MOST;
use model::site::MOST_PLACES;

use crate::compat::TextArea;
use crate::parts::icon::{Icon, Shape};
use crate::text::Text;

/// What is wrong with a form, ready to be read.
#[derive(Clone, Default)]
pub struct Faults(HashMap<Field, String>);

impl Faults {
    fn of(text: Text, problems: &[Problem]) -> Self {
        let mut faults = HashMap::new();
        for problem in problems {
            faults.entry(problem.field).or_insert_with(|| sentence(text, *problem));
        }
        Self(faults)
    }

    /// What an error says is wrong with a form; nothing when it is about something else.
    pub fn of_error(text: Text, error: Option<&HubError>) -> Self {
        match error {
            Some(HubError::Invalid(problems)) => Self::of(text, problems),
            _ => Self::default(),
        }
    }

    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }
}

/// What is wrong, and what to do.
pub fn sentence(text: Text, problem: Problem) -> String {
    match (problem.field, problem.fault) {
        (_, Fault::TooLong(has)) => {
            let (field, limit) = (label(text, problem.field), problem.field.limit());
            text.with("fault-long", &[("field", field.into()), ("has", has.into()), ("limit", limit.into())])
        }
        (_, Fault::Unprintable) => text.with("fault-unprintable", &[("field", label(text, problem.field).into())]),
        (Field::Key, _) => text.get("fault-key").to_owned(),
        (Field::Category, Fault::Missing) => text.get("fault-category-missing").to_owned(),
        (Field::Category, _) => text.get("fault-category-unknown").to_owned(),
        (Field::People, _) => text.get("fault-people").to_owned(),
        (Field::Note, _) => text.get("fault-note-missing").to_owned(),
        (Field::Told | Field::Evidence | Field::Inner | Field::Duplicate | Field::Instead, Fault::Missing) => {
            text.with("fault-missing", &[("field", label(text, problem.field).into())])
        }
        (Field::Reports, Fault::Missing) => text.get("fault-reports-missing").to_owned(),
        (Field::Reports, _) => text.with("fault-reports", &[("most", model::incident::MOST.into())]),
        (Field::Duplicate, _) => text.get("fault-duplicate-unknown").to_owned(),
        (Field::Question(_), Fault::Missing) => {
            text.with("fault-answer", &[("field", label(text, problem.field).into())])
        }
        (Field::Question(_), _) => text.with("fault-answer-unknown", &[("field", label(text, problem.field).into())]),
        (Field::Join, _) => text.get("fault-join").to_owned(),
        (
            Field::To
            | Field::Hazard
            | Field::Told
            | Field::Template
            | Field::Ground
            | Field::Evidence
            | Field::Department
            | Field::Inner
            | Field::Instead
            | Field::Reason
            | Field::Rating,
            _,
        ) => text.with("fault-choose", &[("field", label(text, problem.field).into())]),
        (Field::Name, _) => text.get("fault-name").to_owned(),
        (Field::Places, Fault::TooMany(has)) => {
            text.with("fault-places", &[("most", MOST_PLACES.into()), ("has", has.into())])
        }
        (Field::Table, Fault::TooMany(has)) => {
            text.with("fault-table-lines", &[("most", MOST.into()), ("has", has.into())])
        }
        (Field::Table, Fault::Surplus) => text.get("fault-table-surplus").to_owned(),
        (Field::Table, Fault::NoneSound) => text.get("fault-table-none").to_owned(),
        (Field::Table, Fault::Missing) => text.get("fault-table-missing").to_owned(),
        (Field::Table, _) => text.get("fault-table").to_owned(),
        (Field::Contact, _) => text.get("mine-fault").to_owned(),
        (Field::Position | Field::Address | Field::What | Field::Site | Field::Substance | Field::Places, _) => {
            text.get("fault-place-missing").to_owned()
        }
    }
}

/// What stands above a field.
fn label(text: Text, field: Field) -> &'static str {
    text.get(match field {
        Field::Question(code) => return text.of_family("question", code),
        Field::Join => "nearby-heading",
        Field::Note => "track-add",
        Field::Key | Field::Category => "report-category",
        Field::Position => "report-position",
        Field::Address => "report-address",
        Field::People => "report-people",
        Field::What => "report-what",
        Field::Contact => "report-contact",
        Field::Name => "report-name",
        Field::Site => "report-site",
        Field::Hazard => "report-hazard",
        Field::Substance => "report-substance",
        Field::Places => "report-places",
        Field::Table => "several-table",
        Field::To => "case-to",
        Field::Told => "case-reason",
        Field::Template => "case-template",
        Field::Ground => "case-ground",
        Field::Evidence => "case-evidence",
        Field::Duplicate => "case-duplicate",
        Field::Department => "case-department",
        Field::Inner => "case-inner",
        Field::Rating => "track-rate",
        Field::Reports => "near-which",
        Field::Instead => "redact-instead",
        Field::Reason => "redact-reason",
    })
}

/// The id of a field's control. Where a page has several forms, each has a name that goes before.
pub fn control_id(form: &str, field: Field) -> String {
    match field {
        Field::Question(code) => format!("question-{code}"),
        field if form.is_empty() => field.name().into_owned(),
        field => format!("{form}-{}", field.name()),
    }
}

/// The id of the words that say what is wrong with a field.
pub fn fault_id(form: &str, field: Field) -> String {
    format!("{}-fault", control_id(form, field))
}

/// What is wrong with a field, if anything is.
#[component]
pub fn FaultLine(field: Field, faults: Faults, #[prop(optional)] form: &'static str) -> impl IntoView {
    faults.get(field).map(|fault| {
        view! { <p class="fault" id=fault_id(form, field)><Icon shape=Shape::Warning/>{fault.to_owned()}</p> }
    })
}

/// The ids that describe a field: its hint, and what is wrong.
fn described(form: &str, field: Field, hint: bool, faults: &Faults) -> Option<String> {
    let hint = hint.then(|| format!("{}-hint", control_id(form, field)));
    let fault = faults.get(field).map(|_| fault_id(form, field));
    match (fault, hint) {
        (Some(fault), Some(hint)) => Some(format!("{fault} {hint}")),
        (one, other) => one.or(other),
    }
}

fn hint_line(form: &str, field: Field, hint: String) -> Option<impl IntoView + use<>> {
    let id = format!("{}-hint", control_id(form, field));
    (!hint.is_empty()).then(|| view! { <p class="hint" id=id>{hint}</p> })
}

/// A field of one line.
#[component]
pub fn LineField(
    field: Field,
    label: &'static str,
    hint: &'static str,
    value: String,
    faults: Faults,
    #[prop(optional)] numeric: bool,
    /// What the browser may fill in; nothing by default.
    #[prop(default = "off")]
    autocomplete: &'static str,
    #[prop(optional)] form: &'static str,
) -> impl IntoView {
    let id = control_id(form, field);
    let described = described(form, field, !hint.is_empty(), &faults);
    let invalid = faults.get(field).is_some().then_some("true");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint_line(form, field, hint.to_owned())}
            <FaultLine field=field faults=faults form=form/>
            <input
                type="text"
                id=id
                name=field.name().into_owned()
                value=value
                autocomplete=autocomplete
                inputmode=numeric.then_some("numeric")
                class=numeric.then_some("short")
                aria-describedby=described
                aria-invalid=invalid
            />
        </div>
    }
}

/// A field of several lines.
#[component]
pub fn TextField(
    field: Field,
    label: &'static str,
    hint: String,
    value: String,
    faults: Faults,
    #[prop(optional)] form: &'static str,
) -> impl IntoView {
    let id = control_id(form, field);
    let described = described(form, field, !hint.is_empty(), &faults);
    let invalid = faults.get(field).is_some();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint_line(form, field, hint)}
            <FaultLine field=field faults=faults form=form/>
            <TextArea id=id name=field.name().into_owned() rows="4" value=value described=described invalid=invalid/>
        </div>
    }
}

/// A choice of one, in little space.
#[component]
pub fn SelectField(
    field: Field,
    label: &'static str,
    /// What can be chosen: the value, and what people read.
    choices: Vec<(&'static str, &'static str)>,
    chosen: String,
    faults: Faults,
    #[prop(optional)] form: &'static str,
) -> impl IntoView {
    let id = control_id(form, field);
    let described = described(form, field, false, &faults);
    let invalid = faults.get(field).is_some().then_some("true");
    let options: Vec<_> = choices
        .into_iter()
        .map(|(value, said)| view! { <option value=value selected=value == chosen>{said}</option> })
        .collect();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <FaultLine field=field faults=faults form=form/>
            <select id=id name=field.name().into_owned() aria-describedby=described aria-invalid=invalid>{options}</select>
        </div>
    }
}
