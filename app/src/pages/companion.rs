//! What somebody sees who joined the report of somebody else: how it stands, and nothing of what was said in it.

use hub::{Companion, Hub, Reached};
use leptos::prelude::*;

use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::call::{CallNow, service_for};
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::{clock, time};
use crate::text::Text;

/// The page behind the link of a joining; nothing, where the link is not one.
pub async fn page(text: Text, hub: &Hub, secret: &str) -> Still {
    match hub.companion(secret).await {
        Ok(companion) => shown(text, hub, companion),
        Err(error) => instead(&error),
    }
}

fn shown(text: Text, hub: &Hub, companion: Companion) -> Still {
    let states: Vec<_> = companion
        .states
        .iter()
        .map(|Reached { at, status, template, ground }| {
            let status = text.of_family("status-short", status.name());
            let said = [("template", template), ("ground", ground)];
            let said = said.into_iter().filter_map(|(family, code)| Some(text.of_family(family, code.as_deref()?)));
            let said: Vec<_> = said.map(|said| view! { <p>{said}</p> }).collect();
            let shown = time::shown(hub, *at);
            view! { <li><time datetime=time::machine(*at)>{shown}</time><span><b>{status}</b>{said}</span></li> }
        })
        .collect();
    let clocks = clock::line(text, hub, &companion.clocks);
    view! {
        <Page title=text.get("companion-title")>
            <p class="done" role="status"><Icon shape=Shape::Check/>{text.get("companion-joined")}</p>
            {(companion.danger && !companion.status.is_closed()).then(|| view! { <CallNow first=service_for(&companion.category)/> })}
            <h1>{text.of_family("category", &companion.category)}</h1>
            <p class="status"><b>{text.get("track-status")}</b>" "{text.of_family("status", companion.status.name())}</p>
            <p><b>{text.get("track-owner")}</b>" "{text.of_family("department", &companion.owner)}</p>
            <p>{text.with("companion-count", &[("count", companion.joined.into())])}</p>
            {clocks}
            <h2>{text.get("track-history")}</h2>
            <ol class="history">{states}</ol>
            <p class="hint">{text.with("companion-reference", &[("reference", companion.reference.to_string().into())])}</p>
            <p class="notice">{text.get("companion-link")}</p>
            <p><a class="send" href="/report">{text.get("companion-own")}</a></p>
        </Page>
    }
    .still()
}
