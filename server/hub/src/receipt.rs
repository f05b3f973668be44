//! Signed receipts: proof, without asking us, that this was reported at that moment.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signer as _, SigningKey};
use model::id::{Key, Reference};

use crate::keys::Keys;
use crate::{Hub, HubError, Link};

/// What a person keeps.
#[derive(Clone)]
pub struct Receipt {
    pub reference: Reference,
    pub link: Link,
    /// UTC milliseconds.
    pub received_at: i64,
    pub danger: bool,
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

    fn statement(&self, key: Key, hash: &[u8], received_at: i64) -> String {
        let certified = format!("shouwang-receipt/1 key={key} sha256={} received={received_at}", HEXLOWER.encode(hash));
        let signature = self.0.sign(certified.as_bytes());
        format!("{certified} {}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
    }
}

impl Hub {
    /// The receipt behind a link.
    ///
    /// # Errors
    /// When the link leads nowhere, or the store is unavailable.
    pub async fn receipt(&self, link: &str) -> Result<Receipt, HubError> {
        let row = self.followed(link).await?;
        Ok(Receipt {
            reference: row.key.reference(),
            link: self.0.links.to(row.key),
            received_at: row.received_at,
            danger: row.danger,
            statement: self.0.signer.statement(row.key, &row.hash, row.received_at),
            category: row.category,
            signer: BASE64URL_NOPAD.encode(self.0.signer.0.verifying_key().as_bytes()),
        })
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signature, Verifier as _};

    use super::*;

    #[test]
    fn a_statement_is_checked_by_the_public_key_alone() {
        let signer = Signer::new(&Keys::from_bytes([1; 32]));
        let statement = signer.statement(Key::from_parts(5, &[0; 10]), &[9; 32], 5);
        let (certified, signature) = statement.rsplit_once(' ').unwrap();
        let signature = Signature::from_slice(&BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap()).unwrap();
        let public = signer.0.verifying_key();
        assert!(public.verify(certified.as_bytes(), &signature).is_ok());
        assert!(public.verify(certified.replace("received=5", "received=6").as_bytes(), &signature).is_err());
    }
}
