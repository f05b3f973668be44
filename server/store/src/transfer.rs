//! What a backup is made of: every table as lines of JSON, the same from every engine and into every engine.
//!
//! The first line is a [`Head`]; then one line a row, `["table", value, …]` with bytes as `{"x": "hex"}`; the last line is a [`Foot`].

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub const FORMAT: &str = "shouwang-backup/1";

/// Tables in an order that satisfies their references, with their columns; the first column orders the rows.
pub const TABLES: [Table; 11] = [
    Table { name: "meta", columns: "name, value" },
    Table { name: "log_head", columns: "one, seq" },
    Table { name: "event", columns: "seq, id, kind, cell, at, body" },
    Table { name: "subject_key", columns: "subject, wrapped" },
    Table {
        name: "report",
        columns: "id, hash, category, danger, people, mark, cell, occurred_at, received_at, status, origin, told, contact",
    },
    Table { name: "basis", columns: "subject, purpose, ground, notice, since, ended" },
    Table { name: "opening", columns: "subject, purpose, hour, times" },
    Table { name: "note", columns: "id, report, hash, at, told" },
    Table { name: "cursor", columns: "consumer, seq" },
    Table { name: "applied", columns: "consumer, seq" },
    Table { name: "tally", columns: "category, cell, hour, reports" },
];

pub struct Table {
    pub name: &'static str,
    pub columns: &'static str,
}

impl Table {
    pub fn width(&self) -> usize {
        self.columns.split(", ").count()
    }
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub format: String,
    /// The newest migration that the data is of.
    pub schema: i64,
    /// UTC milliseconds.
    pub at: i64,
}

/// What must have been read when the end is reached.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foot {
    pub rows: u64,
    /// SHA-256 over all lines before, each with its line feed, in hex.
    pub sha256: String,
}

pub fn bytes(bytes: &[u8]) -> Value {
    serde_json::json!({ "x": HEXLOWER.encode(bytes) })
}

/// The bytes of a value that [`bytes`] made.
pub fn unbytes(value: &Value) -> Option<Vec<u8>> {
    HEXLOWER.decode(value.get("x")?.as_str()?.as_bytes()).ok()
}
