//! Sending reports, and reading what became of them.

use app::text::Text;
use app::text::media::not_fetched;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use hub::{HubError, PublicId, PublicReport};
use jiff::Timestamp;
use model::category::Category;
use model::form::{Field, Problem};
use model::id::Key;
use model::question::Answers;
use model::report::RawReport;

use super::answer::{Answer, File, Refusal, Reply};
use super::sent::Sent;
use super::services::{jurisdiction, text};
use super::value::Value;
use super::{extended, media};
use crate::web::rate;
use crate::web::state::AppState;
use crate::web::window::{self, MOST, Names, Parameters, parameter};

/// What the standard calls the parameters of lists.
pub const NAMES: Names = Names { categories: "service_code", since: "start_date", until: "end_date" };

/// Takes a report. A client that may have to send again gives a key of its own, a UUIDv7, as `key`: then it is one report.
///
/// The report comes first: a photo that cannot be kept is said so in the notice, and costs nothing but itself.
pub async fn post(state: &AppState, file: &str, sent: Sent) -> Answer {
    let format = File::of(file)?.format;
    let raw = RawReport { answers: attributes(state, &sent.fields), ..raw(state, file, &sent.form)? };
    rate::hold_report(state, &sent.source, || rate::urgent(&raw)).await;
    let submitted = state.0.hub.submit(&raw, &sent.source).await.map_err(|error| refused(file, &error))?;
    let origin = state.0.site.origin.clone().unwrap_or_default();
    let mut notice = vec![format!("{origin}/track/{}", submitted.link.as_str())];
    notice.extend(media::keep(&state.0.hub, sent.text, &submitted.link, sent.media).await);
    if parameter(&sent.form, "media_url").is_some() {
        notice.push(not_fetched(sent.text).to_owned());
    }
    let request = Value::Record(vec![
        ("service_request_id", Value::text(state.0.hub.public_id(submitted.key).to_string())),
        ("service_notice", Value::text(notice.join(" "))),
        ("account_id", Value::Null),
    ]);
    Ok(Reply { format, root: "service_requests", value: Value::List("request", vec![request]) })
}

/// What was answered to the questions of the service definition: `attribute[code]`, and `attribute[code][]` where several may be chosen.
fn attributes(state: &AppState, fields: &[(String, String)]) -> Answers {
    let mut answers = Answers::default();
    for (name, value) in fields {
        let code = name.strip_prefix("attribute[").map(|rest| rest.strip_suffix("[]").unwrap_or(rest));
        if let Some(code) = code.and_then(|rest| rest.strip_suffix(']')) {
            answers.add(code, local(state, value.clone()));
        }
    }
    answers
}

/// A moment in the city's own time, as forms have it; anything else as it is.
fn local(state: &AppState, value: String) -> String {
    let moment = value.trim().parse::<Timestamp>();
    moment.map_or(value, |moment| {
        let zone = state.0.hub.home().zone.clone();
        moment.to_zoned(zone).strftime("%Y-%m-%dT%H:%M").to_string()
    })
}

/// The form of the standard as our own.
fn raw(state: &AppState, file: &str, form: &Parameters) -> Result<RawReport, Refusal> {
    let of = |name| parameter(form, name);
    let code = of("service_code").ok_or_else(|| Refusal::wrong(file, "service_code was not provided"))?;
    if Category::of(code).is_none() {
        return Err(Refusal::missing(file, "service_code was not found"));
    }
    let position = match (of("lat"), of("long")) {
        (Some(lat), Some(long)) => {
            let valid = lat.trim().parse::<f64>().is_ok() && long.trim().parse::<f64>().is_ok();
            let unread = || Refusal::wrong(file, "lat and long are to be decimal degrees, WGS 84");
            valid.then(|| format!("{}, {}", lat.trim(), long.trim())).ok_or_else(unread)?
        }
        (None, None) => String::new(),
        _ => return Err(Refusal::wrong(file, "lat and long go together")),
    };
    let named = |name| of(name).map(|value| format!("{name} {}", value.trim()));
    let address = [of("address_string").map(str::to_owned), named("address_id")];
    let address = address.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if position.is_empty() && address.is_empty() {
        return Err(Refusal::wrong(file, "lat and long, address_string or address_id was not provided"));
    }
    let key = match of("key") {
        Some(key) => Key::parse(key).ok_or_else(|| Refusal::wrong(file, "key is to be a UUID of version 7"))?,
        None => state.0.hub.new_key().map_err(|error| Refusal::failed(file, &error))?,
    };
    let name = [of("first_name"), of("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let account = named("account_id");
    let contact = [Some(name.as_str()).filter(|name| !name.is_empty()), of("phone"), of("email"), account.as_deref()];
    let what = [of("description"), of("media_url")].into_iter().flatten().collect::<Vec<_>>().join("\n");
    Ok(RawReport {
        key: key.to_string(),
        category: code.to_owned(),
        position,
        address,
        what,
        contact: contact.into_iter().flatten().collect::<Vec<_>>().join(", "),
        ..RawReport::default()
    })
}

/// What is wrong, in the names of the standard.
fn refused(file: &str, error: &HubError) -> Refusal {
    let name = |problem: &Problem| match problem.field {
        Field::Category => "service_code",
        Field::Position => "lat",
        Field::Address => "address_string",
        Field::What => "description",
        Field::Contact => "email",
        Field::Question(_) => "attribute",
        _ => "key",
    };
    match error {
        HubError::Invalid(problems) => {
            let names: Vec<&str> = problems.iter().map(name).collect();
            Refusal::wrong(file, format!("too long, or not to be understood: {}", names.join(", ")))
        }
        HubError::Conflict => {
            Refusal::new(file, StatusCode::CONFLICT, "another report was sent under this key before; it is unchanged")
        }
        error => Refusal::failed(file, error),
    }
}

pub async fn list(state: &AppState, file: &str, parameters: &Parameters, headers: &HeaderMap) -> Answer {
    let format = File::of(file)?.format;
    jurisdiction(state, file, parameters)?;
    let most = if extends(parameters) { extended::MOST } else { MOST };
    let reports = match parameter(parameters, "service_request_id") {
        Some(ids) => {
            let ids = ids.split(',').take(most as usize).filter_map(|id| PublicId::parse(id.trim()));
            state.0.hub.public_reports(&ids.collect::<Vec<_>>()).await
        }
        None => {
            let wanted = window::wanted(parameters, &NAMES, most, state.0.hub.now());
            state.0.hub.published(&wanted.map_err(|text| Refusal::wrong(file, text))?).await
        }
    };
    let reports = reports.map_err(|error| Refusal::failed(file, &error))?;
    let rows = rows(state, file, parameters, headers, &reports).await?;
    Ok(Reply { format, root: "service_requests", value: Value::List("request", rows) })
}

pub async fn one(
    State(state): State<AppState>,
    Path(file): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Answer {
    let format = File::of(&file)?.format;
    jurisdiction(&state, &file, &parameters)?;
    let found = named(&state, &file).await?;
    if found.is_empty() {
        return Err(Refusal::missing(&file, "service_request_id was not found"));
    }
    let rows = rows(&state, &file, &parameters, &headers, &found).await?;
    Ok(Reply { format, root: "service_requests", value: Value::List("request", rows) })
}

/// The report that a file is named after.
async fn named(state: &AppState, file: &str) -> Result<Vec<PublicReport>, Refusal> {
    let ids: Vec<PublicId> = PublicId::parse(File::of(file)?.name).into_iter().collect();
    state.0.hub.public_reports(&ids).await.map_err(|error| Refusal::failed(file, &error))
}

/// Whether more is asked for than the standard has.
fn extends(parameters: &Parameters) -> bool {
    parameter(parameters, "extensions").is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
}

async fn rows(
    state: &AppState,
    file: &str,
    parameters: &Parameters,
    headers: &HeaderMap,
    reports: &[PublicReport],
) -> Result<Vec<Value>, Refusal> {
    let (text, extends) = (text(parameters, headers), extends(parameters));
    let mut rows = Vec::with_capacity(reports.len());
    for report in reports {
        let mut fields = row(text, report);
        if extends {
            let updates = state.0.hub.updates_of(report.id).await.map_err(|error| Refusal::failed(file, &error))?;
            fields.extend(extended::fields(text, report, &updates));
        }
        rows.push(Value::Record(fields));
    }
    Ok(rows)
}

/// Every report has its id at once: a token is that id.
pub async fn token(State(state): State<AppState>, Path(file): Path<String>) -> Answer {
    let File { name, format } = File::of(&file)?;
    let found = named(&state, &file).await?;
    if found.is_empty() {
        return Err(Refusal::missing(&file, "token was not found"));
    }
    let request = Value::Record(vec![("service_request_id", Value::text(name)), ("token", Value::text(name))]);
    Ok(Reply { format, root: "service_requests", value: Value::List("request", vec![request]) })
}

fn row(text: Text, report: &PublicReport) -> Vec<(&'static str, Value)> {
    let known = |value: Option<f64>| value.map_or(Value::Null, Value::Number);
    let (lat, long) = report.area.unzip();
    vec![
        ("service_request_id", Value::text(report.id.to_string())),
        ("status", Value::text(report.status.open311().name())),
        ("status_notes", Value::text(text.of_family("status", report.status.name()))),
        ("service_name", Value::text(text.of_family("category", &report.category))),
        ("service_code", Value::text(report.category.clone())),
        ("description", Value::Null),
        (
            "agency_responsible",
            report.owner.as_deref().map_or(Value::Null, |owner| Value::text(text.of_family("department", owner))),
        ),
        ("service_notice", Value::Null),
        ("requested_datetime", Value::time(report.received_at)),
        ("updated_datetime", Value::time(report.changed_at)),
        ("expected_datetime", report.expected_at.map_or(Value::Null, Value::time)),
        ("address", Value::Null),
        ("address_id", Value::Null),
        ("zipcode", Value::Null),
        ("lat", known(lat)),
        ("long", known(long)),
        ("media_url", Value::Null),
    ]
}
