//! The queue of a department.

use hub::{Hub, Queue, QueueLine, QueueView, Staff};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::department::{DEPARTMENTS, Department};
use model::staff::Right;

use super::{SignedIn, at_desk};
use crate::compat::still::Finish;
use crate::parts::clock;
use crate::parts::page::Page;
use crate::parts::time;
use crate::text::{Text, text};

/// The lists of a department, by their names in an address.
pub const QUEUES: [(&str, Queue); 3] = [("open", Queue::Open), ("offered", Queue::Offered), ("closed", Queue::Closed)];

#[component]
pub fn Desk() -> impl IntoView {
    let (text, query) = (text(), use_query_map().get_untracked());
    at_desk(move |hub, staff| async move {
        let department = query.get("department").and_then(|code| Department::of(&code)).unwrap_or(staff.department);
        let of_name = |name: String| QUEUES.into_iter().find(|(one, _)| *one == name);
        let (name, queue) = query.get("queue").and_then(of_name).unwrap_or(QUEUES[0]);
        let reference = query.get("reference").filter(|reference| !reference.trim().is_empty());
        let found = match reference {
            Some(reference) => Some((hub.find(&staff, &reference).await?, reference)),
            None => None,
        };
        let view = hub.queue(&staff, department, queue, page_of(query.get("page"))).await?;
        let found = found.map(|(found, reference)| (reference, found));
        Ok(page(text, &hub, staff, &view, name, found).still())
    })
}

fn page(
    text: Text,
    hub: &Hub,
    staff: Staff,
    queue: &QueueView,
    name: &'static str,
    found: Option<(String, Vec<QueueLine>)>,
) -> impl IntoView + use<> {
    let department = text.of_family("department", queue.department.code);
    let others = staff.role.may(Right::SeeAllQueues).then(|| others(text, queue.department));
    let undelivered = staff.role.may(Right::SeeNotices).then(|| {
        view! { <p><a class="onward" href="/desk/notices">{text.get("undelivered-title")}</a></p> }
    });
    let journal = staff.role.may(Right::ReadJournal).then(|| {
        view! { <p><a class="onward" href="/desk/journal">{text.get("journal-title")}</a></p> }
    });
    let lead = text.with("desk-lead", &[("open", queue.open.into()), ("unseen", queue.unseen.into())]);
    let list = if queue.lines.is_empty() {
        view! { <p class="hint">{text.of_family("desk-empty", name)}</p> }.still()
    } else {
        lines(text, hub, &queue.lines).still()
    };
    let pages = pages(text, queue, name);
    let found = found.map(|(reference, found)| {
        if found.is_empty() {
            let none = text.with("desk-find-none", &[("reference", reference.into())]);
            view! { <p role="status">{none}</p> }.still()
        } else {
            lines(text, hub, &found).still()
        }
    });
    let tabs = tabs(text, queue.department, name);
    view! {
        <Page title=text.get("desk-title")>
            <SignedIn staff=staff/>
            <h1>{department}</h1>
            <p class="lead">{lead}</p>
            {tabs}
            {list}
            {pages}
            <form class="find" method="get" action="/desk">
                <label for="reference">{text.get("desk-find")}</label>
                <p class="hint" id="reference-hint">{text.get("desk-find-hint")}</p>
                <input type="text" id="reference" name="reference" autocomplete="off" aria-describedby="reference-hint"/>
                <button type="submit" class="quiet">{text.get("desk-find-go")}</button>
            </form>
            {found}
            {undelivered}
            {journal}
            {others}
        </Page>
    }
}

/// The number of a page in an address; the first one, where there is none.
fn page_of(typed: Option<String>) -> u32 {
    typed.and_then(|typed| typed.parse().ok()).filter(|page| *page > 0).unwrap_or(1)
}

/// The way to the pages before and after, where there are any.
fn pages(text: Text, queue: &QueueView, name: &'static str) -> impl IntoView + use<> {
    let (page, more, department) = (queue.page, queue.more, queue.department.code);
    let to = |page: u32| format!("/desk?department={department}&queue={name}&page={page}");
    let before = (page > 1).then(|| {
        let address = to(page - 1);
        view! { <li><a rel="prev" href=address>{text.get("desk-previous")}</a></li> }
    });
    let after = more.then(|| {
        let address = to(page.saturating_add(1));
        view! { <li><a rel="next" href=address>{text.get("desk-next")}</a></li> }
    });
    (page > 1 || more).then(|| {
        let here = text.with("desk-page", &[("page", page.into())]);
        view! {
            <nav aria-label=text.get("desk-pages")>
                <ul class="others">{before}<li><span class="hint">{here}</span></li>{after}</ul>
            </nav>
        }
    })
}

pub fn tabs(text: Text, department: &Department, current: &'static str) -> impl IntoView + use<> {
    let tabs: Vec<_> = QUEUES
        .into_iter()
        .map(|(name, _)| {
            let address = format!("/desk?department={}&queue={name}", department.code);
            let current = (name == current).then_some("page");
            view! { <li><a href=address aria-current=current>{text.of_family("desk", name)}</a></li> }
        })
        .collect();
    let incidents = format!("/desk/incidents?department={}", department.code);
    let on_flood = (current == "flood").then_some("page");
    let on_incidents = (current == "incidents").then_some("page");
    view! {
        <nav class="periods" aria-label=text.get("desk-queues")>
            <ul>
                {tabs}
                {department.is_duty().then(|| {
                    view! { <li><a href="/desk/flood" aria-current=on_flood>{text.get("desk-flood")}</a></li> }
                })}
                <li><a href=incidents aria-current=on_incidents>{text.get("desk-incidents")}</a></li>
            </ul>
        </nav>
    }
}

fn others(text: Text, shown: &Department) -> impl IntoView + use<> {
    let links: Vec<_> = DEPARTMENTS
        .iter()
        .filter(|department| department.code != shown.code)
        .map(|department| {
            let address = format!("/desk?department={}", department.code);
            view! { <li><a href=address>{text.of_family("department", department.code)}</a></li> }
        })
        .collect();
    view! { <nav aria-labelledby="others"><h2 id="others">{text.get("desk-other")}</h2><ul class="others">{links}</ul></nav> }
}

pub fn lines(text: Text, hub: &Hub, lines: &[QueueLine]) -> impl IntoView + use<> {
    let lines: Vec<_> = lines.iter().map(|one| line(text, hub, one)).collect();
    view! { <ol class="queue">{lines}</ol> }
}

/// What a line tells of a report beyond its kind: nothing that is sealed.
pub fn facts(text: Text, hub: &Hub, line: &QueueLine) -> Vec<String> {
    let received = text.with("desk-received", &[("time", time::shown(hub, line.received_at).into())]);
    let people =
        line.people.filter(|people| *people > 0).map(|people| text.with("desk-people", &[("count", people.into())]));
    let joined = (line.joined > 0).then(|| text.with("desk-joined", &[("count", line.joined.into())]));
    let facts = [Some(text.of_family("status-short", line.status.name()).to_owned()), people, joined, Some(received)];
    facts.into_iter().flatten().collect()
}

fn line(text: Text, hub: &Hub, line: &QueueLine) -> impl IntoView + use<> {
    let address = format!("/desk/report/{}", line.key);
    let facts = facts(text, hub, line);
    view! {
        <li>
            <a href=address>
                {(!line.seen).then(|| view! { <span class="mark">{text.get("desk-unseen")}</span>" " })}
                <b>{text.of_family("category", &line.category)}</b>
                " "
                <span class="whole">{line.reference.to_string()}</span>
            </a>
            {line.danger.then(|| view! { " "<span class="mark danger">{text.get("desk-danger")}</span> })}
            <p class="hint">{facts.join(" · ")}</p>
            {clock::line(text, hub, &line.clocks)}
        </li>
    }
}
