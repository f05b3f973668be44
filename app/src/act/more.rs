//! Answering the extra questions after a report was sent.

use hub::Answered;
use leptos::prelude::*;
use model::more::RawMore;

use super::{Kept, Trouble, conclude, show_again};
use crate::compat;

/// Takes the answers, and answers with the address of the report's page. The secret link is the leave to do so.
///
/// Answers that bring up further questions are shown again with those; so is a form with a `language` to switch to.
#[server(prefix = "/act", endpoint = "report/more")]
pub async fn tell_more(
    secret: String,
    #[server(flatten)] more: RawMore,
    #[server(default)] language: String,
) -> Result<String, Trouble> {
    let page = format!("/track/{secret}/more");
    if !language.is_empty() {
        return show_again(Kept::More(more), page);
    }
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    match hub.tell_more(&secret, &more).await {
        Ok(Answered::BringUpMore) => show_again(Kept::More(more), page),
        Ok(Answered::Nothing) => conclude(Ok(format!("/track/{secret}")), || Kept::More(more)),
        Ok(Answered::Stored) => conclude(Ok(format!("/track/{secret}?added=1")), || Kept::More(more)),
        Err(error) => conclude(Err(error), || Kept::More(more)),
    }
}
