//! What people could not be told, for those who keep watch: why, and the way to have it tried again.

use hub::{Hub, HubError, Staff, Undelivered};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::staff::Right;

use super::{SignedIn, at_desk};
use crate::act::Returned;
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::icon::{Icon, Shape};
use crate::parts::notified::state;
use crate::parts::page::Page;
use crate::parts::time;
use crate::text::{Text, text};

#[component]
pub fn DeskNotices() -> impl IntoView {
    let (text, returned) = (text(), use_context::<Returned>());
    let again = use_query_map().with_untracked(|query| query.get("again")).is_some();
    at_desk(move |hub, staff| async move {
        // Nobody's words can come back here: what could not be done is answered for itself.
        if let Some(error) = returned.and_then(|returned| returned.error) {
            return match &*error {
                HubError::NotYours => Err(HubError::NotYours),
                error => Ok(instead(error)),
            };
        }
        let lines = hub.undelivered(&staff).await?;
        Ok(page(text, &hub, staff, &lines, again))
    })
}

fn page(text: Text, hub: &Hub, staff: Staff, lines: &[Undelivered], again: bool) -> Still {
    let opens = staff.role.may(Right::OpenReport);
    let items: Vec<_> = lines.iter().map(|one| line(text, hub, one, opens)).collect();
    let list = if items.is_empty() {
        view! { <p class="hint">{text.get("undelivered-none")}</p> }.still()
    } else {
        view! { <ol class="queue">{items}</ol> }.still()
    };
    view! {
        <Page title=text.get("undelivered-title")>
            <SignedIn staff=staff/>
            <p><a href="/desk">{text.get("case-back")}</a></p>
            {again.then(|| view! { <p class="done" role="status"><Icon shape=Shape::Check/>{text.get("undelivered-again")}</p> })}
            <h1>{text.get("undelivered-title")}</h1>
            <p class="lead">{text.get("undelivered-lead")}</p>
            {list}
        </Page>
    }
    .still()
}

fn line(text: Text, hub: &Hub, one: &Undelivered, opens: bool) -> impl IntoView + use<> {
    let reference = one.reference.to_string();
    let named = view! { <span class="whole">{reference.clone()}</span> };
    let named = if opens {
        view! { <a href=format!("/desk/report/{}", one.report)>{named}</a> }.still()
    } else {
        named.still()
    };
    let tries = text.with("undelivered-tries", &[("count", one.tries.into())]);
    let next = match one.next_at {
        Some(at) => text.with("undelivered-next", &[("time", time::shown(hub, at).into())]),
        None => text.get("undelivered-over").to_owned(),
    };
    let reason = one.notified.reason.map(|reason| text.of_family("notice-reason", reason.name()));
    let label = text.with("undelivered-go-label", &[("reference", reference.into())]);
    view! {
        <li>
            <p><b>{text.of_family("notice-kind", one.notified.kind.name())}</b>" "{named}</p>
            <p>{state(text, one.notified)}" "{reason}</p>
            <p class="hint">
                <time datetime=time::machine(one.notified.at)>{time::shown(hub, one.notified.at)}</time>
                " · "{tries}" · "{next}
            </p>
            <form method="post" action="/desk/notices">
                <input type="hidden" name="notice" value=one.id.to_string()/>
                <button type="submit" class="quiet" aria-label=label>{text.get("undelivered-go")}</button>
            </form>
        </li>
    }
}
