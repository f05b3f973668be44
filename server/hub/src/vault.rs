//! Sealing and opening: every subject has a key of its own, and the master key wraps them all.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): its nonces are long enough to be drawn at random. What is sealed is bound to its
//! subject and its field, so that nothing can be moved to where it does not belong.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use model::id::Key;
use model::sealed::Sealed;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::keys::Keys;
use crate::{Grant, HubError, random};

const NONCE: usize = 24;

/// Names what is sealed, so that a contact never opens as a note.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Told,
    Contact,
    Note,
    /// Words of a step, for the person.
    Answered,
    /// Words of a step, for the desk.
    Inner,
    /// What is read instead of words that are hidden.
    Shown,
    /// A picture.
    Photo,
    /// Where a picture was taken.
    Place,
}

impl Part {
    fn name(self) -> &'static [u8] {
        match self {
            Self::Told => b"told",
            Self::Contact => b"contact",
            Self::Note => b"note",
            Self::Answered => b"answered",
            Self::Inner => b"inner",
            Self::Shown => b"shown",
            Self::Photo => b"photo",
            Self::Place => b"place",
        }
    }
}

pub(crate) struct Vault(XChaCha20Poly1305);

/// The key of one subject, unwrapped.
pub(crate) struct SubjectKey {
    cipher: XChaCha20Poly1305,
    subject: Key,
}

impl Vault {
    pub fn new(keys: &Keys) -> Self {
        Self(XChaCha20Poly1305::new(&keys.derive("seal/1").into()))
    }

    /// A fresh key for a subject, and the same one wrapped, to be stored.
    pub fn new_subject(&self, subject: Key) -> Result<(SubjectKey, Vec<u8>), HubError> {
        let key: [u8; 32] = random::bytes()?;
        let wrapped = encrypt(&self.0, &key, &bound(subject, b"key"))?;
        Ok((SubjectKey { cipher: XChaCha20Poly1305::new(&key.into()), subject }, wrapped))
    }

    /// The key of a subject, to seal more under it.
    pub fn subject(&self, subject: Key, wrapped: &[u8]) -> Result<SubjectKey, HubError> {
        let key = decrypt(&self.0, wrapped, &bound(subject, b"key"))?;
        let key: [u8; 32] = key.try_into().map_err(|_| HubError::Sealed)?;
        Ok(SubjectKey { cipher: XChaCha20Poly1305::new(&key.into()), subject })
    }
}

impl SubjectKey {
    pub fn seal<T: Serialize>(&self, part: Part, value: &T) -> Result<Sealed<T>, HubError> {
        let plain = serde_json::to_vec(value).map_err(|_| HubError::Sealed)?;
        self.seal_bytes(part, &plain).map(Sealed::from_bytes)
    }

    /// The same for what is bytes already.
    pub fn seal_bytes(&self, part: Part, plain: &[u8]) -> Result<Vec<u8>, HubError> {
        encrypt(&self.cipher, plain, &bound(self.subject, part.name()))
    }

    /// Opens what is sealed. The grant must be for this subject.
    pub fn open<T: DeserializeOwned>(&self, grant: &Grant, part: Part, sealed: &Sealed<T>) -> Result<T, HubError> {
        serde_json::from_slice(&self.open_bytes(grant, part, sealed.bytes())?).map_err(|_| HubError::Sealed)
    }

    /// The same for what is bytes.
    pub fn open_bytes(&self, grant: &Grant, part: Part, sealed: &[u8]) -> Result<Vec<u8>, HubError> {
        if grant.subject() != self.subject {
            return Err(HubError::NotGranted);
        }
        decrypt(&self.cipher, sealed, &bound(self.subject, part.name()))
    }
}

fn bound(subject: Key, part: &[u8]) -> Vec<u8> {
    [subject.bytes().as_slice(), part].concat()
}

fn encrypt(cipher: &XChaCha20Poly1305, plain: &[u8], bound: &[u8]) -> Result<Vec<u8>, HubError> {
    let nonce: [u8; NONCE] = random::bytes()?;
    let sealed =
        cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound }).map_err(|_| HubError::Sealed)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn decrypt(cipher: &XChaCha20Poly1305, sealed: &[u8], bound: &[u8]) -> Result<Vec<u8>, HubError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(HubError::Sealed)?;
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: bound }).map_err(|_| HubError::Sealed)
}

#[cfg(test)]
mod tests {
    use model::basis::Purpose;
    use model::contact::Contact;

    use super::*;

    fn key(number: u8) -> Key {
        Key::from_parts(1, &[number; 10])
    }

    #[test]
    fn what_is_sealed_opens_for_its_subject_and_its_part_alone() {
        let vault = Vault::new(&Keys::from_bytes([1; 32]));
        let (subject, wrapped) = vault.new_subject(key(1)).unwrap();
        let sealed = subject.seal(Part::Contact, &Contact { how: "021 555".into(), name: None }).unwrap();
        assert!(!String::from_utf8_lossy(sealed.bytes()).contains("555"));

        let again = vault.subject(key(1), &wrapped).unwrap();
        let grant = Grant::unchecked(key(1), Purpose::CallBack);
        assert_eq!(again.open(&grant, Part::Contact, &sealed).unwrap(), Contact { how: "021 555".into(), name: None });
        assert!(again.open(&grant, Part::Told, &sealed).is_err());
        assert!(again.open(&Grant::unchecked(key(2), Purpose::CallBack), Part::Contact, &sealed).is_err());
        assert!(vault.subject(key(2), &wrapped).is_err());
        assert!(Vault::new(&Keys::from_bytes([2; 32])).subject(key(1), &wrapped).is_err());
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let vault = Vault::new(&Keys::from_bytes([1; 32]));
        let (subject, _) = vault.new_subject(key(1)).unwrap();
        let mut bytes = subject.seal(Part::Contact, &Contact { how: "x".into(), name: None }).unwrap().into_bytes();
        bytes[30] ^= 1;
        let grant = Grant::unchecked(key(1), Purpose::CallBack);
        assert!(subject.open(&grant, Part::Contact, &Sealed::<Contact>::from_bytes(bytes)).is_err());
    }
}
