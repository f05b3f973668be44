//! Canonical bytes: what "the same report" means.

use sha2::{Digest, Sha256};

/// The SHA-256 of what was sent, in canonical form.
pub type Hash = [u8; 32];

/// Collects fields in a fixed order, each behind its length, so that no two different forms give the same bytes.
pub struct Canonical(Sha256);

impl Canonical {
    /// `shape` names the form and its version, for example `report/1`.
    pub fn new(shape: &str) -> Self {
        Self(Sha256::new()).text(shape)
    }

    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// A missing value differs from an empty one.
    #[must_use]
    pub fn maybe(mut self, text: Option<&str>) -> Self {
        self.0.update([u8::from(text.is_some())]);
        self.text(text.unwrap_or_default())
    }

    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
        self
    }

    pub fn hash(self) -> Hash {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_slip_from_one_field_into_the_next() {
        let one = Canonical::new("t").text("ab").text("c").hash();
        let other = Canonical::new("t").text("a").text("bc").hash();
        assert_ne!(one, other);
    }

    #[test]
    fn missing_is_not_empty() {
        assert_ne!(Canonical::new("t").maybe(None).hash(), Canonical::new("t").maybe(Some("")).hash());
    }
}
