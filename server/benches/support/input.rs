//! Reports as people would post them: a slice of real calls where the test material is there, else made up.

use std::io::Read;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use model::id::Key;

/// The zipped CSV of real calls, beside the project.
pub fn calls() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/reports");
    let files = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    files.into_iter().find(|path| path.to_string_lossy().ends_with(".csv.zip"))
}

struct Call {
    position: String,
    address: String,
    what: String,
    category: &'static str,
}

fn slice(count: usize) -> Vec<Call> {
    let Some(path) = calls() else {
        println!("the real calls are not beside the project: made-up ones stand in");
        let made_up = |number: usize| Call {
            position: format!("40.{:06}, -75.{:06}", number * 37 % 1_000_000, number * 91 % 1_000_000),
            address: format!("MILL LN & {number} ST"),
            what: format!("MILL LN & {number} ST;  TOWNSHIP; Station 332; 2015-12-10 @ 17:10:52;"),
            category: "12G00",
        };
        return (0..count).map(made_up).collect();
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
                position: format!("{}, {}", &record[0], &record[1]),
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

/// Bodies of `count` posts, each with a key of its own.
pub fn bodies(count: usize) -> Vec<String> {
    let now = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    slice(count)
        .into_iter()
        .map(|call| {
            let mut rest = [0; 10];
            getrandom::fill(&mut rest).unwrap();
            let key = Key::from_parts(now, &rest);
            format!(
                "key={key}&category={}&position={}&accuracy=&address={}&people=1&what={}&contact=",
                call.category,
                encode(&call.position),
                encode(&call.address),
                encode(&call.what)
            )
        })
        .collect()
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
