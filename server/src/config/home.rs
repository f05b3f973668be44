//! The city the portal serves.

use clap::Args;
use hub::Home;
use jiff::tz::TimeZone;
use model::coordinates;

use crate::commands::Failure;

#[derive(Clone, Debug, Args)]
pub struct HomeArgs {
    /// The middle of the city, as LATITUDE,LONGITUDE: completes short plus codes, and marks positions over 200 km away.
    #[arg(long, env = "SHOUWANG_MIDDLE", value_name = "LAT,LNG", allow_hyphen_values = true)]
    pub middle: Option<String>,
    /// The time zone of the city, by its IANA name.
    #[arg(long, env = "SHOUWANG_ZONE", default_value = "Asia/Shanghai", value_name = "ZONE")]
    pub zone: String,
}

impl HomeArgs {
    pub fn home(&self) -> Result<Home, Failure> {
        let middle = match &self.middle {
            Some(text) => Some(coordinates::parse(text).ok_or_else(|| format!("--middle {text:?} is no position"))?),
            None => None,
        };
        let zone = TimeZone::get(&self.zone).map_err(|error| format!("--zone {:?}: {error}", self.zone))?;
        Ok(Home { middle, zone })
    }
}
