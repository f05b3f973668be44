//! My reports: whoever types their mail address or telephone gets the link to the list of all reports with it.

use hub::{Hub, HubError, Own};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::category::Service;
use model::contact::Channel;
use model::form::Field;
use model::notice::RawAsk;

use crate::act::{Kept, Returned, came_back};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::field::{Faults, LineField};
use crate::parts::icon::{Icon, Shape};
use crate::parts::own;
use crate::parts::page::Page;
use crate::parts::summary::Summary;
use crate::parts::time;
use crate::site::site;
use crate::text::{Text, text};

/// Asks for the address. The answer is the same whether it is known.
#[component]
pub fn Mine() -> impl IntoView {
    let (text, returned) = (text(), use_context::<Returned>());
    compat::set_private();
    let asked = use_query_map().with_untracked(|query| query.get("asked")).is_some();
    let Some(hub) = compat::hub() else { return instead(&HubError::NoSuchLink) };
    let channels = hub.channels();
    let (kept, error) = came_back(returned);
    let refused = error.is_some();
    let content = if channels.is_empty() {
        without(text)
    } else if asked {
        view! {
            <p class="done" role="status"><Icon shape=Shape::Check/>{text.get("mine-asked")}</p>
            <p>{text.get("mine-asked-hint")}</p>
            <p><a href="/mine">{text.get("mine-again")}</a></p>
        }
        .still()
    } else {
        form(text, &hub, &channels, kept, error.as_deref())
    };
    let with_form = !channels.is_empty() && !asked;
    view! {
        <Page title=text.get("mine-title") refused=refused form=with_form>
            {error.map(|error| view! { <Summary error=error conflict="summary-conflict-note"/> })}
            <h1>{text.get("mine-title")}</h1>
            {content}
        </Page>
    }
    .still()
}

fn form(text: Text, hub: &Hub, channels: &[Channel], kept: Option<Kept>, error: Option<&HubError>) -> Still {
    let raw = match kept {
        Some(Kept::Ask(raw)) => raw,
        _ => RawAsk::default(),
    };
    let key = match hub.new_key() {
        Ok(key) => key.to_string(),
        Err(error) => return instead(&error),
    };
    let faults = Faults::of_error(text, error);
    let (label, hint) = match channels {
        [Channel::Mail] => ("mine-contact-mail", "mine-hint-mail"),
        [Channel::Sms] => ("mine-contact-sms", "mine-hint-sms"),
        _ => ("mine-contact", "mine-hint"),
    };
    view! {
        <p class="lead">{text.get("mine-lead")}</p>
        <form id="form" method="post" action="/mine" novalidate>
            <input type="hidden" name="key" value=key/>
            <LineField field=Field::Contact label=text.get(label) hint=text.get(hint) value=raw.contact faults=faults autocomplete="email"/>
            <button type="submit" class="send">{text.get("mine-go")}</button>
        </form>
        <p>{text.get("mine-private")}</p>
    }
    .still()
}

/// Nobody can be written to here: then the ways that there are.
fn without(text: Text) -> Still {
    let number = site().number(Service::Hotline).map(str::to_owned);
    view! {
        <p class="lead">{text.get("mine-without")}</p>
        {number.map(|number| view! { <p>{text.with("mine-without-call", &[("number", number.into())])}</p> })}
    }
    .still()
}

/// The list behind a link.
#[component]
pub fn MineList() -> impl IntoView {
    let (text, hub) = (text(), compat::hub());
    let link = compat::parameter("link");
    compat::set_private();
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        match hub.own_reports(&link).await {
            Ok(own) => list(text, &hub, &own),
            Err(HubError::NoSuchLink) => over(text),
            Err(error) => instead(&error),
        }
    })
}

fn list(text: Text, hub: &Hub, own: &Own) -> Still {
    let until = text.with("mine-until", &[("time", time::shown(hub, own.until).into())]);
    let count = text.with("mine-count", &[("count", own.reports.len().into())]);
    let items: Vec<_> = own.reports.iter().map(|one| own::line(text, hub, one)).collect();
    view! {
        <Page title=text.get("mine-title")>
            <h1>{text.get("mine-title")}</h1>
            <p class="lead">{count}</p>
            <ol class="queue">{items}</ol>
            <p>{until}</p>
        </Page>
    }
    .still()
}

/// The link is over, or never was: the way to another.
fn over(text: Text) -> Still {
    compat::set_status(axum::http::StatusCode::NOT_FOUND);
    view! {
        <Page title=text.get("mine-over-title")>
            <h1>{text.get("mine-over-title")}</h1>
            <p>{text.get("mine-over")}</p>
            <p><a class="send" href="/mine">{text.get("mine-again")}</a></p>
        </Page>
    }
    .still()
}
