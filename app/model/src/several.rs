//! Several reports at once, as a table.

use serde::{Deserialize, Serialize};

use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;

/// How many reports one table holds at most.
pub const MOST: usize = 100;

/// The form as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawSeveral {
    /// Made with the form: the key of every report follows from it, so that sending twice stores nothing twice.
    pub key: String,
    /// A line for each report, the first line names the columns.
    pub table: String,
    /// `send` once it was looked at; anything else shows what each line becomes.
    pub act: String,
    /// The list of what was stored under this key before, where the lines are the rest of a table; and how many that were.
    pub sent: String,
    pub from: String,
}

impl RawSeveral {
    /// The key, and a table that is no longer than it may be.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn parse(&self) -> Result<(Key, &str), Vec<Problem>> {
        let mut problems = Problems::default();
        let key = Key::parse(&self.key);
        if key.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        if problems.text(Field::Table, &self.table).is_none() {
            problems.add(Field::Table, Fault::Missing);
        }
        problems.or(key).map(|key| (key, self.table.as_str()))
    }
}

/// The key of the report that a place in a table becomes.
pub fn key_of(table: Key, place: usize) -> Key {
    table.derived(Key::from_parts(u64::try_from(place).unwrap_or(u64::MAX), &[0; 10]))
}
