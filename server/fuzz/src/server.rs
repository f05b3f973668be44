//! A server of our own, for the targets that need one.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::portal;
use crate::target::Target;

/// Runs what follows until its own standard input ends: also when whoever started it is gone without a word, as libFuzzer goes.
const WITH_US: &str = r#""$@" & cat; kill -9 $!"#;

/// The server named by `SHOUWANG_BIN`, with data of its own, killed at the end.
pub struct Server {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
}

impl Server {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let mut child = Command::new("sh")
            .args(["-c", WITH_US, "sh"])
            .arg(binary())
            .args(["serve", "--listen", "127.0.0.1:0", "--open311-keys", portal::API_KEY, "--data"])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").and_then(|address| address.parse().ok());
        Self { child, address: address.expect("the first line names the address"), folder }
    }

    pub fn targets(&self) -> Vec<Target> {
        portal::targets(self.address, &self.invitation())
    }

    /// A link that signs a duty officer in.
    fn invitation(&self) -> String {
        let words = ["staff", "add", "Li Wei", "--department", "duty", "--role", "duty-officer", "--data"];
        let done = Command::new(binary()).args(words).arg(self.folder.path()).output().unwrap();
        let printed = String::from_utf8(done.stdout).unwrap();
        printed.lines().last().expect("a link is printed").to_owned()
    }

    /// What panicked behind the answers.
    pub fn panics(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap();
        log.lines().filter(|line| line.contains("panicked")).map(str::to_owned).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn binary() -> std::ffi::OsString {
    std::env::var_os("SHOUWANG_BIN").expect("SHOUWANG_BIN names the server")
}
