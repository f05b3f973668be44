use super::*;

const NAMED: Named = Named {
    category: |name| match name {
        "12P00" | "断水" | "No water" => Some("12P00"),
        "12G00" | "起火" => Some("12G00"),
        _ => None,
    },
    hazard: |name| (name == "燃气").then_some("gas"),
};

fn key() -> Key {
    Key::from_parts(1_700_000_000_000, &[7; 10])
}

fn lines(table: &str) -> Result<Lines, Fault> {
    read(key(), 0, table, &NAMED, |raw| raw.parse(None))
}

#[test]
fn every_line_is_a_report_with_a_key_of_its_own() {
    let read =
        lines("category,address,people,what\n12P00,3 Mill Lane,4,\"Dry, since noon\"\n\n12G00,Hall 2,,").unwrap();
    let sound: Vec<_> = read.sound().map(|(line, report)| (line.number, report.key, report.danger)).collect();
    assert_eq!(sound, [(2, key_of(key(), 0), false), (4, key_of(key(), 1), true)]);
    assert_eq!(read.lines[0].raw.what, "Dry, since noon");
}

#[test]
fn headings_and_kinds_may_be_in_either_language_and_copied_from_a_spreadsheet() {
    let read =
        lines("\u{feff}类别\t地址\t危险源\t有人危险\t其他地点\t备注\n断水\t磨坊路3号\t燃气\t否\t东门；西门\tx\n")
            .unwrap();
    let (_, report) = read.sound().next().unwrap();
    assert_eq!((report.category.code, report.danger, report.told.site.places.len()), ("12P00", false, 2));
    assert_eq!(report.told.site.hazard.map(model::site::Hazard::name), Some("gas"));
    assert_eq!(read.unread, ["备注"]);
}

#[test]
fn what_is_wrong_is_said_of_its_line_and_holds_up_no_other() {
    let read = lines("category;address;people\n12P00;here;1\nmoon;there;many\n12P00;;\n12P00;yonder;\n").unwrap();
    let wrong: Vec<_> = read.lines.iter().map(|line| line.report.as_ref().err().map(Vec::len)).collect();
    assert_eq!(wrong, [None, Some(2), Some(1), None]);
    let keys: Vec<Key> = read.sound().map(|(_, report)| report.key).collect();
    assert_eq!(keys, [key_of(key(), 0), key_of(key(), 1)], "no gap between those that are stored");
    assert_eq!(read.rest(), "category;address;people\nmoon;there;many\n12P00;;\n");
}

#[test]
fn a_table_that_was_mended_reads_as_its_rest_says() {
    let table = "category,address,what\nmoon,\"a \"\"mill\"\"\",\"two\nlines\"\n";
    let rest = lines(table).unwrap().rest();
    let again = lines(&rest).unwrap();
    assert_eq!((again.lines[0].raw.address.as_str(), again.lines[0].raw.what.as_str()), ("a \"mill\"", "two\nlines"));
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(lines("good morning").unwrap_err(), Fault::Unknown);
    assert_eq!(lines("category,address\n,\n").unwrap_err(), Fault::Missing);
    let long = format!("category,address\n{}", "12P00,here\n".repeat(MOST + 1));
    assert_eq!(lines(&long).unwrap_err(), Fault::TooMany(MOST + 1));
    assert_eq!(lines(&"\"".repeat(50)).unwrap_err(), Fault::Unknown);
}

#[test]
fn whatever_is_not_a_plain_no_is_danger() {
    let danger = |cell: &str| {
        lines(&format!("category,address,danger\n12P00,here,{cell}\n")).unwrap().sound().next().unwrap().1.danger
    };
    assert!(["yes", "是", "1", "two people"].into_iter().all(danger));
    assert!(!["", "No", "否", "0"].into_iter().any(danger));
}

#[test]
fn columns_that_mean_the_same_fill_one_field_and_an_empty_cell_takes_nothing_away() {
    let table = "category,address,phone,email,danger,in danger\n12P00,here,555 0100,a@example.org,yes,\n12P00,here,555 0100,,,yes\n12P00,here,,a@example.org,no,no\n";
    let read = lines(table).unwrap();
    let contacts: Vec<(&str, bool)> =
        read.sound().map(|(line, report)| (line.raw.contact.as_str(), report.danger)).collect();
    assert_eq!(contacts, [("555 0100, a@example.org", true), ("555 0100", true), ("a@example.org", false)]);
    let two = lines("kind,type,address\n断水,起火,here\n断水,12P00,here\n").unwrap();
    let sound: Vec<bool> = two.lines.iter().map(|line| line.report.is_ok()).collect();
    assert_eq!(sound, [false, true], "of two kinds its author chooses");
}

#[test]
fn cells_under_no_heading_are_not_dropped() {
    let read = lines("category,address,what\n12P00,here,Dry, since noon\n12P00,here,Dry,,\n").unwrap();
    let surplus = Problem { field: Field::Table, fault: Fault::Surplus };
    assert_eq!(read.lines[0].report.as_ref().unwrap_err(), &[surplus]);
    assert!(read.lines[1].report.is_ok(), "empty ones say nothing");
}

#[test]
fn the_rest_of_a_table_goes_on_where_the_table_ended() {
    let rest = read(key(), 2, "category,address\n12P00,here\n", &NAMED, |raw| raw.parse(None)).unwrap();
    assert_eq!(rest.sound().next().unwrap().1.key, key_of(key(), 2));
    let full = read(key(), MOST, "category,address\n12P00,here\n", &NAMED, |raw| raw.parse(None));
    assert_eq!(full.unwrap_err(), Fault::TooMany(MOST + 1));
}

#[test]
fn a_line_that_is_wrong_may_tell_of_danger_too() {
    let read = lines("category,people,what\nmoon,many,A man is not breathing\nmoon,many,Dry\n").unwrap();
    let danger: Vec<bool> = read.lines.iter().map(Line::tells_of_danger).collect();
    assert_eq!(danger, [true, false]);
}
