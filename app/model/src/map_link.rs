//! Links of map sites, as people share them: the position and the datum it is told in, read without asking anybody.

mod service;
mod url;

use crate::datum::{self, Datum};
use crate::position::Position;
use url::Url;

/// What a link of a known map site says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MapLink {
    /// A position, already in WGS 84; `datum` is what the link had it in, [`Datum::Wgs84`] where nothing had to be converted.
    At { position: Position, datum: Datum },
    /// A short link: only the map site knows where it leads.
    Hidden,
    /// A link without a position, or with one that is not read: a search, a route, another reference system.
    Unread,
}

/// The first position among the links in a text; where there is none, what the first link is. Around links there may be words: shares
/// often are a name, a line break and the link. `None` when no word is a link of a known map site, or a `geo:` address (RFC 5870).
pub fn parse(text: &str) -> Option<MapLink> {
    let links = || text.split(ends_word).filter_map(link);
    links().find(|link| matches!(link, MapLink::At { .. })).or_else(|| links().next())
}

/// Round brackets and colons belong to a word: they stand in names inside of links.
fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || "，。；【】“”\"<>".contains(letter)
}

fn link(word: &str) -> Option<MapLink> {
    match word.split_at_checked(4) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("geo:") => geo(rest),
        _ => service::read(&Url::parse(word)?),
    }
}

/// A `geo:` address without its scheme. Android adds a query, in which a position goes before the one in front of it; 0,0 in front of a
/// query stands for "anywhere".
fn geo(address: &str) -> Option<MapLink> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let (numbers, parameters) = path.split_once(';').unwrap_or((path, ""));
    let mut systems = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    if systems.any(|(name, value)| name.eq_ignore_ascii_case("crs") && !value.eq_ignore_ascii_case("wgs84")) {
        return Some(MapLink::Unread);
    }
    let in_front = service::first_two(numbers)?;
    let asked = url::pairs(query).find(|(name, _)| name == "q").map(|(_, value)| value);
    let told = match asked {
        Some(value) => service::alone(&value).or((in_front != (0.0, 0.0)).then_some(in_front)),
        None => Some(in_front),
    };
    Some(told.and_then(|told| at(told, Datum::Wgs84)).unwrap_or(MapLink::Unread))
}

fn at((latitude, longitude): (f64, f64), datum: Datum) -> Option<MapLink> {
    let told = Position::new(latitude, longitude)?;
    let datum = if datum::is_shifted(told) { datum } else { Datum::Wgs84 };
    datum::to_wgs84(latitude, longitude, datum).map(|position| MapLink::At { position, datum })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The numbers come back as they stand in the link, so that a wrong datum is seen too.
    fn check(text: &str, datum: Datum) {
        let Some(MapLink::At { position, datum: read }) = parse(text) else {
            panic!("not read: {text}: {:?}", parse(text))
        };
        assert_eq!(read, datum, "{text}");
        let (latitude, longitude) = datum::from_wgs84(position, datum);
        assert!((latitude - 31.2304).abs().max((longitude - 121.4737).abs()) < 1e-6, "{text}: {latitude}, {longitude}");
    }

    #[test]
    fn google_shows_the_mainland_shifted_and_apps_write_what_they_measured() {
        for text in [
            "https://www.google.com/maps/@31.2304,121.4737,15z",
            "https://www.google.com/maps/place/East+Gate/@31.5,121.9,17z/data=!3m1!4b1!4m6!3m5!1s0x35:0x8f!8m2!3d31.2304!4d121.4737!16s",
            "https://www.google.co.uk/maps/place/%E4%B8%9C%E9%97%A8/@31.2304,121.4737,17z?entry=ttu",
            "https://www.google.com.hk/maps/search/pharmacy/@31.2304,121.4737,15z",
        ] {
            check(text, Datum::Gcj02);
        }
        for text in [
            "https://maps.google.com/?q=31.2304,121.4737",
            "https://maps.google.com/maps?q=loc:31.2304,121.4737(East+Gate)&z=16",
            "https://maps.google.com/?q=31.2304+121.4737",
            "https://www.google.com/maps/search/?api=1&query=31.2304%2C121.4737",
            "https://www.google.com/maps/dir/?api=1&destination=31.2304,121.4737",
            "https://www.google.com/maps/place/31.2304,121.4737/@31.5,121.9,17z",
            "https://maps.google.com/?q=31%C2%B013%2749.44%22N+121%C2%B028%2725.32%22E",
            "https://maps.google.cn/?ll=31.2304,121.4737",
        ] {
            check(text, Datum::Wgs84);
        }
    }

    #[test]
    fn apple_and_petal_show_the_mainland_with_chinese_data() {
        for text in [
            "https://maps.apple.com/?ll=31.2304,121.4737&q=%E5%B8%82%E5%9C%BA",
            "http://maps.apple.com/?q=31.2304,121.4737",
            "https://maps.apple.com/place?address=1&coordinate=31.2304,121.4737&name=x",
            "https://maps.apple.com/?daddr=31.2304,121.4737&dirflg=w",
            "https://www.petalmaps.com/place/?z=16&marker=31.2304,121.4737&placeId=65",
            "https://www.petalmaps.com/routes/?saddr=30.1,120.5&daddr=31.2304,121.4737&type=drive",
        ] {
            check(text, Datum::Gcj02);
        }
    }

    #[test]
    fn baidus_own_metres_are_degrees_of_its_datum() {
        for text in [
            "https://map.baidu.com/@13522537.564,3640349.724,17z",
            "https://map.baidu.com/search/%E5%B8%82%E5%9C%BA/@13522537.564,3640349.724,19z?querytype=s",
            "http://api.map.baidu.com/marker?location=3640349.724,13522537.564&coord_type=bd09mc",
        ] {
            check(text, Datum::Bd09);
        }
    }

    #[test]
    fn openstreetmap_and_bing_are_not_shifted() {
        for text in [
            "https://www.openstreetmap.org/#map=17/31.2304/121.4737",
            "https://www.openstreetmap.org/?mlat=31.2304&mlon=121.4737#map=12/31.9/121.9",
            "https://osm.org/#map=17/31.2304/121.4737&layers=C",
            "https://www.bing.com/maps?cp=31.2304~121.4737&lvl=16",
            "https://www.bing.com/maps/default.aspx?cp=31.9%7E121.9&sp=point.31.2304_121.4737_East%20Gate",
        ] {
            check(text, Datum::Wgs84);
        }
    }

    #[test]
    fn chinese_maps_are_converted_unless_the_link_says_it_was_measured() {
        for text in [
            "https://uri.amap.com/marker?position=121.4737,31.2304&name=菜市场（东门）",
            "https://uri.amap.com/navigation?to=121.4737,31.2304,东门&mode=walk",
            "https://wb.amap.com/?q=31.2304%2C121.4737%2C%E4%B8%9C%E9%97%A8&src=app",
            "https://wb.amap.com/?p=B00156NZVG%2C31.2304%2C121.4737%2C%E4%B8%9C%E9%97%A8%2C12",
            "https://m.amap.com/navi/?start=121.1,31.1&dest=121.4737,31.2304&destName=x",
            "https://apis.map.qq.com/uri/v1/marker?marker=coord:31.2304,121.4737;title:东门;addr:12&referer=x",
            "https://apis.map.qq.com/uri/v1/routeplan?type=walk&tocoord=31.2304,121.4737",
            "https://map.qq.com/?type=marker&pointx=121.4737&pointy=31.2304&name=x",
            "http://api.map.baidu.com/marker?location=31.2304,121.4737&coord_type=gcj02&title=x",
        ] {
            check(text, Datum::Gcj02);
        }
        for text in [
            "http://api.map.baidu.com/marker?location=31.2304,121.4737&title=x&output=html",
            "http://api.map.baidu.com/direction?destination=latlng:31.2304,121.4737|name:x&coord_type=bd09ll",
            "http://api.map.baidu.com/direction?destination=name:x|latlng:31.2304,121.4737",
        ] {
            check(text, Datum::Bd09);
        }
        for text in [
            "http://api.map.baidu.com/marker?location=31.2304,121.4737&coord_type=wgs84",
            "https://uri.amap.com/marker?position=121.4737,31.2304&coordinate=wgs84",
            "https://apis.map.qq.com/uri/v1/marker?marker=coord:31.2304,121.4737&coord_type=1",
        ] {
            check(text, Datum::Wgs84);
        }
    }

    #[test]
    fn abroad_no_link_is_converted() {
        for (text, latitude, longitude) in [
            ("https://maps.apple.com/?ll=48.8584,2.2945", 48.8584, 2.2945),
            ("https://uri.amap.com/marker?position=2.2945,48.8584", 48.8584, 2.2945),
            ("https://www.google.com/maps/@22.2822,114.1588,15z", 22.2822, 114.1588),
        ] {
            let position = Position::new(latitude, longitude).unwrap();
            assert_eq!(parse(text), Some(MapLink::At { position, datum: Datum::Wgs84 }), "{text}");
        }
    }

    #[test]
    fn geo_addresses_are_read_unless_they_use_another_system() {
        for text in [
            "geo:31.2304,121.4737",
            "GEO:31.2304,121.4737,12;crs=WGS84;u=35",
            "geo:0,0?q=31.2304,121.4737(East+Gate)",
            "geo:31.2304,121.4737?q=East+Gate",
        ] {
            check(text, Datum::Wgs84);
        }
        assert_eq!(parse("geo:31.2304,121.4737;crs=bd09"), Some(MapLink::Unread));
        assert_eq!(parse("geo:0,0?q=East+Gate"), Some(MapLink::Unread));
        assert_eq!(parse("geo:121.4737,31.2304"), Some(MapLink::Unread));
    }

    #[test]
    fn short_links_are_known_to_hide_their_position() {
        for text in [
            "https://maps.app.goo.gl/aB3dEfGh",
            "https://goo.gl/maps/aB3dEfGh",
            "https://surl.amap.com/4bvd5QZ4",
            "https://j.map.baidu.com/3f/abc",
            "https://maps.apple.com/p/aB3dEfGh",
            "https://osm.org/go/0EEQjE--",
        ] {
            assert_eq!(parse(text), Some(MapLink::Hidden), "{text}");
        }
    }

    #[test]
    fn a_link_without_a_position_is_not_guessed_at() {
        for text in [
            "https://www.google.com/maps/search/12+34+Mill+Road/",
            "https://www.google.com/maps?q=12+34",
            "https://www.google.com/maps/dir/12+Mill+Road/East+Gate/@31.5,121.9,10z",
            "https://map.baidu.com/@13.5,3.6,17z",
            "http://api.map.baidu.com/marker?location=31.2304,121.4737&coord_type=other",
            "https://www.amap.com/place/B00156NZVG",
            "https://uri.amap.com/marker?position=inf,nan",
        ] {
            assert_eq!(parse(text), Some(MapLink::Unread), "{text}");
        }
    }

    #[test]
    fn words_may_stand_around_a_link() {
        check("【高德地图】菜市场东门\nhttps://uri.amap.com/marker?position=121.4737,31.2304，点击查看", Datum::Gcj02);
        check("位置：https://maps.apple.com/?ll=31.2304,121.4737", Datum::Gcj02);
        check("maps.apple.com/?ll=31.2304,121.4737 is where I am", Datum::Gcj02);
        check("https://surl.amap.com/4bvd5QZ4 or geo:31.2304,121.4737", Datum::Wgs84);
    }

    #[test]
    fn other_sites_and_other_texts_are_no_map_links() {
        for text in [
            "",
            "31.2304, 121.4737",
            "12 Mill Road",
            "https://example.org/?q=31.2304,121.4737",
            "https://www.google.com/search?q=31.2304,121.4737",
            "https://www.google.evil-example.com/maps?q=31.2304,121.4737",
            "https://notamap.com/?q=31.2304,121.4737",
            "https://surl.amap.com.example.org/x",
            "geometry: 3, 4",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(
            text in ".{0,80}|(https://(www.google.com/maps|map.baidu.com|uri.amap.com)/|geo:)[-a-z0-9!@,.;:=?&%#~_ ()°]{0,80}",
        ) {
            let _ = parse(&text);
        }
    }
}
