//! Where the service is, and what it speaks.

use super::answer::{Answer, File, Reply};
use super::value::Value;
use crate::web::state::AppState;

/// When the service last changed its ways.
const CHANGESET: &str = "2026-11-23T00:00:00Z";

pub fn discovery(state: &AppState, file: &str) -> Answer {
    let origin = state.0.site.origin.clone().unwrap_or_default();
    let texts = |texts: &[&str]| texts.iter().map(|text| Value::text(*text)).collect();
    let endpoint = Value::Record(vec![
        ("specification", Value::text("http://wiki.open311.org/GeoReport_v2")),
        ("url", Value::text(format!("{origin}/open311/v2"))),
        ("changeset", Value::text(CHANGESET)),
        ("type", Value::text(if state.0.site.demo { "test" } else { "production" })),
        ("formats", Value::List("format", texts(&["text/xml", "application/json"]))),
    ]);
    let value = Value::Record(vec![
        ("changeset", Value::text(CHANGESET)),
        ("contact", Value::text(format!("{origin}/"))),
        ("key_service", Value::text("Ask the operator of the portal.")),
        ("endpoints", Value::List("endpoint", vec![endpoint])),
    ]);
    Ok(Reply { format: File::of(file)?.format, root: "discovery", value })
}
