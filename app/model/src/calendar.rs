//! Working calendars: which minutes count when somebody has promised to act within so many.
//!
//! A calendar speaks of local days; a moment is UTC milliseconds. What lies between comes in as `offset`: the minutes east of UTC that
//! the local clocks show at a UTC moment. Clocks may change once a day at most.

pub mod date;
pub mod span;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

pub use date::{Date, Weekday};
pub use span::{DAY, Span};

/// Milliseconds of a minute.
pub const MINUTE: i64 = 60_000;
/// How far a calendar looks ahead, in milliseconds: five years. Longer waits end there, so a calendar without working days ends too.
pub const HORIZON: i64 = 5 * 366 * 24 * 60 * MINUTE;

/// When people work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Calendar {
    week: [Vec<Span>; 7],
    holidays: BTreeSet<Date>,
    extra: BTreeMap<Date, Vec<Span>>,
}

/// What is wrong with a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// Two spans of the day overlap, or do not stand in order.
    Order(Weekday),
    /// The same on a working day out of turn.
    ExtraOrder(Date),
    /// The day is a holiday and a working day out of turn.
    Both(Date),
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order(day) => write!(f, "the working hours of {} overlap or are out of order", day.name()),
            Self::ExtraOrder(date) => write!(f, "the working hours of {date} overlap or are out of order"),
            Self::Both(date) => write!(f, "{date} is a holiday and a working day"),
        }
    }
}

/// The form of configuration: hours by weekday, holidays, and working days out of turn (调休) with their hours.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    week: BTreeMap<Weekday, Vec<Span>>,
    holidays: BTreeSet<Date>,
    extra: BTreeMap<Date, Vec<Span>>,
}

impl TryFrom<Raw> for Calendar {
    type Error = CalendarError;

    fn try_from(raw: Raw) -> Result<Self, CalendarError> {
        let week = Weekday::ALL.map(|day| raw.week.get(&day).cloned().unwrap_or_default());
        Self::new(week, raw.holidays, raw.extra)
    }
}

impl From<Calendar> for Raw {
    fn from(calendar: Calendar) -> Self {
        let Calendar { week, holidays, extra } = calendar;
        let week = Weekday::ALL.into_iter().zip(week).filter(|(_, spans)| !spans.is_empty()).collect();
        Self { week, holidays, extra }
    }
}

impl Calendar {
    /// A calendar of the hours of each weekday, Monday first; `extra` days have hours of their own, whatever weekday they are.
    ///
    /// # Errors
    /// When the hours of a day overlap or are out of order, or a day is both a holiday and an extra working day.
    pub fn new(
        week: [Vec<Span>; 7],
        holidays: BTreeSet<Date>,
        extra: BTreeMap<Date, Vec<Span>>,
    ) -> Result<Self, CalendarError> {
        if let Some((day, _)) = Weekday::ALL.into_iter().zip(&week).find(|(_, spans)| !span::in_order(spans)) {
            return Err(CalendarError::Order(day));
        }
        if let Some((date, _)) = extra.iter().find(|(_, spans)| !span::in_order(spans)) {
            return Err(CalendarError::ExtraOrder(*date));
        }
        if let Some(date) = extra.keys().find(|date| holidays.contains(date)) {
            return Err(CalendarError::Both(*date));
        }
        Ok(Self { week, holidays, extra })
    }

    /// Every minute counts.
    pub fn always() -> Self {
        let week = Weekday::ALL.map(|_| vec![Span::WHOLE_DAY]);
        Self { week, holidays: BTreeSet::new(), extra: BTreeMap::new() }
    }

    fn spans(&self, date: Date) -> &[Span] {
        if let Some(spans) = self.extra.get(&date) {
            return spans;
        }
        if self.holidays.contains(&date) {
            return &[];
        }
        let day = date.weekday();
        Weekday::ALL.into_iter().zip(&self.week).find(|(other, _)| *other == day).map_or(&[], |(_, spans)| spans)
    }

    /// Whether people work at a moment.
    pub fn is_open(&self, at: i64, offset: impl Fn(i64) -> i32) -> bool {
        let (date, local) = date::local(at, offset(at));
        self.spans(date).iter().any(|span| span.holds(local))
    }

    /// The moment at which `minutes` of work have passed since `start`; at most [`HORIZON`] away.
    pub fn add(&self, start: i64, minutes: u32, offset: impl Fn(i64) -> i32) -> i64 {
        self.advance(start, i64::from(minutes) * MINUTE, offset)
    }

    /// The whole minutes of work between two moments; none when `to` is not later.
    pub fn between(&self, from: i64, to: i64, offset: impl Fn(i64) -> i32) -> i64 {
        self.worked(from, to, offset) / MINUTE
    }

    /// [`Calendar::add`], in milliseconds.
    pub fn advance(&self, start: i64, work: i64, offset: impl Fn(i64) -> i32) -> i64 {
        let end = start.saturating_add(HORIZON);
        let (mut at, mut left) = (start, work);
        while left > 0 && at < end {
            let stretch = self.stretch(at, &offset);
            if stretch.open && stretch.until - at >= left {
                return (at + left).min(end);
            }
            left -= if stretch.open { stretch.until - at } else { 0 };
            at = stretch.until;
        }
        at.min(end)
    }

    /// [`Calendar::between`], in milliseconds.
    pub fn worked(&self, from: i64, to: i64, offset: impl Fn(i64) -> i32) -> i64 {
        let to = to.min(from.saturating_add(HORIZON));
        let (mut at, mut worked) = (from, 0);
        while at < to {
            let stretch = self.stretch(at, &offset);
            let until = stretch.until.min(to);
            worked += if stretch.open { until - at } else { 0 };
            at = until;
        }
        worked
    }

    /// How the time goes on from a moment.
    fn stretch(&self, at: i64, offset: &impl Fn(i64) -> i32) -> Stretch {
        let minutes = offset(at);
        let (date, local) = date::local(at, minutes);
        let mut open = false;
        let mut edge = i64::from(DAY) * MINUTE;
        for span in self.spans(date) {
            if span.holds(local) {
                (open, edge) = (true, span.until());
                break;
            }
            if span.from() > local {
                edge = span.from();
                break;
            }
        }
        let until = at.saturating_add(edge - local);
        Stretch { open, until: first_change(at, until, minutes, offset).max(at.saturating_add(1)) }
    }
}

/// A time in which people work throughout, or not at all.
struct Stretch {
    open: bool,
    until: i64,
}

/// The first moment in `(from, to]` at which the offset is another; `to` when there is none.
fn first_change(from: i64, to: i64, minutes: i32, offset: &impl Fn(i64) -> i32) -> i64 {
    if offset(to) == minutes {
        return to;
    }
    let (mut same, mut other) = (from, to);
    while other - same > 1 {
        let middle = same + (other - same) / 2;
        if offset(middle) == minutes { same = middle } else { other = middle }
    }
    other
}

#[cfg(test)]
mod tests;
