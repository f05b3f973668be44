//! What a backup is made of: every table as lines of JSON, the same from every engine and into every engine.
//!
//! The first line is a [`Head`]; then one line a row, `["table", value, …]` with bytes as `{"x": "hex"}`; the last line is a [`Foot`].

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rows::Bound;

pub const FORMAT: &str = "shouwang-backup/1";

/// Tables in an order that satisfies their references, with their columns and what is in them; the first column orders the rows.
pub const TABLES: [Table; 28] = [
    Table { name: "meta", columns: "name, value", kinds: &[Text, Text] },
    Table { name: "log_head", columns: "one, seq", kinds: &[Number, Number] },
    Table {
        name: "event",
        columns: "seq, id, kind, cell, at, body",
        kinds: &[Number, Bytes, Text, Number, Number, Text],
    },
    Table { name: "subject_key", columns: "subject, wrapped", kinds: &[Bytes, Bytes] },
    Table {
        name: "report",
        columns: "id, hash, category, danger, people, mark, cell, occurred_at, received_at, status, origin, told, contact",
        kinds: &[Bytes, Bytes, Text, Number, Number, Text, Number, Number, Number, Text, Text, Bytes, Bytes],
    },
    Table {
        name: "basis",
        columns: "subject, purpose, ground, notice, since, ended",
        kinds: &[Bytes, Text, Text, Number, Number, Number],
    },
    Table { name: "opening", columns: "subject, purpose, hour", kinds: &[Bytes, Text, Number] },
    Table { name: "advice", columns: "report, at", kinds: &[Bytes, Number] },
    Table { name: "note", columns: "id, report, hash, at, told", kinds: &[Bytes, Bytes, Bytes, Number, Bytes] },
    Table { name: "program_report", columns: "report, program", kinds: &[Bytes, Bytes] },
    Table {
        name: "handling",
        columns: "report, reference, category, cell, received_at, changed_at, owner, offered, offered_at, refusals, trace, answer_due, answered_at, act_due, \
                  acted_at, paused_at, due, alarm_at, seen, closed_at, contested_at, joined, version, editor, editor_until, \
                  rung_at",
        kinds: &[
            Bytes, Text, Text, Number, Number, Number, Text, Text, Number, Number, Text, Number, Number, Number,
            Number, Number, Number, Number, Number, Number, Number, Number, Number, Bytes, Number, Number,
        ],
    },
    Table {
        name: "step",
        columns: "id, report, hash, at, act, actor, staff, department, status, detail, other, told, inner_told, template",
        kinds: &[Bytes, Bytes, Bytes, Number, Text, Text, Bytes, Text, Text, Text, Bytes, Bytes, Bytes, Text],
    },
    Table {
        name: "incident",
        columns: "id, category, department, since, version",
        kinds: &[Bytes, Text, Text, Number, Number],
    },
    Table { name: "incident_member", columns: "report, incident, since", kinds: &[Bytes, Bytes, Number] },
    Table {
        name: "incident_step",
        columns: "id, incident, hash, at, act, staff, department, status, reports, report",
        kinds: &[Bytes, Bytes, Bytes, Number, Text, Bytes, Text, Text, Number, Bytes],
    },
    Table {
        name: "redaction",
        columns: "report, part, item, at, reason, told",
        kinds: &[Bytes, Text, Bytes, Number, Text, Bytes],
    },
    Table {
        name: "photo",
        columns: "id, report, sent, at, department, picture, thumbnail, width, height, told",
        kinds: &[Bytes, Bytes, Bytes, Number, Text, Text, Text, Number, Number, Bytes],
    },
    Table {
        name: "sighting",
        columns: "report, at, cell, device, block, words",
        kinds: &[Bytes, Number, Number, Number, Number, Number],
    },
    Table {
        name: "staff",
        columns: "id, name, department, role, since, ended",
        kinds: &[Bytes, Text, Text, Text, Number, Number],
    },
    Table { name: "pass", columns: "hash, staff, kind, since, until", kinds: &[Bytes, Bytes, Text, Number, Number] },
    Table {
        name: "desk_opening",
        columns: "subject, staff, department, purpose, hour",
        kinds: &[Bytes, Bytes, Text, Text, Number],
    },
    Table {
        name: "reach",
        columns: "report, channel, mark, language, since",
        kinds: &[Bytes, Text, Bytes, Text, Number],
    },
    Table {
        name: "notice",
        columns: "id, report, kind, status, channel, mark, language, at, state, tries, next_at, changed_at, reason",
        kinds: &[Bytes, Bytes, Text, Text, Text, Bytes, Text, Number, Text, Number, Number, Number, Text],
    },
    Table {
        name: "journal",
        columns: "id, at, staff, act, status, report, whom",
        kinds: &[Bytes, Number, Bytes, Text, Text, Bytes, Bytes],
    },
    Table { name: "list_ask", columns: "mark, at, id", kinds: &[Bytes, Number, Bytes] },
    Table { name: "cursor", columns: "consumer, seq", kinds: &[Text, Number] },
    Table { name: "applied", columns: "consumer, seq", kinds: &[Text, Number] },
    Table { name: "tally", columns: "category, cell, hour, reports", kinds: &[Text, Number, Number, Number] },
];

pub struct Table {
    pub name: &'static str,
    pub columns: &'static str,
    pub kinds: &'static [Kind],
}

/// What a column holds, or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    Text,
    Bytes,
}

use Kind::{Bytes, Number, Text};

impl Kind {
    /// The value that stands in a line; `None` when it is of another kind.
    pub fn read(self, value: &Value) -> Option<Held> {
        Some(match (self, value) {
            (Number, Value::Null) => Held::Number(None),
            (Number, value) => Held::Number(Some(value.as_i64()?)),
            (Text, Value::Null) => Held::Text(None),
            (Text, value) => Held::Text(Some(value.as_str()?.to_owned())),
            (Bytes, Value::Null) => Held::Bytes(None),
            (Bytes, value) => Held::Bytes(Some(unbytes(value)?)),
        })
    }
}

/// A value on its way into a table. A null keeps its kind: the engines want to know it.
#[derive(Debug, PartialEq, Eq)]
pub enum Held {
    Number(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Held {
    pub fn bind<'q>(&self, query: Bound<'q>) -> Bound<'q> {
        match self {
            Self::Number(number) => query.bind(*number),
            Self::Text(text) => query.bind(text.clone()),
            Self::Bytes(bytes) => query.bind(bytes.clone()),
        }
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
fn unbytes(value: &Value) -> Option<Vec<u8>> {
    HEXLOWER.decode(value.get("x")?.as_str()?.as_bytes()).ok()
}
