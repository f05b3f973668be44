//! Coordinates as people paste them: decimal degrees, degrees with minutes and seconds, and links of sites that nothing is known of.
//! Links of the map sites that are known, with the datum of each, are the matter of `map_link`.

use crate::position::Position;

/// The first position that the text holds, or `None`.
///
/// Latitude comes first unless a letter says otherwise (N, S, E, W, 北, 南, 东, 西); a pair that fits only the other way round is
/// turned. In an address, numbers are looked for behind `@`, `q=` and the like, and the rest is passed over; they are taken for WGS 84.
pub fn parse(text: &str) -> Option<Position> {
    let narrow: String = text.chars().map(narrow).collect();
    match link_part(&narrow) {
        // Behind the two stands a zoom or an altitude.
        Some(part) => angles(part).first_chunk().and_then(pair),
        None => angles(&narrow).as_array().and_then(pair),
    }
}

/// Full-width digits and signs as their plain twins.
fn narrow(letter: char) -> char {
    match letter {
        '０'..='９' | '．' | '，' | '－' | '：' | '；' | '＋' => {
            char::from_u32(letter as u32 - '！' as u32 + '!' as u32).unwrap_or(letter)
        }
        '。' | '、' => ',',
        '−' | '–' => '-',
        '′' | '’' | '‘' | '分' => '\'',
        '″' | '”' | '“' | '秒' => '"',
        '度' | 'º' => '°',
        other => other,
    }
}

/// In an address, only what follows the marker of a position counts: ids stand elsewhere. `None` for text that is no address.
fn link_part(text: &str) -> Option<&str> {
    const MARKERS: [&str; 9] = ["@", "q=", "ll=", "center=", "position=", "location=", "marker=", "query=", "geo:"];
    if !text.contains("://") && !text.starts_with("geo:") {
        return None;
    }
    let after = MARKERS.iter().find_map(|marker| text.split_once(marker).map(|(_, rest)| rest));
    after.map_or(Some(""), |rest| rest.split(['&', ';', '?']).next())
}

/// Which axis a letter beside a number names, and its sign.
#[derive(Clone, Copy, PartialEq)]
enum Axis {
    North(f64),
    East(f64),
}

#[derive(Clone, Copy)]
struct Angle {
    degrees: f64,
    axis: Option<Axis>,
}

fn axis(letter: char) -> Option<Axis> {
    match letter {
        'N' | 'n' | '北' => Some(Axis::North(1.0)),
        'S' | 's' | '南' => Some(Axis::North(-1.0)),
        'E' | 'e' | '东' | '東' => Some(Axis::East(1.0)),
        'W' | 'w' | '西' => Some(Axis::East(-1.0)),
        _ => None,
    }
}

/// Numbers with the marks behind them, gathered into angles.
fn angles(text: &str) -> Vec<Angle> {
    let mut angles: Vec<Angle> = Vec::new();
    let mut before: Option<Axis> = None;
    let mut open = false; // the last angle may still take minutes, seconds or a letter
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some((value, length)) = number_at(rest) {
            if value.is_nan() {
                return Vec::new();
            }
            rest = &rest[length..];
            let mark = rest.trim_start().chars().next();
            let unit = match mark {
                Some('\'') => 60.0,
                Some('"') => 3600.0,
                _ => 1.0,
            };
            match angles.last_mut() {
                Some(last) if open && unit > 1.0 => {
                    let sign = if last.degrees.is_sign_negative() { -1.0 } else { 1.0 };
                    last.degrees += sign * value / unit;
                }
                _ => angles.push(Angle { degrees: value, axis: before.take() }),
            }
            open = true;
            continue;
        }
        if let Some(named) = axis(letter) {
            match angles.last_mut() {
                Some(last) if open && last.axis.is_none() => {
                    last.axis = Some(named);
                    open = false;
                }
                _ => before = Some(named),
            }
        } else if matches!(letter, ',' | ';' | '/') {
            open = false;
        } else if letter.is_alphabetic() && !"纬緯经經".contains(letter) {
            before = None;
        }
        rest = &rest[letter.len_utf8()..];
    }
    angles
}

/// A decimal number at the start of the text, with its length in bytes; what only looks like one (`1.2.3`) is not a number.
fn number_at(text: &str) -> Option<(f64, usize)> {
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits =
        text[sign..].find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len() - sign);
    let length = sign + digits;
    let number = &text[..length];
    if !number.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    Some((number.parse().unwrap_or(f64::NAN), length))
}

fn pair([first, second]: &[Angle; 2]) -> Option<Position> {
    match (first.axis, second.axis) {
        (Some(Axis::North(north)), Some(Axis::East(east))) => {
            Position::new(north * first.degrees, east * second.degrees)
        }
        (Some(Axis::East(east)), Some(Axis::North(north))) => {
            Position::new(north * second.degrees, east * first.degrees)
        }
        (None, None) => {
            Position::new(first.degrees, second.degrees).or_else(|| Position::new(second.degrees, first.degrees))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, latitude: f64, longitude: f64) {
        let position = parse(text).unwrap_or_else(|| panic!("not read: {text}"));
        let off = (position.latitude() - latitude).abs().max((position.longitude() - longitude).abs());
        assert!(off < 1e-4, "{text}: {position:?}");
    }

    #[test]
    fn people_paste_positions_in_many_ways() {
        for text in [
            "31.2304, 121.4737",
            "31.2304 121.4737",
            "31.2304，121.4737",
            "３１.２３０４，１２１.４７３７",
            "121.4737, 31.2304",
            "N31.2304 E121.4737",
            "31.2304N,121.4737E",
            "E121.4737, N31.2304",
            "北纬31.2304 东经121.4737",
            "东经121.4737度，北纬31.2304度",
            "31°13'49.44\"N 121°28'25.32\"E",
            "31° 13′ 49.44″ N, 121° 28′ 25.32″ E",
            "31°13.824'N 121°28.422'E",
            "geo:31.2304,121.4737;u=35",
            "geo:31.2304,121.4737?z=16",
            "https://maps.example/place/@31.2304,121.4737,15z",
            "https://maps.example/?id=99&q=31.2304,121.4737&zoom=12",
            "https://maps.example/?center=121.4737,31.2304",
        ] {
            check(text, 31.2304, 121.4737);
        }
        check("33°51'S 151°12'E", -33.85, 151.2);
        check("-33.85, -70.5", -33.85, -70.5);
        check("-33°30', -70°30'", -33.5, -70.5);
    }

    #[test]
    fn what_is_no_position_is_left_alone() {
        for text in [
            "",
            "31.2",
            "the corner of 5th",
            "95, 95",
            "200 400",
            "1.2.3, 4",
            "N31 N32",
            "3, 4, 5",
            "https://maps.example/7/8",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,80}") {
            let _ = parse(&text);
        }

        #[test]
        fn what_we_print_we_read(latitude in -90.0..90.0_f64, longitude in -180.0..180.0_f64) {
            let position = parse(&format!("{latitude:.6}, {longitude:.6}")).unwrap();
            prop_assert!((position.latitude() - latitude).abs() < 1e-6);
            prop_assert!((position.longitude() - longitude).abs() < 1e-6);
        }
    }
}
