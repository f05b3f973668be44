//! What `extensions=true` adds to a report: the fields that FixMyStreet and others have beside the standard's, as far as they are public.
//! `detail` and `requestor_name` are not: they would be what somebody wrote, and who.

use app::text::Text;
use hub::{PublicReport, PublicUpdate};

use super::updates::described;
use super::value::Value;

/// Reports in one answer at most: each is looked up by itself.
pub const MOST: u32 = 100;

/// The further fields. `notes` are the changes of state, which anybody may know; notes of people are not among them.
pub fn fields(text: Text, report: &PublicReport, updates: &[PublicUpdate]) -> Vec<(&'static str, Value)> {
    let last = updates.last().filter(|last| last.status == report.status);
    let extended = last.map_or_else(|| report.status.extended(), PublicUpdate::extended);
    let notes = updates.iter().map(|update| {
        Value::Record(vec![
            ("datetime", Value::time(update.at)),
            ("description", Value::text(described(text, update))),
            ("type", Value::text("status")),
        ])
    });
    vec![
        ("title", Value::text(text.of_family("category", &report.category))),
        ("comment_count", Value::Whole(updates.len())),
        ("extended_status", Value::text(extended.to_ascii_lowercase())),
        ("external_status_code", Value::text(report.status.name())),
        ("notes", Value::List("note", notes.collect())),
    ]
}
