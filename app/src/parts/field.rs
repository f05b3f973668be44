//! Labelled fields, with what is wrong beside them.

use std::collections::HashMap;

use leptos::prelude::*;
use model::form::{Fault, Field, Problem};

use crate::compat::TextArea;
use crate::parts::icon::{Icon, Shape};
use crate::text::Text;

/// What is wrong with a form, ready to be read.
#[derive(Clone, Default)]
pub struct Faults(HashMap<Field, String>);

impl Faults {
    pub fn of(text: Text, problems: &[Problem]) -> Self {
        let mut faults = HashMap::new();
        for problem in problems {
            faults.entry(problem.field).or_insert_with(|| sentence(text, *problem));
        }
        Self(faults)
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
        (Field::Position | Field::Address | Field::What | Field::Contact, _) => {
            text.get("fault-place-missing").to_owned()
        }
    }
}

/// What stands above a field.
fn label(text: Text, field: Field) -> &'static str {
    text.get(match field {
        Field::Note => "track-add",
        Field::Key | Field::Category => "report-category",
        Field::Position => "report-position",
        Field::Address => "report-address",
        Field::People => "report-people",
        Field::What => "report-what",
        Field::Contact => "report-contact",
    })
}

/// The id of the words that say what is wrong with a field.
pub fn fault_id(field: Field) -> String {
    format!("{}-fault", field.name())
}

/// What is wrong with a field, if anything is.
#[component]
pub fn FaultLine(field: Field, faults: Faults) -> impl IntoView {
    faults.get(field).map(|fault| {
        view! { <p class="fault" id=fault_id(field)><Icon shape=Shape::Warning/>{fault.to_owned()}</p> }
    })
}

/// The ids that describe a field: its hint, and what is wrong.
pub fn described(field: Field, faults: &Faults) -> String {
    let hint = format!("{}-hint", field.name());
    if faults.get(field).is_some() { format!("{} {hint}", fault_id(field)) } else { hint }
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
) -> impl IntoView {
    let name = field.name();
    let described = described(field, &faults);
    let invalid = faults.get(field).is_some().then_some("true");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id=format!("{name}-hint")>{hint}</p>
            <FaultLine field=field faults=faults/>
            <input
                type="text"
                id=name
                name=name
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
pub fn TextField(field: Field, label: &'static str, hint: String, value: String, faults: Faults) -> impl IntoView {
    let name = field.name();
    let described = described(field, &faults);
    let invalid = faults.get(field).is_some();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id=format!("{name}-hint")>{hint}</p>
            <FaultLine field=field faults=faults/>
            <TextArea name=name rows="4" value=value described=described invalid=invalid/>
        </div>
    }
}
