//! Promised times, from the moment a report is placed to the duty desk, by a clock that stands still until it is set.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::sync::Arc;

use hub::{Clock, Home, Hub, Keys, ManualClock, Pipelines, Queue, Role as Work, Staff};
use jiff::tz::TimeZone;
use model::calendar::Calendar;
use model::department::Department;
use model::desk::RawMove;
use model::note::RawNote;
use model::promise::Reading;
use model::report::RawReport;
use model::routing::Rules;
use model::staff::Role;
use model::status::Status;
use store::{Blobs, Place, Settings, Store};
use tempfile::TempDir;

/// 2026-03-02T01:00Z, a Monday morning in Shanghai.
const MORNING: i64 = 1_772_413_200_000;
const MINUTE: i64 = 60_000;

struct City {
    hub: Hub,
    clock: Arc<ManualClock>,
    link: String,
    key: String,
    _data: TempDir,
}

/// A city with one report about the water supply, which its department has in its queue.
async fn city() -> City {
    let data = tempfile::tempdir().unwrap();
    let place = Place::File(data.path().join("store.db"));
    let store = Store::open(Settings { place, readers: 1 }).await.unwrap();
    let blobs = Blobs::folder(&data.path().join("photos")).unwrap();
    let clock = Arc::new(ManualClock::at(MORNING));
    let home = Home {
        middle: None,
        zone: TimeZone::get("Asia/Shanghai").unwrap(),
        working: Calendar::always(),
        rules: Rules::new(Vec::new(), Vec::new()).unwrap(),
        places: Arc::default(),
    };
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
    City { hub, clock, link, key, _data: data }
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

    async fn status(&self) -> Status {
        self.hub.track(&self.link).await.unwrap().status
    }

    async fn move_it(&self, staff: &Staff, raw: RawMove) {
        let seen = self.hub.case(staff, &self.key).await.unwrap().seen.to_string();
        let raw = RawMove { key: self.hub.new_key().unwrap().to_string(), seen, ..raw };
        self.hub.act(staff, &self.key, &raw).await.unwrap();
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
    assert_eq!(tracked.question, None);
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
    let asked = city.hub.queue(&fire, fire.department, Queue::Offered).await.unwrap();
    assert!(asked.lines.is_empty());
}

#[tokio::test]
async fn two_servers_ring_an_alarm_once() {
    let city = city().await;
    city.after(91);
    let (one, other) = tokio::join!(city.hub.look_at_clocks(), city.hub.look_at_clocks());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
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
