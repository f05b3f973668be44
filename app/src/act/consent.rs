//! Taking a consent back.

use leptos::prelude::*;
use model::consent::RawWithdrawal;

use super::{Kept, Trouble, conclude};
use crate::compat;

/// Takes a consent back, and answers with the address of the page that says so. The secret link is the leave to do so.
#[server(prefix = "/act", endpoint = "report/withdraw")]
pub async fn withdraw_consent(secret: String, #[server(flatten)] withdrawal: RawWithdrawal) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let done = hub.withdraw(&secret, &withdrawal).await;
    conclude(done.map(|()| format!("/track/{secret}/consent?done=1")), || Kept::Nothing)
}
