//! The portal and the hub as processes of their own, from the real binary.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::panicking;

use serde_json::Value;
use tempfile::NamedTempFile;

use super::client::Client;
use super::wait;

/// The binary under test.
pub const SHOUWANG: &str = env!("CARGO_BIN_EXE_shouwang");

/// The binary, with nothing in its environment that would configure it.
pub fn shouwang() -> Command {
    program(Path::new(SHOUWANG))
}

/// The same of another copy of it.
pub fn program(path: &Path) -> Command {
    let mut command = Command::new(path);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SHOUWANG_") || name == "RUST_LOG" {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// A process of ours. It is killed when this is dropped, and a panic in its log fails the test.
pub struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
    log: NamedTempFile,
}

impl Process {
    pub fn start(mut command: Command) -> Self {
        let log = NamedTempFile::new().unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log.reopen().unwrap()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output, log }
    }

    /// The next line on standard output.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Everything it logged so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(self.log.path()).unwrap()).into_owned()
    }

    /// A metric, 0 where nothing was counted yet; started with `--metrics 127.0.0.1:0`.
    pub fn metric(&self, name: &str) -> u64 {
        let metrics = Client::new(self.metrics()).get("/metrics").text();
        let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0, |value| value.parse().unwrap())
    }

    /// Where the metrics are, as the log says.
    pub fn metrics(&self) -> SocketAddr {
        let log = self.log();
        let line = log.lines().find(|line| line.contains("serving metrics")).expect("--metrics was given");
        serde_json::from_str::<Value>(line).unwrap()["address"].as_str().unwrap().parse().unwrap()
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits until it ends by itself.
    pub fn ended(&mut self) -> ExitStatus {
        wait::found("the end of the process", || self.child.try_wait().unwrap())
    }

    /// Tells it to stop, and waits until it did, in order.
    pub fn stop(&mut self) {
        self.signal("TERM");
        let status = self.ended();
        assert!(status.success(), "{status}: {}", self.log());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        let log = self.log();
        if panicking() {
            let last: Vec<&str> = log.lines().rev().take(60).collect();
            eprintln!("--- the log of the process, its last lines:");
            last.iter().rev().for_each(|line| eprintln!("{line}"));
        } else {
            assert!(!log.contains("panicked"), "a panic in the log: {log}");
        }
    }
}

/// A running `shouwang serve`.
pub struct Portal {
    pub process: Process,
    pub address: SocketAddr,
}

impl Portal {
    /// Serves from `data`, on a free port.
    pub fn start<S: AsRef<OsStr>>(data: &Path, more: &[S]) -> Self {
        Self::start_with(data, more, &[])
    }

    pub fn start_with<S: AsRef<OsStr>>(data: &Path, more: &[S], environment: &[(&str, &str)]) -> Self {
        let mut command = shouwang();
        command.envs(environment.iter().copied());
        Self::of(command, data, more)
    }

    /// Serves by a command that has no arguments yet.
    pub fn of<S: AsRef<OsStr>>(mut command: Command, data: &Path, more: &[S]) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(more);
        let mut process = Process::start(command);
        let line = process.line();
        let address = line.strip_prefix("listening on http://").and_then(|address| address.parse().ok());
        let address = address.unwrap_or_else(|| panic!("the first line is {line:?}: {}", process.log()));
        Self { process, address }
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// `/readyz`: its status and what it says.
    pub fn ready(&self) -> (u16, Value) {
        let answer = self.client().get("/readyz");
        (answer.status, serde_json::from_slice(&answer.body).unwrap())
    }

    /// Waits until `/readyz` says what is wanted.
    pub fn until_ready(&self, what: &str, mut wanted: impl FnMut(u16, &Value) -> bool) {
        let mut last = None;
        wait::until(&format!("/readyz: {what}"), || {
            let (status, said) = self.ready();
            let holds = wanted(status, &said);
            last = Some((status, said));
            holds
        });
    }

    /// Waits until everything that was stored has been counted.
    pub fn until_counted(&self) {
        self.until_ready("no backlog", |_, said| said["backlog"] == 0);
    }
}

/// A running `shouwang hub`.
pub fn hub<S: AsRef<OsStr>>(data: &Path, more: &[S]) -> Process {
    let mut command = shouwang();
    command.args(["hub", "--data"]).arg(data).args(more);
    let mut process = Process::start(command);
    assert_eq!(process.line(), "consuming", "{}", process.log());
    process
}
