//! Importing reports from CSV, plain or zipped: each row once, however often the file is imported.

mod mapping;
mod row;
mod run;
mod source;

pub use mapping::{Column, Mapping, MappingError};
pub use row::{Refused, Why};
pub use run::{ImportError, Imported, Progress};
pub use source::Source;
