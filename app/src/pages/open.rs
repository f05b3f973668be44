//! The hub's own view, open to everybody: how many reports, of what kind, when and where.

use std::sync::Arc;

use hub::{Hub, HubError, Overview, Period};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::anonymity;

use crate::compat;
use crate::compat::still::Finish;
use crate::pages::missing::instead;
use crate::parts::board;
use crate::parts::page::Page;
use crate::text::{Text, text};

#[component]
pub fn Open() -> impl IntoView {
    let (text, hub) = (text(), compat::hub());
    let period = use_query_map().with_untracked(|query| query.get("period"));
    let period = period.as_deref().and_then(Period::parse).unwrap_or(Period::All);
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        match hub.overview(period).await {
            Ok(overview) => page(text, &hub, &overview).still(),
            Err(error) => instead(&error),
        }
    })
}

fn page(text: Text, hub: &Hub, overview: &Arc<Overview>) -> impl IntoView + use<> {
    let periods: Vec<_> = Period::ALL
        .into_iter()
        .map(|period| {
            let current = (period == overview.period).then_some("page");
            view! {
                <li>
                    <a href=format!("/open?period={}", period.name()) aria-current=current>
                        {text.of_family("period", period.name())}
                    </a>
                </li>
            }
        })
        .collect();
    let board = board::html(hub, text, overview);
    view! {
        <Page title=text.get("open-title")>
            <h1>{text.get("open-heading")}</h1>
            <p class="lead">{text.with("open-lead", &[("k", anonymity::K.into())])}</p>
            <nav class="periods" aria-label=text.get("open-period")><ul>{periods}</ul></nav>
            <div class="board" inner_html=board.to_string()></div>
            <p><a href="/open.csv" download="shouwang-counts.csv">{text.get("open-download")}</a></p>
        </Page>
    }
}
