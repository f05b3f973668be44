//! Public incidents as a table, for spreadsheets.

use app::text::Locale;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::incidents::{Incident, Wanted, found};
use super::problem::Problem;
use super::text;
use crate::web::state::AppState;
use crate::web::window::Parameters;

const HEAD: [&str; 10] = [
    "id",
    "category",
    "category_name",
    "status",
    "department",
    "received_at",
    "changed_at",
    "expected_at",
    "latitude",
    "longitude",
];

/// Public incidents as CSV (RFC 4180), in UTF-8.
#[utoipa::path(get, path = "/api/v1/incidents.csv", params(Wanted), responses(
    (status = 200, body = String, content_type = "text/csv"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn csv(
    State(state): State<AppState>,
    Query(parameters): Query<Parameters>,
    locale: Option<Extension<Locale>>,
) -> Result<impl IntoResponse, Problem> {
    let (incidents, _) = found(&state, &parameters, text(locale)).await?;
    let table = table(&incidents).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a table could not be written");
        Problem::of(StatusCode::INTERNAL_SERVER_ERROR)
    })?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"incidents.csv\""),
        (CACHE_CONTROL, "no-cache"),
    ];
    Ok((headers, table))
}

fn table(incidents: &[Incident]) -> csv::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(HEAD)?;
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    for incident in incidents {
        csv.write_record([
            harmless(&incident.id),
            harmless(&incident.category),
            harmless(incident.category_name),
            harmless(incident.status),
            harmless(incident.department.as_deref().unwrap_or_default()),
            incident.received_at.clone(),
            incident.changed_at.clone(),
            incident.expected_at.clone().unwrap_or_default(),
            degrees(incident.area.map(|area| area.latitude)),
            degrees(incident.area.map(|area| area.longitude)),
        ])?;
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}

/// Text that no spreadsheet takes for a formula (OWASP, "CSV Injection"): behind an apostrophe, where it begins like one.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::api::incidents::Area;

    fn incident(department: &str, area: Option<Area>) -> Incident {
        Incident {
            id: "abcdefghijklmnopqrstuvwxy2".to_owned(),
            category: "12G00".to_owned(),
            category_name: "Fire, or smoke",
            status: "received",
            closed: false,
            department: Some(department.to_owned()),
            received_at: "2026-01-01T00:00:00Z".to_owned(),
            changed_at: "2026-01-01T00:00:00Z".to_owned(),
            expected_at: None,
            area,
        }
    }

    #[test]
    fn numbers_stay_numbers_and_texts_are_never_formulas() {
        let west = Area { latitude: 40.1, longitude: -75.2 };
        let table = table(&[incident("=HYPERLINK(\"x\")", Some(west)), incident("@fire", None)]).unwrap();
        let mut csv = csv::Reader::from_reader(&*table);
        assert_eq!(csv.headers().unwrap(), &HEAD[..]);
        let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
        assert_eq!((&rows[0][4], &rows[0][8], &rows[0][9]), ("'=HYPERLINK(\"x\")", "40.1", "-75.2"));
        assert_eq!((&rows[1][2], &rows[1][4], &rows[1][9]), ("Fire, or smoke", "'@fire", ""));
    }
}
