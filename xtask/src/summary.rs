//! Adding up what the test runners say of themselves.

use std::collections::BTreeMap;
use std::fmt;

/// Tests over all runners of one `cargo xtask test`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u64,
    failed: u64,
    skipped: u64,
    /// Why tests of ours were skipped that count as passed, and how often.
    without: BTreeMap<String, u64>,
}

impl Tally {
    /// Takes one line of output; what is no summary counts for nothing.
    pub fn line(&mut self, line: &str) {
        let plain = without_colour(line);
        let text = plain.trim();
        if let Some(counts) = text.strip_prefix("test result: ") {
            self.libtest(counts);
        } else if let Some(why) = skipped(text) {
            *self.without.entry(why.to_owned()).or_default() += 1;
        } else {
            self.playwright(text);
        }
    }

    /// `ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
    fn libtest(&mut self, counts: &str) {
        let counts = counts.split_once(". ").map_or(counts, |(_, rest)| rest);
        for part in counts.split("; ") {
            match number(part) {
                Some((count, "passed")) => self.passed += count,
                Some((count, "failed")) => self.failed += count,
                Some((count, "ignored")) => self.skipped += count,
                _ => {}
            }
        }
    }

    /// Playwright ends with one line for each outcome, with the time in brackets behind `passed`.
    fn playwright(&mut self, text: &str) {
        match number(text) {
            Some((count, outcome)) if outcome == "passed" || outcome.starts_with("passed (") => self.passed += count,
            // A test that passed only on its second try has passed.
            Some((count, "flaky")) => self.passed += count,
            Some((count, "failed" | "interrupted")) => self.failed += count,
            Some((count, "skipped" | "did not run")) => self.skipped += count,
            _ => {}
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        for (why, times) in &self.without {
            write!(f, "\nskipped, {times} ×: {why}")?;
        }
        Ok(())
    }
}

/// Why a test was skipped: a line of its own or, when tests run one by one, behind the name of the test.
fn skipped(text: &str) -> Option<&str> {
    text.strip_prefix("skipped: ").or_else(|| Some(text.strip_prefix("test ")?.split_once(" ... skipped: ")?.1))
}

fn number(text: &str) -> Option<(u64, &str)> {
    let (count, what) = text.split_once(' ')?;
    Some((count.parse().ok()?, what))
}

/// Runners colour their summaries on a terminal and sometimes in CI.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, escape)) = rest.split_once("\x1b[") {
        plain.push_str(before);
        rest = escape.find(|c: char| c.is_ascii_alphabetic()).and_then(|end| escape.get(end + 1..)).unwrap_or("");
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(output: &str) -> String {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.line(line));
        tally.to_string()
    }

    #[test]
    fn cargo_test_is_added_up_over_binaries() {
        let output = "running 3 tests\n\
            test a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s\n\
            test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(tally(output), "7 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn what_was_skipped_is_told_at_the_end() {
        let output = "running 3 tests\n\
            test a ... skipped: there is no material\nok\n\
            skipped: there is no material\n\
            test b ... ok\n\
            a line of a log that says skipped: nothing\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(tally(output), "3 passed, 0 failed\nskipped, 2 ×: there is no material");
    }

    #[test]
    fn playwright_is_read_line_by_line() {
        let output = "Running 14 tests using 2 workers\n\n  2 failed\n    [mobile] › a.spec.ts:3:1 › x\n  1 interrupted\n  1 flaky\n  3 skipped\n  1 did not run\n  6 passed (1.3m)\n";
        assert_eq!(tally(output), "7 passed, 3 failed, 4 skipped");
    }

    #[test]
    fn colour_does_not_hide_a_summary() {
        assert_eq!(
            tally("test result: \x1b[31mFAILED\x1b(B\x1b[m. 1 passed; 1 failed; 0 ignored"),
            "1 passed, 1 failed"
        );
        assert_eq!(tally("\x1b[32m  12 passed\x1b[39m\x1b[2m (30s)\x1b[22m"), "12 passed, 0 failed");
    }

    #[test]
    fn other_talk_of_passing_counts_for_nothing() {
        let output =
            "3 passed the gate\nit was 2 failed attempts\n  ✓  1 [mobile] › 5 passed\n2 failed: no\nx passed\n";
        assert_eq!(tally(output), "0 passed, 0 failed");
    }
}
