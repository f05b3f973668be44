//! What can be reported.

use app::text::{Locale, Text};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use model::category::{CATALOGUE, Category};
use model::question::{self, Kind, Question};

use super::answer::{Answer, File, Refusal, Reply};
use super::value::Value;
use crate::web::state::AppState;
use crate::web::window::Parameters;

/// The language of names: by `locale`, else as the client accepts.
pub fn text(parameters: &Parameters, headers: &HeaderMap) -> Text {
    let asked = parameters.get("locale").and_then(|tag| Locale::parse(tag));
    let accepted = || headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok()).and_then(Locale::accepted);
    Text::of(asked.or_else(accepted).unwrap_or_default())
}

/// One endpoint serves one jurisdiction: to name it is to be asked nothing, to name another is a mistake.
pub fn jurisdiction(state: &AppState, file: &str, parameters: &Parameters) -> Result<(), Refusal> {
    let named = parameters.get("jurisdiction_id").filter(|named| !named.is_empty());
    let ours = state.0.web.jurisdiction.as_deref();
    match named {
        Some(named) if ours.is_some_and(|ours| ours != named) => {
            Err(Refusal::missing(file, "jurisdiction_id was not found"))
        }
        _ => Ok(()),
    }
}

pub fn list(state: &AppState, file: &str, parameters: &Parameters, headers: &HeaderMap) -> Answer {
    jurisdiction(state, file, parameters)?;
    let text = text(parameters, headers);
    let services = CATALOGUE.iter().map(|category| service(text, category)).collect();
    Ok(Reply { format: File::of(file)?.format, root: "services", value: Value::List("service", services) })
}

fn service(text: Text, category: &Category) -> Value {
    let name = text.of_family("category", category.code);
    let group = text.of_family("class", category.class.code());
    Value::Record(vec![
        ("service_code", Value::text(category.code)),
        ("service_name", Value::text(name)),
        ("description", Value::text(name)),
        ("metadata", Value::Truth(!question::for_category(category.code).is_empty())),
        ("type", Value::text("realtime")),
        ("keywords", Value::text(group)),
        ("group", Value::text(group)),
    ])
}

pub async fn definition(
    State(state): State<AppState>,
    Path(file): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Answer {
    let File { name, format } = File::of(&file)?;
    jurisdiction(&state, &file, &parameters)?;
    let category = Category::of(name).ok_or_else(|| Refusal::missing(&file, "service_code was not found"))?;
    let text = text(&parameters, &headers);
    let questions = question::for_category(category.code).iter().enumerate();
    let attributes = questions.map(|(place, question)| attribute(text, question, place + 1)).collect();
    let value = Value::Record(vec![
        ("service_code", Value::text(category.code)),
        ("attributes", Value::List("attribute", attributes)),
    ]);
    Ok(Reply { format, root: "service_definition", value })
}

/// An extra question. None is compulsory for a program: a report is taken with whatever its client could find out.
fn attribute(text: Text, question: &Question, order: usize) -> Value {
    let (datatype, format) = match question.kind {
        Kind::Text => ("text", None),
        Kind::Number { .. } => ("number", None),
        Kind::DateTime => ("datetime", Some("ISO 8601")),
        Kind::One(_) => ("singlevaluelist", None),
        Kind::Many(_) => ("multivaluelist", None),
    };
    let values = question.kind.choices().iter().map(|choice| {
        let name = text.of_family("choice", choice.code);
        Value::Record(vec![("key", Value::text(choice.code)), ("name", Value::text(name))])
    });
    let mut fields = vec![
        ("variable", Value::Truth(true)),
        ("code", Value::text(question.code)),
        ("datatype", Value::text(datatype)),
        ("required", Value::Truth(false)),
        ("datatype_description", format.map_or(Value::Null, Value::text)),
        ("order", Value::Whole(order)),
        ("description", Value::text(text.of_family("question", question.code))),
    ];
    let values: Vec<Value> = values.collect();
    if !values.is_empty() {
        fields.push(("values", Value::List("value", values)));
    }
    Value::Record(fields)
}
