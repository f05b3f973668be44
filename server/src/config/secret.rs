//! Values that may come from a file, so that no secret stands in a command line or an environment.

use std::io;
use std::path::Path;

/// The value itself, or the first line of the file.
pub fn from_either(value: Option<&str>, file: Option<&Path>) -> io::Result<Option<String>> {
    match (value, file) {
        (Some(value), _) => Ok(Some(value.to_owned())),
        (None, Some(file)) => {
            let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", file.display()));
            let text = std::fs::read_to_string(file).map_err(named)?;
            Ok(text.lines().next().map(str::to_owned))
        }
        (None, None) => Ok(None),
    }
}

/// A URL without what stands before its host: fit for a log.
pub fn shown(url: &str) -> String {
    match (url.split_once("://"), url.rfind('@')) {
        (Some((scheme, _)), Some(at)) => format!("{scheme}://…{}", &url[at..]),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(shown("postgres://u:p@h/d"), "postgres://…@h/d");
        assert_eq!(shown("nats://h:4222"), "nats://h:4222");
    }

    #[test]
    fn a_secret_is_the_first_line_of_its_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "postgres://h/d\n").unwrap();
        assert_eq!(from_either(None, Some(file.path())).unwrap().as_deref(), Some("postgres://h/d"));
        assert_eq!(from_either(Some("x"), Some(file.path())).unwrap().as_deref(), Some("x"));
        assert!(from_either(None, Some(Path::new("/nonexistent"))).is_err());
    }
}
