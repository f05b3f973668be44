//! Personal data at rest.

use std::fmt;
use std::marker::PhantomData;

/// A `T` that nobody can read without a grant: encrypted under the key of the person it is about.
///
/// The type has no way to open itself; that takes the hub's vault and a grant.
pub struct Sealed<T> {
    bytes: Vec<u8>,
    what: PhantomData<fn() -> T>,
}

impl<T> Sealed<T> {
    /// Wraps what an encryption gave, or what the store kept.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self { bytes, what: PhantomData }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl<T> Clone for Sealed<T> {
    fn clone(&self) -> Self {
        Self::from_bytes(self.bytes.clone())
    }
}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.bytes.len())
    }
}
