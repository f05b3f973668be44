//! What an organisation says beyond what everybody is asked: its site, the source of the hazard, and the other places of the same event.

use serde::{Deserialize, Serialize};

use crate::form::{Fault, Field, Problems};
use crate::place::Place;
use crate::position::Position;
use crate::report::RawReport;

/// How many other places one report names at most.
pub const MOST_PLACES: usize = 20;

/// What kind of thing the danger comes from. The kinds are those by which work safety registers sources of danger: substances and equipment
/// (the Work Safety Law, articles 40 and 117; special equipment by the Special Equipment Safety Law, article 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hazard {
    Chemical,
    Gas,
    Dust,
    Explosive,
    Pressure,
    Lifting,
    Electric,
    ConfinedSpace,
    Radiation,
    Structure,
    Water,
    Other,
}

impl Hazard {
    pub const ALL: [Self; 12] = [
        Self::Chemical,
        Self::Gas,
        Self::Dust,
        Self::Explosive,
        Self::Pressure,
        Self::Lifting,
        Self::Electric,
        Self::ConfinedSpace,
        Self::Radiation,
        Self::Structure,
        Self::Water,
        Self::Other,
    ];

    /// The name in forms, in events, and in the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chemical => "chemical",
            Self::Gas => "gas",
            Self::Dust => "dust",
            Self::Explosive => "explosive",
            Self::Pressure => "pressure",
            Self::Lifting => "lifting",
            Self::Electric => "electric",
            Self::ConfinedSpace => "confined-space",
            Self::Radiation => "radiation",
            Self::Structure => "structure",
            Self::Water => "water",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hazard| hazard.name() == name)
    }
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Site {
    /// The organisation, and which of its sites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hazard: Option<Hazard>,
    /// Which substance or equipment, and how much of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substance: Option<String>,
    /// The other places of the same event; the first one is the report's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

impl Site {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn parse(raw: &RawReport, near: Option<Position>, problems: &mut Problems) -> Self {
        let name = problems.text(Field::Site, &raw.site);
        let hazard = Hazard::parse(&raw.hazard);
        if hazard.is_none() && !raw.hazard.is_empty() {
            problems.add(Field::Hazard, Fault::Unknown);
        }
        let substance = problems.text(Field::Substance, &raw.substance);
        let lines = problems.text(Field::Places, &raw.places).unwrap_or_default();
        let places: Vec<Place> =
            lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| place(line, near)).collect();
        if places.len() > MOST_PLACES {
            problems.add(Field::Places, Fault::TooMany(places.len()));
        }
        Self { name, hazard, substance, places }
    }
}

/// A line is a position where one can be read from it, and an address otherwise.
fn place(line: &str, near: Option<Position>) -> Place {
    let typed = Place::told(Some(line.to_owned()), None, None, near);
    if typed.point.is_some() { typed } else { Place { address: Some(line.to_owned()), ..Place::default() } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;

    fn raw() -> RawReport {
        RawReport {
            key: "01936b7e-5c00-7abc-8def-0123456789ab".into(),
            category: "12D00".into(),
            address: "Gate 2".into(),
            ..RawReport::default()
        }
    }

    fn parsed(raw: &RawReport) -> Report {
        raw.parse(None).unwrap()
    }

    #[test]
    fn one_event_may_have_several_places_each_a_position_or_an_address() {
        let places = "31.2304, 121.4737\n\n  仓库东门 \r\n8Q336FJF+5F";
        let site = parsed(&RawReport { places: places.into(), ..raw() }).told.site;
        let read: Vec<_> = site.places.iter().map(|place| (place.point.is_some(), place.address.as_deref())).collect();
        assert_eq!(read, [(true, None), (false, Some("仓库东门")), (true, None)]);
    }

    #[test]
    fn more_places_than_anybody_can_go_to_are_another_report() {
        let lines = |count| RawReport { places: vec!["here"; count].join("\n"), ..raw() };
        assert_eq!(parsed(&lines(MOST_PLACES)).told.site.places.len(), MOST_PLACES);
        let problems = lines(MOST_PLACES + 1).parse(None).unwrap_err();
        assert_eq!((problems[0].field, problems[0].fault), (Field::Places, Fault::TooMany(MOST_PLACES + 1)));
    }

    #[test]
    fn a_hazard_is_one_of_the_table() {
        for hazard in Hazard::ALL {
            let raw = RawReport { hazard: hazard.name().into(), ..raw() };
            assert_eq!(parsed(&raw).told.site.hazard, Some(hazard));
            assert_eq!(serde_json::to_string(&hazard).unwrap(), format!("\"{}\"", hazard.name()));
        }
        let problems = RawReport { hazard: "moon".into(), ..raw() }.parse(None).unwrap_err();
        assert_eq!((problems[0].field, problems[0].fault), (Field::Hazard, Fault::Unknown));
    }

    #[test]
    fn who_says_nothing_of_a_site_adds_nothing() {
        let site = parsed(&RawReport { site: " ".into(), places: "\n \n".into(), ..raw() }).told.site;
        assert!(site.is_empty());
        assert_eq!(serde_json::to_string(&site).unwrap(), "{}");
    }
}
