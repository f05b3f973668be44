//! Telling people, on a clock that stands still and with an outbox in memory: what is told, to whom, how often, and what is never told.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::sync::Arc;

use hub::{
    Clock, Home, Hub, HubError, Keys, Letter, Link, ManualClock, Outbox, Phrases, Pipelines, Role as Work, Source,
    Staff, Telling,
};
use jiff::tz::TimeZone;
use model::contact::Channel;
use model::department::Department;
use model::desk::RawMove;
use model::incident::{RawJoin, RawTogether};
use model::notice::{Kind, RawAsk, Reason, State};
use model::report::RawReport;
use model::staff::Role;
use store::{Blobs, Place, Settings, Store};
use tempfile::TempDir;

/// 2026-03-02T01:00Z, a Monday morning in Shanghai.
const MORNING: i64 = 1_772_413_200_000;

/// Words that a test can take apart.
struct Plain;

impl Phrases for Plain {
    fn mail(&self, letter: &Letter) -> (String, String) {
        (format!("{} {} {}", letter.kind.name(), letter.reference, letter.language), letter.link.clone())
    }

    fn sms(&self, letter: &Letter) -> String {
        format!("{} {}", letter.kind.name(), letter.link)
    }
}

struct City {
    hub: Hub,
    clock: Arc<ManualClock>,
    outbox: Arc<Outbox>,
    _data: TempDir,
}

async fn city() -> City {
    let data = tempfile::tempdir().unwrap();
    let place = Place::File(data.path().join("store.db"));
    let store = Store::open(Settings { place, readers: 1 }).await.unwrap();
    let clock = Arc::new(ManualClock::at(MORNING));
    let home = Home { zone: TimeZone::get("Asia/Shanghai").unwrap(), ..Home::plain().unwrap() };
    let blobs = Blobs::folder(&data.path().join("photos")).unwrap();
    let hub = Hub::new(store, blobs, &Keys::from_bytes([1; 32]), clock.clone(), home);
    City { hub, clock, outbox: Arc::default(), _data: data }
}

impl City {
    /// Tells people on both channels from now on.
    fn tells(self) -> Self {
        let (mailer, texter) = (self.outbox.clone(), self.outbox.clone());
        self.hub.tell_by(Telling {
            mailer: Some(mailer),
            texter: Some(texter),
            phrases: Arc::new(Plain),
            origin: "https://portal.example".to_owned(),
        });
        self
    }

    async fn report(&self, contact: &str) -> (String, Link) {
        let key = self.hub.new_key().unwrap().to_string();
        let (category, address) = ("12P00".into(), "Mill".into());
        let raw = RawReport { key: key.clone(), category, address, contact: contact.into(), ..RawReport::default() };
        let source = Source { language: Some("en"), ..Source::default() };
        (key, self.hub.submit(&raw, &source).await.unwrap().link)
    }

    /// Lets the consumers, and with them the sender, do what there is to do.
    async fn settle(&self) {
        let feed: Arc<dyn feed::Feed> =
            Arc::new(feed::InProcess::new(hub::CONSUMERS.iter().copied(), feed::in_process::Options::default()));
        let pipelines = Pipelines::start(&self.hub, &feed, Work::Both);
        while self.hub.backlog().await.unwrap() > 0 {
            tokio::task::yield_now().await;
        }
        pipelines.stop().await;
        while self.hub.tell_due().await.unwrap() > 0 {}
    }

    async fn staff(&self, department: &str, role: Role) -> Staff {
        let id = self.hub.add_staff("Li Wei", Department::of(department).unwrap(), role).await.unwrap();
        let link = self.hub.invite(id).await.unwrap();
        let session = self.hub.sign_in(&link.text).await.unwrap();
        self.hub.signed_in(&session.text).await.unwrap().unwrap()
    }

    async fn move_it(&self, staff: &Staff, key: &str, raw: RawMove) {
        let seen = self.hub.case(staff, key).await.unwrap().seen.to_string();
        let raw = RawMove { key: self.hub.new_key().unwrap().to_string(), seen, told: "Which floor?".into(), ..raw };
        self.hub.act(staff, key, &raw).await.unwrap();
    }

    async fn ask(&self, contact: &str, from: &str) -> Result<(), HubError> {
        let raw = RawAsk { key: self.hub.new_key().unwrap().to_string(), contact: contact.into() };
        self.hub.ask_for_list(&raw, from.parse().ok(), "zh-CN").await
    }

    fn kinds(&self) -> Vec<String> {
        let mut kinds: Vec<_> =
            self.outbox.mails().iter().map(|mail| mail.subject.split(' ').next().unwrap().to_owned()).collect();
        kinds.sort();
        kinds
    }
}

#[tokio::test]
async fn who_leaves_an_address_is_told_on_each_channel_once_and_in_their_language() {
    let city = city().await.tells();
    let (_, link) = city.report("Li Wei, li.wei@example.org or 138 1234 5678").await;
    city.report("at the school gate").await;
    city.report("").await;
    city.settle().await;
    let mails = city.outbox.mails();
    let [mail] = &mails[..] else { unreachable!("{mails:?}") };
    assert_eq!(mail.to.as_str(), "li.wei@example.org");
    assert!(mail.subject.starts_with("received ") && mail.subject.ends_with(" en"), "{}", mail.subject);
    assert_eq!(mail.body, format!("https://portal.example/track/{}", link.as_str()));
    let messages = city.outbox.messages();
    assert_eq!(messages.iter().map(|sms| sms.to.as_str()).collect::<Vec<_>>(), ["+8613812345678"]);
    assert_ne!(messages[0].id, mail.id, "each notice has an id of its own");
    city.settle().await;
    assert!(city.outbox.mails().is_empty(), "every event that comes again is told once");
}

#[tokio::test]
async fn what_the_desk_does_is_told_and_its_words_are_not() {
    let city = city().await.tells();
    let (key, link) = city.report("li.wei@example.org").await;
    city.settle().await;
    city.outbox.mails();
    let staff = city.staff("utilities", Role::Handler).await;
    city.move_it(&staff, &key, RawMove { act: "change".into(), to: "in-progress".into(), ..RawMove::default() }).await;
    city.move_it(&staff, &key, RawMove { act: "remark".into(), inner: "Because".into(), ..RawMove::default() }).await;
    city.move_it(&staff, &key, RawMove { act: "ask".into(), ..RawMove::default() }).await;
    city.settle().await;
    let mails = city.outbox.mails();
    assert!(mails.iter().all(|mail| !mail.body.contains("floor") && !mail.subject.contains("floor")), "{mails:?}");
    assert_eq!(mails.len(), 2, "a remark is for the desk alone: {mails:?}");
    let tracked = city.hub.track(link.as_str()).await.unwrap();
    let mut told: Vec<_> = tracked.notified.iter().map(|one| (one.kind, one.state)).collect();
    // The clock stands still, so they are all of one moment.
    told.sort_by_key(|(kind, _)| *kind as u8);
    assert_eq!(told, [(Kind::Received, State::Sent), (Kind::Asked, State::Sent), (Kind::Changed, State::Sent)]);
    let openings = city.hub.store().openings(model::id::Key::parse(&key).unwrap()).await.unwrap();
    assert!(openings.iter().any(|opening| opening.purpose.name() == "tell"), "it is journalled: {openings:?}");
}

#[tokio::test]
async fn everybody_whose_report_is_joined_with_others_or_taken_out_is_told() {
    let city = city().await.tells();
    let (one, _) = city.report("li.wei@example.org").await;
    let (other, _) = city.report("wang.fang@example.org").await;
    city.settle().await;
    city.outbox.mails();
    let staff = city.staff("utilities", Role::Handler).await;
    let seen = city.hub.case(&staff, &one).await.unwrap().seen.to_string();
    let key = city.hub.new_key().unwrap().to_string();
    let join = RawJoin { key, seen, reports: vec![other.clone()], ..RawJoin::default() };
    let incident = city.hub.join(&staff, &one, &join).await.unwrap().to_string();
    city.settle().await;
    assert_eq!(city.kinds(), ["merged", "merged"]);
    let seen = || async { city.hub.incident(&staff, &incident).await.unwrap().seen.to_string() };
    let key = city.hub.new_key().unwrap().to_string();
    let tell =
        RawTogether { key, seen: seen().await, act: "tell".into(), told: "Boil it".into(), ..RawTogether::default() };
    city.hub.act_together(&staff, &incident, &tell).await.unwrap();
    city.settle().await;
    assert_eq!(city.kinds(), ["said", "said"], "each of them once");
    let (key, seen) = (city.hub.new_key().unwrap().to_string(), seen().await);
    let split = RawTogether {
        key,
        seen,
        act: "split".into(),
        reports: other,
        told: "Another pipe".into(),
        ..RawTogether::default()
    };
    city.hub.act_together(&staff, &incident, &split).await.unwrap();
    city.settle().await;
    assert_eq!(city.kinds(), ["parted"]);
}

#[tokio::test]
async fn what_was_given_before_anybody_was_told_is_used_for_nothing_new() {
    let city = city().await;
    let (key, _) = city.report("li.wei@example.org").await;
    let city = city.tells();
    city.settle().await;
    let staff = city.staff("utilities", Role::Handler).await;
    city.move_it(&staff, &key, RawMove { act: "change".into(), to: "in-progress".into(), ..RawMove::default() }).await;
    city.settle().await;
    assert_eq!(city.kinds(), [""; 0], "the page did not say so when they gave it");
}

#[tokio::test]
async fn what_cannot_be_delivered_is_tried_again_until_it_can() {
    let city = city().await.tells();
    let (_, link) = city.report("li.wei@example.org").await;
    city.outbox.fail(Some(Reason::Unreachable));
    city.settle().await;
    let state = || async { city.hub.track(link.as_str()).await.unwrap().notified[0] };
    assert_eq!((state().await.state, state().await.reason), (State::Failed, Some(Reason::Unreachable)));
    city.outbox.fail(None);
    assert_eq!(city.hub.tell_due().await.unwrap(), 0, "not before its time");
    city.clock.set(city.clock.now() + 5_000);
    assert_eq!(city.hub.tell_due().await.unwrap(), 1);
    assert_eq!(state().await.state, State::Sent);
    assert_eq!(city.kinds(), ["received"]);
}

#[tokio::test]
async fn what_is_given_up_is_seen_by_those_who_keep_watch_and_tried_again_by_them() {
    let city = city().await.tells();
    city.report("nobody@example.org").await;
    city.outbox.fail(Some(Reason::Rejected));
    city.settle().await;
    let handler = city.staff("utilities", Role::Handler).await;
    assert!(matches!(city.hub.undelivered(&handler).await, Err(HubError::NotYours)));
    let officer = city.staff("duty", Role::DutyOfficer).await;
    let lines = city.hub.undelivered(&officer).await.unwrap();
    let [line] = &lines[..] else { unreachable!("{}", lines.len()) };
    assert_eq!(
        (line.notified.state, line.notified.reason, line.next_at),
        (State::GaveUp, Some(Reason::Rejected), None)
    );
    let id = line.id.to_string();
    assert!(matches!(city.hub.tell_again(&handler, &id).await, Err(HubError::NotYours)));
    assert!(matches!(city.hub.tell_again(&officer, "nothing").await, Err(HubError::NoSuchLink)));
    city.outbox.fail(None);
    city.hub.tell_again(&officer, &id).await.unwrap();
    assert_eq!(city.hub.tell_due().await.unwrap(), 1);
    assert!(city.hub.undelivered(&officer).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_list_opens_by_the_link_that_was_sent_and_shows_nothing_of_others() {
    let city = city().await.tells();
    let (_, first) = city.report("13812345678").await;
    city.report("13812345679").await;
    let (_, second) = city.report("+86 138-1234-5678").await;
    city.settle().await;
    city.outbox.messages();
    city.ask("１３８１２３４５６７８", "192.0.2.1").await.unwrap();
    city.ask("13899999999", "192.0.2.1").await.unwrap();
    city.settle().await;
    let messages = city.outbox.messages();
    let [sms] = &messages[..] else { unreachable!("{messages:?}") };
    let link = sms.body.strip_prefix("list https://portal.example/mine/").unwrap();
    let own = city.hub.own_reports(link).await.unwrap();
    let mut links: Vec<_> = own.reports.iter().map(|one| one.link.as_str().to_owned()).collect();
    links.sort();
    let mut expected = [first.as_str().to_owned(), second.as_str().to_owned()];
    expected.sort();
    assert_eq!(links, expected);
    city.clock.set(own.until);
    assert!(matches!(city.hub.own_reports(link).await, Err(HubError::NoSuchLink)), "two hours later");
    assert!(matches!(city.hub.own_reports(first.as_str()).await, Err(HubError::NoSuchLink)), "a link of another kind");
    let told = city.hub.track(first.as_str()).await.unwrap().notified;
    assert!(told.iter().all(|one| one.kind != Kind::List), "whoever holds one report learns of no list");
}

#[tokio::test]
async fn nobody_is_flooded_by_asking_and_nobody_learns_who_is_known() {
    let city = city().await.tells();
    city.report("li.wei@example.org").await;
    city.settle().await;
    city.outbox.mails();
    for n in 0..8 {
        city.ask("li.wei@example.org", &format!("192.0.2.{n}")).await.unwrap();
    }
    city.settle().await;
    assert_eq!(city.kinds().len(), 5, "five an hour");
    assert!(city.ask("nobody@example.org", "192.0.2.1").await.is_ok());
    for contact in ["", "at the gate", "021-55551234", "a@example.org\r\nBcc: b@example.org"] {
        assert!(matches!(city.ask(contact, "192.0.2.1").await, Err(HubError::Invalid(_))), "{contact:?}");
    }
}

#[tokio::test]
async fn without_configuration_nothing_is_queued_and_nothing_asked_for() {
    let city = city().await;
    let (_, link) = city.report("li.wei@example.org").await;
    city.settle().await;
    assert_eq!(city.hub.channels(), [] as [Channel; 0]);
    assert!(city.hub.track(link.as_str()).await.unwrap().notified.is_empty());
    assert!(matches!(city.ask("li.wei@example.org", "192.0.2.1").await, Err(HubError::Invalid(_))));
}
