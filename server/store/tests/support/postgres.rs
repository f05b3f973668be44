//! A PostgreSQL of a test's own, from Debian's server binaries: on loopback, on a free port, in a temporary folder.
//!
//! It needs the standard library, `tempfile` and `missing` alone, so that tests of other crates can include it by `#[path]`.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::missing;

/// Starting may take this long on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server, or a stopped one that can be started again on the same port and data.
pub struct Postgres {
    binaries: PathBuf,
    folder: TempDir,
    /// Whom the server runs as: it refuses to be root.
    user: Option<(u32, u32)>,
    port: u16,
    server: Option<Child>,
    _watchdog: Child,
}

impl Postgres {
    /// A new, empty server, or `None` (and a word about it) where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let Some(binaries) = binaries() else {
            missing::engine("PostgreSQL's server binaries are not in /usr/lib/postgresql/*/bin (Debian: postgresql)");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("postgres-").tempdir().unwrap();
        let is_root = fs::metadata(folder.path()).unwrap().uid() == 0;
        let user = is_root.then(|| unprivileged().expect("root needs a user postgres or nobody to start PostgreSQL"));
        if let Some((uid, gid)) = user {
            chown(folder.path(), Some(uid), Some(gid)).unwrap();
        }
        let watchdog = watchdog(folder.path());
        let mut postgres = Self { binaries, folder, user, port: 0, server: None, _watchdog: watchdog };
        let mut initdb = postgres.command("initdb");
        initdb.args(["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "-D"]);
        let made = initdb.arg(postgres.data()).output().unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        // Somebody else may take the port between our look and the server's.
        for _ in 0..5 {
            postgres.port = free_port();
            if postgres.try_start() {
                return Some(postgres);
            }
        }
        panic!("PostgreSQL does not start: {}", postgres.log());
    }

    /// The address of a database; `postgres` is there from the beginning.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes a database and gives back its address.
    pub fn create(&self, database: &str) -> String {
        self.ask(&format!("CREATE DATABASE {database}"));
        self.url(database)
    }

    /// Runs statements as the administrator.
    pub fn ask(&self, sql: &str) -> String {
        let mut psql = Command::new(self.binaries.join("psql"));
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", sql]);
        let answer = psql.arg(self.url("postgres")).output().unwrap();
        assert!(answer.status.success(), "{sql}: {}", String::from_utf8_lossy(&answer.stderr));
        String::from_utf8(answer.stdout).unwrap().trim().to_owned()
    }

    /// Ends the server in order: running transactions are rolled back, connections closed.
    pub fn stop(&mut self) {
        self.end("INT");
    }

    /// Ends the server as a power cut would, as far as that can be done to a process: what is not yet written is lost.
    pub fn crash(&mut self) {
        self.end("QUIT");
    }

    /// Starts a stopped server again, on the same port and data.
    pub fn start_again(&mut self) {
        assert!(self.server.is_none(), "it still runs");
        assert!(self.try_start(), "PostgreSQL does not start again: {}", self.log());
    }

    fn end(&mut self, signal: &str) {
        let Some(mut server) = self.server.take() else { return };
        let _ = Command::new("sh").args(["-c", &format!("kill -{signal} {}", server.id())]).status();
        let deadline = Instant::now() + PATIENCE;
        while server.try_wait().is_ok_and(|ended| ended.is_none()) {
            if Instant::now() > deadline {
                let _ = server.kill();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether the server is up and takes connections.
    fn try_start(&mut self) -> bool {
        let log = File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let mut server = self.command("postgres");
        server.arg("-D").arg(self.data()).arg("-p").arg(self.port.to_string());
        server.arg("-k").arg(self.folder.path());
        for setting in ["listen_addresses=127.0.0.1", "shared_buffers=32MB", "max_connections=200"] {
            server.args(["-c", setting]);
        }
        let mut server = server.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            if server.try_wait().unwrap().is_some() {
                return false;
            }
            // The server's own sign, the one that pg_ctl waits for: the last line of its pid file.
            let status = fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
            let mut lines = status.lines();
            if lines.next() == Some(&server.id().to_string()) && lines.last().is_some_and(|line| line.trim() == "ready")
            {
                self.server = Some(server);
                return true;
            }
            if Instant::now() > deadline {
                let _ = server.kill();
                let _ = server.wait();
                return false;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.binaries.join(program));
        command.current_dir(self.folder.path());
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Its data goes with it, so it need not end in order.
        self.crash();
    }
}

/// Ends the server and removes its folder when the test process is gone, however it went: then the pipe that the watchdog reads from
/// closes. A server in a static is never dropped, and a killed process drops nothing.
fn watchdog(folder: &Path) -> Child {
    let script = r#"
        read -r _
        status="$1/data/postmaster.pid"
        if [ -r "$status" ] && read -r pid < "$status"; then
            kill -QUIT "$pid"
            for _ in $(seq 100); do [ -e "$status" ] || break; sleep 0.1; done
            kill -KILL "$pid"
        fi
        rm -rf "$1"
    "#;
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "watchdog"]).arg(folder);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn().unwrap()
}

/// The folder of the newest version that is installed.
fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let versions = versions.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let mut folders: Vec<(u32, PathBuf)> =
        versions.map(|version| (version, PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")))).collect();
    folders.sort();
    folders
        .into_iter()
        .map(|(_, folder)| folder)
        .rfind(|folder| ["initdb", "postgres", "psql"].iter().all(|program| folder.join(program).is_file()))
}

/// User and group to run as instead of root.
fn unprivileged() -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|name| {
        let mut fields =
            users.lines().map(|line| line.split(':')).find(|fields| fields.clone().next() == Some(name))?;
        Some((fields.nth(2)?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Not every crate that includes this uses all of it.
const _: [fn(&mut Postgres); 3] = [Postgres::stop, Postgres::crash, Postgres::start_again];
const _: [fn(&Postgres, &str) -> String; 3] = [Postgres::url, Postgres::create, Postgres::ask];
