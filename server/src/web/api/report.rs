//! Following a report by its secret: everything that was sent, and what became of it.

use std::collections::BTreeMap;

use app::text::{Locale, Text};
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use hub::{Entry, Tracked};
use model::step::{Act, Words};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;
use super::{text, time};
use crate::web::state::AppState;

/// A report as the person who sent it sees it.
#[derive(Serialize, ToSchema)]
pub struct Report {
    reference: String,
    category: String,
    category_name: &'static str,
    /// `received`, `triaged`, `assigned`, `in-progress`, `waiting`, `reopened`; closed: `done`, `partly`, `refused`, `resolved-itself`,
    /// `duplicate`, `unreachable`.
    status: &'static str,
    status_text: &'static str,
    closed: bool,
    danger: bool,
    people: Option<i64>,
    what: Option<String>,
    place: Place,
    /// With the name of who is to be asked for, where there is one.
    contact: Option<String>,
    /// The organisation that reports, and which of its sites.
    site: Option<String>,
    hazard: Option<&'static str>,
    substance: Option<String>,
    /// Other places of the same event.
    places: Vec<Place>,
    answers: BTreeMap<String, Vec<String>>,
    /// The department that has it; null before it is placed.
    department: Option<String>,
    department_name: Option<&'static str>,
    /// The promised times that are open.
    #[schema(format = DateTime)]
    answer_due: Option<String>,
    #[schema(format = DateTime)]
    act_due: Option<String>,
    question: Option<Asked>,
    may_contest: bool,
    may_rate: bool,
    /// Oldest first.
    history: Vec<Happened>,
}

#[derive(Serialize, ToSchema)]
pub struct Place {
    latitude: Option<f64>,
    longitude: Option<f64>,
    /// Metres.
    accuracy: Option<u32>,
    typed: Option<String>,
    address: Option<String>,
}

/// What the department asks, and until when it waits.
#[derive(Serialize, ToSchema)]
pub struct Asked {
    text: String,
    #[schema(format = DateTime)]
    until: String,
}

#[derive(Serialize, ToSchema)]
pub struct Happened {
    #[schema(format = DateTime)]
    at: String,
    /// `received`, `advised` (they were shown whom to call), `note`, `more`, `consent-withdrawn`, or the act: `status`, `question`, `answer`, `contest`, `rating`, …
    what: &'static str,
    department: Option<String>,
    status: Option<&'static str>,
    /// The legal ground of a refusal, a department, a rating: what belongs to the act.
    detail: Option<String>,
    text: Option<String>,
    /// A sentence that stands beside the text, or in its place.
    sentence: Option<&'static str>,
    evidence: Option<String>,
    /// To the extra questions, after it was sent.
    answers: Option<BTreeMap<String, Vec<String>>>,
}

/// A report by its secret.
#[utoipa::path(get, path = "/api/v1/reports/{secret}", params(("secret" = String, Path, description = "From the receipt.")), responses(
    (status = 200, body = Report),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn report(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    locale: Option<Extension<Locale>>,
) -> Result<impl IntoResponse, Problem> {
    let tracked = state.0.hub.track(&secret).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(Report::of(text(locale), tracked))))
}

impl Place {
    fn of(place: model::place::Place) -> Self {
        let (latitude, longitude) = place.point.unzip();
        Self { latitude, longitude, accuracy: place.accuracy, typed: place.typed, address: place.address }
    }
}

impl Report {
    fn of(text: Text, tracked: Tracked) -> Self {
        let open = |shown: hub::Shown| shown.met_at.is_none().then(|| time(shown.due));
        let site = tracked.told.site;
        Self {
            reference: tracked.reference.to_string(),
            category_name: text.of_family("category", &tracked.category),
            category: tracked.category,
            status: tracked.status.name(),
            status_text: text.of_family("status", tracked.status.name()),
            closed: tracked.status.is_closed(),
            danger: tracked.danger,
            people: tracked.people,
            what: tracked.told.what,
            place: Place::of(tracked.told.place),
            site: site.name,
            hazard: site.hazard.map(model::site::Hazard::name),
            substance: site.substance,
            places: site.places.into_iter().map(Place::of).collect(),
            contact: tracked.contact,
            answers: tracked.told.answers.into(),
            department_name: tracked.owner.as_deref().map(|owner| text.of_family("department", owner)),
            department: tracked.owner,
            answer_due: tracked.clocks.and_then(|clocks| open(clocks.answer)),
            act_due: tracked.clocks.and_then(|clocks| open(clocks.act)),
            question: tracked.question.map(|(words, until)| Asked { text: asked(text, words), until: time(until) }),
            may_contest: tracked.may_contest,
            may_rate: tracked.may_rate,
            history: tracked.history.into_iter().map(|entry| happened(text, entry)).collect(),
        }
    }
}

/// A question, whichever way it was put.
fn asked(text: Text, words: Words) -> String {
    let sentence = words.template.as_deref().map(|code| text.of_family("template", code).to_owned());
    sentence.into_iter().chain(words.text).collect::<Vec<_>>().join("\n")
}

fn happened(text: Text, entry: Entry) -> Happened {
    let at = time(entry.at());
    let bare = |what, text| Happened {
        at: at.clone(),
        what,
        department: None,
        status: None,
        detail: None,
        text,
        sentence: None,
        evidence: None,
        answers: None,
    };
    match entry {
        Entry::Received(_) => bare("received", None),
        Entry::Advised(_) => bare("advised", None),
        Entry::Note(_, note) => bare("note", Some(note)),
        Entry::More(_, answers) => Happened { answers: Some(answers.into()), ..bare("more", None) },
        Entry::Withdrawn(_, consent) => {
            Happened { detail: Some(consent.name().to_owned()), ..bare("consent-withdrawn", None) }
        }
        Entry::Step(past) => {
            let Words { text: said, template, evidence } = past.told.unwrap_or_default();
            Happened {
                department: past.department,
                status: past.status.map(model::status::Status::name),
                detail: past.detail,
                sentence: template.as_deref().map(|code| text.of_family("template", code)),
                evidence,
                ..bare(Act::name(past.act), said)
            }
        }
    }
}
