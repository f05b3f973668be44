//! What the staff did, the newest first, for those who watch over it.

use hub::{Hub, JournalLine, JournalPage, Staff};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{SignedIn, at_desk};
use crate::compat::still::{Finish, Still};
use crate::parts::page::Page;
use crate::parts::time;
use crate::text::{Text, text};

#[component]
pub fn DeskJournal() -> impl IntoView {
    let (text, before) = (text(), use_query_map().with_untracked(|query| query.get("before")));
    at_desk(move |hub, staff| async move {
        let journal = hub.journal(&staff, before.as_deref()).await?;
        Ok(page(text, &hub, staff, &journal, before.is_some()))
    })
}

fn page(text: Text, hub: &Hub, staff: Staff, journal: &JournalPage, past: bool) -> Still {
    let lines: Vec<_> = journal.lines.iter().map(|one| line(text, hub, one)).collect();
    let list = if lines.is_empty() {
        view! { <p class="hint">{text.get("journal-none")}</p> }.still()
    } else {
        view! { <ol class="history">{lines}</ol> }.still()
    };
    let newest = past.then(|| view! { <li><a href="/desk/journal">{text.get("journal-newest")}</a></li> });
    let older = journal.older.as_ref().map(|older| {
        let address = format!("/desk/journal?before={older}");
        view! { <li><a rel="next" href=address>{text.get("journal-older")}</a></li> }
    });
    let turns = newest.is_some() || older.is_some();
    view! {
        <Page title=text.get("journal-title")>
            <SignedIn staff=staff/>
            <p><a href="/desk">{text.get("case-back")}</a></p>
            <h1>{text.get("journal-title")}</h1>
            <p class="lead">{text.get("journal-lead")}</p>
            {list}
            {turns.then(|| view! { <nav aria-label=text.get("desk-pages")><ul class="others">{newest}{older}</ul></nav> })}
        </Page>
    }
    .still()
}

fn line(text: Text, hub: &Hub, line: &JournalLine) -> impl IntoView + use<> {
    let deed = text.of_family("deed", line.deed.name());
    let status = line.status.map(|status| text.of_family("status-short", status.name()));
    let what = [Some(deed.to_owned()), status.map(str::to_owned), line.whom.clone()];
    let what = what.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let who = line.who.clone().unwrap_or_else(|| text.get("journal-operator").to_owned());
    let report = line.report.map(|report| view! { " "<span class="whole">{report.to_string()}</span> });
    view! {
        <li>
            <time datetime=time::machine(line.at)>{time::shown(hub, line.at)}</time>
            <span><b>{what}</b>{report}" "<span class="hint">{who}</span></span>
        </li>
    }
}
