//! The departments among which reports are divided, as data. What people call them stands beside the other texts, as
//! `department-police`.

use crate::category::Category;

/// A department: it has one queue.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Department {
    pub code: &'static str,
    /// The categories it takes when no rule says otherwise: codes, or prefixes of codes. The longest prefix wins.
    takes: &'static [&'static str],
}

const fn row(code: &'static str, takes: &'static [&'static str]) -> Department {
    Department { code, takes }
}

/// Every department. The last is the duty desk, where everything ends that nobody else takes.
pub static DEPARTMENTS: [Department; 8] = [
    row("fire", &["11", "12G00", "12D00", "12C00", "12E00", "12J00", "12N00"]),
    row("police", &["14", "12L00", "12S00"]),
    row("traffic", &["12H00", "11B08"]),
    row("health", &["13"]),
    row("environment", &["12Q00", "12T00"]),
    row("safety", &["20000"]),
    row("utilities", &["12P00"]),
    row("duty", &[]),
];

impl Department {
    /// The department of `code`, if there is one.
    pub fn of(code: &str) -> Option<&'static Self> {
        DEPARTMENTS.iter().find(|department| department.code == code)
    }

    /// The duty desk: it cannot refuse, and what is stuck comes here.
    pub fn duty() -> &'static Self {
        let [.., duty] = &DEPARTMENTS;
        duty
    }

    pub fn is_duty(&self) -> bool {
        self.code == Self::duty().code
    }

    /// Who takes a category when no rule says otherwise; the duty desk for what nobody takes.
    pub fn for_category(category: &Category) -> &'static Self {
        let fitting = |department: &'static Self| {
            let prefixes = department.takes.iter().filter(|prefix| category.code.starts_with(**prefix));
            prefixes.map(|prefix| prefix.len()).max().map(|length| (length, department))
        };
        let longest = DEPARTMENTS.iter().filter_map(fitting).max_by_key(|(length, _)| *length);
        longest.map_or(Self::duty(), |(_, department)| department)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::{CATALOGUE, Service};

    fn taker(code: &str) -> &'static str {
        Department::for_category(Category::of(code).unwrap()).code
    }

    #[test]
    fn a_code_names_one_department() {
        for department in &DEPARTMENTS {
            assert_eq!(Department::of(department.code), Some(department));
            assert_eq!(DEPARTMENTS.iter().filter(|other| other.code == department.code).count(), 1);
        }
        assert_eq!(Department::of("Fire"), None);
    }

    #[test]
    fn what_a_department_takes_is_in_the_catalogue_and_taken_once() {
        let all: Vec<&str> = DEPARTMENTS.iter().flat_map(|department| department.takes).copied().collect();
        for prefix in &all {
            assert!(CATALOGUE.iter().any(|category| category.code.starts_with(prefix)), "{prefix}");
            assert_eq!(all.iter().filter(|other| other == &prefix).count(), 1, "{prefix}");
        }
    }

    #[test]
    fn the_longest_prefix_wins_and_the_rest_goes_to_the_duty_desk() {
        assert_eq!(taker("11A02"), "fire");
        assert_eq!(taker("11B08"), "traffic");
        assert_eq!(taker("12P00"), "utilities");
        assert_eq!(taker("19000"), "duty");
        assert!(Department::duty().is_duty());
    }

    #[test]
    fn who_answers_the_telephone_for_a_danger_also_gets_the_report() {
        for category in CATALOGUE.iter().filter(|category| category.danger) {
            let expected: &[&str] = match category.call {
                Service::Fire => &["fire", "environment"],
                Service::Police => &["police"],
                Service::Ambulance => &["health"],
                Service::Traffic => &["traffic"],
                Service::Hotline => &[],
            };
            assert!(expected.contains(&taker(category.code)), "{}", category.code);
        }
    }
}
