//! A span of a day: from a minute to a later one. Written `09:00-17:30`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::MINUTE;
use super::date::digits;

/// Minutes of a day.
pub const DAY: u32 = 24 * 60;

/// From a minute of the day, included, to a later one, not included; never over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    from: u32,
    until: u32,
}

impl Span {
    pub const WHOLE_DAY: Self = Self { from: 0, until: DAY };

    /// Minutes since midnight; `None` when the end is not later than the beginning, or after midnight.
    pub fn new(from: u32, until: u32) -> Option<Self> {
        (from < until && until <= DAY).then_some(Self { from, until })
    }

    /// Reads `09:00-17:30`; the end may be `24:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once('-')?;
        Self::new(minute(from)?, minute(until)?)
    }

    /// The beginning, in milliseconds since midnight.
    pub fn from(self) -> i64 {
        i64::from(self.from) * MINUTE
    }

    /// The end, in milliseconds since midnight.
    pub fn until(self) -> i64 {
        i64::from(self.until) * MINUTE
    }

    /// Whether it holds a time, in milliseconds since midnight.
    pub fn holds(self, time: i64) -> bool {
        (self.from()..self.until()).contains(&time)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, until } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, until / 60, until % 60)
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl TryFrom<String> for Span {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("working hours are written like 09:00-17:30")
    }
}

/// The minute of the day that `09:30` says; `24:00` is its end.
pub fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (digits(hour, 2)?, digits(minute, 2)?);
    let minutes = u32::try_from(hour * 60 + minute).ok()?;
    (minute < 60 && minutes <= DAY).then_some(minutes)
}

/// Whether each span ends before the next begins.
pub(super) fn in_order(spans: &[Span]) -> bool {
    spans.iter().zip(spans.iter().skip(1)).all(|(first, second)| first.until <= second.from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hours_are_read_as_they_are_written() {
        assert_eq!(Span::parse("09:00-17:30"), Span::new(540, 1050));
        assert_eq!(Span::parse("00:00-24:00"), Some(Span::WHOLE_DAY));
        for text in ["17:30-09:00", "09:00-09:00", "9:00-17:30", "09:60-17:30", "09:00-24:01", "09:00–17:30", "-", ""]
        {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_end_is_not_part_of_it() {
        let span = Span::parse("09:00-17:30").unwrap();
        assert!(span.holds(540 * MINUTE) && span.holds(1050 * MINUTE - 1));
        assert!(!span.holds(1050 * MINUTE) && !span.holds(540 * MINUTE - 1));
    }

    proptest! {
        #[test]
        fn a_span_survives_the_way_through_text(from in 0..DAY, long in 1..=DAY) {
            if let Some(span) = Span::new(from, from + long) {
                prop_assert_eq!(Span::parse(&span.to_string()), Some(span));
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC*") {
            let _ = Span::parse(&text);
        }
    }
}
