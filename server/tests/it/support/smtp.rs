//! A mail server that keeps what it gets: as much of RFC 5321 as a client needs, with bad days.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::wait;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It answers each address with this line.
    Says(&'static str),
    /// It takes the connection and says nothing.
    Hangs,
    /// It hangs up in the middle.
    HangsUp,
}

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    pub to: String,
    /// Head and body, as they came over the wire.
    pub text: String,
}

impl Received {
    /// A line of the head, as it came.
    pub fn head(&self, name: &str) -> &str {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default();
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
    }

    /// The first address of the portal in the body that begins so, without the host.
    pub fn link(&self, origin: &str, path: &str) -> String {
        let body = self.text.replace("=\r\n", "");
        let from = body.find(&format!("{origin}{path}")).unwrap_or_else(|| panic!("no {path} in {body}"));
        let rest = &body[from + origin.len()..];
        rest.split_whitespace().next().unwrap_or_default().to_owned()
    }
}

#[derive(Default)]
struct State {
    received: Vec<Received>,
    fault: Option<Fault>,
    /// Connections so far.
    calls: usize,
}

/// It listens until the test ends.
pub struct MailServer {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl MailServer {
    pub fn start() -> Self {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    pub fn at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let (address, state) = (listener.local_addr().unwrap(), Arc::<Mutex<State>>::default());
        let shared = state.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = shared.clone();
                // Whoever hangs up early ends its own conversation alone.
                thread::spawn(move || converse(&stream, &state));
            }
        });
        Self { address, state }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn fail(&self, fault: Option<Fault>) {
        self.state.lock().unwrap().fault = fault;
    }

    pub fn calls(&self) -> usize {
        self.state.lock().unwrap().calls
    }

    /// Everything that arrived for an address.
    pub fn to(&self, address: &str) -> Vec<Received> {
        let received = &self.state.lock().unwrap().received;
        received.iter().filter(|mail| mail.to == address).cloned().collect()
    }

    /// Waits for so many mails to an address; gives the last.
    pub fn until(&self, address: &str, count: usize) -> Received {
        wait::found(&format!("mail {count} to {address}"), || {
            let mails = self.to(address);
            assert!(mails.len() <= count, "more than {count} mails to {address}: {mails:?}");
            mails.get(count - 1).cloned()
        })
    }
}

fn converse(stream: &TcpStream, state: &Mutex<State>) -> Option<()> {
    let (mut lines, mut output) = (BufReader::new(stream).split(b'\n'), stream);
    let fault = {
        let mut state = state.lock().unwrap();
        state.calls += 1;
        state.fault
    };
    if fault == Some(Fault::Hangs) {
        // Until the client has had enough.
        return lines.next()?.ok().map(drop);
    }
    let mut say = |line: &str| output.write_all(format!("{line}\r\n").as_bytes()).ok();
    let mut next = || Some(String::from_utf8_lossy(&lines.next()?.ok()?).trim_end_matches('\r').to_owned());
    say("220 here")?;
    let mut to = String::new();
    loop {
        let line = next()?;
        let command: String = line.chars().take(4).collect::<String>().to_ascii_uppercase();
        match command.as_str() {
            "EHLO" => {
                say("250-here")?;
                say("250 8BITMIME")?;
            }
            "RCPT" => match fault {
                Some(Fault::Says(answer)) => say(answer)?,
                Some(_) => return None,
                None => {
                    to = line.split(['<', '>']).nth(1)?.to_owned();
                    say("250 yes")?;
                }
            },
            "DATA" => {
                say("354 go on")?;
                let mut text = String::new();
                loop {
                    let line = next()?;
                    if line == "." {
                        break;
                    }
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    text.push_str("\r\n");
                }
                state.lock().unwrap().received.push(Received { to: to.clone(), text });
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 yes")?,
        }
    }
}
