//! Large sealed things, by name: a folder of files that never change, through `object_store`.

use std::path::Path;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};

use crate::{Result, StoreError};

/// Where pictures are. Cheap to clone.
#[derive(Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// In a folder, which is made when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(folder: &Path) -> Result<Self> {
        let failed = |error: object_store::Error| unavailable("open the folder of photos", error);
        std::fs::create_dir_all(folder).map_err(|error| StoreError::Unavailable {
            doing: "make the folder of photos",
            cause: Some(Arc::new(sqlx::Error::Io(error))),
        })?;
        // What is acknowledged is on the disk.
        let files = LocalFileSystem::new_with_prefix(folder).map_err(failed)?.with_fsync(true);
        Ok(Self(Arc::new(files)))
    }

    /// Stores bytes under the SHA-256 of themselves, and gives that name back. Storing the same twice is storing it once.
    ///
    /// # Errors
    /// When there is no room, or nothing can be written: sending again is safe.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<String> {
        let name = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
        self.0.put(&at(&name), bytes.into()).await.map_err(|error| unavailable("store a picture", error))?;
        Ok(name)
    }

    /// The bytes of a name.
    ///
    /// # Errors
    /// When there is nothing under the name, or it cannot be read.
    pub async fn get(&self, name: &str) -> Result<Vec<u8>> {
        let failed = |error| unavailable("read a picture", error);
        let found = self.0.get(&at(name)).await.map_err(failed)?;
        Ok(found.bytes().await.map_err(failed)?.to_vec())
    }
}

/// In folders by the first two digits: no folder grows very large.
fn at(name: &str) -> Name {
    let (folder, _) = name.split_at_checked(2).unwrap_or((name, ""));
    Name::from_iter([folder, name])
}

fn unavailable(doing: &'static str, error: object_store::Error) -> StoreError {
    StoreError::Unavailable { doing, cause: Some(Arc::new(sqlx::Error::Io(std::io::Error::other(error)))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_stored_is_found_under_its_own_hash_and_storing_again_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::folder(&folder.path().join("photos")).unwrap();
        let name = blobs.put(b"sealed".to_vec()).await.unwrap();
        assert_eq!(name, data_encoding::HEXLOWER.encode(&Sha256::digest(b"sealed")));
        assert_eq!(blobs.put(b"sealed".to_vec()).await.unwrap(), name);
        assert_eq!(blobs.get(&name).await.unwrap(), b"sealed");
        assert!(blobs.get(&"0".repeat(64)).await.is_err());
        assert!(blobs.get("../photos").await.is_err(), "a name leads nowhere else");
    }
}
