//! The file of the city's addresses and landmarks.

use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use model::gazetteer::{COLUMNS, Gazetteer};

use crate::commands::Failure;

/// Reads a CSV file with the header of [`COLUMNS`], in UTF-8.
pub fn read(file: &Path) -> Result<Gazetteer, Failure> {
    let wrong = |why: String| format!("--gazetteer {}: {why}", file.display());
    let mut reader = ReaderBuilder::new().from_path(file).map_err(|error| wrong(error.to_string()))?;
    let header = reader.headers().map_err(|error| wrong(error.to_string()))?;
    if header.iter().map(|name| name.trim_start_matches('\u{feff}').trim()).ne(COLUMNS) {
        return Err(wrong(format!("the first line is to be {}", COLUMNS.join(","))).into());
    }
    let records = reader.into_records().collect::<Result<Vec<_>, _>>().map_err(|error| wrong(error.to_string()))?;
    let fields = |record: &StringRecord| std::array::from_fn(|place| record.get(place).unwrap_or_default().to_owned());
    let lines = records.iter().map(|record| (record.position().map_or(0, csv::Position::line), fields(record)));
    Gazetteer::parse::<String>(lines).map_err(|error| wrong(error.to_string()).into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read_text(text: &str) -> Result<Gazetteer, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("places.csv");
        fs::write(&file, text).unwrap();
        read(&file).map_err(|error| error.to_string())
    }

    #[test]
    fn places_are_read_with_their_names_in_both_scripts() {
        let text = "\u{feff}name,other_names,latitude,longitude,kind\n\"人民公园, 东门\",People's Park|Renmin Gongyuan,31.2330,121.4710,landmark\n";
        let gazetteer = read_text(text).unwrap();
        assert_eq!(gazetteer.find("renmin", 5).first().map(|entry| entry.name), Some("人民公园, 东门"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let head = "name,other_names,latitude,longitude,kind\n";
        let wrong = read_text(&format!("{head}Park,,31.2,121.4,landmark\nMill,,131.2,121.4,site\n")).unwrap_err();
        assert!(wrong.contains("line 3: latitude and longitude"), "{wrong}");
        assert!(read_text("name,lat,lng\n").unwrap_err().contains("the first line is to be name,other_names"));
    }
}
