//! The master key: one secret file, from which every other key is derived.

use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::{Store, StoreError};
use thiserror::Error;

/// Where the store keeps what tells its master key from any other.
const CHECK: &str = "key";

/// Why there is no master key.
#[derive(Debug, Error)]
pub enum KeyError {
    #[error("the master key {file} cannot be read or made")]
    File { file: String, source: io::Error },
    /// Something was sealed under a key that is not there. A new one would open nothing, and nobody would notice for a while.
    #[error(
        "the master key {0} is missing, and this store was sealed with one: bring it back, or name it by --key-file"
    )]
    Missing(String),
    #[error("the master key {0} is not the one this store was sealed with: bring that back, or name it by --key-file")]
    Other(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The master key. Servers that share a database must share it; whoever loses it loses everything that is sealed.
pub struct Keys([u8; 32]);

impl Keys {
    /// The key of a store, from its file. The first start makes one, readable by its owner alone.
    ///
    /// # Errors
    /// When the file cannot be read or made, is not 32 bytes long, or does not hold the key of this store.
    pub async fn of(store: &Store, file: &Path) -> Result<Self, KeyError> {
        let name = || file.display().to_string();
        let known = store.meta(CHECK).await?;
        if known.is_some() && !file.exists() {
            return Err(KeyError::Missing(name()));
        }
        let keys = Self::load(file).map_err(|source| KeyError::File { file: name(), source })?;
        let check = HEXLOWER.encode(&keys.derive("check/1")[..16]);
        let known = match known {
            Some(known) => known,
            None => store.settle_meta(CHECK, check.clone()).await?,
        };
        if known == check { Ok(keys) } else { Err(KeyError::Other(name())) }
    }

    fn load(file: &Path) -> io::Result<Self> {
        match std::fs::File::open(file) {
            Ok(mut opened) => {
                let mut bytes = Vec::new();
                opened.read_to_end(&mut bytes)?;
                let wrong = |_| io::Error::new(io::ErrorKind::InvalidData, "a key file holds exactly 32 bytes");
                bytes.try_into().map(Self).map_err(wrong)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(file),
            Err(error) => Err(error),
        }
    }

    fn make(file: &Path) -> io::Result<Self> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(io::Error::other)?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // Written whole beside it and then named, so that a crash never leaves half a key.
        let draft = file.with_extension("new");
        let mut opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        opened.write_all(&key)?;
        opened.sync_all()?;
        std::fs::hard_link(&draft, file).or_else(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Ok(()),
            _ => Err(error),
        })?;
        std::fs::remove_file(&draft)?;
        if let Some(folder) = file.parent() {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Self::load(file)
    }

    /// A key for tests.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key for one use; uses are told apart by their names.
    pub(crate) fn derive(&self, usage: &str) -> [u8; 32] {
        authenticate(&self.0, &[usage.as_bytes()])
    }
}

/// HMAC-SHA-256 (RFC 2104) over the parts.
pub(crate) fn authenticate(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // A key of 32 bytes is padded to the block of 64 with zeros, as the RFC says.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether a proof is ours. All bytes are compared whatever the first ones say: the time tells nothing of the right proof.
pub(crate) fn proves(ours: &[u8; 16], theirs: &[u8]) -> bool {
    let differences = ours.iter().zip(theirs).fold(0, |sum, (ours, theirs)| sum | (ours ^ theirs));
    theirs.len() == ours.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_first_start_makes_a_key_that_later_starts_find() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys/master.key");
        let first = Keys::load(&file).unwrap();
        let second = Keys::load(&file).unwrap();
        assert_eq!(first.0, second.0);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_ne!(first.derive("one"), first.derive("other"));
    }

    #[test]
    fn a_key_file_of_another_length_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        std::fs::write(&file, [7; 31]).unwrap();
        assert!(Keys::load(&file).is_err());
    }
}
