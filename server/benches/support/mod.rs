//! What the benches share: a load driver, servers as processes of their own, real input, and a table.

#![allow(dead_code, reason = "each bench uses its part")]

pub mod bare;
pub mod driver;
pub mod input;
pub mod process;
pub mod table;

/// The machine, for the head of a table.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        cpuinfo.lines().find_map(|line| line.strip_prefix("model name")).and_then(|line| line.split(':').nth(1));
    format!("{} × {}, load driver included", cores, model.unwrap_or("unknown").trim())
}

/// A folder on the disk that the build is on: a temporary file system would make every commit free.
pub fn folder() -> tempfile::TempDir {
    let target = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    tempfile::Builder::new().prefix("bench-").tempdir_in(target).unwrap()
}
