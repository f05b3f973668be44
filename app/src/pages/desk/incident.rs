//! An incident: its members, what is done to all of them, and what was done.

use hub::{Hub, IncidentPast, IncidentView, Staff};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::incident::RawTogether;

use super::queue::lines;
use super::{SignedIn, at_desk};
use crate::act::{Kept, Returned, came_back};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::field::Faults;
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::refusal::Refusal;
use crate::parts::{time, together};
use crate::text::{Text, text};

#[component]
pub fn DeskIncident() -> impl IntoView {
    let (text, returned, key) = (text(), use_context::<Returned>(), compat::parameter("key"));
    let done = use_query_map().with_untracked(|query| query.get("done")).is_some();
    at_desk(move |hub, staff| async move {
        let incident = hub.incident(&staff, &key).await?;
        Ok(page(text, &hub, staff, incident, returned, done))
    })
}

fn page(text: Text, hub: &Hub, staff: Staff, incident: IncidentView, returned: Option<Returned>, done: bool) -> Still {
    let (kept, error) = came_back(returned);
    let raw = match kept {
        Some(Kept::Together(raw)) => raw,
        _ => RawTogether::default(),
    };
    let key = match hub.new_key() {
        Ok(key) => key.to_string(),
        Err(error) => return instead(&error),
    };
    let faults = Faults::of_error(text, error.as_deref());
    let (refused, form) = (error.is_some(), raw.act.clone());
    let reference = incident.reference.to_string();
    let title = text.with("incident-title", &[("reference", reference.clone().into())]);
    let owner = text.of_family("department", &incident.department);
    let category = text.of_family("category", &incident.category);
    let since = text.with("incident-since", &[("time", time::shown(hub, incident.since).into())]);
    let count = text.with("incident-members", &[("count", incident.members.len().into())]);
    let members = lines(text, hub, &incident.members);
    let forms = together::forms(text, &incident, &raw, &key, &faults);
    let past = history(text, hub, &incident.history);
    let back = format!("/desk/incidents?department={}", incident.department);
    view! {
        <Page title=title refused=refused>
            <SignedIn staff=staff/>
            <p><a href=back>{text.get("incident-back")}</a></p>
            {error.map(|error| view! { <Refusal error=error form=form/> })}
            {done.then(|| view! { <p class="done" role="status"><Icon shape=Shape::Check/>{text.get("case-done")}</p> })}
            <h1>{category}" "<span class="whole">{reference}</span></h1>
            <p class="lead">{count}</p>
            <p><b>{text.get("case-owner")}</b>" "{owner}" · "{since}</p>
            {members}
            {forms}
            <h2>{text.get("case-history")}</h2>
            <p class="hint">{text.get("incident-words")}</p>
            {past}
        </Page>
    }
    .still()
}

fn history(text: Text, hub: &Hub, past: &[IncidentPast]) -> impl IntoView + use<> {
    let items: Vec<_> = past
        .iter()
        .map(|past| {
            let what = match past.status {
                Some(status) => text.of_family("status-short", status.name()),
                None => text.of_family("incident-act", past.act.name()),
            };
            let which = match past.report {
                Some(report) => report.to_string(),
                None => text.with("incident-reports", &[("count", past.reports.into())]),
            };
            let department = text.of_family("department", &past.department);
            let who = past.staff.as_ref().map_or_else(|| department.to_owned(), |name| format!("{department}, {name}"));
            view! {
                <li>
                    <time datetime=time::machine(past.at)>{time::shown(hub, past.at)}</time>
                    <span><b>{what}" · "{which}</b>" "<span class="hint">{who}</span></span>
                </li>
            }
        })
        .collect();
    view! { <ol class="history">{items}</ol> }
}
