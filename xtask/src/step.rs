//! One line a step: what is done, and how long it took.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result};

/// A step whose children print nothing: its line is finished in place.
pub fn quiet<T>(doing: &str, work: impl FnOnce(&mut String) -> Result<T>) -> Result<T> {
    print!("xtask: {doing} …");
    flush();
    let started = Instant::now();
    let mut note = String::new();
    let done = work(&mut note);
    match &done {
        Ok(_) => println!(" {}{}", seconds(started.elapsed()), told(&note)),
        Err(_) => println!(" failed after {}", seconds(started.elapsed())),
    }
    done
}

/// A step whose children speak for themselves: their output stands between its two lines.
pub fn loud<T>(doing: &str, work: impl FnOnce(&mut String) -> Result<T>) -> Result<T> {
    println!("xtask: {doing} …");
    flush();
    let started = Instant::now();
    let mut note = String::new();
    let done = work(&mut note);
    let how = if done.is_ok() { "" } else { "failed after " };
    println!("xtask: {doing}: {how}{}{}", seconds(started.elapsed()), told(&note));
    done
}

/// A remark that is no step.
pub fn say(text: &str) {
    println!("xtask: {text}");
    flush();
}

pub fn total(took: Duration) {
    say(&format!("done in {}", seconds(took)));
}

pub fn failed(failure: &Failure, took: Duration) {
    flush();
    eprintln!("xtask: FAILED after {}: {failure}", seconds(took));
}

pub fn seconds(took: Duration) -> String {
    let tenths = took.as_millis() / 100;
    if tenths < 600 {
        format!("{}.{} s", tenths / 10, tenths % 10)
    } else {
        format!("{} min {:02} s", tenths / 600, tenths % 600 / 10)
    }
}

fn told(note: &str) -> String {
    if note.is_empty() { String::new() } else { format!(": {note}") }
}

fn flush() {
    // A closed pipe is noticed by the next print.
    let _ = io::stdout().flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(seconds(Duration::from_millis(49)), "0.0 s");
        assert_eq!(seconds(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(seconds(Duration::from_millis(59_999)), "59.9 s");
        assert_eq!(seconds(Duration::from_millis(60_000)), "1 min 00 s");
        assert_eq!(seconds(Duration::from_secs(3_725)), "62 min 05 s");
    }
}
