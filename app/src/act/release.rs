//! Letting reports out of the queue of floods.

use hub::{HubError, Staff};
use leptos::prelude::*;
use model::flood::RawRelease;

use super::{Kept, Trouble, conclude};
use crate::compat;

/// Lets reports out into the queues of their departments, for a duty officer.
#[server(prefix = "/act", endpoint = "desk/release")]
pub async fn release_reports(#[server(flatten)] release: RawRelease) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let done = match use_context::<Staff>() {
        Some(staff) => hub.release(&staff, &release).await,
        None => Err(HubError::NotYours),
    };
    conclude(done.map(|released| format!("/desk/flood?released={released}")), || Kept::Release(release))
}
