//! Names of reports: the key a form carries, and the reference a person reads out.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid, Variant};

/// The key of a report (or of a note): a UUIDv7 (RFC 9562, section 5.7) made with the form, before anything is sent, so that sending
/// twice is seen to be the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(Uuid);

impl Key {
    /// `None` when the text is not a UUID of version 7.
    pub fn parse(text: &str) -> Option<Self> {
        let uuid = Uuid::try_parse(text).ok()?;
        let version_7 = uuid.get_version_num() == 7 && uuid.get_variant() == Variant::RFC4122;
        version_7.then_some(Self(uuid))
    }

    /// A key from the time in UTC milliseconds and ten random (or derived) bytes.
    pub fn from_parts(millis: u64, rest: &[u8; 10]) -> Self {
        Self(Builder::from_unix_timestamp_millis(millis, rest).into_uuid())
    }

    /// The key as it was stored; `None` when it is not 16 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Uuid::from_slice(bytes).ok().map(Self)
    }

    /// A key that follows from this one and something else, of the same time: what is done to many by one form has a key for each.
    #[must_use]
    pub fn derived(self, from: Self) -> Self {
        let digest = Sha256::new().chain_update(self.bytes()).chain_update(from.bytes()).finalize();
        let (mut rest, time) = ([0; 10], self.0.as_bytes().iter().take(6));
        rest.iter_mut().zip(digest).for_each(|(byte, drawn)| *byte = drawn);
        Self::from_parts(time.fold(0, |time, byte| (time << 8) | u64::from(*byte)), &rest)
    }

    pub fn uuid(self) -> Uuid {
        self.0
    }

    pub fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// What a person reads out on the telephone: ten characters of Crockford's alphabet, 50 bits of SHA-256 over the key.
    ///
    /// It identifies, it does not open: whoever knows it can see nothing.
    pub fn reference(self) -> Reference {
        let digest = Sha256::digest(self.0.as_bytes());
        let mut bits = digest.iter().take(7).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte)) >> 6;
        let mut text = [0_u8; 10];
        for place in text.iter_mut().rev() {
            *place = CROCKFORD[usize::from((bits & 31) as u8)];
            bits >>= 5;
        }
        Reference(text)
    }
}

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// See [`Key::reference`]. Shown as `XXXX-XXX-XXX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference([u8; 10]);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in self.0.iter().enumerate() {
            if place == 4 || place == 7 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_version_7_is_a_key() {
        assert!(Key::parse("01936b7e-5c00-7abc-8def-0123456789ab").is_some());
        for text in ["01936b7e-5c00-4abc-8def-0123456789ab", "01936b7e-5c00-7abc-cdef-0123456789ab", "", "7"] {
            assert_eq!(Key::parse(text), None, "{text}");
        }
    }

    #[test]
    fn keys_made_later_sort_later() {
        let early = Key::from_parts(1_000, &[255; 10]);
        let late = Key::from_parts(1_001, &[0; 10]);
        assert!(early < late);
        assert_eq!(Key::parse(&early.to_string()), Some(early));
    }

    #[test]
    fn a_derived_key_is_another_of_the_same_time() {
        let (one, other) = (Key::from_parts(7_000, &[1; 10]), Key::from_parts(9, &[2; 10]));
        let derived = one.derived(other);
        assert_eq!(derived, one.derived(other));
        assert!(derived != one && derived != other.derived(one));
        assert_eq!((Key::parse(&derived.to_string()), &derived.bytes()[..6]), (Some(derived), &one.bytes()[..6]));
    }

    #[test]
    fn a_reference_is_short_plain_and_differs() {
        let one = Key::from_parts(1, &[1; 10]).reference().to_string();
        let other = Key::from_parts(1, &[2; 10]).reference().to_string();
        assert_eq!(one.len(), 12);
        assert!(one.chars().all(|letter| letter == '-' || CROCKFORD.contains(&(letter as u8))), "{one}");
        assert_ne!(one, other);
    }
}
