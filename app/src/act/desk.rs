//! What the staff does.

use hub::{HubError, Staff};
use leptos::prelude::*;
use model::desk::RawMove;

use super::{Kept, Outcome, Slot, Trouble, conclude};
use crate::compat;

/// Signs in by a link, which is used up. The link is the leave to do so.
#[server(prefix = "/act", endpoint = "desk/enter")]
pub async fn enter_desk(link: String) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let slot = use_context::<Slot>();
    match (hub.sign_in(&link).await, slot) {
        // The session goes into a cookie, which only an answer to a browser's form can set.
        (Ok(session), Some(slot)) => {
            slot.put(Outcome::SignedIn { next: "/desk".to_owned(), session: session.text, until: session.until });
            Ok("/desk".to_owned())
        }
        (Ok(_), None) => Err(Trouble::Failed),
        (Err(error), _) => conclude(Err(error), || Kept::Nothing),
    }
}

/// Signs out.
#[server(prefix = "/act", endpoint = "desk/leave")]
pub async fn leave_desk() -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    if let Some(session) = use_context::<crate::site::Session>() {
        let left = hub.sign_out(&session.0).await;
        if let Err(error) = left {
            return conclude(Err(error), || Kept::Nothing);
        }
    }
    if let Some(slot) = use_context::<Slot>() {
        slot.put(Outcome::SignedOut("/desk".to_owned()));
    }
    Ok("/desk".to_owned())
}

/// Does something to a report, for whoever has signed in and may.
#[server(prefix = "/act", endpoint = "desk/move")]
pub async fn move_report(report: String, #[server(flatten)] doing: RawMove) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let done = match use_context::<Staff>() {
        Some(staff) => hub.act(&staff, &report, &doing).await,
        None => Err(HubError::NotYours),
    };
    // What was refused is not theirs to see any more.
    let next = match doing.act.as_str() {
        "refuse" => "/desk?queue=offered".to_owned(),
        _ => format!("/desk/report/{report}?done=1"),
    };
    conclude(done.map(|()| next), || Kept::Move(doing))
}
