//! Secret links: whoever has one may follow the report, and nobody else.

use data_encoding::BASE64URL_NOPAD;
use model::id::Key;

use crate::keys::{Keys, authenticate, proves};

/// The secret part of a tracking link: the key of the report and a proof that we made the link, 43 letters.
///
/// Nothing of it is stored, so nothing can leak; and the same report always has the same link.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(crate) struct Links([u8; 32]);

impl Links {
    /// `purpose` tells links of one kind from those of another.
    pub fn new(keys: &Keys, purpose: &str) -> Self {
        Self(keys.derive(purpose))
    }

    pub fn to(&self, key: Key) -> Link {
        let mut secret = [0; 32];
        secret[..16].copy_from_slice(key.bytes());
        secret[16..].copy_from_slice(&self.proof(key));
        Link(BASE64URL_NOPAD.encode(&secret))
    }

    /// The report a link leads to, if we made the link.
    pub fn follow(&self, text: &str) -> Option<Key> {
        let secret = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (key, proof) = secret.split_at_checked(16)?;
        let key = Key::from_bytes(key)?;
        proves(&self.proof(key), proof).then_some(key)
    }

    fn proof(&self, key: Key) -> [u8; 16] {
        let mut proof = [0; 16];
        proof.copy_from_slice(&authenticate(&self.0, &[key.bytes()])[..16]);
        proof
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_links_lead_anywhere() {
        let links = Links::new(&Keys::from_bytes([1; 32]), "one");
        let others = Links::new(&Keys::from_bytes([2; 32]), "one");
        let key = Key::from_parts(1, &[3; 10]);
        let link = links.to(key);
        assert_eq!(links.follow(link.as_str()), Some(key));
        assert_eq!(others.follow(link.as_str()), None);
        let of_another_kind = Links::new(&Keys::from_bytes([1; 32]), "another");
        assert_eq!(of_another_kind.follow(link.as_str()), None);
        for place in 0..link.as_str().len() {
            let mut text = link.as_str().to_owned().into_bytes();
            text[place] = if text[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(links.follow(&String::from_utf8(text).unwrap()), None, "letter {place}");
        }
        for text in ["", "AAAA", &link.as_str()[..42], &format!("{}AA", link.as_str())] {
            assert_eq!(links.follow(text), None, "{text}");
        }
    }
}
