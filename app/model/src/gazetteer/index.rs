//! The table that is searched: every place in the folded names where a word begins, sorted by what follows.

use std::collections::BTreeSet;

use super::fold;

/// Ends a name; it sorts before everything that stands in one, so that a name comes before those it begins.
const END: char = '\n';

/// Names one behind the other, and the beginnings of their words. A beginning takes 8 bytes, whatever follows it.
#[derive(Debug, Default)]
pub(super) struct Index {
    folded: String,
    names: Vec<Name>,
    starts: Vec<Start>,
}

#[derive(Debug)]
struct Name {
    start: u32,
    characters: u32,
    entry: u32,
}

#[derive(Clone, Copy, Debug)]
struct Start {
    /// Of the word, in `folded`.
    at: u32,
    name: u32,
}

/// How well a name fits; earlier is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Prefix,
    Inner,
}

impl Index {
    /// Adds a name of an entry: `Some(false)` when nothing in it can be searched for, `None` when the index is full.
    pub fn add(&mut self, entry: u32, name: &str) -> Option<bool> {
        let (folded, words) = fold::words(name);
        if folded.is_empty() {
            return Some(false);
        }
        let start = u32::try_from(self.folded.len()).ok()?;
        let number = u32::try_from(self.names.len()).ok()?;
        for word in words {
            self.starts.push(Start { at: start.checked_add(u32::try_from(word).ok()?)?, name: number });
        }
        self.names.push(Name { start, characters: u32::try_from(folded.chars().count()).ok()?, entry });
        self.folded.push_str(&folded);
        self.folded.push(END);
        Some(true)
    }

    /// Makes it searchable, once everything is in.
    pub fn sort(&mut self) {
        let folded = &self.folded;
        self.starts.sort_unstable_by(|one, other| from(folded, one.at).cmp(from(folded, other.at)));
        self.starts.shrink_to_fit();
        self.names.shrink_to_fit();
        self.folded.shrink_to_fit();
    }

    /// The best entries for a folded text, each once.
    pub fn find(&self, typed: &str, limit: usize) -> Vec<u32> {
        if typed.is_empty() || limit == 0 {
            return Vec::new();
        }
        let first = self.starts.partition_point(|start| from(&self.folded, start.at) < typed);
        let fitting = self.starts.get(first..).unwrap_or_default().iter();
        let fitting = fitting.take_while(|start| from(&self.folded, start.at).starts_with(typed));
        let mut best = BTreeSet::new();
        for rank in fitting.filter_map(|start| self.rank(*start, typed)) {
            if best.len() == limit && best.last().is_some_and(|worst| rank >= *worst) {
                continue;
            }
            let of_same_entry = best.iter().find(|other: &&Rank<'_>| other.entry == rank.entry).copied();
            match of_same_entry {
                Some(other) if other <= rank => continue,
                Some(other) => drop(best.remove(&other)),
                None => {}
            }
            best.insert(rank);
            if best.len() > limit {
                best.pop_last();
            }
        }
        best.into_iter().map(|rank| rank.entry).collect()
    }

    fn rank(&self, start: Start, typed: &str) -> Option<Rank<'_>> {
        let name = self.names.get(usize::try_from(start.name).ok()?)?;
        let rest = from(&self.folded, start.at);
        let fit = match rest.strip_prefix(typed) {
            _ if start.at != name.start => Fit::Inner,
            Some(after) if after.starts_with(END) => Fit::Exact,
            _ => Fit::Prefix,
        };
        let whole = from(&self.folded, name.start).split(END).next()?;
        Some(Rank { fit, characters: name.characters, name: whole, entry: name.entry })
    }
}

/// What one match is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank<'i> {
    fit: Fit,
    characters: u32,
    name: &'i str,
    entry: u32,
}

fn from(folded: &str, at: u32) -> &str {
    usize::try_from(at).ok().and_then(|at| folded.get(at..)).unwrap_or_default()
}
