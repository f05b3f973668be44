//! The parts of a web address, decoded.

/// A web address found in a text. It need not be valid: people cut off ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Url {
    /// In small letters, without user and port.
    pub host: String,
    /// Percent-decoded, with the slash in front.
    pub path: String,
    /// Percent-decoded, without the `#`.
    pub fragment: String,
    /// The decoded parameters of the query, then those of the fragment, in their order.
    parameters: Vec<(String, String)>,
}

impl Url {
    /// Reads a word of a text as an address, with a scheme or without: `None` when it cannot be one.
    pub fn parse(word: &str) -> Option<Self> {
        let after_scheme = word.split_once("://").map_or(word, |(_, rest)| rest);
        let (address, fragment) = after_scheme.split_once('#').unwrap_or((after_scheme, ""));
        let (address, query) = address.split_once('?').unwrap_or((address, ""));
        let (authority, path) = address.split_at(address.find('/').unwrap_or(address.len()));
        let host = authority.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
        host.contains('.').then(|| Self {
            host,
            path: decode(path, false),
            fragment: decode(fragment, false),
            parameters: pairs(query).chain(pairs(fragment)).collect(),
        })
    }

    /// The value of the first parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The decoded pairs of a query: `a=1&b=2`.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (decode(key, true), decode(value, true)))
}

/// Percent-decoding (RFC 3986, section 2.1); in queries a plus is a space. What is no UTF-8 becomes replacement characters.
pub(super) fn decode(text: &str, plus_is_space: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        match (byte, escaped(after)) {
            (b'%', Some((value, after))) => {
                bytes.push(value);
                rest = after;
            }
            (b'+', _) if plus_is_space => bytes.push(b' '),
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The byte that two hexadecimal digits name, and what follows them.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let [high, low, after @ ..] = text else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(*high)? * 16 + digit(*low)?;
    u8::try_from(value).ok().map(|value| (value, after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_falls_into_its_parts() {
        let url = Url::parse("https://me@Maps.Example.org:443/a%20b/@1,2?name=%E4%B8%9C%E9%97%A8&q=1%2C2+x#map=17/3/4")
            .unwrap();
        assert_eq!((url.host.as_str(), url.path.as_str()), ("maps.example.org", "/a b/@1,2"));
        assert_eq!(url.parameter("name"), Some("东门"));
        assert_eq!(url.parameter("q"), Some("1,2 x"));
        assert_eq!(url.parameter("map"), Some("17/3/4"));
        assert_eq!(url.parameter("none"), None);
    }

    #[test]
    fn a_scheme_is_not_needed_but_a_host_is() {
        assert_eq!(Url::parse("maps.example.org?q=1").map(|url| url.host), Some("maps.example.org".into()));
        assert_eq!(Url::parse("https://菜市场/"), None);
        assert_eq!(Url::parse(""), None);
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(decode("%", false), "%");
        assert_eq!(decode("100%+%4", true), "100% %4");
        assert_eq!(decode("%zz+%41", false), "%zz+A");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "(https?://)?.{0,60}|[a-z.%/?#&=+0-9]{0,60}") {
            let _ = Url::parse(&text);
        }
    }
}
