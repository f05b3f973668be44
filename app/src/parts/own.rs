//! A line of somebody's own list of reports: nothing that is sealed, and the way to what is.

use hub::{Hub, OwnReport};
use leptos::prelude::*;

use crate::parts::time;
use crate::text::Text;

pub fn line(text: Text, hub: &Hub, one: &OwnReport) -> impl IntoView + use<> {
    let address = format!("/track/{}", one.link.as_str());
    view! {
        <li>
            <a href=address><b>{text.of_family("category", &one.category)}</b>" "<span class="whole">{one.reference.to_string()}</span></a>
            <p>{text.of_family("status-short", one.status.name())}</p>
            <p class="hint"><time datetime=time::machine(one.received_at)>{time::shown(hub, one.received_at)}</time></p>
        </li>
    }
}
