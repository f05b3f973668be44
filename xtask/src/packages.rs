//! Debian packages.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Result, fail};
use crate::run;
use crate::step;

/// Started services would take ports and memory that tests want for their own: none is started, and
/// PostgreSQL makes no cluster. `--no-remove`: nothing the user has installed is given up for it.
const INSTALL: &str = r#"
set -e
export DEBIAN_FRONTEND=noninteractive
if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
fi
if [ ! -e /etc/postgresql-common ]; then
    mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
fi
apt-get -o DPkg::Lock::Timeout=300 update
apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends --no-remove "$@"
"#;

/// Something a test needs, and the package that brings it.
struct Need {
    what: &'static str,
    package: &'static str,
    found: fn() -> bool,
}

const FOR_TESTS: [Need; 4] = [
    Need { what: "PostgreSQL's server programs", package: "postgresql", found: postgresql },
    Need { what: "the NATS server", package: "nats-server", found: || run::which("nats-server").is_some() },
    Need { what: "Chromium", package: "chromium", found: || run::which("chromium").is_some() },
    Need { what: "a font with Chinese characters", package: "fonts-noto-cjk", found: chinese_font },
];

/// Installs what tests need and the machine lacks.
pub fn for_tests() -> Result {
    let missing: Vec<&Need> = FOR_TESTS.iter().filter(|need| !(need.found)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.package).collect();
    install(&names)?;
    match missing.iter().find(|need| !(need.found)()) {
        None => Ok(()),
        Some(need) => fail(format!("{} was installed, but {} is not found", need.package, need.what)),
    }
}

/// Installs as root or by a sudo that asks nothing; otherwise says what to type.
pub fn install(names: &[&str]) -> Result {
    let missing: Vec<&str> = names.iter().copied().filter(|name| version(name).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let by_hand = format!("install by hand: `sudo apt-get install --no-install-recommends {list}`");
    if run::which("apt-get").is_none() {
        return fail(format!(
            "missing: {list}, and there is no apt-get; install what corresponds to Debian's packages"
        ));
    }
    let mut shell = if root() {
        Command::new("sh")
    } else if run::hushed(Command::new("sudo").args(["-n", "true"])).is_ok() {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "sh"]);
        sudo
    } else {
        return fail(format!("missing: {list}, and no right to install; {by_hand}"));
    };
    let done = step::loud(&format!("apt-get install {list}"), |_| {
        run::through(shell.args(["-c", INSTALL, "sh"]).args(&missing))
    });
    match done {
        Ok(()) => Ok(()),
        Err(_) => fail(format!("could not install {list}; {by_hand}")),
    }
}

/// The installed version, if it is installed.
pub fn version(package: &str) -> Option<String> {
    let said =
        run::hushed(Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Status} ${Version}", package])).ok()?;
    said.strip_prefix("installed ").map(str::to_owned)
}

fn root() -> bool {
    run::hushed(Command::new("id").arg("-u")).is_ok_and(|id| id.trim_end() == "0")
}

/// Debian keeps them off PATH, one directory a major version.
fn postgresql() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    run::which("initdb").is_some() || versions.map(|dir| dir.path().join("bin/initdb")).any(|file| file.is_file())
}

fn chinese_font() -> bool {
    let listed = run::hushed(Command::new("fc-list").args([":lang=zh-cn", "family"]));
    listed.is_ok_and(|fonts| !fonts.trim().is_empty())
        || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
}
