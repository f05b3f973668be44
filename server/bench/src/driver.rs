//! A bounded load driver: so many requests over so many connections, one after the other on each, and how long each took.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a run measured.
pub struct Run {
    pub requests: usize,
    pub took: Duration,
    /// Sorted.
    pub latencies: Vec<Duration>,
    /// Bytes of an answer, head included, on the average.
    pub bytes: usize,
}

impl Run {
    pub fn rate(&self) -> f64 {
        self.requests as f64 / self.took.as_secs_f64()
    }

    pub fn percentile(&self, percent: usize) -> f64 {
        self.latencies[(self.latencies.len() * percent / 100).min(self.latencies.len() - 1)].as_secs_f64() * 1e3
    }
}

/// Sends every request once; panics at an answer of another status.
pub async fn drive(
    address: SocketAddr,
    connections: usize,
    requests: Arc<Vec<Vec<u8>>>,
    total: usize,
    expected: u16,
) -> Run {
    let next = Arc::new(AtomicUsize::new(0));
    let started = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let (next, requests) = (next.clone(), requests.clone());
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await;
                let mut latencies = Vec::with_capacity(total / connections + 1);
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= total {
                        return (latencies, connection.bytes);
                    }
                    let sent = Instant::now();
                    let status = connection.ask(&requests[number % requests.len()]).await;
                    latencies.push(sent.elapsed());
                    assert_eq!(status, expected, "{}", String::from_utf8_lossy(&connection.buffer));
                }
            })
        })
        .collect();
    let (mut latencies, mut bytes) = (Vec::with_capacity(total), 0);
    for task in tasks {
        let (of_task, of_connection) = task.await.unwrap();
        latencies.extend(of_task);
        bytes += of_connection;
    }
    let took = started.elapsed();
    latencies.sort();
    Run { requests: total, took, latencies, bytes: bytes / total }
}

/// One kept-alive connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    bytes: usize,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: Vec::with_capacity(64 << 10), bytes: 0 }
    }

    /// Sends a request, reads the whole answer and gives its status.
    pub async fn ask(&mut self, request: &[u8]) -> u16 {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        let head = loop {
            assert!(self.stream.read_buf(&mut self.buffer).await.unwrap() > 0, "closed");
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = std::str::from_utf8(&self.buffer[..head]).unwrap().to_ascii_lowercase();
        let status = text[9..12].parse().unwrap();
        if let Some(length) = header(&text, "content-length:") {
            let end = head + length.parse::<usize>().unwrap();
            while self.buffer.len() < end {
                assert!(self.stream.read_buf(&mut self.buffer).await.unwrap() > 0, "closed");
            }
        } else if header(&text, "transfer-encoding:").is_some() {
            while !self.buffer.ends_with(b"\r\n0\r\n\r\n") && !self.buffer[head..].starts_with(b"0\r\n\r\n") {
                assert!(self.stream.read_buf(&mut self.buffer).await.unwrap() > 0, "closed");
            }
        }
        self.bytes += self.buffer.len();
        status
    }

    /// The last answer, head included.
    pub fn answer(&self) -> String {
        String::from_utf8_lossy(&self.buffer).into_owned()
    }
}

fn header<'t>(head: &'t str, name: &str) -> Option<&'t str> {
    head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

pub fn get(path: &str, encoding: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: bench.local\r\nAccept: text/html\r\nAccept-Language: zh-CN,zh;q=0.9\r\nAccept-Encoding: {encoding}\r\n\r\n"
    )
    .into_bytes()
}

pub fn post(path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench.local\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
