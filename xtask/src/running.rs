//! A server of our own, on a free port and with data of its own, gone when it is dropped.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result, While, fail};
use crate::place::Place;
use crate::run;
use crate::toolchain::Tools;

const LISTENING: &str = "listening on http://";

/// People are told by mail, as where it is used: then the pages say more. Nobody listens at that port, and nobody has to.
const TELLING: [&str; 6] =
    ["--smtp", "smtp://127.0.0.1:9", "--mail-from", "notice@portal.example", "--origin", "https://portal.example"];

pub struct Running {
    child: Child,
    log: PathBuf,
    pub host: String,
}

impl Running {
    pub fn start(place: &Place, tools: &Tools, shouwang: &Path) -> Result<Self> {
        let dir = place.cache().join("running");
        let data = dir.join("data");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&data)?;
        let log = dir.join("stderr");
        let mut command = tools.command(&shouwang.to_string_lossy());
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&data).current_dir(&place.root);
        command.args(TELLING);
        // Measured as it comes, whatever the environment sets for other servers.
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("SHOUWANG_") {
                command.env_remove(name);
            }
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log)?);
        let child = command.spawn().while_(|| format!("starting `{}`", run::shown(&command)))?;
        let mut running = Self { child, log, host: String::new() };
        running.host = running.first_line().map_err(|failure| running.blamed(&failure))?;
        Ok(running)
    }

    /// Its standard output is read to the end, so that it never waits for us.
    fn first_line(&mut self) -> Result<String> {
        let Some(output) = self.child.stdout.take() else { return fail("the server has no output") };
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::<_, _>::ok) {
                let _ = tell.send(line);
            }
        });
        let line =
            told.recv_timeout(Duration::from_secs(60)).map_err(|_| Failure::new("the server told no address"))?;
        match line.strip_prefix(LISTENING) {
            Some(host) => Ok(host.trim_end_matches('/').to_owned()),
            None => fail(format!("the server's first line is `{line}`, not `{LISTENING}…`")),
        }
    }

    /// A failure, with the last the server said.
    pub fn blamed(&self, failure: &Failure) -> Failure {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let last = text.lines().count().saturating_sub(20);
        let said: Vec<&str> = text.lines().skip(last).collect();
        Failure::new(format!("{failure}\nthe server said:\n{}", said.join("\n")))
    }

    /// Proportional set size: shared pages counted by share.
    pub fn memory(&self) -> Result<u64> {
        let file = PathBuf::from(format!("/proc/{}/smaps_rollup", self.child.id()));
        let text = fs::read_to_string(&file).while_(|| format!("reading {}", file.display()))?;
        pss(&text).ok_or_else(|| Failure::new(format!("{} has no Pss", file.display())))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = run::hushed(Command::new("kill").args(["-TERM", &self.child.id().to_string()]));
        let patience = Instant::now() + Duration::from_secs(15);
        while Instant::now() < patience {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pss(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pss_is_read_in_bytes_and_not_mistaken() {
        let rollup = "5561-7fff ---p 00000000 00:00 0 [rollup]\nRss:  9000 kB\nPss_Dirty: 7 kB\nPss:    4321 kB\nPss_Anon: 8 kB\n";
        assert_eq!(pss(rollup), Some(4321 * 1024));
        assert_eq!(pss("Pss_Anon: 8 kB\n"), None);
    }
}
