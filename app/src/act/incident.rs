//! What the staff does to reports that belong together.

use hub::{HubError, Staff};
use leptos::prelude::*;
use model::incident::{RawJoin, RawTogether};

use super::{Kept, Trouble, conclude};
use crate::compat;

/// Joins reports, for whoever has signed in and may.
#[server(prefix = "/act", endpoint = "desk/join")]
pub async fn join_reports(report: String, #[server(flatten)] join: RawJoin) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let joined = match use_context::<Staff>() {
        Some(staff) => hub.join(&staff, &report, &join).await,
        None => Err(HubError::NotYours),
    };
    conclude(joined.map(|incident| format!("/desk/incident/{incident}?done=1")), || Kept::Join(join))
}

/// Does something to all members of an incident, for whoever has signed in and may.
#[server(prefix = "/act", endpoint = "desk/together")]
pub async fn act_together(incident: String, #[server(flatten)] doing: RawTogether) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let done = match use_context::<Staff>() {
        Some(staff) => hub.act_together(&staff, &incident, &doing).await,
        None => Err(HubError::NotYours),
    };
    conclude(done.map(|()| format!("/desk/incident/{incident}?done=1")), || Kept::Together(doing))
}
