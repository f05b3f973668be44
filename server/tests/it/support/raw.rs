//! Bytes on a connection, for what no well-behaved client sends.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use ureq::http::{HeaderMap, HeaderName, HeaderValue};

use super::client::Answer;

/// A connection.
pub struct Raw(TcpStream);

impl Raw {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        Self(stream)
    }

    /// Sends what the other end still takes.
    pub fn send(&mut self, bytes: &[u8]) {
        let _ = self.0.write_all(bytes);
    }

    /// The next answer. `None`: it was closed without a word.
    pub fn answer(&mut self) -> Option<Answer> {
        let mut bytes = Vec::new();
        loop {
            let mut piece = [0; 4096];
            let length = match self.0.read(&mut piece) {
                Ok(length) => length,
                // It closed while we were still talking.
                Err(error) if error.kind() == ErrorKind::ConnectionReset => 0,
                Err(error) => panic!("nothing comes and nothing ends: {error}: {}", String::from_utf8_lossy(&bytes)),
            };
            bytes.extend(&piece[..length]);
            if let Some(answer) = parse(&bytes) {
                return Some(answer);
            }
            if length == 0 {
                assert!(bytes.is_empty(), "cut off: {}", String::from_utf8_lossy(&bytes));
                return None;
            }
        }
    }

    /// Whether the other end closes without another word.
    pub fn ends(mut self) -> bool {
        match self.0.read(&mut [0; 1]) {
            Ok(length) => length == 0,
            Err(error) => error.kind() == ErrorKind::ConnectionReset,
        }
    }
}

/// The answer, if it is there to its end.
fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers = HeaderMap::new();
    for line in head.lines().skip(1) {
        let (name, value) = line.split_once(':').unwrap();
        headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value.trim()).unwrap());
    }
    let rest = &bytes[end + 4..];
    let body = if headers.get("transfer-encoding").is_some_and(|encoding| encoding == "chunked") {
        joined(rest)?
    } else {
        let length = headers.get("content-length").map_or(0, |length| length.to_str().unwrap().parse().unwrap());
        rest.get(..length)?.to_vec()
    };
    Some(Answer { status, headers, body })
}

/// A chunked body, if its last chunk is there.
fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = chunks.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..line]).unwrap(), 16).unwrap();
        let chunk = chunks.get(line + 2..line + 2 + size)?;
        if size == 0 {
            return Some(body);
        }
        body.extend(chunk);
        chunks = chunks.get(line + 4 + size..)?;
    }
}

/// Sends a whole request on a connection of its own, and reads the answer.
pub fn exchange(address: SocketAddr, request: &[u8]) -> Option<Answer> {
    let mut raw = Raw::connect(address);
    raw.send(request);
    raw.answer()
}

/// The head of a post of a form to `/report`, with further lines.
pub fn post_head(lines: &str) -> String {
    format!(
        "POST /report HTTP/1.1\r\nHost: portal.test\r\nContent-Type: application/x-www-form-urlencoded\r\n{lines}\r\n"
    )
}
