//! What the person who reported says later.

use leptos::prelude::*;
use model::note::RawNote;

use super::{Kept, Trouble, conclude, show_again};
use crate::compat;

/// Takes what the person says, and answers with the address of the report's page. The secret link is the leave to do so.
///
/// With a `language` to switch to, the form is only shown again.
#[server(prefix = "/act", endpoint = "report/note")]
pub async fn add_note(
    secret: String,
    #[server(flatten)] note: RawNote,
    #[server(default)] language: String,
) -> Result<String, Trouble> {
    if !language.is_empty() {
        return show_again(Kept::Note(note), format!("/track/{secret}"));
    }
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let result = hub.say(&secret, &note).await;
    conclude(result.map(|()| format!("/track/{secret}?added=1")), || Kept::Note(note))
}
