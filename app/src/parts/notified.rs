//! What the person who reported was told by mail or short message, or could not be.

use hub::{Hub, Notified};
use leptos::prelude::*;
use model::notice::State;

use crate::compat::still::{Finish, Still};
use crate::parts::time;
use crate::text::Text;

/// A list, or nothing; `desk` is for the staff, to whom the reason is said.
pub fn list(text: Text, hub: &Hub, notified: &[Notified], desk: bool) -> Option<Still> {
    let items: Vec<_> = notified.iter().map(|one| line(text, hub, *one, desk)).collect();
    let title = if desk { "notified-desk" } else { "notified-you" };
    let open = notified.iter().any(|one| one.state == State::GaveUp);
    (!items.is_empty()).then(|| {
        view! { <details open=open><summary>{text.get(title)}</summary><ol class="history">{items}</ol></details> }
            .still()
    })
}

fn line(text: Text, hub: &Hub, one: Notified, desk: bool) -> impl IntoView + use<> {
    let reason = one.reason.filter(|_| desk).map(|reason| text.of_family("notice-reason", reason.name()));
    view! {
        <li>
            <time datetime=time::machine(one.at)>{time::shown(hub, one.at)}</time>
            <span>
                <b>{text.of_family("notice-kind", one.kind.name())}</b>
                " "
                {state(text, one)}
                {reason.map(|reason| view! { " "<span class="hint">{reason}</span> })}
            </span>
        </li>
    }
}

/// How far it has come, and on which channel.
pub fn state(text: Text, one: Notified) -> String {
    let channel = text.of_family("channel", one.channel.name());
    text.with_of_family("notice-state", one.state.name(), &[("channel", channel.into())])
}
