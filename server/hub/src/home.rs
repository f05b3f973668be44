//! Where the portal is at home: what depends on the place and not on the report.

use jiff::tz::TimeZone;
use model::calendar::Calendar;
use model::outlier::Middle;
use model::position::Position;
use model::routing::Rules;

/// The city the portal serves.
#[derive(Clone, Debug)]
pub struct Home {
    /// Its middle: completes short plus codes, and tells outliers. `None`: nothing is completed and nothing is an outlier.
    pub middle: Option<Position>,
    /// The calendar by which hours and dates are shown.
    pub zone: TimeZone,
    /// When the departments work, for promises that count working hours only.
    pub working: Calendar,
    /// Which department gets which report.
    pub rules: Rules,
}

impl Home {
    pub fn is_far(&self, position: Position) -> bool {
        self.middle.is_some_and(|middle| Middle::at(middle).is_far(position))
    }
}
