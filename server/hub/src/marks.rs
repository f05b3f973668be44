//! Where a report came from, as short marks: enough to see that a hundred come from one place, too short to name it.
//!
//! Every day has a key of its own, and a mark has 16 bits: many devices and networks share each, today's link to nothing of tomorrow.

use std::hash::{DefaultHasher, Hasher};
use std::net::IpAddr;

use model::flood::{self, Marks};

use crate::keys::{Keys, authenticate};

/// What the server knows of a sender while it takes a report in. None of it is stored.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The cookie of the browser, or what another program calls the device.
    pub device: Option<String>,
    pub address: Option<IpAddr>,
    /// A program that sends for many people: of its own machines nothing can be told.
    pub program: Option<store::Program>,
    /// The language in which they read the page (BCP 47); nothing for other programs.
    pub language: Option<&'static str>,
}

pub(crate) struct Marker([u8; 32]);

impl Marker {
    pub fn new(keys: &Keys) -> Self {
        Self(keys.derive("marks/1"))
    }

    /// The marks of a report that comes at `now`.
    pub fn marks(&self, source: &Source, what: Option<&str>, now: i64) -> Marks {
        let day = authenticate(&self.0, &[&now.div_euclid(flood::KEPT).to_be_bytes()]);
        let mark = |kind: &[u8], data: &[u8]| {
            let [one, other, ..] = authenticate(&day, &[kind, data]);
            u16::from_be_bytes([one, other])
        };
        let hash = |group: &str| {
            let mut hasher = DefaultHasher::new();
            hasher.write(&day);
            hasher.write(group.as_bytes());
            let [one, other, ..] = hasher.finish().to_be_bytes();
            u16::from_be_bytes([one, other])
        };
        Marks {
            device: source.device.as_deref().map(|device| mark(b"device", device.as_bytes())),
            block: source
                .address
                .filter(|_| source.program.is_none())
                .and_then(block)
                .map(|block| mark(b"block", &block)),
            words: what.and_then(|what| flood::words(what, hash)),
        }
    }
}

/// The network of an address: 24 bits of IPv4, 48 of IPv6. Calls from this machine are our own tools, or a proxy that we do not know.
fn block(address: IpAddr) -> Option<Vec<u8>> {
    let address = address.to_canonical();
    let bytes = match address {
        IpAddr::V4(address) => address.octets().iter().take(3).copied().collect(),
        IpAddr::V6(address) => address.octets().iter().take(6).copied().collect(),
    };
    (!address.is_loopback()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = flood::KEPT;

    fn marks(device: &str, address: &str, now: i64) -> Marks {
        let source = Source { device: Some(device.into()), address: address.parse().ok(), ..Source::default() };
        Marker::new(&Keys::from_bytes([1; 32])).marks(&source, Some("The bridge is closed"), now)
    }

    #[test]
    fn a_mark_lasts_for_a_day_and_links_to_nothing_of_the_next() {
        let today = marks("abc", "192.0.2.1", 0);
        assert_eq!(today, marks("abc", "192.0.2.99", DAY - 1), "the same network");
        let tomorrow = marks("abc", "192.0.2.1", DAY);
        assert!(today.device != tomorrow.device && today.block != tomorrow.block && today.words != tomorrow.words);
        assert!(
            today.device != marks("abd", "192.0.2.1", 0).device && today.block != marks("abc", "192.0.3.1", 0).block
        );
    }

    #[test]
    fn our_own_tools_have_no_network() {
        assert_eq!(marks("abc", "127.0.0.1", 0).block, None);
        assert_eq!(marks("abc", "::ffff:192.0.2.1", 0).block, marks("abc", "192.0.2.7", 0).block);
    }
}
