//! Real calls, taken in from a file: what the portal shows of them equals what the file says, counted by somebody else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use model::cell::Cell;
use model::position::Position;

use crate::support::client::Client;
use crate::support::commands::{at, counts, good, reports, run};
use crate::support::data;
use crate::support::nats::Nats;
use crate::support::portal::{Portal, Process, hub, shouwang};
use crate::support::postgres::Postgres;
use crate::support::wait;

const HEADING: &str = "lat,lng,desc,zip,title,timeStamp,twp,addr,e";
const KINDS: [(&str, &str); 3] = [("EMS", "13Y00"), ("Fire", "12G00"), ("Traffic", "12H00")];

/// `import` with everything that the file needs.
fn import(file: &Path, place: &[String]) -> Vec<String> {
    let mut arguments = vec!["import".to_owned(), file.to_str().unwrap().to_owned()];
    arguments.extend(["--file-zone", "UTC"].map(str::to_owned));
    for (kind, code) in KINDS {
        arguments.extend(["--kind".to_owned(), format!("{kind}={code}")]);
    }
    arguments.extend(place.iter().cloned());
    arguments
}

/// The text inside the archive.
pub fn unzipped(file: &Path) -> String {
    let mut archive = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_index(0).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// What the file says, found out without any of the code that imports.
struct Expected {
    rows: usize,
    /// By category and hour, as `2015-12-10T17:00:00Z`.
    by_hour: BTreeMap<(String, String), u64>,
    /// Further than 200 km from the medians of latitude and longitude.
    outliers: usize,
    /// By the area that is shown, without outliers.
    by_area: BTreeMap<String, i64>,
}

pub fn category(record: &StringRecord) -> String {
    let kind = record[4].split(':').next().unwrap();
    KINDS.iter().find(|(name, _)| *name == kind).unwrap().1.to_owned()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Kilometres on a sphere, by the haversine formula.
fn kilometres((one_lat, one_lng): (f64, f64), (lat, lng): (f64, f64)) -> f64 {
    let half = |one: f64, other: f64| ((other - one).to_radians() / 2.0).sin().powi(2);
    let a = half(one_lat, lat) + one_lat.to_radians().cos() * lat.to_radians().cos() * half(one_lng, lng);
    2.0 * 6_371.0 * a.sqrt().asin()
}

impl Expected {
    fn of(text: &str) -> Self {
        let records: Vec<StringRecord> =
            csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect();
        let position = |record: &StringRecord| (record[0].parse().unwrap(), record[1].parse().unwrap());
        let positions: Vec<(f64, f64)> = records.iter().map(position).collect();
        let middle =
            (median(positions.iter().map(|at| at.0).collect()), median(positions.iter().map(|at| at.1).collect()));
        let mut expected =
            Self { rows: records.len(), by_hour: BTreeMap::new(), outliers: 0, by_area: BTreeMap::new() };
        for (record, position) in records.iter().zip(positions) {
            let hour = format!("{}T{}:00:00Z", &record[5][..10], &record[5][11..13]);
            *expected.by_hour.entry((category(record), hour)).or_default() += 1;
            if kilometres(middle, position) > 200.0 {
                expected.outliers += 1;
            } else {
                let area = Cell::at(Position::new(position.0, position.1).unwrap()).shown();
                *expected.by_area.entry(area.to_string()).or_default() += 1;
            }
        }
        expected
    }

    fn by_category(&self) -> BTreeMap<&str, u64> {
        let mut sums = BTreeMap::new();
        self.by_hour.iter().for_each(|((category, _), count)| *sums.entry(category.as_str()).or_default() += count);
        sums
    }

    /// For each hour of the day, by category.
    fn by_hour_of_day(&self, category: &str) -> Vec<u64> {
        let mut hours = vec![0; 24];
        for ((of, hour), count) in &self.by_hour {
            if of == category {
                hours[hour[11..13].parse::<usize>().unwrap()] += count;
            }
        }
        hours
    }
}

/// The export of the reports tells the same as the file.
fn stored_as_expected(place: &[String], expected: &Expected) {
    let rows = reports(place);
    let keys: BTreeSet<&String> = rows.iter().map(|row| &row["key"]).collect();
    assert_eq!((rows.len(), keys.len()), (expected.rows, expected.rows), "every call is a report, once");
    let mut by_hour: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut marks: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        let hour = format!("{}:00:00Z", &row["occurred"][..13]);
        *by_hour.entry((row["category"].clone(), hour)).or_default() += 1;
        *marks.entry(&row["place"]).or_default() += 1;
        assert_eq!((row["origin"].as_str(), row["status"].as_str()), ("import", "received"));
        assert_eq!(row["cell"].is_empty(), row["place"] != "located", "an outlier has no cell: {row:?}");
    }
    assert!(by_hour == expected.by_hour);
    let marked = BTreeMap::from([("located", expected.rows - expected.outliers), ("outlier", expected.outliers)]);
    assert_eq!(marks, marked, "kept and marked, none dropped");
}

/// `/open` shows the same as the file.
fn shown_as_expected(client: &Client, expected: &Expected) {
    let page = client.get("/open?lang=en").page();
    let tables = page.tables();
    let [by_category, by_hour, by_area] = &tables[..] else { panic!("{} tables", tables.len()) };
    let names = [("Someone is ill or hurt", "13Y00"), ("Road accident", "12H00"), ("Fire or smoke", "12G00")];
    let number = |cell: &String| cell.parse::<u64>().unwrap();

    let sums = expected.by_category();
    for (row, (name, code)) in by_category[1..].iter().zip(names) {
        assert_eq!((row[1].as_str(), number(&row[2])), (name, sums[code]), "{row:?}");
    }
    assert_eq!(number(&by_category[4][2]), expected.rows as u64, "the total");

    let heads: Vec<&str> = by_hour[0][1..4].iter().map(String::as_str).collect();
    assert_eq!(heads, names.map(|(name, _)| name));
    let days = names.map(|(_, code)| expected.by_hour_of_day(code));
    for (hour, row) in by_hour[1..].iter().enumerate() {
        let counts: Vec<u64> = days.iter().map(|day| day[hour]).collect();
        let shown: Vec<u64> = row.iter().map(number).collect();
        assert_eq!(shown, [&[hour as u64], &counts[..], &[counts.iter().sum()]].concat());
    }

    let mut areas: Vec<(&String, i64)> = expected.by_area.iter().map(|(area, count)| (area, *count)).collect();
    areas.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let (many, few): (Vec<_>, Vec<_>) = areas.into_iter().partition(|(_, count)| *count >= 5);
    assert!(!few.is_empty(), "the file has areas that must not be shown");
    assert_eq!(by_area.len() - 1, many.len().min(50));
    for (row, (_, count)) in by_area[1..].iter().zip(&many) {
        assert_eq!(row[2], count.to_string());
        assert_eq!(expected.by_area[&row[0]], *count, "{}", row[0]);
    }
    let text = &page.one("main").text;
    assert!(text.contains(&format!("{} areas have too few", few.len())), "{} areas with fewer than 5", few.len());
    for (area, _) in few {
        assert!(!text.contains(area.as_str()), "{area} is shown");
    }
    let chart = page.with_class("chart").next().unwrap();
    let bars = page.elements.iter().filter(|element| element.name == "rect" && element.has_class("bar")).count();
    assert!(bars == 24 && chart.attribute("aria-label").unwrap().contains("Reports by hour of the day"));
}

/// How much the database has grown to, in bytes.
fn size(data: &Path) -> u64 {
    ["shouwang.db", "shouwang.db-wal"]
        .iter()
        .filter_map(|name| data.join(name).metadata().ok())
        .map(|file| file.len())
        .sum()
}

/// Imports until the database is of a size, and then `kill -9`.
fn killed_at(bytes: u64, file: &Path, data: &Path) {
    let mut command = shouwang();
    command.args(import(file, &at(data, &[])));
    let mut process = Process::start(command);
    wait::until("a part of the import", || {
        assert!(!process.has_ended(), "it was over before the blow: {}", process.log());
        size(data) >= bytes
    });
    process.kill();
}

#[test]
fn every_call_is_stored_counted_and_shown_once_though_the_import_is_killed_twice() {
    let Some(file) = data::calls() else { return };
    let expected = Expected::of(&unzipped(&file));
    assert_eq!(expected.rows, 99_492);
    let data = tempfile::tempdir().unwrap();
    let here = at(data.path(), &[]);
    for megabytes in [15, 45] {
        killed_at(megabytes << 20, &file, data.path());
    }
    let said = good(&import(&file, &here));
    assert!(said.contains("went on after row") && said.contains("99492 rows: "), "{said}");
    assert!(said.contains(" 0 refused"), "{said}");
    stored_as_expected(&here, &expected);

    let portal = Portal::start(data.path(), &["--zone", "UTC"]);
    portal.until_counted();
    assert!(counts(&here) == expected.by_hour, "the counter's numbers are the file's");
    shown_as_expected(&portal.client(), &expected);
    let table = portal.client().get("/open.csv").text();
    assert_eq!(table.lines().count(), expected.by_hour.len() + 1);
}

#[test]
fn every_call_is_counted_once_over_postgres_and_jetstream() {
    let Some(file) = data::calls() else { return };
    let (Some(postgres), Some(nats)) = (Postgres::start(), Nats::start()) else { return };
    let expected = Expected::of(&unzipped(&file));
    let data = tempfile::tempdir().unwrap();
    let (database, feed) = (postgres.create("portal"), nats.url());
    let common = ["--database", &database, "--feed", &feed];
    let portal = Portal::start(data.path(), &[&common[..], &["--zone", "UTC", "--no-consumers"]].concat());
    let _hub = hub(data.path(), &common);
    let here = at(data.path(), &common[..2]);
    // The hub counts while the import goes on.
    let said = good(&import(&file, &here));
    assert!(said.contains("99492 rows: 99492 new, 0 there before, 0 refused"), "{said}");
    assert!(said.contains(&format!("0 without a place, {} far from the middle", expected.outliers)), "{said}");
    portal.until_counted();
    assert!(counts(&here) == expected.by_hour, "the counter's numbers are the file's");
    stored_as_expected(&here, &expected);
    shown_as_expected(&portal.client(), &expected);
}

/// The first rows of the real calls, as a CSV and as a zip of it.
fn slice(rows: usize, folder: &Path) -> Option<(PathBuf, PathBuf)> {
    let text = unzipped(&data::calls()?);
    let text: String = text.split_inclusive('\n').take(rows + 1).collect();
    let (plain, zipped) = (folder.join("calls.csv"), folder.join("calls.csv.zip"));
    std::fs::write(&plain, &text).unwrap();
    let mut archive = zip::ZipWriter::new(File::create(&zipped).unwrap());
    archive.start_file("readme.txt", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(b"not this").unwrap();
    archive.start_file("CALLS.CSV", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap();
    Some((plain, zipped))
}

/// Everything that is stored, but the moment in which it was taken in.
fn content(place: &[String]) -> Vec<BTreeMap<String, String>> {
    let mut rows = reports(place);
    rows.iter_mut().for_each(|row| drop(row.remove("received")));
    rows
}

#[test]
fn killed_and_run_again_plain_or_zipped_once_or_twice_a_file_gives_the_same() {
    const ROWS: usize = 12_000;
    let folder = tempfile::tempdir().unwrap();
    let Some((plain, zipped)) = slice(ROWS, folder.path()) else { return };
    let whole = folder.path().join("whole");
    let said = good(&import(&zipped, &at(&whole, &[])));
    assert!(said.contains(&format!("{ROWS} rows: {ROWS} new, 0 there before, 0 refused")), "{said}");
    let expected = content(&at(&whole, &[]));
    assert_eq!(expected.len(), ROWS);

    let broken = folder.path().join("broken");
    let here = at(&broken, &[]);
    for megabytes in [1, 3, 5, 7] {
        killed_at(megabytes << 20, &plain, &broken);
    }
    let said = good(&import(&plain, &here));
    assert!(said.contains("went on after row"), "{said}");
    assert!(content(&here) == expected, "the killed import of the plain file is the whole one of the zip");

    for file in [&plain, &zipped] {
        let said = good(&import(file, &here));
        assert!(said.contains(&format!("{ROWS} rows: 0 new, {ROWS} there before, 0 refused")), "{said}");
    }
    assert!(content(&here) == expected, "a second run adds nothing");
}

#[test]
fn bad_rows_are_refused_with_their_line_and_reason_and_the_others_are_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mixed.csv");
    let good_row = |number: usize| {
        format!("40.1,-75.{number:03},WORDS {number},,EMS: FALL,2016-01-02 03:04:{number:02},T,ADDR {number},1")
    };
    let long = "x".repeat(2_001);
    let lines: Vec<Vec<u8>> = vec![
        HEADING.into(),
        good_row(1).into(),
        ",,no place,,Fire: ALARM,2016-01-02 04:00:00,T,,1".into(),
        "40.1,-75.1,no such kind,,Flood: RIVER,2016-01-02 04:00:01,T,A,1".into(),
        "40.1,-75.1,no time,,EMS: FALL,yesterday,T,A,1".into(),
        format!("40.1,-75.1,{long},,EMS: FALL,2016-01-02 04:00:03,T,A,1").into(),
        [b"40.1,-75.1,\xff\xfe,,EMS: FALL,2016-01-02 04:00:04,T,A,1".as_slice()].concat(),
        "\"40.1\",\"-75.1\",\"two\nlines\",,EMS: FALL,2016-01-02 04:00:05,T,A,1".into(),
        "95.0,-75.1,impossible,,EMS: FALL,2016-01-02 04:00:06,T,A,1".into(),
        "0.0,0.0,far away,,EMS: FALL,2016-01-02 04:00:07,T,A,1".into(),
        "40.1,-75.1".into(),
        ",,words only,,Traffic: X,2016-01-02T04:00:08Z,T,BY THE MILL,1".into(),
        good_row(2).into(),
        good_row(2).into(),
        good_row(3).into(),
    ];
    std::fs::write(&file, lines.join(b"\n".as_slice())).unwrap();
    let refused = folder.path().join("refused.csv");
    let data = folder.path().join("data");
    let mut command = import(&file, &at(&data, &[]));
    command.extend(["--refused".to_owned(), refused.to_str().unwrap().to_owned()]);
    let said = good(&command);
    assert!(said.contains("14 rows: 9 new, 0 there before, 5 refused"), "{said}");
    assert!(said.contains("of the new: 1 without a place, 1 far from the middle, 2 with words alone"), "{said}");
    assert!(said.contains("refused: 1 × no category for the kind \"Flood: RIVER\""), "{said}");

    let table = std::fs::read_to_string(&refused).unwrap();
    let rows: Vec<(u64, String)> =
        csv::Reader::from_reader(table.as_bytes()).deserialize().map(Result::unwrap).collect();
    let expected = [
        (4, "no category for the kind \"Flood: RIVER\""),
        (5, "no time in \"yesterday\""),
        (6, "the field \"what\" is too long"),
        (7, "the row cannot be read"),
        // The row of two lines moves what comes after it by one.
        (12, "no category for the kind \"\""),
    ];
    assert_eq!(rows, expected.map(|(line, why)| (line, why.to_owned())));

    let rows = reports(&at(&data, &[]));
    let marks: Vec<(&str, &str)> = rows.iter().map(|row| (row["occurred"].as_str(), row["place"].as_str())).collect();
    assert_eq!(rows.len(), 9, "two equal rows are two reports");
    for (time, mark) in [
        ("2016-01-02T04:00:00Z", "unknown"),
        ("2016-01-02T04:00:06Z", "described"),
        ("2016-01-02T04:00:07Z", "outlier"),
        ("2016-01-02T04:00:08Z", "described"),
        ("2016-01-02T03:04:01Z", "located"),
    ] {
        assert!(marks.contains(&(time, mark)), "{time} is not {mark} in {marks:?}");
    }

    // The reasons are mended by saying more: what was in stays as it was.
    let said = good(&[import(&file, &at(&data, &[])), vec!["--otherwise".into(), "19000".into()]].concat());
    assert!(said.contains("14 rows: 1 new, 9 there before, 4 refused"), "{said}");
}

#[test]
fn a_file_that_cannot_be_understood_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (no_time, no_csv, not_there) =
        (folder.path().join("a.csv"), folder.path().join("b.zip"), folder.path().join("c.csv"));
    std::fs::write(&no_time, "lat,lng,title\n1,2,EMS\n").unwrap();
    std::fs::write(&no_csv, "this is no archive").unwrap();
    for (file, words) in
        [(&no_time, "no column tells the time"), (&no_csv, "cannot be read"), (&not_there, "No such file")]
    {
        let done = run(&import(file, &at(&data, &[])));
        assert!(!done.good && done.words.contains(words), "{}: {}", file.display(), done.words);
    }
    for (arguments, words) in [
        (["--kind", "EMS=99999"], "the catalogue has no category"),
        (["--kind", "EMS"], "expected NAME=VALUE"),
        (["--column", "colour=x"], "there is no meaning"),
        (["--column", "what=nowhere"], "has no column \"nowhere\""),
        (["--file-zone", "Mars/Olympus"], "Mars/Olympus"),
    ] {
        std::fs::write(&no_time, format!("{HEADING}\n")).unwrap();
        let mut command = vec!["import".to_owned(), no_time.to_str().unwrap().to_owned()];
        command.extend(at(&data, &arguments));
        let done = run(&command);
        assert!(!done.good && done.words.contains(words), "{arguments:?}: {}", done.words);
    }
    assert!(reports(&at(&data, &[])).is_empty());
}
