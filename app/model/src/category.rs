//! The catalogue of what can be reported.
//!
//! Codes follow the classification of emergency events of GB/T 35561-2017 in the five-character form that deployed
//! platforms use (`12G00` is fire); the names people read stand beside the other texts, as `category-12G00`.

/// The four classes of the Emergency Response Law, article 2, and the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Natural,
    Accident,
    Health,
    Social,
    /// Code 19000, and hidden dangers (20000), which are not events yet.
    Other,
}

/// How soon somebody must act; the words are CAP 1.2's, section 3.2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Immediate,
    Expected,
    Future,
}

/// Whom to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    Police,
    Fire,
    Ambulance,
    Traffic,
    Hotline,
}

impl Service {
    pub const ALL: [Self; 5] = [Self::Police, Self::Fire, Self::Ambulance, Self::Traffic, Self::Hotline];

    /// The name in configuration and in the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Police => "police",
            Self::Fire => "fire",
            Self::Ambulance => "ambulance",
            Self::Traffic => "traffic",
            Self::Hotline => "hotline",
        }
    }
}

impl Class {
    pub const ALL: [Self; 5] = [Self::Natural, Self::Accident, Self::Health, Self::Social, Self::Other];

    /// The class's own code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Natural => "11000",
            Self::Accident => "12000",
            Self::Health => "13000",
            Self::Social => "14000",
            Self::Other => "19000",
        }
    }
}

/// One kind of incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    pub code: &'static str,
    pub class: Class,
    pub urgency: Urgency,
    /// Whether a life is likely to be in danger: then the page says "call now" before anything else.
    pub danger: bool,
    /// Who answers the telephone for it.
    pub call: Service,
    /// Shown at once; the others stand behind "more kinds".
    pub common: bool,
}

impl Category {
    /// The category of `code`, if there is one.
    pub fn of(code: &str) -> Option<&'static Self> {
        CATALOGUE.iter().find(|category| category.code == code)
    }
}

const fn row(code: &'static str, class: Class, urgency: Urgency, danger: bool, call: Service) -> Category {
    Category { code, class, urgency, danger, call, common: false }
}

const fn common(category: Category) -> Category {
    Category { common: true, ..category }
}

use Class::{Accident, Health, Natural, Other, Social};
use Service::{Ambulance, Fire, Hotline, Police, Traffic};
use Urgency::{Expected, Future, Immediate};

/// Every category, in the order in which people see them.
pub static CATALOGUE: [Category; 33] = [
    common(row("12G00", Accident, Immediate, true, Fire)),
    common(row("13Y00", Health, Immediate, true, Ambulance)),
    common(row("12H00", Accident, Immediate, true, Traffic)),
    common(row("14B00", Social, Immediate, true, Police)),
    common(row("11A02", Natural, Immediate, true, Fire)),
    common(row("12D00", Accident, Immediate, true, Fire)),
    common(row("12P00", Accident, Expected, false, Hotline)),
    common(row("20000", Other, Future, false, Hotline)),
    row("11A01", Natural, Immediate, true, Fire),
    row("11A51", Natural, Immediate, true, Fire),
    row("11B01", Natural, Expected, true, Fire),
    row("11B03", Natural, Expected, false, Hotline),
    row("11B06", Natural, Expected, false, Hotline),
    row("11B08", Natural, Expected, false, Hotline),
    row("11B09", Natural, Expected, false, Hotline),
    row("11C00", Natural, Immediate, true, Fire),
    row("11D01", Natural, Immediate, true, Fire),
    row("11D06", Natural, Immediate, true, Fire),
    row("11G00", Natural, Immediate, true, Fire),
    row("12C00", Accident, Immediate, true, Fire),
    row("12E00", Accident, Immediate, true, Fire),
    row("12J00", Accident, Immediate, true, Fire),
    row("12L00", Accident, Immediate, true, Police),
    row("12N00", Accident, Immediate, true, Fire),
    row("12Q00", Accident, Expected, false, Hotline),
    row("12S00", Accident, Immediate, true, Police),
    row("12T00", Accident, Immediate, true, Fire),
    row("13A00", Health, Expected, false, Hotline),
    row("13B00", Health, Expected, false, Hotline),
    row("13C00", Health, Immediate, true, Ambulance),
    row("14A00", Social, Immediate, false, Police),
    row("14F00", Social, Immediate, true, Police),
    row("19000", Other, Expected, false, Hotline),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_one_category_of_the_class_its_first_digits_say() {
        for category in &CATALOGUE {
            assert_eq!(CATALOGUE.iter().filter(|other| other.code == category.code).count(), 1, "{}", category.code);
            assert_eq!(category.code.len(), 5);
            let of_class = category.code.starts_with(&category.class.code()[..2]);
            assert!(of_class || category.class == Other, "{}", category.code);
        }
    }

    #[test]
    fn danger_to_life_is_always_urgent_and_never_sent_to_the_hotline() {
        for category in CATALOGUE.iter().filter(|category| category.danger) {
            assert_ne!(category.urgency, Future, "{}", category.code);
            assert_ne!(category.call, Hotline, "{}", category.code);
        }
    }

    #[test]
    fn every_class_can_be_reported() {
        for class in Class::ALL {
            assert!(CATALOGUE.iter().any(|category| category.class == class), "{class:?}");
        }
    }

    #[test]
    fn an_unknown_code_is_no_category() {
        assert_eq!(Category::of("12G00").map(|category| category.call), Some(Fire));
        assert_eq!(Category::of("12g00"), None);
        assert_eq!(Category::of(""), None);
    }
}
