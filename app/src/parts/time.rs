//! Times as people read them: in the portal's calendar, to the minute.

use hub::Hub;
use jiff::Timestamp;

use crate::text::Text;

/// `2026-11-22 14:05`, with the zone's offset, in the calendar of the portal.
pub fn shown(hub: &Hub, millis: i64) -> String {
    let time = Timestamp::from_millisecond(millis).unwrap_or_default();
    time.to_zoned(hub.home().zone.clone()).strftime("%Y-%m-%d %H:%M (UTC%:z)").to_string()
}

/// For the `datetime` attribute.
pub fn machine(millis: i64) -> String {
    Timestamp::from_millisecond(millis).unwrap_or_default().to_string()
}

/// How long ago, from milliseconds, in the largest unit that fits.
pub fn ago(text: Text, millis: i64) -> String {
    let minutes = (millis / 60_000).max(0);
    let (key, count) = match minutes {
        ..1 => return text.get("ago-now").to_owned(),
        1..60 => ("ago-minutes", minutes),
        60..2_880 => ("ago-hours", minutes / 60),
        _ => ("ago-days", minutes / 1_440),
    };
    text.with(key, &[("count", count.into())])
}
