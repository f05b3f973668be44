//! The promised times of a report, as it is stored and as it is shown.

use jiff::Timestamp;
use model::calendar::Calendar;
use model::category::Category;
use model::promise::{Clock, Promise, Reading, Terms, Timing};
use store::{Handling, NEVER, ReportRow};

use crate::follow::WAIT;
use crate::ownership::OFFER;
use crate::{Home, Hub};

/// What the two clocks of a report show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    pub answer: Shown,
    pub act: Shown,
}

/// A clock, read at one moment. Times are UTC milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub due: i64,
    pub met_at: Option<i64>,
    pub reading: Reading,
}

impl Home {
    /// Minutes east of UTC at a moment.
    pub(crate) fn offset(&self, millis: i64) -> i32 {
        let moment = Timestamp::from_millisecond(millis).unwrap_or_default();
        self.zone.to_offset(moment).seconds() / 60
    }

    /// Whether the departments that keep office hours are at work.
    pub fn is_open(&self, millis: i64) -> bool {
        self.working.is_open(millis, |millis| self.offset(millis))
    }

    /// Runs `read` with the calendars of the portal.
    pub(crate) fn timed<T>(&self, read: impl FnOnce(&Timing<'_, &dyn Fn(i64) -> i32>) -> T) -> T {
        let always = Calendar::always();
        let offset = |millis| self.offset(millis);
        read(&Timing { working: &self.working, always: &always, offset: &offset })
    }
}

/// The promise of a report: its terms follow from what it is, the rest is stored.
pub(crate) fn promise(category: &str, danger: bool, handling: &Handling) -> Option<Promise> {
    let Terms { answer, act } = Terms::of(Category::of(category)?, danger);
    Some(Promise {
        answer: Clock { term: answer, due: handling.answer_due, paused_since: None, met_at: handling.answered_at },
        act: Clock { term: act, due: handling.act_due, paused_since: handling.paused_at, met_at: handling.acted_at },
    })
}

/// The handling with another promise; the next alarm is as seen at `now`.
pub(crate) fn keep(home: &Home, handling: Handling, promise: Promise, now: i64) -> Handling {
    let handling = Handling {
        answer_due: promise.answer.due,
        answered_at: promise.answer.met_at,
        act_due: promise.act.due,
        acted_at: promise.act.met_at,
        paused_at: promise.act.paused_since,
        due: promise.due().unwrap_or(NEVER),
        ..handling
    };
    scheduled(home, handling, Some(promise), now)
}

/// The handling with its next alarm, as seen at `now`: a clock, the end of an offer, or the end of a wait.
fn scheduled(home: &Home, handling: Handling, promise: Option<Promise>, now: i64) -> Handling {
    let clock = promise.and_then(|promise| home.timed(|timing| promise.rings_at(handling.rung_at, now, timing)));
    let offer = handling.offered_at.map(|since| since + OFFER);
    let wait = handling.paused_at.map(|since| since + WAIT);
    let next = clock.into_iter().chain(offer).chain(wait).min();
    Handling { alarm_at: next.filter(|_| handling.closed_at.is_none()), ..handling }
}

impl Hub {
    /// The handling with its next alarm, after something else of it has changed.
    pub(crate) fn scheduled(&self, row: &ReportRow, handling: Handling) -> Handling {
        let promise = promise(&row.category, row.danger, &handling);
        scheduled(&self.0.home, handling, promise, self.now())
    }

    /// The handling with the whole of both times from now on.
    pub(crate) fn promised_anew(&self, row: &ReportRow, handling: Handling) -> Handling {
        let now = self.now();
        match Category::of(&row.category) {
            Some(category) => {
                let terms = Terms::of(category, row.danger);
                keep(&self.0.home, handling, self.0.home.timed(|timing| Promise::start(now, terms, timing)), now)
            }
            None => handling,
        }
    }

    /// What the clocks of a report show now.
    pub(crate) fn clocks(&self, category: &str, danger: bool, handling: &Handling) -> Option<Clocks> {
        let promise = promise(category, danger, handling)?;
        let now = self.now();
        Some(self.0.home.timed(|timing| {
            let shown = |clock: Clock| Shown {
                due: clock.due,
                met_at: clock.met_at,
                reading: clock.state(now, timing.calendar(clock.term.hours), timing.offset),
            };
            Clocks { answer: shown(promise.answer), act: shown(promise.act) }
        }))
    }
}
