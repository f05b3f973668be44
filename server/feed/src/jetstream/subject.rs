//! Under which subject an event travels.

use model::cell::Cell;
use model::event::Event;

/// Workers may divide an event stream into at most this many parts.
const PARTITIONS: u64 = 16;

/// `<prefix>.event.<kind>.<partition>`.
pub(super) fn of(prefix: &str, event: &Event) -> String {
    format!("{prefix}.event.{}.{}", tokens(&event.kind), event.cell.map_or(0, partition))
}

/// A kind as tokens of a subject. What cannot stand in one becomes `_`, which loses nothing: the event itself says its
/// kind, and no event is ever held up by the look of it.
fn tokens(kind: &str) -> String {
    let token = |token: &str| match token {
        "" => "_".to_owned(),
        token => token.replace(|sign: char| !sign.is_ascii_alphanumeric() && !matches!(sign, '_' | '-'), "_"),
    };
    kind.split('.').map(token).collect::<Vec<_>>().join(".")
}

/// The same number for all cells that share the one that is shown (about 5 km²), so that what happens in one
/// neighbourhood stays together.
fn partition(cell: Cell) -> u64 {
    // The low bits of an H3 index are the same for all cells of a resolution: mix first (the end of SplitMix64).
    let mut bits = cell.shown().number().cast_unsigned();
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (bits ^ (bits >> 31)) % PARTITIONS
}

/// Whether `name` may be part of a subject and the name of a durable consumer.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use model::position::Position;
    use uuid::Uuid;

    use super::*;

    fn event(kind: &str, cell: Option<Cell>) -> Event {
        Event { seq: 1, id: Uuid::nil(), kind: kind.to_owned(), cell, at: 0, body: String::new() }
    }

    #[test]
    fn a_subject_names_kind_and_partition() {
        let here = Cell::at(Position::new(31.2304, 121.4737).unwrap());
        assert_eq!(of("shouwang", &event("report.received", Some(here))), "shouwang.event.report.received.1");
        assert_eq!(of("shouwang", &event("report.received", None)), "shouwang.event.report.received.0");
        assert_eq!(of("shouwang", &event("", None)), "shouwang.event._.0");
        assert_eq!(of("shouwang", &event("a..b c.>.报", None)), "shouwang.event.a._.b_c._._.0");
    }

    #[test]
    fn neighbours_share_a_partition_and_a_city_uses_them_all() {
        let at = |latitude, longitude| partition(Cell::at(Position::new(latitude, longitude).unwrap()));
        assert_eq!(at(31.2304, 121.4737), at(31.2310, 121.4745));
        let city = (0..40).flat_map(|row| (0..40).map(move |column| (f64::from(row), f64::from(column))));
        let used: BTreeSet<u64> = city.map(|(row, column)| at(31.0 + row / 50.0, 121.0 + column / 50.0)).collect();
        assert_eq!(used, (0..PARTITIONS).collect());
    }

    #[test]
    fn a_name_is_one_plain_token() {
        assert!(is_name("clusterer-2_b"));
        assert!(["", "a.b", "a b", "*", ">", "集群"].iter().all(|name| !is_name(name)));
    }
}
