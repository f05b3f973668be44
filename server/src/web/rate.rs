//! How often one address, and one browser, may come.
//!
//! Reports are slowed, never refused: many phones share one address, and one of them may be in need. A report that tells of danger is not
//! even slowed. A report costs a browser more than its address, which many share; without the cookie that tells browsers apart the address
//! pays more. Reads beyond the rate are asked to come back, but for those of the first page and of the form of a report. The generic cell
//! rate algorithm (ITU-T I.371, annex A) keeps one time for an address.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::Response;

use hub::Source;
use model::report::{RawReport, tells_of_danger};

use super::client::Client;
use super::state::AppState;
use super::{api, limit, open311, several};
use crate::config::web::WebArgs;

/// The longest a form with one report is held back. Longer would look like a dead server, and be sent again.
const LONGEST: Duration = Duration::from_secs(3);
/// One with several is held for so many at most. The time of its answer begins after that: see [`limit`].
const HELD_FOR: u32 = 4;
/// Where reports are posted by browsers.
const REPORT: &str = "/report";
/// Addresses remembered; beyond that, those that have been quiet are forgotten.
const MOST: usize = 100_000;

pub struct Rates {
    posts: Rate<IpAddr>,
    reads: Rate<IpAddr>,
    /// By a hash of the cookie under a key of this process.
    devices: Rate<u64>,
    hashing: RandomState,
}

/// What a form costs, in forms.
struct Cost {
    address: u32,
    device: u32,
}

/// A report from a browser or a device that is known, one from a browser or a program that is not, and any other form: also the report of a program
/// with a key of ours, which sends for many people.
const KNOWN: Cost = Cost { address: 1, device: 6 };
const UNKNOWN: Cost = Cost { address: 3, device: 0 };
const OTHER: Cost = Cost { address: 1, device: 0 };

impl Rates {
    pub fn new(web: &WebArgs) -> Self {
        Self {
            posts: Rate::per_minute(web.posts_per_minute),
            reads: Rate::per_minute(web.reads_per_minute),
            devices: Rate::per_minute(web.posts_per_minute),
            hashing: RandomState::new(),
        }
    }

    /// How long so many reports wait that came from there together.
    fn report(&self, source: &Source, reports: u32, in_danger: impl FnOnce() -> bool, now: Instant) -> Duration {
        let address = source.address.map(grouped).filter(|address| !address.is_loopback());
        let cost = match source {
            Source { device: Some(_), .. } => KNOWN,
            Source { program: Some(_), .. } => OTHER,
            _ => UNKNOWN,
        };
        let longest = longest(reports);
        let by_address = address.map(|address| self.posts.early(address, now, Some(longest), cost.address * reports));
        let device = source.device.as_ref().map(|device| self.hashing.hash_one(device));
        let by_device = device.map(|device| self.devices.early(device, now, Some(longest), cost.device * reports));
        let early = by_address.max(by_device).unwrap_or_default();
        // It is paid for all the same, and holds nobody up who is in need.
        if early.is_zero() || in_danger() { Duration::ZERO } else { early.min(longest) }
    }
}

fn longest(reports: u32) -> Duration {
    LONGEST * reports.min(HELD_FOR)
}

/// One rate for all addresses, or all browsers: a minute's worth at once, then evenly.
struct Rate<K> {
    /// Between two requests, once the burst is used up. `None`: no limit.
    interval: Option<Duration>,
    /// When each of them will have used up nothing.
    quiet_at: Mutex<HashMap<K, Instant>>,
}

impl<K: Eq + Hash> Rate<K> {
    fn per_minute(requests: u32) -> Self {
        let interval = Duration::from_secs(60).checked_div(requests);
        Self { interval, quiet_at: Mutex::default() }
    }

    /// How long this request comes too early. `longest` is how long it is held back at most; one that will be refused instead has none, and
    /// costs the address nothing.
    fn early(&self, who: K, now: Instant, longest: Option<Duration>, cost: u32) -> Duration {
        let Some(interval) = self.interval.map(|interval| interval * cost) else { return Duration::ZERO };
        let Ok(mut quiet_at) = self.quiet_at.lock() else { return Duration::ZERO };
        if quiet_at.len() >= MOST {
            quiet_at.retain(|_, at| *at > now);
        }
        let quiet = quiet_at.entry(who).or_insert(now);
        let after = (*quiet).max(now) + interval;
        let early = (after - now).saturating_sub(Duration::from_secs(60));
        if early.is_zero() || longest.is_some() {
            // Never further ahead than the longest wait: a flood does not lock an address out for hours.
            let end = now + Duration::from_secs(60) + longest.unwrap_or_default();
            *quiet = after.min(end).max(*quiet);
        }
        early
    }
}

/// One household of IPv6 is a /64.
fn grouped(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => address.into(),
            None => std::net::Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        },
    }
}

/// Whether a form tells of danger, as far as it can be read.
pub fn in_danger(body: &[u8]) -> bool {
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let of = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value);
    tells_of_danger(of("category"), of("danger"), of("what"))
}

/// Whether a report tells of danger: also in an answer to one of its questions, and also when something else is wrong with it.
pub fn urgent(raw: &RawReport) -> bool {
    tells_of_danger(&raw.category, &raw.danger, &raw.what) || raw.parse(None).is_ok_and(|report| report.danger)
}

/// Holds a report back for as long as whoever sends it has come too often; one that tells of danger never.
pub async fn hold_report(state: &AppState, source: &Source, in_danger: impl FnOnce() -> bool) {
    hold_reports(state, source, 1, in_danger).await;
}

/// The same for several that come as one form.
pub async fn hold_reports(state: &AppState, source: &Source, reports: u32, in_danger: impl FnOnce() -> bool) {
    let early = state.0.rates.report(source, reports, in_danger, Instant::now());
    if !early.is_zero() {
        metrics::counter!("rate_limited_total", "reads" => "no").increment(1);
        limit::begin_after(early);
        tokio::time::sleep(early).await;
    }
}

/// Whether reports are posted to a path.
fn takes_reports(path: &str) -> bool {
    path == REPORT || path == several::PATH || path == api::REPORTS || open311::REPORTS.contains(&path)
}

/// The pages that are never refused: behind one address may be a whole quarter, and one of them may be in need.
fn opens(path: &str) -> bool {
    path == "/" || path == REPORT
}

/// Gives a request back: later, if it comes too early.
///
/// # Errors
/// The refusal of one that reads and comes too early.
pub async fn slow(state: &AppState, request: Request) -> Result<Request, Response> {
    // Calls from this machine are our own tools, or a proxy that we were not told of: they share one address and are not held back.
    let client =
        request.extensions().get::<Client>().map(|client| grouped(client.0)).filter(|client| !client.is_loopback());
    let Some(client) = client else { return Ok(request) };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let rate = if reads { &state.0.rates.reads } else { &state.0.rates.posts };
    // A report is weighed once it is read: see `hold_report`.
    if !reads && takes_reports(request.uri().path()) {
        return Ok(request);
    }
    let early = rate.early(client, Instant::now(), (!reads).then_some(LONGEST), OTHER.address);
    if early.is_zero() || (reads && opens(request.uri().path())) {
        return Ok(request);
    }
    metrics::counter!("rate_limited_total", "reads" => if reads { "yes" } else { "no" }).increment(1);
    if reads {
        return Err(state.0.plain.answer(StatusCode::TOO_MANY_REQUESTS));
    }
    let wait = early.min(LONGEST);
    // What it brings is still to be read.
    limit::begin_after(wait + state.0.web.body_time());
    tokio::time::sleep(wait).await;
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const ANOTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn a_minutes_worth_may_come_at_once_and_then_one_each_interval() {
        let (rate, now) = (Rate::per_minute(60), Instant::now());
        assert!((0..60).all(|_| rate.early(ONE, now, Some(LONGEST), 1).is_zero()));
        assert_eq!(rate.early(ONE, now, Some(LONGEST), 1), Duration::from_secs(1));
        assert!(rate.early(ANOTHER, now, Some(LONGEST), 1).is_zero(), "another address is another matter");
        assert!(rate.early(ONE, now + Duration::from_secs(2), Some(LONGEST), 1).is_zero());
    }

    #[test]
    fn a_flood_is_never_held_back_longer_than_the_longest_wait() {
        let (rate, now) = (Rate::per_minute(60), Instant::now());
        let longest = (0..10_000).map(|_| rate.early(ONE, now, Some(LONGEST), 1)).max();
        assert!(longest <= Some(LONGEST + Duration::from_secs(1)), "{longest:?}");
    }

    #[test]
    fn a_table_is_held_longer_than_one_report_and_what_comes_after_it_waits() {
        let (rates, now) = (rates(), Instant::now());
        let source = Source { device: Some("one".to_owned()), address: Some(ONE), ..Source::default() };
        let hold = |reports, danger| rates.report(&source, reports, || danger, now);
        assert_eq!(hold(10, false), Duration::ZERO, "a minute's worth may come at once");
        assert_eq!(hold(100, false), LONGEST * HELD_FOR);
        assert_eq!(hold(1, false), LONGEST);
        let later = now + LONGEST * 2;
        assert_eq!(rates.report(&source, 1, || false, later), LONGEST, "one report does not pay for a table");
        assert_eq!(hold(100, true), Duration::ZERO, "danger waits for nothing");
    }

    fn rates() -> Rates {
        Rates {
            posts: Rate::per_minute(60),
            reads: Rate::per_minute(0),
            devices: Rate::per_minute(60),
            hashing: RandomState::new(),
        }
    }

    fn waits(rates: &Rates, reports: usize, device: Option<&str>, body: &[u8]) -> usize {
        let (now, source) =
            (Instant::now(), Source { device: device.map(str::to_owned), address: Some(ONE), ..Source::default() });
        (0..reports).filter(|_| !rates.report(&source, 1, || in_danger(body), now).is_zero()).count()
    }

    #[test]
    fn a_browser_pays_more_than_the_address_that_it_shares() {
        let (rates, body) = (rates(), b"category=12P00&what=Dry".as_slice());
        assert_eq!(waits(&rates, 11, Some("one"), body), 1, "ten at once");
        assert_eq!(waits(&rates, 10, Some("other"), body), 0, "another browser behind the same address");
        assert!(waits(&self::rates(), 21, None, body) == 1, "without a cookie the address pays");
    }

    #[test]
    fn a_report_of_danger_waits_for_nothing() {
        let bodies: [&[u8]; 3] =
            [b"category=12P00&danger=on", b"category=12G00", "category=12P00&what=There+is+a+fire".as_bytes()];
        for body in bodies {
            let rates = rates();
            assert_eq!(waits(&rates, 500, Some("one"), body), 0, "{body:?}");
            assert_eq!(waits(&rates, 1, Some("one"), b"category=12P00"), 1, "but it is counted");
        }
    }

    #[test]
    fn a_program_with_a_key_pays_for_one_form_and_is_not_one_browser() {
        let source = |program| Source { address: Some(ONE), program, ..Source::default() };
        let waits = |program, reports: usize| {
            let (rates, now) = (rates(), Instant::now());
            (0..reports).filter(|_| !rates.report(&source(program), 1, || false, now).is_zero()).count()
        };
        assert_eq!(waits(Some(hub::Program([1; 8])), 61), 1);
        assert_eq!(waits(None, 21), 1, "without a key it is anybody");
    }

    #[test]
    fn danger_in_an_answer_is_danger() {
        let raw = |wire_down: &str| RawReport {
            key: "01936b7e-5c00-7abc-8def-0123456789ab".into(),
            category: "12P00".into(),
            address: "3 Mill Lane".into(),
            answers: model::question::Answers::from_pairs([("supply", "power"), ("wire-down", wire_down)]),
            ..RawReport::default()
        };
        assert!(urgent(&raw("yes")) && !urgent(&raw("no")));
    }

    #[test]
    fn no_rate_is_no_limit() {
        let (rate, now) = (Rate::per_minute(0), Instant::now());
        assert!((0..10_000).all(|_| rate.early(ONE, now, Some(LONGEST), 1).is_zero()));
    }

    #[test]
    fn one_household_is_one_address() {
        assert_eq!(grouped("2001:db8::1".parse().unwrap()), grouped("2001:db8::ffff:1".parse().unwrap()));
        assert_ne!(grouped("2001:db8::1".parse().unwrap()), grouped("2001:db8:0:1::1".parse().unwrap()));
        assert_eq!(grouped("::ffff:192.0.2.1".parse().unwrap()), ONE);
    }
}
