//! Which public reports a list is to hold, as programs ask for them in an address.

use std::collections::{HashMap, HashSet};

use hub::Wanted;
use jiff::Timestamp;
use model::category::Category;

/// The parameters of an address. An empty one is as good as none.
pub type Parameters = HashMap<String, String>;

/// The longest span of time that a list covers, in milliseconds, and the most rows: "90 days or the first 1,000, whichever is smaller"
/// (GeoReport v2, `GET requests`).
const SPAN: i64 = 90 * 86_400_000;
pub const MOST: u32 = 1_000;
/// Where a list has pages (the extension that Chicago, Boston and others share) and their size is not said.
pub const PAGE: u32 = 50;

/// What an interface calls its parameters.
pub struct Names {
    pub categories: &'static str,
    pub since: &'static str,
    pub until: &'static str,
}

/// A span of time and a page of what happened in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// UTC milliseconds, both included.
    pub since: i64,
    pub until: i64,
    pub limit: u32,
    pub offset: u32,
}

/// The value of a parameter, where it has one.
pub fn parameter<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
}

/// The time span and the page; without `page` and `page_size` the first `whole` rows.
///
/// # Errors
/// One sentence about what cannot be understood.
pub fn window(parameters: &Parameters, names: &Names, whole: u32, now: i64) -> Result<Window, String> {
    let (start, end) = (time(parameters, names.since)?, time(parameters, names.until)?);
    let end = end.or_else(|| start.map(|start| start.saturating_add(SPAN))).unwrap_or(now);
    let start = start.unwrap_or(end.saturating_sub(SPAN));
    if start > end || end.saturating_sub(start) > SPAN {
        return Err(format!("{} and {} are at most 90 days apart", names.since, names.until));
    }
    let paged = parameter(parameters, "page").is_some() || parameter(parameters, "page_size").is_some();
    let size = number(parameters, "page_size", if paged { PAGE.min(whole) } else { whole }, whole)?;
    let page = number(parameters, "page", 1, u32::MAX / MOST)?;
    Ok(Window { since: start, until: end, limit: size, offset: (page - 1) * size })
}

/// The same, with kinds and states.
///
/// # Errors
/// As for [`window`].
pub fn wanted(parameters: &Parameters, names: &Names, whole: u32, now: i64) -> Result<Wanted, String> {
    let Window { since, until, limit, offset } = window(parameters, names, whole, now)?;
    let open = match parameter(parameters, "status") {
        None => None,
        Some(list) => {
            let words: HashSet<&str> = list.split(',').map(str::trim).collect();
            if words.iter().any(|word| !["open", "closed"].contains(word)) {
                return Err("status is open or closed".to_owned());
            }
            (words.len() == 1).then(|| words.contains("open"))
        }
    };
    let codes = parameter(parameters, names.categories).map(|list| list.split(','));
    let categories = codes.map(|codes| codes.filter_map(|code| Category::of(code.trim())).collect());
    Ok(Wanted { categories, since, until, open, limit, offset })
}

fn time(parameters: &Parameters, name: &str) -> Result<Option<i64>, String> {
    let Some(text) = parameter(parameters, name) else { return Ok(None) };
    // A plus sign in an address is a space to whoever decodes it.
    let moment: Timestamp = text
        .trim()
        .replace(' ', "+")
        .parse()
        .map_err(|_| format!("{name} is to be a time with its zone, as 2026-01-01T00:00:00Z"))?;
    Ok(Some(moment.as_millisecond()))
}

fn number(parameters: &Parameters, name: &str, otherwise: u32, most: u32) -> Result<u32, String> {
    let Some(text) = parameter(parameters, name) else { return Ok(otherwise) };
    let number = text.trim().parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| format!("{name} is a number from 1 to {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names = Names { categories: "category", since: "since", until: "until" };
    const NOW: i64 = 1_700_000_000_000;

    fn asked(pairs: &[(&str, &str)]) -> Result<Wanted, String> {
        let parameters = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        wanted(&parameters, &NAMES, MOST, NOW)
    }

    #[test]
    fn who_says_nothing_gets_the_last_ninety_days() {
        let wanted = asked(&[("since", " "), ("page", "")]).unwrap();
        assert_eq!((wanted.until, wanted.until - wanted.since), (NOW, SPAN));
        assert_eq!((wanted.limit, wanted.offset, wanted.open), (MOST, 0, None));
    }

    #[test]
    fn the_farthest_page_is_still_a_number() {
        let last = (u32::MAX / MOST).to_string();
        assert!(asked(&[("page", &last), ("page_size", "1000")]).is_ok());
        assert!(asked(&[("page", "4294968")]).is_err());
    }

    #[test]
    fn the_ends_of_time_are_no_trap() {
        for text in ["-009999-01-02T01:59:59Z", "9999-12-30T22:00:00Z", "2026-01-01T00:00:00 08:00"] {
            for name in ["since", "until"] {
                assert!(asked(&[(name, text)]).is_ok(), "{name}={text}");
            }
        }
    }
}
