//! Following a report by its secret link, and adding to it.

use std::sync::Arc;

use hub::{Entry, Hub, HubError, Tracked};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::form::{Fault, Field};
use model::note::RawNote;
use model::place::Place;

use crate::act::{Kept, Returned};
use crate::compat::{self, Verbatim};
use crate::islands::CountLeft;
use crate::pages::missing::instead;
use crate::parts::call::CallNow;
use crate::parts::field::{Faults, TextField};
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::summary::Summary;
use crate::parts::time;
use crate::text::{Text, text};

#[component]
pub fn Track() -> impl IntoView {
    let (text, hub, returned) = (text(), compat::hub(), use_context::<Returned>());
    let secret = compat::parameter("secret");
    let added = use_query_map().with_untracked(|query| query.get("added")).is_some();
    compat::set_private();
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        match (hub.track(&secret).await, returned) {
            (Ok(tracked), returned) => page(text, &hub, &secret, Some(tracked), returned, added),
            // Nothing can be opened when the opening cannot be written down. What was typed is not lost for that.
            (Err(error), Some(returned)) if error.is_unavailable() => {
                tracing::error!(error = &error as &dyn std::error::Error, "a report could not be opened");
                let returned = Returned { error: Some(Arc::new(error)), ..returned };
                page(text, &hub, &secret, None, Some(returned), added)
            }
            (Err(error), _) => instead(&error),
        }
    })
}

/// The page of a report; without what it holds when that cannot be opened.
fn page(
    text: Text,
    hub: &Hub,
    secret: &str,
    tracked: Option<Tracked>,
    returned: Option<Returned>,
    added: bool,
) -> AnyView {
    let (kept, error) = returned.map(|returned| (returned.kept, returned.error)).unzip();
    let error = error.flatten();
    if let Some(error) = &error {
        compat::set_error_status(error);
    }
    let mut raw = match kept {
        Some(Kept::Note(raw)) => raw,
        _ => RawNote::default(),
    };
    if needs_key(&raw, error.as_deref()) {
        match hub.new_key() {
            Ok(key) => raw.key = key.to_string(),
            Err(error) => return instead(&error),
        }
    }
    let refused = error.is_some();
    let heading = match &tracked {
        Some(tracked) => heading(text, &tracked.reference.to_string()).into_any(),
        None => view! { {text.get("track-title")} }.into_any(),
    };
    let state = tracked.as_ref().map(|tracked| state(text, hub, tracked));
    let form = form(text, secret.to_owned(), raw, error.clone());
    view! {
        <Page title=text.get("track-title") refused=refused form=true islands=true>
            {error.map(|error| view! { <Summary error=error conflict="summary-conflict-note"/> })}
            {added.then(|| view! { <p class="done" role="status"><Icon shape=Shape::Check/>{text.get("track-added")}</p> })}
            <h1>{heading}</h1>
            {state}
            {form}
            {tracked.map(|tracked| sent(text, tracked))}
        </Page>
    }
    .into_any()
}

/// The reference stays on one line.
fn heading(text: Text, reference: &str) -> impl IntoView + use<> {
    let sentence = text.with("track-heading", &[("reference", reference.into())]);
    let (before, after) = sentence.split_once(reference).unwrap_or((&sentence, ""));
    view! { {before.to_owned()}<span class="whole">{reference.to_owned()}</span>{after.to_owned()} }
}

/// What has become of the report.
fn state(text: Text, hub: &Hub, tracked: &Tracked) -> impl IntoView + use<> {
    let status = text.of_family("status", tracked.status.name());
    view! {
        {tracked.danger.then(|| view! { <CallNow/> })}
        <p class="status"><b>{text.get("track-status")}</b>" "{status}</p>
        {history(text, hub, tracked)}
    }
}

fn needs_key(raw: &RawNote, error: Option<&HubError>) -> bool {
    match error {
        Some(HubError::Conflict) => true,
        Some(HubError::Invalid(problems)) => {
            problems.iter().any(|problem| (problem.field, problem.fault) == (Field::Key, Fault::Unknown))
        }
        _ => raw.key.is_empty(),
    }
}

fn history(text: Text, hub: &Hub, tracked: &Tracked) -> impl IntoView + use<> {
    let entries: Vec<_> = tracked
        .history
        .iter()
        .map(|entry| {
            let (at, what) = match entry {
                Entry::Received(at) => (*at, view! { <b>{text.get("entry-received")}</b> }.into_any()),
                Entry::Note(at, note) => {
                    let note = note.clone();
                    (*at, view! { <b>{text.get("entry-note")}</b>" "<Verbatim text=note/> }.into_any())
                }
            };
            view! { <li><time datetime=time::machine(at)>{time::shown(hub, at)}</time><span>{what}</span></li> }
        })
        .collect();
    view! { <h2>{text.get("track-history")}</h2><ol class="history">{entries}</ol> }
}

fn form(text: Text, secret: String, raw: RawNote, error: Option<Arc<HubError>>) -> impl IntoView {
    let faults = match error.as_deref() {
        Some(HubError::Invalid(problems)) => Faults::of(text, problems),
        _ => Faults::default(),
    };
    let limit = Field::Note.limit();
    let address = format!("/track/{secret}");
    view! {
        <form id="form" method="post" action=address novalidate>
            <input type="hidden" name="key" value=raw.key/>
            <input type="hidden" name="secret" value=secret/>
            <CountLeft limit=limit left=text.gapped("count-left", "count") over=text.gapped("count-over", "count")>
                <TextField
                    field=Field::Note
                    label=text.get("track-add")
                    hint=text.with("track-add-hint", &[("limit", limit.into())])
                    value=raw.note
                    faults=faults
                />
            </CountLeft>
            <button type="submit" class="send">{text.get("track-send")}</button>
        </form>
    }
}

/// What was sent, to the byte.
fn sent(text: Text, tracked: Tracked) -> impl IntoView + use<> {
    let row = |name: &'static str, value: AnyView| view! { <dt>{text.get(name)}</dt><dd>{value}</dd> };
    let typed = |value: Option<String>| match value {
        Some(value) => view! { <Verbatim text=value/> }.into_any(),
        None => view! { <span class="none">{text.get("track-none")}</span> }.into_any(),
    };
    let people = tracked.people.map_or_else(|| text.get("track-unknown").to_owned(), |people| people.to_string());
    let position = position(text, &tracked.told.place);
    view! {
        <h2>{text.get("track-sent")}</h2>
        <dl class="sent">
            {row("report-category", view! { {text.of_family("category", &tracked.category)} }.into_any())}
            {row("track-danger", view! { {text.get(if tracked.danger { "track-yes" } else { "track-no" })} }.into_any())}
            {row("track-place", typed(tracked.told.place.address))}
            {row("track-position", view! { {typed(tracked.told.place.typed)}{position} }.into_any())}
            {row("track-people", view! { {people} }.into_any())}
            {row("track-what", typed(tracked.told.what))}
            {row("track-contact", typed(tracked.contact))}
        </dl>
    }
}

/// The position that was read, never a bare point: with its accuracy, or said to be read from words.
fn position(text: Text, place: &Place) -> Option<impl IntoView + use<>> {
    let (latitude, longitude) = place.point?;
    let quality = match place.accuracy {
        Some(metres) => text.with("track-accuracy", &[("metres", metres.into())]),
        None => text.get("track-approximate").to_owned(),
    };
    Some(view! { <span class="hint">{format!("{latitude:.5}, {longitude:.5} ({quality})")}</span> })
}
