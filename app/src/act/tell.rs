//! Asking for the link to one's reports, and having notices tried again.

use hub::{HubError, Staff};
use leptos::prelude::*;
use model::notice::RawAsk;

use super::{Kept, Trouble, conclude, show_again};
use crate::compat;
use crate::text::text;

/// Has the link to the list of their reports sent to whoever is behind an address. Anybody may ask, and learns nothing by it: the answer is
/// the same whether the address is known.
///
/// With a `language` to switch to, the form is only shown again.
#[server(prefix = "/act", endpoint = "mine/ask")]
pub async fn ask_for_list(
    #[server(flatten)] ask: RawAsk,
    #[server(default)] language: String,
) -> Result<String, Trouble> {
    if !language.is_empty() {
        return show_again(Kept::Ask(ask), "/mine".to_owned());
    }
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let from = use_context::<hub::Source>().and_then(|source| source.address);
    let asked = hub.ask_for_list(&ask, from, text().locale().tag()).await;
    conclude(asked.map(|()| "/mine?asked=1".to_owned()), || Kept::Ask(ask))
}

/// Has a notice tried again, for whoever keeps watch.
#[server(prefix = "/act", endpoint = "desk/tell-again")]
pub async fn tell_again(notice: String) -> Result<String, Trouble> {
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let done = match use_context::<Staff>() {
        Some(staff) => hub.tell_again(&staff, &notice).await,
        None => Err(HubError::NotYours),
    };
    conclude(done.map(|()| "/desk/notices?again=1".to_owned()), || Kept::Nothing)
}
