//! What the city promises: to answer within a time, and to act within a time.
//!
//! The defaults follow the Beijing practice of 接诉即办 (draft standard of December 2021): what comes in by the web is taken up within
//! 2 hours; the outcome is told within 2 hours for emergencies and the safety of life, 24 hours for water, power and gas, 7 days
//! otherwise, 15 days for what is complex. Days are calendar days. Our own addition: an emergency is answered within 15 minutes.

pub mod clock;
pub mod kept;

pub use clock::{Clock, Reading};
pub use kept::{Promise, Timing};

use crate::category::{Category, Class, Urgency};

/// Which minutes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hours {
    RoundTheClock,
    /// Those of the department's working calendar.
    Working,
}

/// A promised time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub minutes: u32,
    pub hours: Hours,
}

/// What is promised for a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Terms {
    /// Until somebody has taken it up: is at work, asks back, or has closed it.
    pub answer: Term,
    /// Until it is closed with a reason.
    pub act: Term,
}

impl Term {
    /// How long before it breaks somebody is told, in minutes that count: a quarter of it, and never less than five.
    pub fn margin(self) -> u32 {
        (self.minutes / 4).max(5)
    }
}

const fn minutes(minutes: u32) -> Term {
    Term { minutes, hours: Hours::RoundTheClock }
}

const fn hours(hours: u32) -> Term {
    minutes(hours * 60)
}

const fn days(days: u32) -> Term {
    hours(days * 24)
}

const fn working(hours: u32) -> Term {
    Term { minutes: hours * 60, hours: Hours::Working }
}

const EMERGENCY: Terms = Terms { answer: minutes(15), act: hours(2) };
const SUPPLY: Terms = Terms { answer: hours(2), act: hours(24) };
const ORDINARY: Terms = Terms { answer: working(2), act: days(7) };
const COMPLEX: Terms = Terms { answer: working(2), act: days(15) };

/// Where a category has terms of its own.
static BY_CATEGORY: [(&str, Terms); 3] = [
    ("12P00", SUPPLY),
    // Pollution takes samples, a laboratory and often a hearing.
    ("12Q00", COMPLEX),
    // Spoilt food and bad medicine are still on sale while people wait.
    ("13B00", SUPPLY),
];

/// Where a class has: illness and weather do not keep office hours.
static BY_CLASS: [(Class, Terms); 2] = [(Class::Health, SUPPLY), (Class::Natural, SUPPLY)];

impl Terms {
    /// The terms of a report: those of an emergency when somebody is in danger or the kind is urgent; else by category, by class, by
    /// urgency, in this order.
    pub fn of(category: &Category, danger: bool) -> Self {
        if danger || category.danger || category.urgency == Urgency::Immediate {
            return EMERGENCY;
        }
        let own = BY_CATEGORY.iter().find(|(code, _)| *code == category.code).map(|(_, terms)| *terms);
        let of_class = || BY_CLASS.iter().find(|(class, _)| *class == category.class).map(|(_, terms)| *terms);
        own.or_else(of_class).unwrap_or(match category.urgency {
            Urgency::Immediate => EMERGENCY,
            Urgency::Expected => ORDINARY,
            Urgency::Future => COMPLEX,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::CATALOGUE;

    fn terms(code: &str) -> Terms {
        Terms::of(Category::of(code).unwrap(), false)
    }

    #[test]
    fn danger_makes_an_emergency_of_every_kind() {
        for category in &CATALOGUE {
            assert_eq!(Terms::of(category, true), EMERGENCY, "{}", category.code);
            assert!(!category.danger || Terms::of(category, false) == EMERGENCY, "{}", category.code);
        }
    }

    #[test]
    fn a_category_comes_before_its_class_and_a_class_before_the_rest() {
        assert_eq!(terms("12Q00"), COMPLEX);
        assert_eq!(terms("12P00").act, Term { minutes: 1_440, hours: Hours::RoundTheClock });
        assert_eq!(terms("13A00"), SUPPLY);
        assert_eq!(terms("19000"), ORDINARY);
        assert_eq!(terms("20000").act.minutes, 15 * 1_440);
    }

    #[test]
    fn every_table_row_names_a_category_that_could_use_it() {
        for (code, _) in &BY_CATEGORY {
            assert!(Category::of(code).is_some_and(|category| category.urgency != Urgency::Immediate), "{code}");
        }
    }

    #[test]
    fn no_answer_is_promised_later_than_two_hours_and_none_after_the_act() {
        for category in &CATALOGUE {
            let Terms { answer, act } = terms(category.code);
            assert!(answer.minutes <= 120 && answer.minutes < act.minutes, "{}", category.code);
        }
    }

    #[test]
    fn somebody_is_told_a_quarter_before_and_at_least_five_minutes() {
        assert_eq!(hours(2).margin(), 30);
        assert_eq!(minutes(15).margin(), 5);
    }
}
