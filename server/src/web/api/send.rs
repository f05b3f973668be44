//! Sending a report: once, however often it comes.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::response::{IntoResponse, Response};
use hub::Source;
use model::category::Category;
use model::report::RawReport;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{self, Sent};
use super::categories::{Call, call};
use super::problem::Problem;
use super::{REPORTS, time};
use crate::web::rate;
use crate::web::state::AppState;

/// A report. One of `position`, `typed`, `address` and `unknown` says where it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// A UUID of version 7 that is made with the report: the same key again is the same report.
    #[schema(format = "uuid")]
    key: String,
    /// A code of `/api/v1/categories`.
    category: String,
    /// Somebody is in danger now.
    #[serde(default)]
    danger: bool,
    #[serde(default)]
    position: Option<Measured>,
    /// Coordinates, a plus code or the link of a map, as somebody typed it.
    #[serde(default)]
    typed: String,
    /// An address or a landmark.
    #[serde(default)]
    address: String,
    /// Nobody knows where it is.
    #[serde(default)]
    unknown: bool,
    #[serde(default)]
    people: Option<u32>,
    #[serde(default)]
    what: String,
    /// How to reach the person; it is sealed apart from the rest.
    #[serde(default)]
    contact: String,
    /// Who is to be asked for there.
    #[serde(default)]
    name: String,
    /// The organisation that reports, and which of its sites.
    #[serde(default)]
    site: String,
    /// `chemical`, `gas`, `dust`, `explosive`, `pressure`, `lifting`, `electric`, `confined-space`, `radiation`, `structure`, `water`,
    /// `other`.
    #[serde(default)]
    hazard: String,
    /// Which substance or equipment, and how much of it.
    #[serde(default)]
    substance: String,
    /// The other places of the same event, at most 20: addresses, coordinates, plus codes, links of maps.
    #[serde(default)]
    places: Vec<String>,
    /// To the questions of the category, by their codes.
    #[serde(default)]
    answers: BTreeMap<String, Vec<String>>,
}

/// A position, in degrees, WGS 84.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    latitude: f64,
    longitude: f64,
    /// Metres.
    #[serde(default)]
    accuracy: Option<f64>,
}

/// A report that is durable.
#[derive(Serialize, ToSchema)]
pub struct Receipt {
    key: String,
    /// What a person reads out on the telephone.
    reference: String,
    /// Follows the report: whoever has it reads everything and may add to it.
    secret: String,
    /// The page for people.
    track: String,
    #[schema(format = DateTime)]
    received_at: String,
    danger: bool,
    /// Whom to call now, where somebody is in danger: a report does not replace the call.
    call: Option<Call>,
    /// One line: what is certified, a space, and the Ed25519 signature (RFC 8032) over it in base64url.
    statement: String,
    /// The public key that checks it, in base64url.
    signer: String,
}

/// Takes a report, and answers when it is on the disk.
#[utoipa::path(post, path = "/api/v1/reports", request_body = NewReport, responses(
    (status = 201, description = "Stored now.", body = Receipt),
    (status = 200, description = "It was there already, the same to the byte.", body = Receipt),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn send(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Sent { value, address } = body::read::<NewReport>(&state, request).await?;
    let raw = value.raw()?;
    let source = Source { address, ..Source::default() };
    rate::hold_report(&state, &source, || rate::urgent(&raw)).await;
    let hub = &state.0.hub;
    let submitted = hub.submit(&raw, &source).await?;
    let receipt = hub.receipt(submitted.link.as_str()).await?;
    let secret = receipt.link.as_str().to_owned();
    let service = Category::of(&receipt.category).filter(|_| receipt.danger).map(|category| category.call);
    let body = Receipt {
        key: raw.key,
        reference: receipt.reference.to_string(),
        track: format!("{}/track/{secret}", state.0.site.origin.as_deref().unwrap_or_default()),
        received_at: time(receipt.received_at),
        danger: receipt.danger,
        call: service.and_then(|service| call(&state, service)),
        statement: receipt.statement,
        signer: receipt.signer,
        secret,
    };
    let status = if submitted.new { StatusCode::CREATED } else { StatusCode::OK };
    let location = format!("{REPORTS}/{}", body.secret);
    Ok((status, [(LOCATION, location), (CACHE_CONTROL, "no-store".to_owned())], Json(body)).into_response())
}

impl NewReport {
    /// As the portal's form would have it.
    fn raw(self) -> Result<RawReport, Problem> {
        let ticked = |yes: bool| if yes { "yes".to_owned() } else { String::new() };
        let (position, accuracy) = match self.position {
            Some(_) if !self.typed.is_empty() => return Err(Problem::unknown("typed")),
            Some(measured) => {
                let Measured { latitude, longitude, accuracy } = measured;
                if model::position::Position::new(latitude, longitude).is_none() {
                    return Err(Problem::unknown("position"));
                }
                let accuracy = accuracy.map(|metres| metres.to_string()).unwrap_or_default();
                (format!("{latitude}, {longitude}"), accuracy)
            }
            None => (self.typed, String::new()),
        };
        Ok(RawReport {
            key: self.key,
            category: self.category,
            danger: ticked(self.danger),
            position,
            accuracy,
            address: self.address,
            unknown: ticked(self.unknown),
            people: self.people.map(|people| people.to_string()).unwrap_or_default(),
            what: self.what,
            contact: self.contact,
            name: self.name,
            site: self.site,
            hazard: self.hazard,
            substance: self.substance,
            places: self.places.iter().map(|place| place.replace(['\r', '\n'], " ")).collect::<Vec<_>>().join("\n"),
            answers: self.answers.into(),
            ..RawReport::default()
        })
    }
}
