//! Licence expressions as crates write them: SPDX with `AND`, `OR`, `WITH` and brackets, and the old `MIT/Apache-2.0`.

use std::iter::Peekable;
use std::vec::IntoIter;

use crate::failure::{Result, fail};

/// Whether some choice the expression leaves is made of allowed licences alone.
pub fn permits(expression: &str, allowed: &[&str]) -> Result<bool> {
    let mut parser = Parser { words: words(expression).into_iter().peekable(), allowed };
    let permitted = parser.any()?;
    match parser.words.next() {
        None => Ok(permitted),
        Some(word) => fail(format!("`{expression}`: `{word}` is not expected there")),
    }
}

fn words(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

struct Parser<'a> {
    words: Peekable<IntoIter<String>>,
    allowed: &'a [&'a str],
}

impl Parser<'_> {
    fn any(&mut self) -> Result<bool> {
        let mut permitted = self.all()?;
        while self.took("OR") {
            permitted |= self.all()?;
        }
        Ok(permitted)
    }

    fn all(&mut self) -> Result<bool> {
        let mut permitted = self.one()?;
        while self.took("AND") {
            permitted &= self.one()?;
        }
        Ok(permitted)
    }

    fn one(&mut self) -> Result<bool> {
        if self.took("(") {
            let permitted = self.any()?;
            return if self.took(")") { Ok(permitted) } else { fail("a licence expression lacks a closing bracket") };
        }
        match self.words.next() {
            Some(id) if !is_operator(&id) => {
                // An exception only ever permits more.
                if self.took("WITH") && self.words.next().is_none_or(|exception| is_operator(&exception)) {
                    return fail("a licence expression lacks the name of an exception");
                }
                Ok(self.allowed.contains(&id.trim_end_matches('+')))
            }
            other => fail(format!("a licence expression lacks a licence at `{}`", other.unwrap_or_default())),
        }
    }

    fn took(&mut self, word: &str) -> bool {
        self.words.next_if(|next| next.eq_ignore_ascii_case(word)).is_some()
    }
}

fn is_operator(word: &str) -> bool {
    ["AND", "OR", "WITH", "(", ")"].iter().any(|operator| word.eq_ignore_ascii_case(operator))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: [&str; 3] = ["MIT", "Apache-2.0", "ISC"];

    fn check(expression: &str, expected: bool) {
        assert_eq!(permits(expression, &ALLOWED).unwrap(), expected, "{expression}");
    }

    #[test]
    fn one_choice_is_enough_and_all_parts_are_needed() {
        check("MIT", true);
        check("GPL-3.0-only", false);
        check("GPL-3.0-only OR MIT", true);
        check("MIT OR GPL-3.0-only", true);
        check("MIT AND GPL-3.0-only", false);
        check("GPL-3.0-only AND MIT", false);
        check("MIT AND ISC", true);
    }

    #[test]
    fn and_binds_closer_than_or_and_brackets_closer_still() {
        check("MIT OR GPL-3.0-only AND GPL-2.0-only", true);
        check("GPL-3.0-only AND GPL-2.0-only OR MIT", true);
        check("(MIT OR GPL-3.0-only) AND GPL-2.0-only", false);
        check("(MIT OR Apache-2.0) AND ISC", true);
        check("((GPL-3.0-only OR (MIT AND ISC)))", true);
    }

    #[test]
    fn old_and_odd_forms() {
        check("MIT/Apache-2.0", true);
        check("Unlicense/MIT", true);
        check("GPL-2.0/GPL-3.0", false);
        check("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only", true);
        check("GPL-3.0-only WITH Classpath-exception-2.0", false);
        check("MIT or GPL-3.0-only", true);
        check("Apache-2.0+", true);
    }

    #[test]
    fn nonsense_is_refused_not_permitted() {
        for expression in ["", "MIT ISC", "MIT OR", "AND MIT", "(MIT", "MIT)", "MIT WITH", "MIT WITH OR ISC", "()"] {
            assert!(permits(expression, &ALLOWED).is_err(), "{expression}");
        }
    }
}
