//! One page as a phone fetches it, every byte on the wire counted.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::failure::{Failure, Result, While, fail};

/// What browsers say they understand: those of today, and those of older phones.
pub const ENCODINGS: [&str; 2] = ["gzip, deflate, br, zstd", "gzip, deflate, br"];

/// What came back, as it came.
pub struct Answer {
    pub status: u16,
    pub bytes: usize,
    /// The encoding, if it was compressed.
    pub encoding: Option<String>,
    /// Where it leads to.
    pub location: Option<String>,
}

/// Chrome on a mid-range phone: it opens a page, or posts a form of one.
fn request(host: &str, path: &str, language: &str, encodings: &str, form: Option<&str>) -> String {
    let (method, site, rest) = match form {
        None => ("GET", "none", "\r\n".to_owned()),
        Some(form) => (
            "POST",
            "same-origin",
            format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}", form.len()),
        ),
    };
    format!(
        "{method} {path} HTTP/1.1\r\n\
        Host: {host}\r\n\
        User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36\r\n\
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\
        Accept-Encoding: {encodings}\r\n\
        Accept-Language: {language}\r\n\
        Sec-Fetch-Dest: document\r\n\
        Sec-Fetch-Mode: navigate\r\n\
        Sec-Fetch-Site: {site}\r\n\
        Sec-Fetch-User: ?1\r\n\
        Upgrade-Insecure-Requests: 1\r\n\
        Connection: close\r\n{rest}"
    )
}

/// Fetches `path` from `host` (`127.0.0.1:3000`), or posts a form there.
pub fn ask(host: &str, path: &str, language: &str, encodings: &str, form: Option<&str>) -> Result<Answer> {
    let limit = Some(Duration::from_secs(30));
    let mut stream = TcpStream::connect(host).while_(|| format!("connecting to {host}"))?;
    stream.set_read_timeout(limit)?;
    stream.set_write_timeout(limit)?;
    stream.write_all(request(host, path, language, encodings, form).as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).while_(|| format!("reading {path}"))?;
    read(&answer)
}

fn read(answer: &[u8]) -> Result<Answer> {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return fail("an answer without end of headers");
    };
    let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default());
    let header = |wanted: &str| {
        let mut headers = head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.to_owned())
    };
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| Failure::new("an answer without a status"))?;
    Ok(Answer { status, bytes: answer.len(), encoding: header("content-encoding"), location: header("location") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_framing_are_counted() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\x00\xff\x01\r\n0\r\n\r\n";
        let read = read(answer).unwrap();
        assert_eq!((read.status, read.bytes, read.encoding.as_deref()), (200, answer.len(), Some("br")));
    }

    #[test]
    fn a_plain_or_broken_answer_is_seen_as_such() {
        assert_eq!(read(b"HTTP/1.1 404 Not Found\r\nx: content-encoding: br\r\n\r\n").unwrap().encoding, None);
        assert!(read(b"HTTP/1.1 200 OK\r\nContent-Length: 5").is_err());
        assert!(read(b"nonsense\r\n\r\n").is_err());
    }

    #[test]
    fn the_request_is_one_whole_request() {
        let text = request("127.0.0.1:1", "/report", "en", ENCODINGS[0], None);
        assert!(text.starts_with("GET /report HTTP/1.1\r\nHost: 127.0.0.1:1\r\n") && text.ends_with("close\r\n\r\n"));
        assert!(text.trim_end().lines().skip(1).all(|line| line.contains(": ") && !line.starts_with(' ')));
        let text = request("127.0.0.1:1", "/report", "en", ENCODINGS[0], Some("what=x"));
        assert!(text.starts_with("POST /report HTTP/1.1\r\n"), "{text}");
        assert!(text.ends_with("Content-Length: 6\r\n\r\nwhat=x"), "{text}");
    }

    #[test]
    fn where_an_answer_leads_is_kept_to_the_letter() {
        let read = read(b"HTTP/1.1 303 See Other\r\nLocation: /receipt/aBc\r\n\r\n").unwrap();
        assert_eq!((read.status, read.location.as_deref()), (303, Some("/receipt/aBc")));
    }
}
