//! Taking words out of sight.

use hub::{HubError, Staff};
use leptos::prelude::*;
use model::redaction::RawRedaction;

use super::{Kept, Trouble, conclude};
use crate::compat;

/// Takes words of a report out of sight or shows them again, for whoever has signed in and may.
#[server(prefix = "/act", endpoint = "desk/redact")]
pub async fn redact_words(report: String, #[server(flatten)] redaction: RawRedaction) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let done = match use_context::<Staff>() {
        Some(staff) => hub.redact(&staff, &report, &redaction).await,
        None => Err(HubError::NotYours),
    };
    conclude(done.map(|()| format!("/desk/report/{report}?done=1")), || Kept::Redaction(redaction))
}
