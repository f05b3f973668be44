//! The two clocks of a report, and how they follow its state.

use super::{Clock, Hours, Term, Terms};
use crate::calendar::Calendar;
use crate::status::Status;

/// The clocks of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    pub answer: Clock,
    pub act: Clock,
}

/// The calendars of a department, and the local clocks.
#[derive(Clone, Copy, Debug)]
pub struct Timing<'a, F> {
    pub working: &'a Calendar,
    pub always: &'a Calendar,
    /// Minutes east of UTC at a UTC moment.
    pub offset: F,
}

impl<F: Fn(i64) -> i32> Timing<'_, F> {
    /// The calendar whose minutes count.
    pub fn calendar(&self, hours: Hours) -> &Calendar {
        match hours {
            Hours::RoundTheClock => self.always,
            Hours::Working => self.working,
        }
    }
}

/// Whether somebody has taken the report up.
fn is_answer(status: Status) -> bool {
    status.is_closed() || matches!(status, Status::InProgress | Status::Waiting)
}

impl Promise {
    /// Both clocks start when the report is received.
    pub fn start<F: Fn(i64) -> i32>(received_at: i64, terms: Terms, timing: &Timing<'_, F>) -> Self {
        let clock = |term: Term| Clock::start(received_at, term, timing.calendar(term.hours), &timing.offset);
        Self { answer: clock(terms.answer), act: clock(terms.act) }
    }

    /// The clocks after the report has moved to another state.
    ///
    /// Whoever is at work, asks back or closes has answered; whoever closes has acted. Waiting for the citizen stops the clock of the
    /// act. A report that is opened again gets the whole of both times again.
    #[must_use]
    pub fn moved<F: Fn(i64) -> i32>(self, to: Status, now: i64, timing: &Timing<'_, F>) -> Self {
        if to == Status::Reopened {
            return Self::start(now, Terms { answer: self.answer.term, act: self.act.term }, timing);
        }
        let meet = |clock: Clock| clock.meet(now, timing.calendar(clock.term.hours), &timing.offset);
        let answer = if is_answer(to) { meet(self.answer) } else { self.answer };
        let act = if to.is_closed() {
            meet(self.act)
        } else if to == Status::Waiting {
            self.act.pause(now)
        } else {
            self.act.resume(now, timing.calendar(self.act.term.hours), &timing.offset)
        };
        Self { answer, act }
    }

    /// The next promised time that is open and runs.
    pub fn due(self) -> Option<i64> {
        [self.answer, self.act].into_iter().filter(|clock| clock.is_running()).map(|clock| clock.due).min()
    }

    /// When the next alarm of either is, as seen at a moment: see [`Clock::rings_at`].
    pub fn rings_at<F: Fn(i64) -> i32>(self, rung: Option<i64>, now: i64, timing: &Timing<'_, F>) -> Option<i64> {
        let rings = |clock: Clock| clock.rings_at(rung, now, timing.calendar(clock.term.hours), &timing.offset);
        [self.answer, self.act].into_iter().filter_map(rings).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::MINUTE;
    use crate::promise::Reading;

    /// 2026-03-02T00:00Z.
    const START: i64 = 1_772_409_600_000;

    fn with<T>(test: impl FnOnce(&Timing<'_, fn(i64) -> i32>, Promise) -> T) -> T {
        let always = Calendar::always();
        let timing = Timing { working: &always, always: &always, offset: (|_| 480) as fn(i64) -> i32 };
        let terms = Terms::of(crate::category::Category::of("12P00").unwrap(), false);
        test(&timing, Promise::start(START, terms, &timing))
    }

    fn hours(hours: i64) -> i64 {
        START + hours * 60 * MINUTE
    }

    #[test]
    fn sorting_is_no_answer_and_being_at_work_is() {
        with(|timing, promise| {
            let sorted = promise.moved(Status::Triaged, hours(1), timing).moved(Status::Assigned, hours(1), timing);
            assert_eq!(sorted, promise);
            let at_work = sorted.moved(Status::InProgress, hours(1), timing);
            assert_eq!(at_work.answer.met_at, Some(hours(1)));
            assert_eq!(at_work.act.met_at, None);
        });
    }

    #[test]
    fn asking_the_citizen_answers_and_stops_the_clock() {
        with(|timing, promise| {
            let waiting = promise.moved(Status::Waiting, hours(1), timing);
            assert_eq!((waiting.due(), waiting.rings_at(None, hours(1), timing)), (None, None));
            let answered = waiting.moved(Status::InProgress, hours(11), timing);
            assert_eq!(answered.due(), Some(promise.act.due + 10 * 60 * MINUTE));
        });
    }

    #[test]
    fn the_nearer_promise_is_due_first() {
        with(|timing, promise| {
            assert_eq!(promise.due(), Some(hours(2)));
            assert_eq!(promise.rings_at(None, START, timing), Some(hours(2) - 30 * MINUTE));
            assert_eq!(promise.moved(Status::InProgress, hours(1), timing).due(), Some(hours(24)));
            let broken = Some(hours(2) + 1);
            assert_eq!(promise.rings_at(broken, hours(3), timing), Some(hours(18)), "that the act comes near, too");
        });
    }

    #[test]
    fn closing_meets_both_and_opening_again_promises_anew() {
        with(|timing, promise| {
            let closed = promise.moved(Status::Refused, hours(3), timing);
            let reading = |clock: Clock| clock.state(hours(4), timing.always, timing.offset);
            assert_eq!(reading(closed.answer), Reading::Met { in_time: false });
            assert_eq!(reading(closed.act), Reading::Met { in_time: true });
            let again = closed.moved(Status::Reopened, hours(48), timing);
            assert_eq!((again.answer.due, again.act.due), (hours(50), hours(72)));
            assert_eq!(again.act.met_at, None);
        });
    }
}
