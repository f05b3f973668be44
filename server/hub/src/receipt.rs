//! Signed receipts: proof, without asking us, that this was reported at that moment.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use model::id::{Key, Reference};

use crate::keys::Keys;
use crate::statement::{self, Certified, Statement};
use crate::{Hub, HubError, Link};

/// What a person keeps.
#[derive(Clone)]
pub struct Receipt {
    pub key: Key,
    pub reference: Reference,
    pub link: Link,
    /// UTC milliseconds.
    pub received_at: i64,
    pub danger: bool,
    /// Whether it is recorded that its author was shown whom to call.
    pub advised: bool,
    pub category: String,
    /// One line: what is certified, a space, and the Ed25519 signature (RFC 8032) over it in base64url.
    pub statement: String,
    /// The public key that checks it, in base64url.
    pub signer: String,
}

pub(crate) struct Signer(SigningKey);

impl Signer {
    pub fn new(keys: &Keys) -> Self {
        Self(SigningKey::from_bytes(&keys.derive("receipt/1")))
    }

    fn statement(&self, certified: Certified) -> String {
        let words = certified.words();
        format!("{words} {}", self.sign(&words))
    }

    fn sign(&self, words: &str) -> String {
        BASE64URL_NOPAD.encode(&self.0.sign(words.as_bytes()).to_bytes())
    }
}

impl Hub {
    /// The receipt behind a link.
    ///
    /// # Errors
    /// When the link leads nowhere, or the store is unavailable.
    pub async fn receipt(&self, link: &str) -> Result<Receipt, HubError> {
        let row = self.followed(link).await?;
        // Another length is damage.
        let hash = row.hash.try_into().map_err(|_| HubError::Sealed)?;
        let certified = Certified { key: row.key, hash, received_at: row.received_at };
        Ok(Receipt {
            key: row.key,
            reference: row.key.reference(),
            link: self.0.links.to(row.key),
            received_at: row.received_at,
            danger: row.danger,
            advised: row.advised_at.is_some(),
            statement: self.0.signer.statement(certified),
            category: row.category,
            signer: self.signer(),
        })
    }

    /// The public key of receipts and of answers to probes: 32 bytes in base64url.
    pub fn signer(&self) -> String {
        BASE64URL_NOPAD.encode(self.0.signer.0.verifying_key().as_bytes())
    }

    /// What a receipt certifies, when we signed it; nothing is looked up.
    pub fn verified(&self, statement: &str) -> Option<Certified> {
        let Statement { certified, signature } = Statement::parse(statement)?;
        let signature = Signature::from_bytes(&signature);
        let sound = self.0.signer.0.verify(certified.words().as_bytes(), &signature).is_ok();
        sound.then_some(certified)
    }

    /// Proves that it is this server that answers: the signature over a nonce that the caller has just made. `None` when it is none.
    pub fn proof(&self, nonce: &str) -> Option<String> {
        statement::probe(nonce).map(|words| self.0.signer.sign(&words))
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signature, Verifier as _};

    use super::*;

    #[test]
    fn a_statement_is_checked_by_the_public_key_alone() {
        let signer = Signer::new(&Keys::from_bytes([1; 32]));
        let certified = Certified { key: Key::from_parts(5, &[0; 10]), hash: [9; 32], received_at: 5 };
        let statement = signer.statement(certified);
        let (words, signature) = statement.rsplit_once(' ').unwrap();
        let signature = Signature::from_slice(&BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap()).unwrap();
        let public = signer.0.verifying_key();
        assert!(public.verify(words.as_bytes(), &signature).is_ok());
        assert!(public.verify(words.replace("received=5", "received=6").as_bytes(), &signature).is_err());
    }
}
