//! How often one address may come.
//!
//! Reports are slowed, never refused: many phones share one address, and one of them may be in need. Reads beyond the rate are asked to
//! come back. The generic cell rate algorithm (ITU-T I.371, annex A) keeps one time for an address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::client::Client;
use super::state::AppState;
use crate::config::web::WebArgs;

/// The longest a form is held back. Longer would look like a dead server, and be sent again.
const LONGEST: Duration = Duration::from_secs(3);
/// Addresses remembered; beyond that, those that have been quiet are forgotten.
const MOST: usize = 100_000;

pub struct Rates {
    posts: Rate,
    reads: Rate,
}

impl Rates {
    pub fn new(web: &WebArgs) -> Self {
        Self { posts: Rate::per_minute(web.posts_per_minute), reads: Rate::per_minute(web.reads_per_minute) }
    }
}

/// One rate for all addresses: a minute's worth at once, then evenly.
struct Rate {
    /// Between two requests, once the burst is used up. `None`: no limit.
    interval: Option<Duration>,
    /// When an address will have used up nothing.
    quiet_at: Mutex<HashMap<IpAddr, Instant>>,
}

impl Rate {
    fn per_minute(requests: u32) -> Self {
        let interval = Duration::from_secs(60).checked_div(requests);
        Self { interval, quiet_at: Mutex::default() }
    }

    /// How long this request comes too early. One that will be refused costs the address nothing.
    fn early(&self, address: IpAddr, now: Instant, counts_anyway: bool) -> Duration {
        let Some(interval) = self.interval else { return Duration::ZERO };
        let Ok(mut quiet_at) = self.quiet_at.lock() else { return Duration::ZERO };
        if quiet_at.len() >= MOST {
            quiet_at.retain(|_, at| *at > now);
        }
        let quiet = quiet_at.entry(address).or_insert(now);
        let after = (*quiet).max(now) + interval;
        let early = (after - now).saturating_sub(Duration::from_secs(60));
        if early.is_zero() || counts_anyway {
            // Never further ahead than the longest wait: a flood does not lock an address out for hours.
            *quiet = after.min(now + Duration::from_secs(60) + LONGEST);
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

pub async fn slow(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // Calls from this machine are our own tools, or a proxy that we were not told of: they share one address and are not held back.
    let client =
        request.extensions().get::<Client>().map(|client| grouped(client.0)).filter(|client| !client.is_loopback());
    let Some(client) = client else { return next.run(request).await };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let rate = if reads { &state.0.rates.reads } else { &state.0.rates.posts };
    let early = rate.early(client, Instant::now(), !reads);
    if early.is_zero() {
        return next.run(request).await;
    }
    metrics::counter!("rate_limited_total", "reads" => if reads { "yes" } else { "no" }).increment(1);
    if reads {
        return state.0.plain.answer(StatusCode::TOO_MANY_REQUESTS);
    }
    tokio::time::sleep(early.min(LONGEST)).await;
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn a_minutes_worth_may_come_at_once_and_then_one_each_interval() {
        let (rate, now) = (Rate::per_minute(60), Instant::now());
        assert!((0..60).all(|_| rate.early(ONE, now, true).is_zero()));
        assert_eq!(rate.early(ONE, now, true), Duration::from_secs(1));
        assert!(rate.early(OTHER, now, true).is_zero(), "another address is another matter");
        assert!(rate.early(ONE, now + Duration::from_secs(2), true).is_zero());
    }

    #[test]
    fn a_flood_is_never_held_back_longer_than_the_longest_wait() {
        let (rate, now) = (Rate::per_minute(60), Instant::now());
        let longest = (0..10_000).map(|_| rate.early(ONE, now, true)).max();
        assert!(longest <= Some(LONGEST + Duration::from_secs(1)), "{longest:?}");
    }

    #[test]
    fn no_rate_is_no_limit() {
        let (rate, now) = (Rate::per_minute(0), Instant::now());
        assert!((0..10_000).all(|_| rate.early(ONE, now, true).is_zero()));
    }

    #[test]
    fn one_household_is_one_address() {
        assert_eq!(grouped("2001:db8::1".parse().unwrap()), grouped("2001:db8::ffff:1".parse().unwrap()));
        assert_ne!(grouped("2001:db8::1".parse().unwrap()), grouped("2001:db8:0:1::1".parse().unwrap()));
        assert_eq!(grouped("::ffff:192.0.2.1".parse().unwrap()), ONE);
    }
}
