use proptest::prelude::*;

use super::*;

fn gazetteer(records: &[[&str; 5]]) -> Gazetteer {
    Gazetteer::parse((2..).zip(records.iter().copied())).unwrap()
}

fn town() -> Gazetteer {
    gazetteer(&[
        ["菜市场东门", "Market East Gate|Caishichang Dongmen", "31.2310", "121.4740", "landmark"],
        ["东门", "East Gate", "31.2400", "121.4800", "landmark"],
        ["东门大街", "Dongmen Street", "31.2410", "121.4810", "road"],
        ["建国路12号", "12 Jianguo Road", "31.2200", "121.4600", "site"],
        ["Mill Road", "磨坊路", "31.2100", "121.4500", "road"],
        ["Old Mill", "老磨坊", "31.2110", "121.4510", "landmark"],
        ["Millstone Square", "", "31.2120", "121.4520", "area"],
    ])
}

fn found(gazetteer: &Gazetteer, typed: &str) -> Vec<String> {
    gazetteer.find(typed, 10).into_iter().map(|entry| entry.name.to_owned()).collect()
}

#[test]
fn exact_names_come_before_beginnings_and_those_before_inner_words() {
    assert_eq!(found(&town(), "东门"), ["东门", "东门大街", "菜市场东门"]);
    assert_eq!(found(&town(), "mill"), ["Mill Road", "Millstone Square", "Old Mill"]);
}

#[test]
fn either_script_and_any_way_of_typing_finds_the_same_entry() {
    for typed in ["磨坊路", "mill road", "ＭＩＬＬ　ＲＯＡＤ", "Mill-Road", "millr", "坊路"] {
        assert_eq!(found(&town(), typed).first().map(String::as_str), Some("Mill Road"), "{typed}");
    }
    assert_eq!(found(&town(), "Càishìchǎng"), ["菜市场东门"]);
}

#[test]
fn the_middle_of_a_latin_word_is_not_searched() {
    assert!(found(&town(), "ill").is_empty());
    assert!(found(&town(), "stone").is_empty());
}

#[test]
fn an_entry_is_found_once_however_many_of_its_names_fit() {
    let twice = gazetteer(&[["路路通路", "路路|路", "31.23", "121.47", "road"]]);
    assert_eq!(found(&twice, "路"), ["路路通路"]);
}

#[test]
fn equal_names_are_told_apart_by_length_and_then_by_alphabet() {
    let names = ["Park West", "Park Hill", "Park", "Parking at the Station"];
    let parks = gazetteer(&names.map(|name| [name, "", "31.23", "121.47", "area"]));
    assert_eq!(found(&parks, "park"), ["Park", "Park Hill", "Park West", "Parking at the Station"]);
    assert_eq!(parks.find("park", 2).len(), 2);
}

#[test]
fn nothing_typed_and_nothing_known_find_nothing() {
    for typed in ["", "  ", "——", "火车站"] {
        assert!(found(&town(), typed).is_empty(), "{typed}");
    }
    assert!(Gazetteer::default().find("a", 5).is_empty());
}

#[test]
fn an_entry_carries_what_the_file_says() {
    let town = town();
    let entry = town.find("market east", 1)[0];
    assert_eq!((entry.name, entry.kind), ("菜市场东门", "landmark"));
    assert_eq!(entry.others().collect::<Vec<_>>(), ["Market East Gate", "Caishichang Dongmen"]);
    assert_eq!(entry.position, Position::new(31.2310, 121.4740).unwrap());
}

#[test]
fn a_position_is_named_by_the_nearest_entry_within_200_metres() {
    let town = town();
    let about = town.about(Position::new(31.2314, 121.4740).unwrap()).unwrap();
    assert_eq!((about.name, about.metres), ("菜市场东门", 44));
    // 220 m north of the market, nobody knows.
    assert_eq!(town.about(Position::new(31.2330, 121.4740).unwrap()), None);
}

#[test]
fn a_house_number_is_never_said() {
    let town = town();
    let about = town.about(Position::new(31.2201, 121.4600).unwrap()).unwrap();
    assert_eq!((about.name, about.entry.name), ("建国路", "建国路12号"));
    let numbers = gazetteer(&[["7号", "", "31.22", "121.46", "site"], ["Old Well", "", "31.2205", "121.46", "site"]]);
    assert_eq!(numbers.about(Position::new(31.22, 121.46).unwrap()).map(|about| about.name), Some("Old Well"));
}

#[test]
fn the_first_wrong_line_is_named() {
    let good = ["东门", "", "31.23", "121.47", "landmark"];
    for (bad, why) in [
        (["", "East Gate", "31.23", "121.47", ""], Why::Nameless),
        (["——", "", "31.23", "121.47", ""], Why::Nameless),
        (["东门", "", "121.47", "31.23", ""], Why::NoPosition),
        (["东门", "", "31.23", "", ""], Why::NoPosition),
        (["东门", "", "31.23", "NaN", ""], Why::NoPosition),
        ([&"路".repeat(201), "", "31.23", "121.47", ""], Why::TooLong),
        (["东门", &"a".repeat(201), "31.23", "121.47", ""], Why::TooLong),
    ] {
        let refused = Gazetteer::parse([(2, good), (3, bad), (4, good)]).unwrap_err();
        assert_eq!(refused, GazetteerError { line: 3, why }, "{bad:?}");
    }
}

/// Every number of houses in every road: 20,000 entries, where a search looks at those that fit and no others.
#[test]
fn many_entries_are_found_as_few_are() {
    let roads = ["建国路", "人民路", "中山路", "解放路"];
    let records = (0..20_000_u32).map(|number| {
        let road = roads[number as usize % roads.len()];
        let latitude = 31.0 + f64::from(number) / 100_000.0;
        (
            u64::from(number) + 2,
            [format!("{road}{number}号"), String::new(), latitude.to_string(), "121.47".into(), "site".into()],
        )
    });
    let gazetteer = Gazetteer::parse(records).unwrap();
    assert_eq!(gazetteer.len(), 20_000);
    assert_eq!(gazetteer.find("人民路1234号", 5).len(), 0);
    assert_eq!(found(&gazetteer, "人民路1233"), ["人民路1233号", "人民路12333号", "人民路12337号"]);
    assert_eq!(gazetteer.find("路", 5).len(), 5);
    assert_eq!(gazetteer.about(Position::new(31.1, 121.47).unwrap()).map(|about| about.metres), Some(0));
}

/// What `find` promises, said the slow way.
fn slowly<'g>(gazetteer: &'g Gazetteer, typed: &str) -> Vec<&'g str> {
    let typed = fold::folded(typed);
    let mut ranked: Vec<_> = gazetteer
        .rows
        .iter()
        .enumerate()
        .filter_map(|(number, _)| {
            let entry = gazetteer.entry(u32::try_from(number).unwrap())?;
            let best = [entry.name].into_iter().chain(entry.others()).filter_map(|name| {
                let (folded, words) = fold::words(name);
                let fits = words.iter().filter(|start| folded[**start..].starts_with(&typed));
                let rank = fits.map(|start| if *start > 0 { 2 } else { u8::from(folded != typed) }).min()?;
                Some((rank, folded.chars().count(), folded))
            });
            best.min().map(|best| (best, number, entry.name))
        })
        .collect();
    ranked.sort();
    ranked.into_iter().map(|(_, _, name)| name).collect()
}

proptest! {
    #[test]
    fn a_search_finds_what_looking_at_every_entry_finds(
        names in prop::collection::vec("[东西门路ab1 ]{0,5}[东ab1][|ab东 ]{0,4}", 0..30), typed in "[东西门路ab1]{1,3}", limit in 0_usize..8,
    ) {
        let records = names.iter().map(|name| {
            let (name, others) = name.split_once('|').unwrap_or((name, ""));
            [name, others, "31.23", "121.47", "area"]
        });
        let records: Vec<_> = records.filter(|record| !fold::folded(record[0]).is_empty()).collect();
        let gazetteer = gazetteer(&records);
        let quickly: Vec<_> = gazetteer.find(&typed, limit).into_iter().map(|entry| entry.name).collect();
        let slowly: Vec<_> = slowly(&gazetteer, &typed).into_iter().take(limit).collect();
        prop_assert_eq!(quickly, slowly);
    }

    #[test]
    fn any_file_and_anything_typed_are_read_without_a_panic(
        records in prop::collection::vec([".{0,12}", ".{0,12}", "31.2|.{0,6}", "121.4|.{0,6}", ".{0,6}"], 0..6), typed in ".{0,12}",
    ) {
        if let Ok(gazetteer) = Gazetteer::parse((2..).zip(records)) {
            let _ = gazetteer.find(&typed, 5);
            let _ = gazetteer.about(Position::new(31.2, 121.4).unwrap());
        }
    }
}
