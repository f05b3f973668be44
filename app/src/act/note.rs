//! Adding a note to a report.

use leptos::prelude::*;
use model::note::RawNote;

use super::{Kept, Trouble, conclude};
use crate::compat;

/// Adds a note and answers with the address of the report's page. The secret link is the leave to do so.
#[server(prefix = "/act", endpoint = "report/note")]
pub async fn add_note(secret: String, #[server(flatten)] note: RawNote) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let result = hub.add_note(&secret, &note).await;
    conclude(result.map(|_| format!("/track/{secret}?added=1")), || Kept::Note(note))
}
