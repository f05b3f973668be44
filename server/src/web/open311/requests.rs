//! Sending reports, and reading what became of them.

use std::collections::HashSet;

use app::text::Text;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use hub::{HubError, PublicReport, Wanted};
use jiff::Timestamp;
use model::category::Category;
use model::form::{Field, Problem};
use model::id::Key;
use model::question::Answers;
use model::report::RawReport;

use super::answer::{Answer, File, Parameters, Refusal, Reply};
use super::services::{jurisdiction, text};
use super::value::Value;
use crate::web::client::Client;
use crate::web::state::AppState;

/// The longest span of time that a list covers: "90 days or the first 1,000, whichever is smaller".
const SPAN: i64 = 90 * 86_400_000;
const MOST: u32 = 1_000;
/// Where a list has pages (the extension that Chicago, Boston and others share), so many at least and at most.
const PAGE: u32 = 50;

fn parameter<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
}

/// Takes a report. A client that may have to send again gives a key of its own, a UUIDv7, as `key`: then it is one report.
pub async fn post(
    State(state): State<AppState>,
    Path(file): Path<String>,
    Query(query): Query<Parameters>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let File { name, format } = File::of(&file)?;
    if name != "requests" {
        return Err(Refusal::missing(&file, "there is nothing to post to under this name"));
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Refusal::wrong(&file, "the body is to be application/x-www-form-urlencoded; charset=utf-8"));
    }
    let unreadable = |_| Refusal::wrong(&file, "the body cannot be read");
    let mut form: Parameters = serde_urlencoded::from_bytes(&body).map_err(unreadable)?;
    form.extend(query);
    let known = parameter(&form, "api_key").is_some_and(|key| state.0.web.open311_keys.iter().any(|ours| ours == key));
    if !state.0.web.open311_keys.is_empty() && !known {
        return Err(Refusal::new(&file, StatusCode::FORBIDDEN, "api_key is missing or wrong"));
    }
    jurisdiction(&state, &file, &form)?;
    let answers = attributes(&state, &body).map_err(unreadable)?;
    let raw = RawReport { answers, ..raw(&state, &file, &form)? };
    let hub = &state.0.hub;
    // Whoever has a key of ours sends for many people.
    let address = client.filter(|_| !known).map(|Extension(client)| client.0);
    let source = hub::Source { address, ..hub::Source::default() };
    let submitted = hub.submit(&raw, &source).await.map_err(|error| refused(&file, &error))?;
    let origin = state.0.site.origin.clone().unwrap_or_default();
    let request = Value::Record(vec![
        ("service_request_id", Value::text(raw.key)),
        ("service_notice", Value::text(format!("{origin}/track/{}", submitted.link.as_str()))),
        ("account_id", Value::Null),
    ]);
    Ok(Reply { format, root: "service_requests", value: Value::List("request", vec![request]) })
}

/// What was answered to the questions of the service definition: `attribute[code]`, and `attribute[code][]` where several may be chosen.
fn attributes(state: &AppState, body: &[u8]) -> Result<Answers, serde_urlencoded::de::Error> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body)?;
    let mut answers = Answers::default();
    for (name, value) in pairs {
        let code = name.strip_prefix("attribute[").map(|rest| rest.strip_suffix("[]").unwrap_or(rest));
        if let Some(code) = code.and_then(|rest| rest.strip_suffix(']')) {
            answers.add(code, local(state, value));
        }
    }
    Ok(answers)
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
    let address = of("address_string").or(of("address_id")).unwrap_or_default().to_owned();
    if position.is_empty() && address.is_empty() {
        return Err(Refusal::wrong(file, "lat and long, address_string or address_id was not provided"));
    }
    let key = match of("key") {
        Some(key) => Key::parse(key).ok_or_else(|| Refusal::wrong(file, "key is to be a UUID of version 7"))?,
        None => state.0.hub.new_key().map_err(|error| Refusal::failed(file, &error))?,
    };
    let name = [of("first_name"), of("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let contact = [Some(name.as_str()).filter(|name| !name.is_empty()), of("phone"), of("email")];
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
    jurisdiction(state, file, parameters)?;
    let text = text(parameters, headers);
    let reports = match parameter(parameters, "service_request_id") {
        Some(ids) => {
            let keys: Vec<Key> = ids.split(',').take(MOST as usize).filter_map(|id| Key::parse(id.trim())).collect();
            state.0.hub.public_reports(&keys).await
        }
        None => state.0.hub.published(&wanted(state, file, parameters)?).await,
    };
    let reports = reports.map_err(|error| Refusal::failed(file, &error))?;
    let rows = reports.iter().map(|report| row(text, report)).collect();
    Ok(Reply { format: File::of(file)?.format, root: "service_requests", value: Value::List("request", rows) })
}

fn wanted(state: &AppState, file: &str, parameters: &Parameters) -> Result<Wanted, Refusal> {
    let time = |name| -> Result<Option<i64>, Refusal> {
        let Some(text) = parameter(parameters, name) else { return Ok(None) };
        // A plus sign in an address is a space to whoever decodes it.
        let moment: Timestamp = text.trim().replace(' ', "+").parse().map_err(|_| {
            Refusal::wrong(file, format!("{name} is to be a time with its zone, as 2026-01-01T00:00:00Z"))
        })?;
        Ok(Some(moment.as_millisecond()))
    };
    let (start, end) = (time("start_date")?, time("end_date")?);
    let end = end.or_else(|| start.map(|start| start + SPAN)).unwrap_or(state.0.hub.now());
    let start = start.unwrap_or(end - SPAN);
    if start > end || end - start > SPAN {
        return Err(Refusal::wrong(file, "start_date and end_date are at most 90 days apart"));
    }
    let number = |name, otherwise: u32, most: u32| -> Result<u32, Refusal> {
        let Some(text) = parameter(parameters, name) else { return Ok(otherwise) };
        let number = text.trim().parse().ok().filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| Refusal::wrong(file, format!("{name} is a number from 1 to {most}")))
    };
    let paged = parameter(parameters, "page").is_some() || parameter(parameters, "page_size").is_some();
    let size = number("page_size", if paged { PAGE } else { MOST }, MOST)?;
    let page = number("page", 1, u32::MAX / MOST)?;
    let open = match parameter(parameters, "status") {
        None => None,
        Some(list) => {
            let words: HashSet<&str> = list.split(',').map(str::trim).collect();
            if words.iter().any(|word| !["open", "closed"].contains(word)) {
                return Err(Refusal::wrong(file, "status is open or closed"));
            }
            (words.len() == 1).then(|| words.contains("open"))
        }
    };
    let codes = parameter(parameters, "service_code").map(|list| list.split(','));
    let categories = codes.map(|codes| codes.filter_map(|code| Category::of(code.trim())).collect());
    Ok(Wanted { categories, since: start, until: end, open, limit: size, offset: (page - 1) * size })
}

pub async fn one(
    State(state): State<AppState>,
    Path(file): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Answer {
    let File { name, format } = File::of(&file)?;
    jurisdiction(&state, &file, &parameters)?;
    let keys: Vec<Key> = Key::parse(name).into_iter().collect();
    let found = state.0.hub.public_reports(&keys).await.map_err(|error| Refusal::failed(&file, &error))?;
    if found.is_empty() {
        return Err(Refusal::missing(&file, "service_request_id was not found"));
    }
    let text = text(&parameters, &headers);
    let rows = found.iter().map(|report| row(text, report)).collect();
    Ok(Reply { format, root: "service_requests", value: Value::List("request", rows) })
}

/// Every report has its id at once: a token is that id.
pub async fn token(State(state): State<AppState>, Path(file): Path<String>) -> Answer {
    let File { name, format } = File::of(&file)?;
    let keys: Vec<Key> = Key::parse(name).into_iter().collect();
    let found = state.0.hub.public_reports(&keys).await.map_err(|error| Refusal::failed(&file, &error))?;
    if found.is_empty() {
        return Err(Refusal::missing(&file, "token was not found"));
    }
    let request = Value::Record(vec![("service_request_id", Value::text(name)), ("token", Value::text(name))]);
    Ok(Reply { format, root: "service_requests", value: Value::List("request", vec![request]) })
}

fn row(text: Text, report: &PublicReport) -> Value {
    let time = |millis| Value::text(Timestamp::from_millisecond(millis).unwrap_or_default().to_string());
    let known = |value: Option<f64>| value.map_or(Value::Null, Value::Number);
    let (lat, long) = report.area.unzip();
    Value::Record(vec![
        ("service_request_id", Value::text(report.key.to_string())),
        ("status", Value::text(report.status.open311().name())),
        ("status_notes", Value::text(text.of_family("status", report.status.name()))),
        ("service_name", Value::text(text.of_family("category", &report.category))),
        ("service_code", Value::text(report.category.clone())),
        ("description", Value::Null),
        ("agency_responsible", Value::text(text.of_family("department", &report.owner))),
        ("service_notice", Value::Null),
        ("requested_datetime", time(report.received_at)),
        ("updated_datetime", time(report.changed_at)),
        ("expected_datetime", report.expected_at.map_or(Value::Null, time)),
        ("address", Value::Null),
        ("address_id", Value::Null),
        ("zipcode", Value::Null),
        ("lat", known(lat)),
        ("long", known(long)),
        ("media_url", Value::Null),
    ])
}
