//! Where it is: any of a position, an address or landmark, or "I do not know".

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::datum::Datum;
use crate::map_link::MapLink;
use crate::position::Position;
use crate::{coordinates, map_link, plus_code};

/// A place as it was told. What was typed stays as it was typed, understood or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What stood in the field for coordinates or a plus code.
    pub typed: Option<String>,
    /// Latitude and longitude read from it, in degrees, WGS 84.
    pub point: Option<(f64, f64)>,
    /// Metres of uncertainty, when a device measured the position.
    pub accuracy: Option<u32>,
    /// An address or a landmark.
    pub address: Option<String>,
    /// The datum from which the point was converted, when the link of a Chinese map had it in another than WGS 84.
    #[serde(default)]
    pub datum: Option<Datum>,
}

/// What the hub may know of the quality of a place without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceMark {
    /// A position, in the area the portal serves as far as it is known.
    Located,
    /// A position far outside: kept, and not counted under any cell.
    Outlier,
    /// Words only.
    Described,
    /// Nobody knows, or nothing was said.
    Unknown,
}

impl PlaceMark {
    pub const ALL: [Self; 4] = [Self::Located, Self::Outlier, Self::Described, Self::Unknown];

    pub fn name(self) -> &'static str {
        match self {
            Self::Located => "located",
            Self::Outlier => "outlier",
            Self::Described => "described",
            Self::Unknown => "unknown",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

impl Place {
    /// Reads a position where there is one; `near` completes a short plus code. A link of a map site is read by the rules of that site
    /// alone: what they do not understand is no position.
    pub fn told(typed: Option<String>, accuracy: Option<u32>, address: Option<String>, near: Option<Position>) -> Self {
        let text = typed.as_deref().unwrap_or_default();
        let (position, datum) = match map_link::parse(text) {
            Some(MapLink::At { position, datum }) => (Some(position), Some(datum)),
            Some(MapLink::Hidden | MapLink::Unread) => (plus_code::parse(text, near), None),
            None => (plus_code::parse(text, near).or_else(|| coordinates::parse(text)), None),
        };
        Self {
            typed,
            point: position.map(|position| (position.latitude(), position.longitude())),
            accuracy: accuracy.filter(|_| position.is_some()),
            address,
            datum: datum.filter(|datum| *datum != Datum::Wgs84),
        }
    }

    pub fn position(&self) -> Option<Position> {
        self.point.and_then(|(latitude, longitude)| Position::new(latitude, longitude))
    }

    /// The mark and, for a position that is no outlier, the cell.
    pub fn filed(&self, is_far: impl Fn(Position) -> bool) -> (PlaceMark, Option<Cell>) {
        match self.position() {
            Some(position) if is_far(position) => (PlaceMark::Outlier, None),
            Some(position) => (PlaceMark::Located, Some(Cell::at(position))),
            None if self.address.is_some() || self.typed.is_some() => (PlaceMark::Described, None),
            None => (PlaceMark::Unknown, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
    use serde::de::{Deserializer, IntoDeserializer, Visitor};
    use serde::forward_to_deserialize_any;

    use super::*;

    fn typed(text: &str) -> Place {
        Place::told(Some(text.to_owned()), Some(25), None, None)
    }

    #[test]
    fn a_position_is_read_and_its_accuracy_kept() {
        let place = typed("31.2304, 121.4737");
        assert_eq!((place.point, place.accuracy), (Some((31.2304, 121.4737)), Some(25)));
        assert_eq!(place.filed(|_| false).0, PlaceMark::Located);
    }

    #[test]
    fn what_is_not_understood_is_still_a_description() {
        let place = typed("behind the old mill");
        assert_eq!(place.typed.as_deref(), Some("behind the old mill"));
        assert_eq!(place.accuracy, None);
        assert_eq!(place.filed(|_| false), (PlaceMark::Described, None));
    }

    #[test]
    fn a_link_of_a_chinese_map_is_converted_and_says_so() {
        let place = typed("东门\nhttps://uri.amap.com/marker?position=121.478268,31.228464");
        assert_eq!(place.datum, Some(Datum::Gcj02));
        assert!(place.position().unwrap().metres_to(Position::new(31.2304, 121.4737).unwrap()) < 30.0, "{place:?}");
        assert_eq!(typed("https://www.openstreetmap.org/#map=17/31.2304/121.4737").datum, None);
        assert_eq!(typed("31.2304, 121.4737").datum, None);
    }

    #[test]
    fn a_link_that_is_not_understood_is_a_description() {
        for text in ["https://surl.amap.com/4bvd5QZ4", "https://map.baidu.com/search/%E4%B8%9C%E9%97%A8"] {
            assert_eq!(typed(text).filed(|_| false).0, PlaceMark::Described, "{text}");
        }
        // The plus code beside it needs no service.
        assert!(typed("8Q336FJJ+5F\nhttps://maps.app.goo.gl/aB3dEfGh").position().is_some());
    }

    #[test]
    fn a_site_that_nobody_knows_is_read_as_before() {
        assert_eq!(typed("https://maps.example/?q=31.2304,121.4737").point, Some((31.2304, 121.4737)));
    }

    #[test]
    fn what_was_stored_before_datums_were_known_is_still_read() {
        use Stored::{Nothing, Number, Pair, Text};
        // {"typed":"31.2304, 121.4737","point":[31.2304,121.4737],"accuracy":25,"address":null}
        let old = [
            ("typed", Text("31.2304, 121.4737")),
            ("point", Pair(31.2304, 121.4737)),
            ("accuracy", Number(25)),
            ("address", Nothing),
        ];
        let read = |fields: Vec<(&'static str, Stored)>| {
            Place::deserialize(MapDeserializer::<_, Error>::new(fields.into_iter()))
        };
        assert_eq!(read(old.to_vec()).unwrap(), typed("31.2304, 121.4737"));
        let new = read([old.to_vec(), vec![("datum", Text("gcj02"))]].concat()).unwrap();
        assert_eq!(new.datum, Some(Datum::Gcj02));
    }

    /// A value of stored JSON, as its deserializer hands it out.
    #[derive(Clone, Copy)]
    enum Stored {
        Text(&'static str),
        Number(u32),
        Pair(f64, f64),
        Nothing,
    }

    impl IntoDeserializer<'_> for Stored {
        type Deserializer = Self;

        fn into_deserializer(self) -> Self {
            self
        }
    }

    impl<'de> Deserializer<'de> for Stored {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self {
                Self::Text(text) => visitor.visit_borrowed_str(text),
                Self::Number(number) => visitor.visit_u32(number),
                Self::Pair(first, second) => visitor.visit_seq(SeqDeserializer::new([first, second].into_iter())),
                Self::Nothing => visitor.visit_unit(),
            }
        }

        fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            if matches!(self, Self::Nothing) { visitor.visit_none() } else { visitor.visit_some(self) }
        }

        fn deserialize_enum<V: Visitor<'de>>(
            self,
            name: &'static str,
            variants: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Error> {
            let Self::Text(text) = self else { return self.deserialize_any(visitor) };
            IntoDeserializer::<Error>::into_deserializer(text).deserialize_enum(name, variants, visitor)
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
            tuple_struct map struct identifier ignored_any
        }
    }

    #[test]
    fn an_outlier_keeps_its_position_but_has_no_cell() {
        let place = typed("0, 0");
        assert_eq!(place.filed(|_| true), (PlaceMark::Outlier, None));
        assert!(place.position().is_some());
    }

    #[test]
    fn nothing_said_is_unknown() {
        assert_eq!(Place::default().filed(|_| false), (PlaceMark::Unknown, None));
    }
}
