//! The hub's running counts: reports by category, cell and hour.

use crate::cell::Cell;

/// The length of an hour in milliseconds.
const HOUR: i64 = 3_600_000;

/// Hours since 1970-01-01T00:00Z, rounded down, also before it.
pub fn hour_of(millis: i64) -> i64 {
    millis.div_euclid(HOUR)
}

/// The start of an hour, in UTC milliseconds.
pub fn start_of(hour: i64) -> i64 {
    hour.saturating_mul(HOUR)
}

/// What one count is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    pub category: String,
    pub cell: Option<Cell>,
    pub hour: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_counted_from_the_epoch_also_backwards() {
        assert_eq!((hour_of(0), hour_of(HOUR - 1), hour_of(HOUR), hour_of(-1)), (0, 0, 1, -1));
        assert_eq!(start_of(hour_of(7_200_001)), 7_200_000);
    }
}
