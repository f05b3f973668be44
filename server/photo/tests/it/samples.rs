//! Every file of a public collection of odd and hostile pictures, against the verdicts of another decoder.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use image::RgbImage;
use photo::{Foreign, Prepared, Refused, prepare};

struct Sample {
    name: String,
    bytes: Vec<u8>,
    /// As the other decoder tells it, "-" where it does not.
    format: String,
    size: String,
    decoded: bool,
    orientation: Option<u8>,
}

fn samples() -> Option<Vec<Sample>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/images");
    let Ok(table) = std::fs::read_to_string(folder.join("EXPECTED.tsv")) else {
        // To the terminal also when the test passes, which `eprintln!` is not.
        let _ = writeln!(std::io::stderr(), "skipped: the test material {} is not here", folder.display());
        return None;
    };
    let rows = table.lines().filter(|line| !line.starts_with("file\t")).map(|line| {
        let columns = line.split('\t').collect::<Vec<_>>();
        let [name, _, format, size, verdict, _, orientation] = columns[..] else { panic!("{line}") };
        Sample {
            name: name.to_owned(),
            bytes: std::fs::read(folder.join(name)).unwrap(),
            format: format.to_owned(),
            size: size.to_owned(),
            decoded: verdict == "decode-ok",
            orientation: orientation.parse().ok(),
        }
    });
    Some(rows.collect())
}

/// Where we judge otherwise than the other decoder, and why that is well. None: prepared.
const OTHERWISE: [(&str, Option<Refused>, &str); 2] = [
    (
        "pillow/broken_data_stream.png",
        Some(Refused::Broken),
        "the other one stops at the damage and shows the rest black",
    ),
    ("pillow/truncated_app14.jpg", Some(Refused::Broken), "a segment shorter than its kind allows"),
];

/// What is refused by its kind, whatever stands behind its first bytes.
fn refused_by_kind(name: &str) -> Option<Refused> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension {
        "gif" => Some(Refused::Unsupported(Foreign::Gif)),
        "tif" => Some(Refused::Unsupported(Foreign::Tiff)),
        "bmp" => Some(Refused::Unsupported(Foreign::Bmp)),
        "blp" | "icns" | "ico" | "bin" => Some(Refused::NotAPicture),
        _ => None,
    }
}

#[test]
fn every_sample_is_prepared_or_refused_as_expected() {
    let Some(samples) = samples() else { return };
    assert_eq!(samples.len(), 93);
    for sample in samples {
        let name = &sample.name;
        let otherwise = OTHERWISE.iter().find(|(other, ..)| other == name);
        let expected = match (otherwise, refused_by_kind(name)) {
            (Some((_, expected, _)), _) => *expected,
            (None, Some(refused)) => Some(refused),
            (None, None) => (!sample.decoded).then_some(Refused::Broken),
        };
        let result = prepare(&sample.bytes);
        assert_eq!(result.as_ref().err().copied(), expected, "{name}");
        let Ok(Prepared { width, height, gps, .. }) = result else { continue };
        assert!(["JPEG", "PNG", "WEBP"].contains(&sample.format.as_str()), "{name}");
        let turned = format!("{height}x{width}");
        let swapped = sample.orientation.is_some_and(|orientation| orientation >= 5);
        assert_eq!(sample.size, if swapped { turned } else { format!("{width}x{height}") }, "{name}");
        // None of the collection tells a whole place: one has parts of it.
        assert_eq!(gps, None, "{name}");
    }
}

#[test]
fn the_same_picture_in_every_orientation_comes_out_the_same() {
    let Some(samples) = samples() else { return };
    let turned = samples.iter().filter(|sample| sample.name.contains("hopper_orientation_"));
    let read = |sample: &Sample| image::load_from_memory(&prepare(&sample.bytes).unwrap().jpeg).unwrap().into_rgb8();
    let pictures = turned.map(|sample| (sample.name.as_str(), read(sample))).collect::<BTreeMap<_, _>>();
    assert_eq!(pictures.len(), 14);
    let (_, first) = pictures.first_key_value().unwrap();
    for (name, picture) in &pictures {
        let apart = apart(first, picture);
        assert!(apart < 8, "{name} is {apart} from the first");
    }
}

/// How far the channels of two pictures of one size are apart on average.
fn apart(one: &RgbImage, other: &RgbImage) -> u64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum = one.iter().zip(other.iter()).map(|(one, other)| u64::from(one.abs_diff(*other))).sum::<u64>();
    sum / u64::try_from(one.len()).unwrap()
}
