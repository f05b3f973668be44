//! The map sites: their hosts, where their links carry a position, and in which datum.

use super::url::Url;
use super::{MapLink, at};
use crate::coordinates;
use crate::datum::{Datum, degrees_of_metres, is_mainland};
use crate::position::Position;

/// Hosts and the beginning of paths. A host with a dot in front stands for its subdomains too, one with a dot behind for any country's.
type Place = (&'static str, &'static str);

/// Where in a link a position stands.
enum Reading {
    /// In one parameter: latitude, longitude, then names that are passed over.
    North(&'static str),
    /// In one parameter: longitude, latitude, then names.
    East(&'static str),
    /// In one parameter that also takes words to search for: then latitude and longitude must be all there is.
    Alone(&'static str),
    /// In one parameter, behind an id.
    AfterId(&'static str),
    /// In two parameters, latitude and longitude.
    Two(&'static str, &'static str),
    /// In one parameter: zoom, latitude and longitude between slashes.
    Zoomed(&'static str),
    /// A segment of the path that is latitude and longitude and nothing else.
    Segment,
    /// `@latitude,longitude` in the path: the middle of the map, which says nothing of a route.
    Middle,
    /// In one parameter, in Baidu's metres: north, then east.
    Metres(&'static str),
    /// `@east,north` in the path, in Baidu's metres.
    MiddleInMetres,
    /// `!3d` and `!4d` in the path: the pin, the last one where there are several.
    Pin,
}

/// How a site tells what its numbers are measured in.
enum System {
    Always(Datum),
    /// A foreign site: GCJ-02 inside the mainland, WGS 84 elsewhere.
    Foreign,
    /// A parameter that names it, and what is meant without it. Another value than these is not understood.
    Named(&'static str, Datum, &'static [(&'static str, Datum)]),
}

struct Service {
    places: &'static [Place],
    readings: &'static [Reading],
    system: System,
}

use Datum::{Bd09, Gcj02, Wgs84};
use Reading::{AfterId, Alone, East, Metres, Middle, MiddleInMetres, North, Pin, Segment, Two, Zoomed};
use System::{Always, Foreign, Named};

/// Short links: only the site knows where they lead.
const HIDDEN: [Place; 10] = [
    ("maps.app.goo.gl", ""),
    ("goo.gl", "/maps"),
    ("surl.amap.com", ""),
    ("j.map.baidu.com", ""),
    ("maps.apple.com", "/p/"),
    ("maps.apple", "/p/"),
    (".openstreetmap.org", "/go/"),
    (".osm.org", "/go/"),
    ("binged.it", ""),
    ("url.cloud.huawei.com", ""),
];

const GOOGLE: &[Place] = &[("maps.google.", ""), ("www.google.", "/maps"), ("google.", "/maps")];

/// A link is read by the first row of its host that finds a position.
const SERVICES: [Service; 10] = [
    // A pin and the middle of the map are places on Google's map; what stands in a parameter was mostly written by an application that
    // had measured it.
    Service { places: GOOGLE, readings: &[Pin], system: Foreign },
    Service {
        places: GOOGLE,
        readings: &[Alone("q"), Alone("query"), Alone("destination"), Alone("daddr"), North("ll"), Segment],
        system: Always(Wgs84),
    },
    Service { places: GOOGLE, readings: &[Middle], system: Foreign },
    // Apple and Petal write every one of these themselves, from their map.
    Service {
        places: &[("maps.apple.com", ""), ("maps.apple", "")],
        readings: &[North("coordinate"), North("ll"), Alone("q"), Alone("daddr")],
        system: Foreign,
    },
    Service {
        places: &[(".petalmaps.com", "")],
        readings: &[North("marker"), Alone("daddr"), Alone("query")],
        system: Foreign,
    },
    Service {
        places: &[(".openstreetmap.org", ""), (".osm.org", "")],
        readings: &[Two("mlat", "mlon"), Zoomed("map"), Two("lat", "lon")],
        system: Always(Wgs84),
    },
    Service { places: &[(".bing.com", "/maps")], readings: &[North("sp"), North("cp")], system: Always(Wgs84) },
    Service {
        places: &[(".amap.com", "")],
        readings: &[East("position"), East("to"), East("dest"), AfterId("p"), North("q"), Two("lat", "lng")],
        system: Named("coordinate", Gcj02, &[("gaode", Gcj02), ("gcj02", Gcj02), ("wgs84", Wgs84)]),
    },
    Service {
        places: &[(".map.qq.com", "")],
        readings: &[North("marker"), North("tocoord"), North("coord"), Two("pointy", "pointx")],
        system: Named("coord_type", Gcj02, &[("1", Wgs84), ("2", Gcj02)]),
    },
    Service {
        places: &[(".map.baidu.com", "")],
        readings: &[Metres("location"), North("location"), North("destination"), North("latlng"), MiddleInMetres],
        system: Named(
            "coord_type",
            Bd09,
            &[
                ("bd09ll", Bd09),
                ("bd09mc", Bd09),
                ("gcj02", Gcj02),
                ("gcj02ll", Gcj02),
                ("wgs84", Wgs84),
                ("wgs84ll", Wgs84),
            ],
        ),
    },
];

/// What a link says; `None` when it is of no site in the table.
pub(super) fn read(url: &Url) -> Option<MapLink> {
    if HIDDEN.iter().any(|place| stands_at(url, *place)) {
        return Some(MapLink::Hidden);
    }
    let mut rows = SERVICES.iter().filter(|row| row.places.iter().any(|place| stands_at(url, *place))).peekable();
    rows.peek()?;
    Some(rows.find_map(|row| row.read(url)).unwrap_or(MapLink::Unread))
}

impl Service {
    fn read(&self, url: &Url) -> Option<MapLink> {
        let told = self.readings.iter().find_map(|reading| reading.read(url))?;
        at(told, self.system.datum(url, Position::new(told.0, told.1)?)?)
    }
}

impl System {
    fn datum(&self, url: &Url, told: Position) -> Option<Datum> {
        match self {
            Always(datum) => Some(*datum),
            Foreign => Some(if is_mainland(told) { Gcj02 } else { Wgs84 }),
            Named(name, unnamed, values) => match url.parameter(name) {
                Some(named) => {
                    values.iter().find(|(value, _)| value.eq_ignore_ascii_case(named)).map(|(_, datum)| *datum)
                }
                None => Some(*unnamed),
            },
        }
    }
}

impl Reading {
    /// Latitude and longitude, not yet looked at.
    fn read(&self, url: &Url) -> Option<(f64, f64)> {
        match self {
            North(name) => first_two(url.parameter(name)?),
            East(name) => first_two(url.parameter(name)?).map(|(longitude, latitude)| (latitude, longitude)),
            Alone(name) => alone(url.parameter(name)?),
            AfterId(name) => first_two(url.parameter(name)?.split_once(',')?.1),
            Two(latitude, longitude) => Some((number(url.parameter(latitude)?)?, number(url.parameter(longitude)?)?)),
            Zoomed(name) => {
                let (latitude, longitude) = url.parameter(name)?.split_once('/')?.1.split_once('/')?;
                Some((number(latitude)?, number(longitude)?))
            }
            Segment => url.path.split('/').find_map(|segment| alone(&segment.replace('+', " "))),
            Metres(name) => first_two(url.parameter(name)?).and_then(|(north, east)| degrees_of_metres(north, east)),
            MiddleInMetres => {
                first_two(url.path.split_once('@')?.1).and_then(|(east, north)| degrees_of_metres(north, east))
            }
            Middle if url.path.contains("/dir/") => None,
            Middle => first_two(url.path.split_once('@')?.1),
            Pin => {
                let (before, longitude) = url.path.rsplit_once("!4d")?;
                let (_, latitude) = before.rsplit_once("!3d")?;
                Some((number(latitude)?, number(longitude.split(['!', '/']).next()?)?))
            }
        }
    }
}

fn stands_at(url: &Url, (host, path): Place) -> bool {
    let of_host = match (host.strip_prefix('.'), host.ends_with('.')) {
        (Some(domain), _) => {
            url.host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        }
        (None, true) => url.host.strip_prefix(host).is_some_and(is_country),
        (None, false) => url.host == host,
    };
    of_host && url.path.starts_with(path)
}

/// The end of a host that a site has in many countries: `com`, `de`, `co.uk`.
fn is_country(end: &str) -> bool {
    end.split('.').count() <= 2 && end.split('.').all(|label| (2..=3).contains(&label.len()))
}

/// The first two numbers of a list; behind them, and in front of one of the marks, may stand names.
pub(super) fn first_two(value: &str) -> Option<(f64, f64)> {
    let mut fields = unmarked(value).split([',', '~', '_', ';', '|', '(']);
    Some((number(fields.next()?)?, number(fields.next()?)?))
}

/// Two numbers with decimals and at most a label in brackets, or degrees with their signs. House numbers are neither.
pub(super) fn alone(value: &str) -> Option<(f64, f64)> {
    let value = unmarked(value);
    if value.contains('°') {
        return coordinates::parse(value).map(|position| (position.latitude(), position.longitude()));
    }
    let mut fields = value.split('(').next()?.split([',', ' ']).filter(|field| !field.is_empty());
    let both = [fields.next()?, fields.next()?];
    let is_all = fields.next().is_none() && both.iter().all(|field| field.contains('.'));
    let [latitude, longitude] = both.map(number);
    is_all.then_some((latitude?, longitude?))
}

/// What stands behind the mark of a position, where there is one.
fn unmarked(value: &str) -> &str {
    const MARKS: [&str; 4] = ["coord:", "latlng:", "loc:", "point."];
    MARKS.iter().find_map(|mark| value.split_once(mark).map(|(_, rest)| rest)).unwrap_or(value)
}

/// A plain decimal number: neither an exponent nor the words that Rust also takes for numbers.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    if is_plain { text.parse().ok() } else { None }
}
