//! Where things are.

use std::env;
use std::path::PathBuf;

use crate::failure::{Failure, Result};

/// The workspace and the directories that chores read and write.
pub struct Place {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Place {
    /// The workspace this xtask belongs to, wherever it is called from.
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = PathBuf::from(manifest)
            .parent()
            .map(PathBuf::from)
            .ok_or_else(|| Failure::new("xtask has no directory above it"))?;
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    /// What the server embeds. Beside the sources even where the target directory is elsewhere.
    pub fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// What chores keep for their next run.
    pub fn cache(&self) -> PathBuf {
        self.target.join("xtask")
    }

    pub fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }

    pub fn server(&self, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" }).join("shouwang")
    }
}
