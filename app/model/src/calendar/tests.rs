use proptest::prelude::*;

use super::*;

const EAST: i32 = 480;

fn china(_: i64) -> i32 {
    EAST
}

/// Clocks that go forward an hour at one moment and back at another, as in much of Europe in 2026.
fn summer(at: i64) -> i32 {
    // 2026-03-29T01:00Z and 2026-10-25T01:00Z.
    if (1_774_746_000_000..1_792_890_000_000).contains(&at) { 120 } else { 60 }
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Nine to twelve and half past one to half past five, Monday to Friday; the holidays of the spring festival of 2026, and the
/// Saturday worked for them.
fn office() -> Calendar {
    let hours = |texts: &[&str]| texts.iter().map(|text| Span::parse(text).unwrap()).collect::<Vec<_>>();
    let day = hours(&["09:00-12:00", "13:30-17:30"]);
    let week = Weekday::ALL.map(|weekday| if weekday >= Weekday::Saturday { Vec::new() } else { day.clone() });
    let holidays = (15..=23).map(|number| Date::new(2026, 2, number).unwrap()).collect();
    let extra = [(date("2026-02-14"), hours(&["09:00-12:00"]))].into();
    Calendar::new(week, holidays, extra).unwrap()
}

/// The UTC moment of a local time in China.
fn at(day: &str, time: &str) -> i64 {
    let (year, month, number) = date(day).civil();
    let midnight = (0..40_000_i64).find(|days| date::local(days * 86_400_000, 0).0.civil() == (year, month, number));
    midnight.unwrap() * 86_400_000 + (i64::from(span::minute(time).unwrap()) - i64::from(EAST)) * MINUTE
}

#[test]
fn the_clock_stands_still_at_noon_at_night_and_over_the_weekend() {
    let office = office();
    // Friday, an hour before the end, and two hours to go.
    assert_eq!(office.add(at("2026-03-06", "16:30"), 120, china), at("2026-03-09", "10:00"));
    assert_eq!(office.add(at("2026-03-06", "11:30"), 60, china), at("2026-03-06", "14:00"));
    assert_eq!(office.between(at("2026-03-06", "12:00"), at("2026-03-09", "09:00"), china), 240);
}

#[test]
fn what_comes_at_night_starts_in_the_morning() {
    assert_eq!(office().add(at("2026-03-05", "23:00"), 30, china), at("2026-03-06", "09:30"));
}

#[test]
fn a_holiday_does_not_count_and_a_saturday_worked_for_it_does() {
    let office = office();
    assert!(!office.is_open(at("2026-02-17", "10:00"), china));
    assert!(office.is_open(at("2026-02-14", "10:00"), china));
    assert!(!office.is_open(at("2026-02-14", "14:00"), china));
    assert!(!office.is_open(at("2026-02-28", "10:00"), china));
    assert_eq!(office.add(at("2026-02-14", "11:00"), 90, china), at("2026-02-24", "09:30"));
}

#[test]
fn round_the_clock_every_minute_counts() {
    let start = at("2026-02-17", "03:07");
    assert_eq!(Calendar::always().add(start, 120, china), start + 120 * MINUTE);
    assert_eq!(Calendar::always().add(start, 0, china), start);
}

#[test]
fn an_hour_that_the_clocks_leave_out_or_repeat_is_counted_as_it_passes() {
    let nights = Weekday::ALL.map(|_| vec![Span::parse("00:00-06:00").unwrap()]);
    let nights = Calendar::new(nights, BTreeSet::new(), BTreeMap::new()).unwrap();
    // Local midnight of 29 March is 23:00Z; the night is five hours long. That of 25 October is 22:00Z, and has seven.
    let (spring, autumn) = (1_774_738_800_000, 1_792_879_200_000);
    assert_eq!(nights.between(spring, spring + 12 * 60 * MINUTE, summer), 5 * 60);
    assert_eq!(nights.between(autumn, autumn + 12 * 60 * MINUTE, summer), 7 * 60);
}

#[test]
fn a_calendar_without_working_days_ends_at_the_horizon() {
    let never = Calendar::new(Default::default(), BTreeSet::new(), BTreeMap::new()).unwrap();
    let start = at("2026-03-06", "16:30");
    assert_eq!(never.add(start, 1, china), start + HORIZON);
    assert_eq!(never.between(start, i64::MAX, china), 0);
    assert_eq!(Calendar::always().add(i64::MAX, 5, china), i64::MAX);
}

#[test]
fn a_day_in_disorder_is_no_calendar() {
    let overlap: Vec<Span> = ["09:00-12:00", "11:00-13:00"].iter().map(|text| Span::parse(text).unwrap()).collect();
    let mut week: [Vec<Span>; 7] = Default::default();
    week[1].clone_from(&overlap);
    let day = date("2026-02-14");
    let error =
        |week, holidays: &[Date], extra| Calendar::new(week, holidays.iter().copied().collect(), extra).unwrap_err();
    assert_eq!(error(week, &[], BTreeMap::new()), CalendarError::Order(Weekday::Tuesday));
    assert_eq!(error(Default::default(), &[], [(day, overlap)].into()), CalendarError::ExtraOrder(day));
    assert_eq!(error(Default::default(), &[day], [(day, Vec::new())].into()), CalendarError::Both(day));
}

#[test]
fn a_calendar_survives_the_way_through_configuration() {
    assert_eq!(Calendar::try_from(Raw::from(office())), Ok(office()));
    assert_eq!(Calendar::try_from(Raw::from(Calendar::always())), Ok(Calendar::always()));
}

proptest! {
    #[test]
    fn what_is_added_lies_between(start in 1_760_000_000_000_i64..1_800_000_000_000, minutes in 0_u32..50_000) {
        for (calendar, offset) in [(office(), china as fn(i64) -> i32), (office(), summer), (Calendar::always(), summer)] {
            let due = calendar.add(start, minutes, offset);
            prop_assert_eq!(calendar.between(start, due, offset), i64::from(minutes));
        }
    }

    #[test]
    fn more_minutes_are_never_sooner(start in 1_760_000_000_000_i64..1_800_000_000_000, less in 0_u32..20_000, more in 0_u32..20_000) {
        let office = office();
        let first = office.add(start, less, summer);
        prop_assert!(office.add(start, less + more, summer) >= first);
        prop_assert!(office.add(start + i64::from(more), less, summer) >= first);
        prop_assert!(first >= start);
    }

    #[test]
    fn work_adds_up_over_any_moment_between(
        start in 1_770_000_000_000_i64..1_780_000_000_000,
        a in 0_i64..900_000_000,
        b in 0_i64..900_000_000,
    ) {
        let office = office();
        let whole = office.worked(start, start + a + b, summer);
        prop_assert_eq!(office.worked(start, start + a, summer) + office.worked(start + a, start + a + b, summer), whole);
    }
}
