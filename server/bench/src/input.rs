//! Reports as people would post them: a slice of real calls where the test material is there, else made up.

use std::io::Read;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use model::id::Key;

/// The zipped CSV of real calls, beside the project.
fn calls() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/reports");
    let files = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    files.into_iter().find(|path| path.to_string_lossy().ends_with(".csv.zip"))
}

/// What the head of a table says of the reports.
pub fn made_up_or_real() -> &'static str {
    if calls().is_some() { "" } else { "; MADE-UP reports: the real calls are not beside the project" }
}

/// As many as there are real ones, about.
const MADE_UP: usize = 100_000;

pub struct Call {
    /// Degrees, as the file has them.
    pub latitude: String,
    pub longitude: String,
    address: String,
    what: String,
    pub category: &'static str,
}

/// The first `count` calls, or as many as there are.
pub fn slice(count: usize) -> Vec<Call> {
    let Some(path) = calls() else {
        let made_up = |number: usize| Call {
            latitude: format!("40.{:06}", number * 37 % 1_000_000),
            longitude: format!("-75.{:06}", number * 91 % 1_000_000),
            address: format!("MILL LN & {number} ST"),
            what: format!("MILL LN & {number} ST;  TOWNSHIP; Station 332; 2015-12-10 @ 17:10:52;"),
            category: "12G00",
        };
        return (0..count.min(MADE_UP)).map(made_up).collect();
    };
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_index(0).unwrap().read_to_string(&mut text).unwrap();
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    csv.records()
        .take(count)
        .map(|record| {
            let record = record.unwrap();
            Call {
                latitude: record[0].to_owned(),
                longitude: record[1].to_owned(),
                address: record[7].to_owned(),
                what: record[2].to_owned(),
                category: match record[4].split(':').next() {
                    Some("EMS") => "13Y00",
                    Some("Fire") => "12G00",
                    _ => "12H00",
                },
            }
        })
        .collect()
}

/// How a report comes in.
#[derive(Clone, Copy)]
pub enum Door {
    Form,
    Open311,
}

impl Door {
    pub fn path(self) -> &'static str {
        match self {
            Self::Form => "/report",
            Self::Open311 => "/open311/v2/requests.json",
        }
    }

    /// The status of the answer to a report that was taken.
    pub fn taken(self) -> u16 {
        match self {
            Self::Form => 303,
            Self::Open311 => 200,
        }
    }

    fn body(self, key: Key, call: &Call) -> String {
        let (lat, lng) = (encode(&call.latitude), encode(&call.longitude));
        let (category, address, what) = (call.category, encode(&call.address), encode(&call.what));
        match self {
            Self::Form => format!(
                "key={key}&category={category}&position={lat}%2C+{lng}&accuracy=&address={address}&people=1&what={what}&contact="
            ),
            Self::Open311 => format!(
                "key={key}&service_code={category}&lat={lat}&long={lng}&address_string={address}&description={what}"
            ),
        }
    }
}

/// Bodies of `count` posts, each with a key of its own.
pub fn bodies(door: Door, count: usize) -> Vec<String> {
    let now = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    let fresh = || {
        let mut rest = [0; 10];
        getrandom::fill(&mut rest).unwrap();
        Key::from_parts(now, &rest)
    };
    slice(count).iter().map(|call| door.body(fresh(), call)).collect()
}

/// The call of each body, under the key that its place in the file gives it: the same in every replay.
pub fn replayed(calls: &[Call]) -> Vec<String> {
    let key = |number: usize| {
        let mut rest = [0; 10];
        rest[2..].copy_from_slice(&u64::try_from(number).unwrap().to_be_bytes());
        Key::from_parts(1_450_000_000_000, &rest)
    };
    calls.iter().enumerate().map(|(number, call)| Door::Open311.body(key(number), call)).collect()
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
