//! The city the portal serves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use hub::Home;
use jiff::tz::TimeZone;
use model::area::Area;
use model::coordinates;
use model::gazetteer::Gazetteer;
use model::routing::{Rule, Rules};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::gazetteer;
use crate::commands::Failure;

#[derive(Clone, Debug, Args)]
pub struct HomeArgs {
    /// The middle of the city, as LATITUDE,LONGITUDE: completes short plus codes, and marks positions over 200 km away.
    #[arg(long, env = "SHOUWANG_MIDDLE", value_name = "LAT,LNG", allow_hyphen_values = true)]
    pub middle: Option<String>,
    /// The time zone of the city, by its IANA name.
    #[arg(long, env = "SHOUWANG_ZONE", default_value = "Asia/Shanghai", value_name = "ZONE")]
    pub zone: String,
    /// When the departments work, as JSON: {"week": {"monday": ["09:00-12:00", …], …}, "holidays": ["2026-02-17", …], "extra":
    /// {"2026-02-14": [hours], …}}. Without it, Monday to Friday from 9 to 12 and from 14 to 18.
    #[arg(long, env = "SHOUWANG_CALENDAR", value_name = "FILE")]
    pub calendar: Option<PathBuf>,
    /// Which department gets which report, as JSON: {"rules": [{"code": …, "department": …, "when": {…}}, …], "areas": [{"code": …,
    /// "rings": [[[longitude, latitude], …]]}, …]}. What no rule of these takes goes by its category.
    #[arg(long, env = "SHOUWANG_ROUTING", value_name = "FILE")]
    pub routing: Option<PathBuf>,
    /// Addresses and landmarks, as CSV with the header name,other_names,latitude,longitude,kind: found by what people type, and named for
    /// positions.
    #[arg(long, env = "SHOUWANG_GAZETTEER", value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Routing {
    rules: Vec<Rule>,
    areas: Vec<Area>,
}

/// Office hours, where nothing else is said.
const OFFICE: &str = r#"{"week": {"monday": ["09:00-12:00", "14:00-18:00"], "tuesday": ["09:00-12:00", "14:00-18:00"],
    "wednesday": ["09:00-12:00", "14:00-18:00"], "thursday": ["09:00-12:00", "14:00-18:00"],
    "friday": ["09:00-12:00", "14:00-18:00"]}}"#;

impl HomeArgs {
    pub fn home(&self) -> Result<Home, Failure> {
        let middle = match &self.middle {
            Some(text) => Some(coordinates::parse(text).ok_or_else(|| format!("--middle {text:?} is no position"))?),
            None => None,
        };
        let zone = TimeZone::get(&self.zone).map_err(|error| format!("--zone {:?}: {error}", self.zone))?;
        let working = match &self.calendar {
            Some(file) => read(file)?,
            None => serde_json::from_str(OFFICE)?,
        };
        let Routing { rules, areas } = self.routing.as_deref().map_or_else(|| Ok(Routing::default()), read)?;
        let rules = Rules::new(rules, areas).map_err(|error| format!("--routing: {error}"))?;
        let places = self.gazetteer.as_deref().map_or_else(|| Ok(Gazetteer::default()), gazetteer::read)?;
        Ok(Home { middle, zone, working, rules, places: Arc::new(places) })
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?)
}
