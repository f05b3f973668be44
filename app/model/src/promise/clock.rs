//! A clock that counts towards a promised time: it can stand still, and it stops when the promise is met.

use super::Term;
use crate::calendar::{Calendar, MINUTE};

/// A clock, as it is stored: everything else is computed. All times are UTC milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub term: Term,
    /// When the promise breaks.
    pub due: i64,
    /// Since when it stands still.
    pub paused_since: Option<i64>,
    /// When the promise was met.
    pub met_at: Option<i64>,
}

/// What a clock shows. Minutes are those that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Running {
        left: i64,
    },
    /// Somebody must be told.
    Soon {
        left: i64,
    },
    /// The promise is broken; nobody has met it.
    Late {
        by: i64,
    },
    Paused,
    Met {
        in_time: bool,
    },
}

impl Clock {
    /// A clock that starts now. `calendar` is that of `term.hours`, here and below.
    pub fn start(now: i64, term: Term, calendar: &Calendar, offset: impl Fn(i64) -> i32) -> Self {
        Self { term, due: calendar.add(now, term.minutes, offset), paused_since: None, met_at: None }
    }

    /// Stands still from now on; a clock that stands still or was met stays as it is.
    #[must_use]
    pub fn pause(self, now: i64) -> Self {
        let paused_since = self.paused_since.or_else(|| self.met_at.is_none().then_some(now));
        Self { paused_since, ..self }
    }

    /// Runs on: what was left when it stood still is left now. A promise that was broken before stays broken.
    #[must_use]
    pub fn resume(self, now: i64, calendar: &Calendar, offset: impl Fn(i64) -> i32) -> Self {
        match self.paused_since {
            Some(since) if since <= self.due => {
                let left = calendar.worked(since, self.due, &offset);
                Self { due: calendar.advance(now.max(since), left, offset), paused_since: None, ..self }
            }
            _ => Self { paused_since: None, ..self },
        }
    }

    /// The promise is met now; the first time counts.
    #[must_use]
    pub fn meet(self, now: i64, calendar: &Calendar, offset: impl Fn(i64) -> i32) -> Self {
        let resumed = self.resume(now, calendar, offset);
        Self { met_at: resumed.met_at.or(Some(now)), ..resumed }
    }

    /// Whether its time passes.
    pub fn is_running(self) -> bool {
        self.met_at.is_none() && self.paused_since.is_none()
    }

    /// What it shows at a moment.
    pub fn state(self, now: i64, calendar: &Calendar, offset: impl Fn(i64) -> i32) -> Reading {
        if let Some(met) = self.met_at {
            return Reading::Met { in_time: met <= self.due };
        }
        if self.paused_since.is_some() {
            return Reading::Paused;
        }
        if now > self.due {
            return Reading::Late { by: calendar.between(self.due, now, offset) };
        }
        let left = calendar.worked(now, self.due, offset);
        if left <= i64::from(self.term.margin()) * MINUTE {
            Reading::Soon { left: left / MINUTE }
        } else {
            Reading::Running { left: left / MINUTE }
        }
    }

    /// When somebody must be told that the promise is about to break, as seen at a moment: that moment itself when it is high time;
    /// never while the clock stands still or after the promise was met.
    pub fn alarm_at(self, now: i64, calendar: &Calendar, offset: impl Fn(i64) -> i32) -> Option<i64> {
        if !self.is_running() {
            return None;
        }
        let left = calendar.worked(now, self.due, &offset) - i64::from(self.term.margin()) * MINUTE;
        Some(if left <= 0 { now } else { calendar.advance(now, left, offset) })
    }

    /// When somebody must be told next, as seen at a moment: before the promise breaks, and once it has. What was so at `rung`, when
    /// somebody was told last, is told once.
    pub fn rings_at(
        self,
        rung: Option<i64>,
        now: i64,
        calendar: &Calendar,
        offset: impl Fn(i64) -> i32,
    ) -> Option<i64> {
        let near = self.alarm_at(rung.unwrap_or(now), calendar, offset)?;
        let Some(rung) = rung else { return Some(near) };
        [near, self.due.saturating_add(1)].into_iter().filter(|at| *at > rung).min()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{Span, Weekday};
    use crate::promise::Hours;

    /// 2026-03-02T00:00Z, a Monday.
    const MONDAY: i64 = 1_772_409_600_000;
    const TWO_HOURS: Term = Term { minutes: 120, hours: Hours::Working };

    fn utc(_: i64) -> i32 {
        0
    }

    fn office() -> Calendar {
        let day = vec![Span::parse("09:00-17:00").unwrap()];
        let week = Weekday::ALL.map(|weekday| if weekday >= Weekday::Saturday { Vec::new() } else { day.clone() });
        Calendar::new(week, BTreeSet::new(), BTreeMap::new()).unwrap()
    }

    fn on_monday(hour: i64, minute: i64) -> i64 {
        MONDAY + (hour * 60 + minute) * MINUTE
    }

    fn started() -> Clock {
        Clock::start(on_monday(10, 0), TWO_HOURS, &office(), utc)
    }

    #[test]
    fn a_clock_runs_comes_near_and_breaks() {
        let reading = |hour, minute| started().state(on_monday(hour, minute), &office(), utc);
        assert_eq!(reading(10, 0), Reading::Running { left: 120 });
        assert_eq!(reading(11, 29), Reading::Running { left: 31 });
        assert_eq!(reading(11, 30), Reading::Soon { left: 30 });
        assert_eq!(reading(12, 0), Reading::Soon { left: 0 });
        assert_eq!(reading(12, 7), Reading::Late { by: 7 });
    }

    #[test]
    fn the_alarm_rings_when_the_reading_changes_to_soon() {
        let clock = started();
        assert_eq!(clock.alarm_at(on_monday(10, 0), &office(), utc), Some(on_monday(11, 30)));
        assert_eq!(clock.alarm_at(on_monday(11, 45), &office(), utc), Some(on_monday(11, 45)));
        assert_eq!(clock.pause(on_monday(11, 0)).alarm_at(on_monday(11, 0), &office(), utc), None);
    }

    #[test]
    fn what_comes_near_and_what_is_broken_are_told_once_each() {
        let rings = |rung: Option<i64>, now| started().rings_at(rung, now, &office(), utc);
        assert_eq!(rings(None, on_monday(10, 0)), Some(on_monday(11, 30)));
        assert_eq!(rings(None, on_monday(13, 0)), Some(on_monday(13, 0)), "nobody was told: it is high time");
        assert_eq!(rings(Some(on_monday(10, 5)), on_monday(13, 0)), Some(on_monday(11, 30)), "of something else");
        assert_eq!(rings(Some(on_monday(11, 30)), on_monday(11, 45)), Some(on_monday(12, 0) + 1));
        assert_eq!(rings(Some(on_monday(12, 0) + 1), on_monday(13, 0)), None);
        let paused = started().pause(on_monday(11, 0));
        assert_eq!(paused.rings_at(None, on_monday(13, 0), &office(), utc), None);
    }

    #[test]
    fn waiting_for_the_citizen_takes_nothing_from_the_time() {
        let paused = started().pause(on_monday(11, 0));
        assert_eq!(paused.state(on_monday(16, 0), &office(), utc), Reading::Paused);
        let resumed = paused.resume(on_monday(16, 30), &office(), utc);
        // An hour was left: half of it today, half tomorrow.
        assert_eq!(resumed.due, on_monday(24 + 9, 30));
    }

    #[test]
    fn a_pause_does_not_mend_a_broken_promise() {
        let late = started().pause(on_monday(13, 0)).resume(on_monday(15, 0), &office(), utc);
        assert_eq!(late.due, on_monday(12, 0));
        assert_eq!(late.state(on_monday(15, 0), &office(), utc), Reading::Late { by: 180 });
    }

    #[test]
    fn a_promise_is_met_once_and_in_time_or_not() {
        let state = |clock: Clock| clock.state(on_monday(20, 0), &office(), utc);
        let met = started().meet(on_monday(12, 0), &office(), utc);
        assert_eq!(state(met), Reading::Met { in_time: true });
        assert_eq!(met.meet(on_monday(18, 0), &office(), utc), met);
        assert_eq!(met.pause(on_monday(18, 0)), met);
        assert_eq!(state(started().meet(on_monday(12, 1), &office(), utc)), Reading::Met { in_time: false });
    }

    #[test]
    fn what_is_met_while_the_clock_stands_still_is_met_in_time() {
        let met = started().pause(on_monday(11, 0)).meet(on_monday(16, 0), &office(), utc);
        assert_eq!(met.state(on_monday(16, 0), &office(), utc), Reading::Met { in_time: true });
    }

    proptest! {
        #[test]
        fn a_pause_leaves_what_was_left(before in 0_i64..30_000_000, long in 0_i64..900_000_000) {
            let (pause, resume) = (on_monday(10, 0) + before, on_monday(10, 0) + before + long);
            let clock = started();
            let left = office().worked(pause, clock.due, utc);
            let resumed = clock.pause(pause).resume(resume, &office(), utc);
            prop_assert_eq!(office().worked(resume, resumed.due, utc), if pause <= clock.due { left } else { 0 });
            prop_assert!(resumed.due >= clock.due);
        }

        #[test]
        fn the_alarm_never_rings_after_the_break_or_before_now(passed in 0_i64..100_000_000) {
            let now = on_monday(10, 0) + passed;
            let clock = started();
            let alarm = clock.alarm_at(now, &office(), utc).unwrap();
            prop_assert!(alarm >= now);
            prop_assert!(alarm <= clock.due.max(now));
        }
    }
}
