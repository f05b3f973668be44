//! Trees of files, held in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::failure::{Result, While};

/// Files by their path below some directory, written with `/`.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Reads a whole directory, without files whose name starts with a dot.
pub fn read(dir: &Path) -> Result<Tree> {
    let mut tree = Tree::new();
    walk(dir, "", &mut tree).while_(|| format!("reading {}", dir.display()))?;
    Ok(tree)
}

fn walk(dir: &Path, above: &str, tree: &mut Tree) -> Result {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{above}{name}");
        if fs::metadata(entry.path())?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), tree)?;
        } else {
            tree.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

pub fn write(dir: &Path, tree: &Tree) -> Result {
    for (path, bytes) in tree {
        let file = dir.join(path);
        if let Some(above) = file.parent() {
            fs::create_dir_all(above)?;
        }
        fs::write(&file, bytes).while_(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// The first 16 hexadecimal digits of SHA-256 over parts, each with its length, so that no two lists of parts
/// read the same.
pub fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let mut digits = HEXLOWER.encode(&hasher.finalize());
    digits.truncate(16);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_depends_on_every_byte_and_every_border() {
        let one = hash([b"ab".as_slice(), b"c"]);
        assert_eq!(one.len(), 16);
        assert!(one.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit)));
        assert_eq!(one, hash([b"ab".as_slice(), b"c"]));
        assert_ne!(one, hash([b"a".as_slice(), b"bc"]));
        assert_ne!(one, hash([b"ab".as_slice(), b"d"]));
        assert_ne!(one, hash([b"abc".as_slice()]));
    }
}
