//! The queue of floods: what was put aside, for a duty officer to let out again.

use hub::{Hub, QueueLine, Staff};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::department::Department;
use model::flood::RawRelease;
use model::form::Field;
use model::staff::Role;

use super::queue::{facts, tabs};
use super::{SignedIn, at_desk};
use crate::act::{Kept, Returned, came_back};
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::field::{FaultLine, Faults};
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::refusal::Refusal;
use crate::text::{Text, text};

#[component]
pub fn DeskFlood() -> impl IntoView {
    let (text, returned) = (text(), use_context::<Returned>());
    let released = use_query_map().with_untracked(|query| query.get("released")).and_then(|count| count.parse().ok());
    at_desk(move |hub, staff| async move {
        let lines = hub.flood(&staff).await?;
        Ok(page(text, &hub, staff, &lines, returned, released))
    })
}

fn page(
    text: Text,
    hub: &Hub,
    staff: Staff,
    lines: &[QueueLine],
    returned: Option<Returned>,
    released: Option<u32>,
) -> Still {
    let (kept, error) = came_back(returned);
    let raw = match kept {
        Some(Kept::Release(raw)) => raw,
        _ => RawRelease::default(),
    };
    let key = match hub.new_key() {
        Ok(key) => key.to_string(),
        Err(error) => return instead(&error),
    };
    let faults = Faults::of_error(text, error.as_deref());
    let refused = error.is_some();
    let released = released.map(|count| text.with("flood-released", &[("count", count.into())]));
    let items: Vec<_> = lines.iter().enumerate().map(|(place, one)| line(text, hub, one, &raw, place)).collect();
    let body = if items.is_empty() {
        view! { <p class="hint">{text.get("flood-none")}</p> }.still()
    } else {
        let may = staff.role == Role::DutyOfficer;
        view! {
            <form method="post" action="/desk/flood" novalidate>
                <input type="hidden" name="key" value=key/>
                <fieldset class="field">
                    <legend>{text.get("flood-which")}</legend>
                    <FaultLine field=Field::Reports faults=faults/>
                    <ol class="queue">{items}</ol>
                </fieldset>
                {may.then(|| {
                    view! {
                        <button type="submit" class="send" name="act" value="chosen">{text.get("flood-go")}</button>
                        " "
                        <button type="submit" class="quiet" name="act" value="all">{text.get("flood-all")}</button>
                    }
                })}
            </form>
        }
        .still()
    };
    view! {
        <Page title=text.get("desk-flood") refused=refused>
            <SignedIn staff=staff/>
            {error.map(|error| view! { <Refusal error=error form=String::new()/> })}
            {released.map(|said| view! { <p class="done" role="status"><Icon shape=Shape::Check/>{said}</p> })}
            <h1>{text.get("desk-flood")}</h1>
            <p class="lead">{text.get("flood-lead")}</p>
            {tabs(text, Department::duty(), "flood")}
            {body}
        </Page>
    }
    .still()
}

fn line(text: Text, hub: &Hub, line: &QueueLine, raw: &RawRelease, place: usize) -> impl IntoView + use<> {
    let key = line.key.to_string();
    let id = (place == 0).then(|| Field::Reports.name());
    let address = format!("/desk/report/{key}");
    let checked = raw.reports.contains(&key);
    let category = text.of_family("category", &line.category);
    let reference = line.reference.to_string();
    let danger = line.danger.then(|| view! { " "<span class="mark danger">{text.get("desk-danger")}</span> });
    view! {
        <li>
            <label class="choice">
                <input type="checkbox" name="reports[]" id=id value=key checked=checked/>
                <span><b>{category}</b>" "<span class="whole">{reference.clone()}</span>{danger}</span>
            </label>
            <p class="hint">{facts(text, hub, line).join(" · ")}</p>
            <a href=address>{text.with("case-title", &[("reference", reference.into())])}</a>
        </li>
    }
}
