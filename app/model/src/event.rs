//! One entry of the event log: what the hub's consumers learn of, in the order in which it was committed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cell::Cell;

/// An event as the log holds it and as the feed carries it.
///
/// `body` is JSON whose shape belongs to `kind`; it never holds personal data, so it may cross a broker in the open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Position in the log: 1, 2, 3 … without gaps, in commit order.
    pub seq: i64,
    /// The message id: a broker drops a second message with the same one.
    pub id: Uuid,
    /// What happened, for example `report.received`.
    pub kind: String,
    /// Where, when a place is known: consumers are partitioned by it.
    pub cell: Option<Cell>,
    /// When, in UTC milliseconds.
    pub at: i64,
    pub body: String,
}
