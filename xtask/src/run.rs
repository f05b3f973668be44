//! Starting other programs.
//!
//! Children share our process group, so Ctrl-C at the terminal ends them with us.

use std::env;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Result, While, fail};
use crate::summary::Tally;

/// The command as a reader would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program()).to_string_lossy();
    let mut text = program.into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

/// Runs to the end; output goes through unchanged.
pub fn through(command: &mut Command) -> Result {
    let status = command.status().while_(|| format!("starting `{}`", shown(command)))?;
    if status.success() { Ok(()) } else { fail(format!("`{}`: {status}", shown(command))) }
}

/// Runs to the end in silence; what it printed is shown only when it fails.
pub fn hushed(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().while_(|| format!("starting `{}`", shown(command)))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let said = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
    // Some tools print their whole input.
    let said: Vec<&str> = said.trim_end().lines().take(40).collect();
    fail(format!("`{}`: {}\n{}", shown(command), output.status, said.join("\n")))
}

/// Runs to the end; output goes through unchanged and its test summaries are added up on the way.
pub fn counted(command: &mut Command, tally: &mut Tally) -> Result {
    let mut child = command.stdout(Stdio::piped()).spawn().while_(|| format!("starting `{}`", shown(command)))?;
    if let Some(mut from) = child.stdout.take() {
        copy(&mut from, &mut io::stdout(), tally)?;
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { fail(format!("`{}`: {status}", shown(command))) }
}

/// Copies as it comes, not line by line: progress on an unfinished line is to be seen too.
fn copy(from: &mut impl Read, to: &mut impl Write, tally: &mut Tally) -> Result {
    let mut chunk = [0; 8192];
    let mut line = Vec::new();
    loop {
        let read = from.read(&mut chunk)?;
        if read == 0 {
            tally.line(&String::from_utf8_lossy(&line));
            return Ok(());
        }
        let Some(bytes) = chunk.get(..read) else { return Ok(()) };
        to.write_all(bytes)?;
        to.flush()?;
        for byte in bytes {
            if *byte == b'\n' {
                tally.line(&String::from_utf8_lossy(&line));
                line.clear();
            } else {
                line.push(*byte);
            }
        }
    }
}

/// The program as PATH finds it; Debian keeps daemons in sbin, which is on root's PATH only.
pub fn which(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin"), PathBuf::from("/sbin")])
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_also_shown_unchanged() {
        let said = b"running 2 tests\n\x1b[32mtest result: ok\x1b[0m. 2 passed; 0 failed; 0 ignored\n  1 passed (2s)";
        let mut shown = Vec::new();
        let mut tally = Tally::default();
        copy(&mut said.as_slice(), &mut shown, &mut tally).unwrap();
        assert_eq!(shown, said);
        assert_eq!(tally.to_string(), "3 passed, 0 failed");
    }

    #[test]
    fn a_failing_child_is_named_with_what_it_said() {
        let failure = hushed(Command::new("sh").args(["-c", "echo seen; echo why >&2; exit 3"])).unwrap_err();
        let text = failure.to_string();
        assert!(text.contains("sh -c") && text.contains("exit status: 3"), "{text}");
        assert!(text.ends_with("seen\nwhy"), "{text}");
    }
}
