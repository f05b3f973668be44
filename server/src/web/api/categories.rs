//! What can be reported, and what is asked about it.

use app::text::{Locale, Text};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, VARY};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use model::category::{CATALOGUE, Urgency};
use model::question::{self, Effect, Kind};
use serde::Serialize;
use utoipa::ToSchema;

use super::text;
use crate::web::state::AppState;

/// A kind of incident.
#[derive(Serialize, ToSchema)]
pub struct Category {
    code: &'static str,
    name: &'static str,
    class: &'static str,
    class_name: &'static str,
    /// `immediate`, `expected` or `future`, as CAP 1.2 has them.
    urgency: &'static str,
    /// A life is likely to be in danger: call first.
    danger: bool,
    call: Option<Call>,
    /// Shown at once; the others stand behind "more kinds".
    common: bool,
    questions: Vec<Question>,
}

/// Whom to call.
#[derive(Serialize, ToSchema)]
pub struct Call {
    pub service: &'static str,
    pub number: String,
}

/// A question about incidents of a kind. None has to be answered before a report is sent.
#[derive(Serialize, ToSchema)]
pub struct Question {
    code: &'static str,
    text: &'static str,
    /// `text`, `number`, `datetime` (local civil time, `2026-03-01T14:30`), `one` or `many` of the choices.
    kind: &'static str,
    /// A form should ask until it is answered.
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    least: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
}

#[derive(Serialize, ToSchema)]
pub struct Choice {
    code: &'static str,
    text: &'static str,
    /// A life may be in danger: call first.
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<Call>,
    /// The form is not the way: what to do instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<String>,
}

/// When a question is asked, by the answers to those before that are asked themselves.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Is {
        question: &'static str,
        choice: &'static str,
    },
    AtLeast {
        question: &'static str,
        number: i64,
    },
    #[schema(no_recursion)]
    All(Vec<Condition>),
    #[schema(no_recursion)]
    Any(Vec<Condition>),
    #[schema(no_recursion)]
    Not(Box<Condition>),
}

/// Every kind of incident with its questions, in the order in which people see them.
#[utoipa::path(get, path = "/api/v1/categories", responses((status = 200, body = Vec<Category>)))]
pub async fn categories(State(state): State<AppState>, locale: Option<Extension<Locale>>) -> impl IntoResponse {
    let text = text(locale);
    let list: Vec<Category> = CATALOGUE.iter().map(|category| of(&state, text, category)).collect();
    ([(CACHE_CONTROL, "no-cache"), (VARY, "Accept-Language, Cookie")], Json(list))
}

fn of(state: &AppState, text: Text, category: &'static model::category::Category) -> Category {
    let questions = question::for_category(category.code).iter();
    Category {
        code: category.code,
        name: text.of_family("category", category.code),
        class: category.class.code(),
        class_name: text.of_family("class", category.class.code()),
        urgency: match category.urgency {
            Urgency::Immediate => "immediate",
            Urgency::Expected => "expected",
            Urgency::Future => "future",
        },
        danger: category.danger,
        call: call(state, category.call),
        common: category.common,
        questions: questions.map(|question| asked(state, text, question)).collect(),
    }
}

/// The number of a service, if the installation has one.
pub fn call(state: &AppState, service: model::category::Service) -> Option<Call> {
    state.0.site.number(service).map(|number| Call { service: service.name(), number: number.to_owned() })
}

fn asked(state: &AppState, text: Text, question: &'static question::Question) -> Question {
    let (least, most) = match question.kind {
        Kind::Number { least, most } => (Some(least), Some(most)),
        _ => (None, None),
    };
    let choice = |choice: &'static question::Choice| Choice {
        code: choice.code,
        text: text.of_family("choice", choice.code),
        call: match choice.effect {
            Some(Effect::Danger(service)) => call(state, service),
            _ => None,
        },
        instead: match choice.effect {
            Some(Effect::Stop(advice) | Effect::StopOutOfHours(advice)) => {
                let number = state.0.site.number(model::category::Service::Hotline).unwrap_or_default();
                Some(text.with_of_family("advice", advice.name(), &[("number", number.into())]))
            }
            _ => None,
        },
    };
    Question {
        code: question.code,
        text: text.of_family("question", question.code),
        kind: match question.kind {
            Kind::Text => "text",
            Kind::Number { .. } => "number",
            Kind::DateTime => "datetime",
            Kind::One(_) => "one",
            Kind::Many(_) => "many",
        },
        required: question.required,
        least,
        most,
        choices: question.kind.choices().iter().map(choice).collect(),
        when: condition(&question.when),
    }
}

/// `None`: always.
fn condition(when: &question::Condition) -> Option<Condition> {
    use question::Condition as When;
    let several = |all: &[When]| all.iter().filter_map(condition).collect();
    Some(match when {
        When::Always => return None,
        When::Is(question, choice) => Condition::Is { question, choice },
        When::AtLeast(question, number) => Condition::AtLeast { question, number: *number },
        When::All(all) => Condition::All(several(all)),
        When::Any(any) => Condition::Any(several(any)),
        When::Not(one) => Condition::Not(Box::new(condition(one)?)),
    })
}
