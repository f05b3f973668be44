//! A NATS server of a test's own, with JetStream in a directory of its own, on a port of its own on the loopback.
//!
//! Needs Debian's package `nats-server` (2.9 or later) and the crate `tempfile`. Other crates include this file by
//! `#[path]`, beside `missing`.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::missing;

/// Where the program may be: on the path, or where Debian puts it, which is not on every user's path.
const PROGRAMS: [&str; 2] = ["nats-server", "/usr/sbin/nats-server"];

const START_WAIT: Duration = Duration::from_secs(30);

/// A running server. It is stopped when this is dropped, and its directory removed.
pub struct Nats {
    child: Child,
    directory: TempDir,
    port: u16,
}

impl Nats {
    /// Starts a server; none, with the reason printed, when the program is not installed.
    pub fn start() -> Option<Self> {
        let directory = tempfile::tempdir().unwrap();
        let Some(child) = spawn(directory.path(), None) else {
            missing::engine("there is no nats-server (Debian: apt-get install nats-server)");
            return None;
        };
        let mut server = Self { child, directory, port: 0 };
        server.port = server.wait();
        Some(server)
    }

    /// The address for clients. It stays the same over a restart.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Ends the server as a power cut would.
    pub fn kill(&mut self) {
        // An error means that it has ended already.
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }

    /// Starts it again after [`kill`](Self::kill), with what it had stored.
    pub fn restart(&mut self) {
        self.child = spawn(self.directory.path(), Some(self.port)).unwrap();
        assert_eq!(self.wait(), self.port);
    }

    /// Removes what the server has stored, after [`kill`](Self::kill).
    pub fn wipe(&self) {
        std::fs::remove_dir_all(self.directory.path().join("jetstream")).unwrap();
    }

    /// Makes the server hang: connections stay open and nothing is answered, until [`thaw`](Self::thaw).
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// Waits until the server takes clients, which it says by writing down its port.
    fn wait(&mut self) -> u16 {
        let path = self.directory.path().join(format!("nats-server_{}.ports", self.child.id()));
        let deadline = Instant::now() + START_WAIT;
        loop {
            if let Some(port) = std::fs::read_to_string(&path).ok().as_deref().and_then(port) {
                return port;
            }
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && Instant::now() < deadline, "nats-server did not start: {ended:?}");
            sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Starts the program on `port`, or on one that is free. None when it is not installed.
fn spawn(directory: &Path, port: Option<u16>) -> Option<Child> {
    let port = port.map_or_else(|| "-1".to_owned(), |port| port.to_string());
    PROGRAMS.iter().find_map(|program| {
        let child = Command::new(program)
            .args(["--addr", "127.0.0.1", "--port", &port, "--jetstream", "--store_dir"])
            .arg(directory)
            .arg("--ports_file_dir")
            .arg(directory)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match child {
            Ok(child) => Some(child),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => panic!("{program}: {error}"),
        }
    })
}

/// The port in `{"nats":["nats://127.0.0.1:41849"]}`; none while the file is not whole.
fn port(file: &str) -> Option<u16> {
    file.split_once("127.0.0.1:")?.1.split_once('"')?.0.parse().ok()
}
