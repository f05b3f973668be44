//! Promised times, from the moment a report is placed to the duty desk, by a clock that stands still until it is set.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::sync::Arc;

use hub::{Clock, Entry, Home, Hub, HubError, Keys, ManualClock, Pipelines, Queue, Role as Work, Staff};
use jiff::tz::TimeZone;
use model::department::Department;
use model::desk::RawMove;
use model::flood::RawRelease;
use model::note::RawNote;
use model::promise::Reading;
use model::redaction::RawRedaction;
use model::report::RawReport;
use model::staff::Role;
use model::status::Status;
use model::step::Act;
use store::{Blobs, NewHandling, Place, Settings, Store};
use tempfile::TempDir;

/// 2026-03-02T01:00Z, a Monday morning in Shanghai.
const MORNING: i64 = 1_772_413_200_000;
const MINUTE: i64 = 60_000;

struct City {
    hub: Hub,
    clock: Arc<ManualClock>,
    link: String,
    key: String,
    data: TempDir,
}

/// A city with one report about the water supply, which its department has in its queue.
async fn city() -> City {
    let data = tempfile::tempdir().unwrap();
    let place = Place::File(data.path().join("store.db"));
    let store = Store::open(Settings { place, readers: 1 }).await.unwrap();
    let blobs = Blobs::folder(&data.path().join("photos")).unwrap();
    let clock = Arc::new(ManualClock::at(MORNING));
    let home = Home { zone: TimeZone::get("Asia/Shanghai").unwrap(), ..Home::plain().unwrap() };
    let hub = Hub::new(store, blobs, &Keys::from_bytes([1; 32]), clock.clone(), home);
    let key = hub.new_key().unwrap().to_string();
    let raw = RawReport { key: key.clone(), category: "12P00".into(), address: "Mill".into(), ..RawReport::default() };
    let link = hub.submit(&raw, &hub::Source::default()).await.unwrap().link.as_str().to_owned();
    // The router of the process itself, over the feed of the process itself; then it is let go.
    let feed: Arc<dyn feed::Feed> =
        Arc::new(feed::InProcess::new(hub::CONSUMERS.iter().copied(), feed::in_process::Options::default()));
    let pipelines = Pipelines::start(&hub, &feed, Work::Both);
    while hub.backlog().await.unwrap() > 0 {
        tokio::task::yield_now().await;
    }
    pipelines.stop().await;
    City { hub, clock, link, key, data }
}

impl City {
    async fn staff(&self, department: &str, role: Role) -> Staff {
        let id = self.hub.add_staff("Li Wei", Department::of(department).unwrap(), role).await.unwrap();
        let link = self.hub.invite(id).await.unwrap();
        let session = self.hub.sign_in(&link.text).await.unwrap();
        self.hub.signed_in(&session.text).await.unwrap().unwrap()
    }

    fn after(&self, minutes: i64) {
        self.clock.set(MORNING + minutes * MINUTE);
    }

    async fn owner(&self) -> String {
        self.hub.track(&self.link).await.unwrap().owner.unwrap()
    }

    /// Whether its department has nothing new to look at.
    async fn is_seen(&self) -> bool {
        self.hub.store().handling(model::id::Key::parse(&self.key).unwrap()).await.unwrap().unwrap().handling.seen
    }

    async fn status(&self) -> Status {
        self.hub.track(&self.link).await.unwrap().status
    }

    async fn move_it(&self, staff: &Staff, raw: RawMove) {
        self.try_to(staff, raw).await.unwrap();
    }

    /// A move on top of what stands there now.
    async fn try_to(&self, staff: &Staff, raw: RawMove) -> Result<(), HubError> {
        let seen = self.hub.case(staff, &self.key).await.unwrap().seen.to_string();
        let raw = RawMove { key: self.hub.new_key().unwrap().to_string(), seen, ..raw };
        self.hub.act(staff, &self.key, &raw).await
    }
}

fn raw(act: &str) -> RawMove {
    RawMove { act: act.into(), told: "Which floor?".into(), inner: "Because".into(), ..RawMove::default() }
}

#[tokio::test]
async fn what_nobody_answers_is_told_before_it_breaks_and_goes_to_the_duty_desk_after() {
    let city = city().await;
    assert_eq!(city.owner().await, "utilities");
    city.after(89);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 0);
    city.after(91);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1, "half an hour is left of two");
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 0, "once");
    assert_eq!(city.owner().await, "utilities");
    city.after(121);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1);
    assert_eq!(city.owner().await, "duty");
    let clocks = city.hub.track(&city.link).await.unwrap().clocks.unwrap();
    assert_eq!(clocks.answer.reading, Reading::Late { by: 1 }, "the duty desk does not mend the promise");
}

#[tokio::test]
async fn who_has_answered_keeps_it_however_late_the_act() {
    let city = city().await;
    let staff = city.staff("utilities", Role::Handler).await;
    city.after(10);
    city.move_it(&staff, RawMove { to: "in-progress".into(), ..raw("change") }).await;
    city.after(25 * 60);
    while city.hub.look_at_clocks().await.unwrap() > 0 {}
    assert_eq!(city.owner().await, "utilities");
    let clocks = city.hub.track(&city.link).await.unwrap().clocks.unwrap();
    assert_eq!(clocks.answer.reading, Reading::Met { in_time: true });
    assert_eq!(clocks.act.reading, Reading::Late { by: 60 });
}

#[tokio::test]
async fn the_clock_stands_still_while_the_person_is_asked() {
    let city = city().await;
    let staff = city.staff("utilities", Role::Handler).await;
    city.after(60);
    city.move_it(&staff, raw("ask")).await;
    city.after(60 + 3 * 24 * 60);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 0);
    let key = city.hub.new_key().unwrap().to_string();
    let answer = RawNote { key, act: "answer".into(), note: "The third".into(), ..RawNote::default() };
    city.hub.say(&city.link, &answer).await.unwrap();
    let clocks = city.hub.track(&city.link).await.unwrap().clocks.unwrap();
    assert_eq!(clocks.act.reading, Reading::Running { left: 23 * 60 }, "three days later it has lost nothing");
}

#[tokio::test]
async fn a_question_waits_five_days_and_then_the_work_goes_on_without() {
    let city = city().await;
    let staff = city.staff("utilities", Role::Handler).await;
    city.move_it(&staff, raw("ask")).await;
    assert_eq!(city.status().await, Status::Waiting);
    city.after(5 * 24 * 60 - 1);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 0);
    city.after(5 * 24 * 60);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1);
    assert_eq!(city.status().await, Status::InProgress);
    let tracked = city.hub.track(&city.link).await.unwrap();
    assert!(tracked.question.is_none());
    let last = tracked.history.last().unwrap();
    let Entry::Step(past) = last else { unreachable!("{last:?}") };
    assert_eq!((past.act, past.status), (Act::Alarm, Some(Status::InProgress)), "the person reads that it goes on");
}

#[tokio::test]
async fn an_offer_that_nobody_answers_goes_to_the_duty_desk() {
    let city = city().await;
    let staff = city.staff("utilities", Role::Handler).await;
    city.move_it(&staff, RawMove { to: "in-progress".into(), ..raw("change") }).await;
    city.move_it(&staff, RawMove { department: "fire".into(), ..raw("offer") }).await;
    city.after(119);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 0);
    city.after(120);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1);
    assert_eq!(city.owner().await, "duty");
    let fire = city.staff("fire", Role::Handler).await;
    let asked = city.hub.queue(&fire, fire.department, Queue::Offered, 1).await.unwrap();
    assert!(asked.lines.is_empty());
}

#[tokio::test]
async fn what_the_duty_desk_passes_on_late_stays_with_whoever_takes_it() {
    let city = city().await;
    city.after(121);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1);
    let (duty, fire) = (city.staff("duty", Role::DutyOfficer).await, city.staff("fire", Role::Handler).await);
    city.move_it(&duty, RawMove { department: "fire".into(), ..raw("offer") }).await;
    city.after(130);
    city.move_it(&fire, raw("accept")).await;
    city.move_it(&fire, RawMove { to: "triaged".into(), ..raw("change") }).await;
    city.move_it(&fire, RawMove { to: "assigned".into(), ..raw("change") }).await;
    for minutes in [131, 130 + 121, 24 * 60 + 1] {
        city.after(minutes);
        while city.hub.look_at_clocks().await.unwrap() > 0 {}
        assert_eq!(city.owner().await, "fire", "after {minutes} minutes");
    }
}

#[tokio::test]
async fn that_the_act_comes_near_is_told_although_nobody_ever_answered_and_makes_it_unseen() {
    let city = city().await;
    city.after(121);
    city.hub.look_at_clocks().await.unwrap();
    let duty = city.staff("duty", Role::DutyOfficer).await;
    city.hub.case(&duty, &city.key).await.unwrap();
    assert!(city.is_seen().await);
    city.after(18 * 60 - 1);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 0);
    city.after(18 * 60);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1, "six hours are left of a day");
    assert!(!city.is_seen().await);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 0, "once");
}

#[tokio::test]
async fn an_offer_that_lapses_while_the_person_is_asked_ends_no_question() {
    let city = city().await;
    let staff = city.staff("utilities", Role::Handler).await;
    city.move_it(&staff, RawMove { department: "fire".into(), ..raw("offer") }).await;
    city.after(1);
    city.move_it(&staff, raw("ask")).await;
    city.after(120);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1);
    assert_eq!((city.owner().await.as_str(), city.status().await), ("duty", Status::Waiting));
}

#[tokio::test]
async fn one_report_whose_alarm_cannot_ring_holds_up_no_other() {
    let city = city().await;
    // The same store under another master key: nothing can be sealed for the report that is there, and the next can.
    let place = Place::File(city.data.path().join("store.db"));
    let store = Store::open(Settings { place, readers: 1 }).await.unwrap();
    let blobs = Blobs::folder(&city.data.path().join("photos")).unwrap();
    let clock = city.clock.clone();
    let hub = Hub::new(store, blobs, &Keys::from_bytes([2; 32]), clock, city.hub.home().clone());
    let key = hub.new_key().unwrap();
    let raw =
        RawReport { key: key.to_string(), category: "12P00".into(), address: "Mill".into(), ..RawReport::default() };
    hub.submit(&raw, &hub::Source::default()).await.unwrap();
    let handling = store::Handling { alarm_at: Some(MORNING + 100 * MINUTE), ..store::Handling::new("utilities") };
    place_it(&hub, key, handling).await;
    city.after(101);
    assert_eq!(hub.look_at_clocks().await.unwrap(), 1, "the first cannot ring, the second does");
    assert!(hub.store().alarms(city.clock.now(), 10).await.unwrap().is_empty(), "it is not the first of the next look");
    city.after(101 + 60);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1, "later it is tried again");
}

#[tokio::test]
async fn what_is_let_out_of_the_floods_gets_the_whole_of_its_time() {
    let city = city().await;
    let key = model::id::Key::parse(&city.key).unwrap();
    let mut handling = city.hub.store().handling(key).await.unwrap().unwrap();
    // As the router would have put it aside.
    handling.handling.owner = model::flood::QUEUE.to_owned();
    let aside = city.hub.new_key().unwrap();
    let raw =
        RawReport { key: aside.to_string(), category: "12P00".into(), address: "Mill".into(), ..RawReport::default() };
    let link = city.hub.submit(&raw, &hub::Source::default()).await.unwrap().link;
    place_it(&city.hub, aside, handling.handling).await;
    city.after(60 * 24 * 2);
    while city.hub.look_at_clocks().await.unwrap() > 0 {}
    let duty = city.staff("duty", Role::DutyOfficer).await;
    let all = RawRelease { key: city.hub.new_key().unwrap().to_string(), act: "all".into(), ..RawRelease::default() };
    assert_eq!(city.hub.release(&duty, &all).await.unwrap(), 1);
    let clocks = || async { city.hub.track(link.as_str()).await.unwrap().clocks.unwrap() };
    assert_eq!(clocks().await.answer.reading, Reading::Running { left: 120 });
    city.after(60 * 24 * 2 + 90);
    assert_eq!(city.hub.look_at_clocks().await.unwrap(), 1, "it comes near again");
    assert_eq!(clocks().await.act.reading, Reading::Running { left: 24 * 60 - 90 });
}

/// Places a report in a queue, as the router does.
async fn place_it(hub: &Hub, report: model::id::Key, handling: store::Handling) {
    let new = NewHandling {
        report,
        category: "12P00".to_owned(),
        cell: None,
        received_at: MORNING,
        trace: String::new(),
        handling,
        marks: model::flood::Marks::default(),
    };
    let last = hub.store().head().await.unwrap();
    hub.store().place("router", vec![(last, Some(new))]).await.unwrap();
}

#[tokio::test]
async fn while_somebody_is_at_work_on_it_nobody_else_changes_it() {
    let city = city().await;
    let (one, other) = (city.staff("utilities", Role::Handler).await, city.staff("utilities", Role::Handler).await);
    let moderator = city.staff("utilities", Role::Moderator).await;
    city.hub.case(&one, &city.key).await.unwrap();
    let until = city.clock.now() + 5 * MINUTE;
    let offer = RawMove { department: "fire".into(), ..raw("offer") };
    let work = RawMove { to: "in-progress".into(), ..raw("change") };
    for doing in [work.clone(), raw("ask"), offer.clone()] {
        match city.try_to(&other, doing).await {
            Err(HubError::Editing { report, name, until: named }) => {
                assert_eq!((report.to_string(), name.as_str(), named), (city.key.clone(), "Li Wei", until));
            }
            done => unreachable!("{done:?}"),
        }
    }
    let case = city.hub.case(&other, &city.key).await.unwrap();
    assert!(case.may_take_up && !case.may_show && !case.may_redact && !case.may_join);
    assert!(matches!(city.hub.add_evidence(&other, &city.key, vec![1]).await, Err(HubError::Editing { .. })));
    let seen = city.hub.originals(&moderator, &city.key).await.unwrap().seen.to_string();
    let hide = RawRedaction {
        key: city.hub.new_key().unwrap().to_string(),
        seen,
        part: "address".into(),
        act: "hide".into(),
        instead: "A mill".into(),
        reason: "private".into(),
        told: "It names somebody".into(),
    };
    assert!(matches!(city.hub.redact(&moderator, &city.key, &hide).await, Err(HubError::Editing { .. })));
    city.move_it(&other, raw("remark")).await;
    city.move_it(&one, offer).await;
    let fire = city.staff("fire", Role::Handler).await;
    city.move_it(&fire, raw("refuse")).await;

    city.move_it(&moderator, raw("take-up")).await;
    let seen = city.hub.originals(&moderator, &city.key).await.unwrap().seen.to_string();
    city.hub.redact(&moderator, &city.key, &RawRedaction { seen, ..hide }).await.unwrap();
    city.clock.set(until);
    city.move_it(&other, work).await;
    assert_eq!(city.status().await, Status::InProgress, "after five minutes it is anybody's");
}

#[tokio::test]
async fn what_was_typed_can_be_sent_in_the_place_of_whoever_is_at_work() {
    let city = city().await;
    let (one, other) = (city.staff("utilities", Role::Handler).await, city.staff("utilities", Role::Handler).await);
    city.hub.case(&one, &city.key).await.unwrap();
    let missing = RawMove { told: String::new(), over: "yes".into(), ..raw("ask") };
    assert!(matches!(city.try_to(&other, missing).await, Err(HubError::Invalid(_))));
    assert!(city.hub.case(&other, &city.key).await.unwrap().may_take_up, "what is not done takes nothing over");
    city.move_it(&other, RawMove { over: "yes".into(), ..raw("ask") }).await;
    assert_eq!(city.status().await, Status::Waiting);
    let case = city.hub.case(&one, &city.key).await.unwrap();
    assert!(case.may_take_up, "now it is the other one's");
    let taken = case.history.iter().filter(|entry| matches!(entry, Entry::Step(past) if past.act == Act::TakeUp));
    assert_eq!(taken.count(), 1);
}

#[tokio::test]
async fn two_servers_ring_an_alarm_once() {
    let city = city().await;
    city.after(91);
    let (one, other) = tokio::join!(city.hub.look_at_clocks(), city.hub.look_at_clocks());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
}

#[tokio::test]
async fn what_does_not_fit_on_one_page_of_a_queue_stands_on_the_next() {
    let city = city().await;
    let fire = city.staff("fire", Role::Handler).await;
    let mut placed = Vec::new();
    for n in 0..101_i64 {
        let key = city.hub.new_key().unwrap();
        let raw = RawReport {
            key: key.to_string(),
            category: "12P00".into(),
            address: "Mill".into(),
            ..RawReport::default()
        };
        city.hub.submit(&raw, &hub::Source::default()).await.unwrap();
        place_it(&city.hub, key, store::Handling { due: MORNING + n, ..store::Handling::new("fire") }).await;
        placed.push(key);
    }
    let page = |number| city.hub.queue(&fire, fire.department, Queue::Open, number);
    let (first, second) = (page(1).await.unwrap(), page(2).await.unwrap());
    assert_eq!((first.more, second.more, first.open), (true, false, 101));
    let shown: Vec<_> = first.lines.iter().chain(&second.lines).map(|line| line.key).collect();
    assert_eq!(shown, placed);
    assert!(page(u32::MAX).await.unwrap().lines.is_empty());
}

#[tokio::test]
async fn why_a_report_stands_in_a_queue_is_written_with_it() {
    let city = city().await;
    let staff = city.staff("utilities", Role::Handler).await;
    let trace = city.hub.case(&staff, &city.key).await.unwrap().trace.unwrap();
    assert_eq!((trace.rule.as_str(), trace.department.as_str()), ("default-utilities", "utilities"));
    assert_eq!(trace.runner_up.unwrap().department, "duty");
    assert_eq!(city.clock.now(), MORNING);
}
