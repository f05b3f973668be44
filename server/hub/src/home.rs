//! Where the portal is at home: what depends on the place and not on the report.

use std::sync::Arc;

use jiff::tz::TimeZone;
use model::calendar::Calendar;
use model::gazetteer::{Entry, Gazetteer};
use model::outlier::Middle;
use model::position::Position;
use model::report::RawReport;
use model::routing::{RuleError, Rules};

/// How many places are offered for what was typed.
const MOST_PLACES: usize = 5;

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
    /// Addresses and landmarks; none, where the operator gave none.
    pub places: Arc<Gazetteer>,
}

impl Home {
    /// A city that told nothing of itself: in UTC, with everybody always at work, and reports by category alone.
    ///
    /// # Errors
    /// Should the default rules contradict each other.
    pub fn plain() -> Result<Self, RuleError> {
        Ok(Self {
            middle: None,
            zone: TimeZone::UTC,
            working: Calendar::always(),
            rules: Rules::new(Vec::new(), Vec::new())?,
            places: Arc::default(),
        })
    }

    /// The places that the address of a form may mean; none, where it has a position already.
    pub fn meant(&self, raw: &RawReport) -> Vec<Entry<'_>> {
        let typed = raw.address.trim();
        if typed.is_empty() || raw.place(self.middle).position().is_some() {
            return Vec::new();
        }
        self.places.find(typed, MOST_PLACES)
    }

    pub fn is_far(&self, position: Position) -> bool {
        self.middle.is_some_and(|middle| Middle::at(middle).is_far(position))
    }
}
