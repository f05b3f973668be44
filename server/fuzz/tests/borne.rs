//! A bounded run over every parser.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::path::Path;

use fuzz::target::LOCAL;
use fuzz::{Target, Until, corpus, drive, local};

/// Of each target; `cargo xtask fuzz` tries more.
const INPUTS: u64 = 400;

#[test]
fn every_parser_bears_what_nobody_wrote() {
    for mut target in local() {
        if let Err(found) = drive(&mut target, 1, Until::Inputs(INPUTS)) {
            let file = found.keep(target.name).unwrap();
            panic!("{}: {}, with the input in {}", target.name, found.what, file.display());
        }
    }
}

/// What cargo-fuzz runs, as its manifest has it.
fn for_cargo_fuzz() -> Vec<String> {
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml")).unwrap();
    let bins = manifest.split("[[bin]]").skip(1);
    let name = |bin: &str| bin.split('"').nth(1).unwrap().to_owned();
    bins.map(name).collect()
}

#[test]
fn cargo_fuzz_has_every_parser_and_begins_with_the_same_seeds() {
    let bins = for_cargo_fuzz();
    // Every input of this one is a store of its own: libFuzzer would try a few in a second.
    let parsers = LOCAL.iter().map(|(name, _)| *name).filter(|name| *name != "restore");
    for name in parsers.chain(["form", "open311", "addresses", "photo", "media", "move"]) {
        assert!(bins.iter().any(|bin| bin == name), "{name}");
    }
    for name in &bins {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
        let text = std::fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap();
        assert!(text.contains(&format!("bear(\"{name}\", input)")), "{text}");
        let seeds = corpus::seeds(name);
        assert!(!seeds.is_empty() && seeds.iter().all(|seed| seed.len() < 8 << 10), "{name}");
    }
}

#[test]
fn what_is_not_borne_is_found_and_kept() {
    let digits = vec![b"1234".to_vec()];
    let mut fragile = Target::new("fragile", digits.clone(), |input| {
        let letters = input.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        assert!(letters == 0, "a letter");
        Ok(())
    });
    let found = drive(&mut fragile, 1, Until::Inputs(10_000)).unwrap_err();
    assert!(found.what.contains("a letter"), "{}", found.what);
    let file = found.keep("fragile").unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), found.input);
    std::fs::remove_file(file).unwrap();

    // A panic of another thread counts as well, and so does an error.
    let mut threads = Target::new("threads", digits.clone(), |_| {
        let _ = std::thread::spawn(|| panic!("somewhere else")).join();
        Ok(())
    });
    assert!(drive(&mut threads, 1, Until::Inputs(1)).unwrap_err().what.contains("somewhere else"));
    let mut refusing = Target::new("refusing", digits, |_| Err("500".to_owned()));
    assert_eq!(drive(&mut refusing, 1, Until::Inputs(1)).unwrap_err().what, "500");
}
