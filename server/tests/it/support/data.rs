//! Test material that the project did not write, beside it; tests that need it are skipped where it is absent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::missing;

fn there(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    if path.exists() {
        return Some(path);
    }
    missing::material(&format!("the test material {} is not here", path.display()));
    None
}

/// 99,492 real calls, as a zipped CSV.
pub fn calls() -> Option<PathBuf> {
    let folder = there("reports")?;
    let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.to_string_lossy().ends_with(".csv.zip"))
}

/// The big list of naughty strings.
pub fn naughty_strings() -> Option<Vec<String>> {
    let text = std::fs::read_to_string(there("payloads/blns/blns.json")?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// A picture that breaks one rule or another, by its name.
pub fn picture(name: &str) -> Option<Vec<u8>> {
    Some(std::fs::read(there("images/pillow")?.join(name)).unwrap())
}

/// The published JSON schemas of GeoReport v2, by name.
pub fn open311_schemas() -> Option<BTreeMap<String, serde_json::Value>> {
    let folder = there("open311/georeport-v2-schemas")?;
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
    };
    Some(std::fs::read_dir(folder).unwrap().map(read).collect())
}
