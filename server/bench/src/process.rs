//! Servers as processes of their own: started on a free port, measured from outside, stopped by process id.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub struct Server {
    child: Child,
    pub address: SocketAddr,
    pub metrics: Option<SocketAddr>,
}

impl Server {
    /// The portal, with its data in `folder`; `more` are further arguments.
    pub fn portal(folder: &Path, more: &[&str]) -> Self {
        let log = std::fs::File::create(folder.join("log")).unwrap();
        let child = Command::new(std::env::var_os("SHOUWANG_BIN").expect("SHOUWANG_BIN names the server"))
            .args(["serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--data"])
            .arg(folder)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Self::of(child);
        let log = std::fs::read_to_string(folder.join("log")).unwrap();
        let line = log.lines().find(|line| line.contains("serving metrics")).unwrap();
        server.metrics = line.split('"').find_map(|word| word.parse().ok());
        server
    }

    /// This very program, as the bare handler.
    pub fn bare() -> Self {
        let child =
            Command::new(std::env::current_exe().unwrap()).arg("bare-server").stdout(Stdio::piped()).spawn().unwrap();
        Self::of(child)
    }

    fn of(mut child: Child) -> Self {
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .expect("the first line names the address")
            .parse()
            .unwrap();
        Self { child, address, metrics: None }
    }

    /// Seconds of processor time used so far.
    pub fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
        ticks / 100.0
    }

    /// Memory that is the process's own share, in MiB.
    pub fn pss(&self) -> f64 {
        let rollup = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id())).unwrap();
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap();
        line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
