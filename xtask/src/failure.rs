//! What stops a chore: one plain sentence, with the reason behind it.

use std::error::Error;
use std::fmt;

pub type Result<T = (), E = Failure> = std::result::Result<T, E>;

/// Deliberately not an [`Error`] itself, so that every error can become one with `?`.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        Self(text)
    }
}

/// Says what was being done when something went wrong.
pub trait While<T> {
    fn while_(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: Into<Failure>> While<T> for std::result::Result<T, E> {
    fn while_(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Failure(format!("{}: {}", doing(), error.into())))
    }
}

pub fn fail<T>(text: impl Into<String>) -> Result<T> {
    Err(Failure::new(text))
}
