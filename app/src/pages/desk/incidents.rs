//! The incidents of a department.

use hub::{Hub, IncidentLine, Staff};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::department::Department;

use super::queue::tabs;
use super::{SignedIn, at_desk};
use crate::compat::still::Finish;
use crate::parts::page::Page;
use crate::parts::time;
use crate::text::{Text, text};

#[component]
pub fn DeskIncidents() -> impl IntoView {
    let (text, query) = (text(), use_query_map().get_untracked());
    at_desk(move |hub, staff| async move {
        let department = query.get("department").and_then(|code| Department::of(&code)).unwrap_or(staff.department);
        let incidents = hub.incidents(&staff, department).await?;
        Ok(page(text, &hub, staff, department, &incidents).still())
    })
}

fn page(
    text: Text,
    hub: &Hub,
    staff: Staff,
    department: &'static Department,
    incidents: &[IncidentLine],
) -> impl IntoView + use<> {
    let name = text.of_family("department", department.code);
    let items: Vec<_> = incidents.iter().map(|incident| line(text, hub, incident)).collect();
    let list = if items.is_empty() {
        view! { <p class="hint">{text.get("incidents-none")}</p> }.still()
    } else {
        view! { <ol class="queue">{items}</ol> }.still()
    };
    view! {
        <Page title=text.get("desk-incidents")>
            <SignedIn staff=staff/>
            <h1>{name}</h1>
            {tabs(text, department, "incidents")}
            {list}
        </Page>
    }
}

fn line(text: Text, hub: &Hub, incident: &IncidentLine) -> impl IntoView + use<> {
    let address = format!("/desk/incident/{}", incident.key);
    let members = text.with("incident-members", &[("count", incident.members.into())]);
    let open = text.with("incident-open", &[("count", incident.open.into())]);
    let since = text.with("incident-since", &[("time", time::shown(hub, incident.since).into())]);
    view! {
        <li>
            <a href=address>
                <b>{text.of_family("category", &incident.category)}</b>
                " "
                <span class="whole">{incident.reference.to_string()}</span>
            </a>
            {incident.danger.then(|| view! { " "<span class="mark danger">{text.get("desk-danger")}</span> })}
            <p class="hint">{[members, open, since].join(" · ")}</p>
        </li>
    }
}
