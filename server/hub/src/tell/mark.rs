//! Marks of addresses, and the links that open the list of a mark.

use std::net::IpAddr;

use data_encoding::BASE64URL_NOPAD;
use model::contact::{Address, Channel};
use model::notice::LIST_OPENS;
use store::Mark;

use crate::keys::{Keys, authenticate, proves};

/// Marks addresses, and makes and follows links to lists.
///
/// A link is stateless: the mark, when it ends, and a proof that we made it. Nothing of it is stored, so a copy of the database opens no
/// list; every server can follow it; and it ends by itself. Looking at it uses nothing up, since mail programs look first.
pub(crate) struct Marker {
    contact: [u8; 32],
    network: [u8; 32],
    list: [u8; 32],
}

impl Marker {
    pub fn new(keys: &Keys) -> Self {
        Self { contact: keys.derive("contact/1"), network: keys.derive("ask/1"), list: keys.derive("list/1") }
    }

    pub fn of(&self, channel: Channel, address: &Address) -> Mark {
        short(authenticate(&self.contact, &[channel.name().as_bytes(), b"\0", address.as_str().as_bytes()]))
    }

    /// Of where an ask comes from: an address of IPv4, a household (/64) of IPv6. Our own machine is not marked: behind a proxy that we
    /// do not know everybody would share it.
    pub fn network(&self, address: IpAddr) -> Option<Mark> {
        let address = address.to_canonical();
        let bytes = match address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().iter().take(8).copied().collect(),
        };
        (!address.is_loopback()).then(|| short(authenticate(&self.network, &[&bytes])))
    }

    /// The secret part of a link to the list of a mark.
    pub fn link(&self, mark: Mark, now: i64) -> String {
        let until = (now + LIST_OPENS).to_be_bytes();
        BASE64URL_NOPAD.encode(&[&mark[..], &until, &self.proof(&mark, &until)].concat())
    }

    /// The mark whose list a link opens at `now`, and until when (UTC milliseconds).
    pub fn follow(&self, text: &str, now: i64) -> Option<(Mark, i64)> {
        let secret = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (mark, rest) = secret.split_first_chunk::<16>()?;
        let (until, proof) = rest.split_first_chunk::<8>()?;
        let sound = proves(&self.proof(mark, until), proof);
        let until = i64::from_be_bytes(*until);
        (sound && now < until).then_some((*mark, until))
    }

    fn proof(&self, mark: &Mark, until: &[u8; 8]) -> [u8; 16] {
        short(authenticate(&self.list, &[mark, until]))
    }
}

fn short(whole: [u8; 32]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&whole[..16]);
    short
}

#[cfg(test)]
mod tests {
    use model::contact;

    use super::*;

    fn marker(byte: u8) -> Marker {
        Marker::new(&Keys::from_bytes([byte; 32]))
    }

    fn mark(text: &str, channel: Channel) -> Mark {
        marker(1).of(channel, &contact::on(text, channel).unwrap())
    }

    #[test]
    fn one_telephone_has_one_mark_however_it_is_written() {
        assert_eq!(mark("13812345678", Channel::Sms), mark("+86 138-1234-5678", Channel::Sms));
        assert_ne!(mark("13812345678", Channel::Sms), mark("13812345679", Channel::Sms));
        let address = contact::on("a@example.org", Channel::Mail).unwrap();
        assert_ne!(
            marker(1).of(Channel::Mail, &address),
            marker(2).of(Channel::Mail, &address),
            "nothing without the key"
        );
    }

    #[test]
    fn a_link_opens_its_own_list_for_two_hours() {
        let (ours, now) = (marker(1), 1_000_000);
        let link = ours.link([7; 16], now);
        assert_eq!(ours.follow(&link, now + LIST_OPENS - 1), Some(([7; 16], now + LIST_OPENS)));
        assert_eq!(ours.follow(&link, now + LIST_OPENS), None, "it is over");
        assert_eq!(marker(2).follow(&link, now), None);
        for place in 0..link.len() {
            let mut text = link.clone().into_bytes();
            text[place] = if text[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(ours.follow(&String::from_utf8(text).unwrap(), now), None, "letter {place}");
        }
        for text in ["", "AAAA", &link[..link.len() - 4], &format!("{link}AAAA")] {
            assert_eq!(ours.follow(text, now), None, "{text}");
        }
    }

    #[test]
    fn a_household_is_one_and_our_own_machine_none() {
        let of = |text: &str| marker(1).network(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
        assert_eq!((of("127.0.0.1"), of("::1")), (None, None));
    }
}
