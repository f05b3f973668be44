//! What everybody calls a report by: a name that does not tell its key.
//!
//! The key of a report is what its author sends it under, and whoever sends the same words under the same key gets the link to it: that is
//! what makes sending twice one report. So a key is half a secret, and of a report that says little the other half can be guessed. What is
//! published is the key under a permutation of 16 bytes that only this installation knows: four rounds of Feistel's network over
//! HMAC-SHA-256, which nobody tells from a random permutation who has seen far fewer than 2^32 of its names (Luby and Rackoff, 1988). It needs
//! no column and no look-up, a report has its name before it is stored, and every server of an installation gives it the same one.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use model::id::Key;
use uuid::Uuid;

use crate::Hub;
use crate::keys::{Keys, authenticate};

/// The public name of a report, or of a change of its state: 26 letters and digits. It is written unlike a UUID, so that it is no key either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicId(Uuid);

impl PublicId {
    /// `None` when the text is no such name; whether it names anything is not looked at.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?;
        Uuid::from_slice(&bytes).ok().map(Self)
    }
}

impl fmt::Display for PublicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE32_NOPAD.encode(self.0.as_bytes()).to_ascii_lowercase())
    }
}

/// The permutation.
pub(crate) struct PublicIds([u8; 32]);

const ROUNDS: [u8; 4] = [0, 1, 2, 3];

impl PublicIds {
    pub fn new(keys: &Keys) -> Self {
        Self(keys.derive("public-id/1"))
    }

    pub fn of(&self, key: Key) -> PublicId {
        let halves = key.uuid().as_u64_pair();
        let (left, right) =
            ROUNDS.iter().fold(halves, |(left, right), round| (right, left ^ self.mixed(*round, right)));
        PublicId(Uuid::from_u64_pair(left, right))
    }

    /// The key that has this name; of a name that we did not give, the key of nothing.
    pub fn key(&self, id: PublicId) -> Option<Key> {
        let halves = id.0.as_u64_pair();
        let back = ROUNDS.iter().rev();
        let (left, right) = back.fold(halves, |(left, right), round| (right ^ self.mixed(*round, left), left));
        Key::from_bytes(Uuid::from_u64_pair(left, right).as_bytes())
    }

    fn mixed(&self, round: u8, half: u64) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = authenticate(&self.0, &[&[round], &half.to_be_bytes()]);
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

impl Hub {
    /// The public name of what has a key.
    pub fn public_id(&self, key: Key) -> PublicId {
        self.0.public_ids.of(key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn ids() -> PublicIds {
        PublicIds::new(&Keys::from_bytes([1; 32]))
    }

    #[test]
    fn a_name_leads_back_to_its_key_and_is_no_key_itself() {
        let mut seen = HashSet::new();
        for millis in 0..500 {
            let key = Key::from_parts(1_700_000_000_000 + millis, &[7; 10]);
            let name = ids().of(key).to_string();
            let read = PublicId::parse(&name).unwrap();
            assert_eq!(ids().key(read), Some(key));
            assert_eq!(PublicId::parse(&name.to_uppercase()), Some(read), "however it was copied");
            assert_eq!((name.len(), Key::parse(&name)), (26, None), "{name}");
            assert!(seen.insert(name), "two keys have one name");
        }
    }

    #[test]
    fn a_name_tells_nothing_of_its_key() {
        let (one, next) = (Key::from_parts(5, &[1; 10]), Key::from_parts(6, &[1; 10]));
        let (name, other) = (ids().of(one), ids().of(next));
        let differing = (name.0.as_u128() ^ other.0.as_u128()).count_ones();
        assert!((32..=96).contains(&differing), "keys that follow each other have names that do not: {differing}");
        let elsewhere = PublicIds::new(&Keys::from_bytes([2; 32]));
        assert_ne!(elsewhere.of(one), name, "another installation");
        assert_ne!(elsewhere.key(name), Some(one));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let name = ids().of(Key::from_parts(1, &[1; 10])).to_string();
        let key = Key::from_parts(1, &[1; 10]).to_string();
        for text in ["", "7", &name[1..], &format!("{name}a"), &name.replace(|_: char| true, "1"), &key] {
            assert_eq!(PublicId::parse(text), None, "{text}");
        }
        // The last letter has two bits that no name uses.
        let spare = format!("{}b", "a".repeat(25));
        assert_eq!(PublicId::parse(&spare), None);
    }
}
