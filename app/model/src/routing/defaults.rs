//! The rules that stand after a city's own: each category to the department that takes it, the rest to the duty desk.

use super::rule::{Rule, When};
use crate::category::CATALOGUE;
use crate::department::{DEPARTMENTS, Department};

/// The rule for what no other took. It asks nothing, so it always fits.
pub fn last() -> Rule {
    Rule { code: "default-duty".to_owned(), department: Department::duty().code.to_owned(), when: When::default() }
}

/// A rule for each department but the duty desk.
pub fn by_department() -> Vec<Rule> {
    let takers = DEPARTMENTS.iter().filter(|department| !department.is_duty());
    takers
        .map(|department| {
            let taken = CATALOGUE.iter().filter(|category| Department::for_category(category) == department);
            let categories = taken.map(|category| category.code.to_owned()).collect();
            let when = When { categories, ..When::default() };
            Rule { code: format!("default-{}", department.code), department: department.code.to_owned(), when }
        })
        .collect()
}
