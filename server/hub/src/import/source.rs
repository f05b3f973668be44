//! The file: CSV, plain or as the one entry of a zip archive.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A file that can be read more than once.
#[derive(Clone, Debug)]
pub struct Source(PathBuf);

impl Source {
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self(path.as_ref().to_owned())
    }

    /// Calls `read` with the text of the CSV, from its beginning.
    pub(super) fn with<T>(&self, read: impl FnOnce(&mut dyn Read) -> io::Result<T>) -> io::Result<T> {
        let file = File::open(&self.0)?;
        if self.0.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
            let mut archive = zip::ZipArchive::new(file).map_err(io::Error::other)?;
            let is_csv = |entry: &usize| {
                let name = archive.name_for_index(*entry).and_then(Result::ok);
                name.is_some_and(|name| name.to_lowercase().ends_with(".csv"))
            };
            let entry = (0..archive.len()).find(is_csv);
            let entry = entry.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the archive holds no .csv"))?;
            read(&mut archive.by_index(entry).map_err(io::Error::other)?)
        } else {
            read(&mut BufReader::new(file))
        }
    }
}

/// Reads through a digest of all that passes.
pub(super) struct Digesting<'a> {
    input: &'a mut dyn Read,
    digest: Sha256,
}

impl<'a> Digesting<'a> {
    pub fn new(input: &'a mut dyn Read) -> Self {
        Self { input, digest: Sha256::new() }
    }

    pub fn finish(self) -> [u8; 32] {
        self.digest.finalize().into()
    }
}

impl Read for Digesting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.digest.update(&buffer[..length]);
        Ok(length)
    }
}
