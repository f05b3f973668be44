//! What is public of reports: what, when, how it stands, and roughly where. Neither words nor people nor an exact place.

use app::text::{Locale, Text};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use hub::PublicReport;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;
use super::{text, time};
use crate::web::state::AppState;
use crate::web::window::{self, MOST, Names, Parameters};

const NAMES: Names = Names { categories: "category", since: "since", until: "until" };

/// Which incidents: of the last 90 days, the newest first, 1,000 at most.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `window` reads")]
pub struct Wanted {
    /// Codes with commas between.
    category: Option<String>,
    /// `open` or `closed`.
    status: Option<String>,
    /// Received from then on; at most 90 days before `until`.
    #[param(format = DateTime)]
    since: Option<String>,
    #[param(format = DateTime)]
    until: Option<String>,
    #[param(minimum = 1)]
    page: Option<u32>,
    #[param(minimum = 1, maximum = 1000)]
    page_size: Option<u32>,
}

/// A page of incidents.
#[derive(Serialize, ToSchema)]
pub struct Incidents {
    incidents: Vec<Incident>,
    /// The next page, where there may be one.
    next: Option<u32>,
}

/// A report as far as it is public.
#[derive(Serialize, ToSchema)]
pub struct Incident {
    /// The same for one report for ever. It is not the `key` that the report was sent under.
    pub id: String,
    pub category: String,
    pub category_name: &'static str,
    pub status: &'static str,
    pub closed: bool,
    /// Null before one has it.
    pub department: Option<String>,
    #[schema(format = DateTime)]
    pub received_at: String,
    #[schema(format = DateTime)]
    pub changed_at: String,
    #[schema(format = DateTime)]
    pub expected_at: Option<String>,
    /// Null where its area has too few reports to hide one, and before the hour is over in which it came.
    pub area: Option<Area>,
}

/// The middle of an area of about five square kilometres, in degrees, WGS 84.
#[derive(Clone, Copy, Serialize, ToSchema)]
pub struct Area {
    pub latitude: f64,
    pub longitude: f64,
}

impl Incident {
    fn of(text: Text, report: &PublicReport) -> Self {
        Self {
            id: report.id.to_string(),
            category: report.category.clone(),
            category_name: text.of_family("category", &report.category),
            status: report.status.name(),
            closed: report.status.is_closed(),
            department: report.owner.clone(),
            received_at: time(report.received_at),
            changed_at: time(report.changed_at),
            expected_at: report.expected_at.map(time),
            area: report.area.map(|(latitude, longitude)| Area { latitude, longitude }),
        }
    }
}

/// The incidents that are asked for, and the number of the next page.
pub async fn found(
    state: &AppState,
    parameters: &Parameters,
    text: Text,
) -> Result<(Vec<Incident>, Option<u32>), Problem> {
    let wanted = window::wanted(parameters, &NAMES, MOST, state.0.hub.now());
    let wanted = wanted.map_err(|detail| Problem::saying(StatusCode::BAD_REQUEST, detail))?;
    let reports = state.0.hub.published(&wanted).await?;
    let full = u32::try_from(reports.len()).is_ok_and(|length| length == wanted.limit);
    let next = full.then(|| wanted.offset / wanted.limit + 2);
    Ok((reports.iter().map(|report| Incident::of(text, report)).collect(), next))
}

/// Public incidents.
#[utoipa::path(get, path = "/api/v1/incidents", params(Wanted), responses(
    (status = 200, body = Incidents),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn incidents(
    State(state): State<AppState>,
    Query(parameters): Query<Parameters>,
    locale: Option<Extension<Locale>>,
) -> Result<impl IntoResponse, Problem> {
    let (incidents, next) = found(&state, &parameters, text(locale)).await?;
    Ok(([(CACHE_CONTROL, "no-cache")], Json(Incidents { incidents, next })))
}

/// A collection of features (RFC 7946).
#[derive(Serialize, ToSchema)]
pub struct FeatureCollection {
    #[serde(rename = "type")]
    #[schema(pattern = "^FeatureCollection$")]
    kind: &'static str,
    features: Vec<Feature>,
}

#[derive(Serialize, ToSchema)]
pub struct Feature {
    #[serde(rename = "type")]
    #[schema(pattern = "^Feature$")]
    kind: &'static str,
    id: String,
    /// Null where there is no area.
    geometry: Option<Point>,
    properties: Incident,
}

#[derive(Serialize, ToSchema)]
pub struct Point {
    #[serde(rename = "type")]
    #[schema(pattern = "^Point$")]
    kind: &'static str,
    /// Longitude and latitude.
    coordinates: [f64; 2],
}

impl From<Incident> for Feature {
    fn from(incident: Incident) -> Self {
        let point = |area: Area| Point { kind: "Point", coordinates: [area.longitude, area.latitude] };
        Self { kind: "Feature", id: incident.id.clone(), geometry: incident.area.map(point), properties: incident }
    }
}

/// Public incidents as GeoJSON, for maps.
#[utoipa::path(get, path = "/api/v1/incidents.geojson", params(Wanted), responses(
    (status = 200, body = FeatureCollection, content_type = "application/geo+json"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn geojson(
    State(state): State<AppState>,
    Query(parameters): Query<Parameters>,
    locale: Option<Extension<Locale>>,
) -> Result<impl IntoResponse, Problem> {
    let (incidents, _) = found(&state, &parameters, text(locale)).await?;
    let features = incidents.into_iter().map(Feature::from).collect();
    let collection = FeatureCollection { kind: "FeatureCollection", features };
    Ok(([(CONTENT_TYPE, "application/geo+json"), (CACHE_CONTROL, "no-cache")], Json(collection)))
}

#[cfg(test)]
mod tests {
    use hub::PublicId;
    use serde_json::{Value, json};

    use super::*;

    fn feature(area: Option<(f64, f64)>) -> Value {
        let report = PublicReport {
            id: PublicId::parse(&"a".repeat(26)).unwrap(),
            category: "12G00".to_owned(),
            status: model::status::Status::Received,
            owner: None,
            received_at: 0,
            changed_at: 0,
            expected_at: None,
            area,
        };
        serde_json::to_value(Feature::from(Incident::of(Text::of(Locale::English), &report))).unwrap()
    }

    #[test]
    fn a_map_gets_the_middle_of_an_area_longitude_first_or_nothing() {
        let here = feature(Some((31.25, 121.5)));
        assert_eq!(here["geometry"], json!({ "type": "Point", "coordinates": [121.5, 31.25] }));
        assert_eq!(here["properties"]["area"], json!({ "latitude": 31.25, "longitude": 121.5 }));
        assert_eq!((&here["id"], &feature(None)["geometry"]), (&here["properties"]["id"], &Value::Null));
    }
}
