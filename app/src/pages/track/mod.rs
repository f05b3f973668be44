//! Following a report by its secret link, and adding to it.

mod write;

use std::sync::Arc;

use hub::{Entry, Hub, HubError, Tracked};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::alarm;
use model::category::Service;
use model::note::RawNote;
use model::question;
use model::tally;

use crate::act::{Kept, PhotoOutcome, Returned, came_back, spends_key};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::pages::companion;
use crate::pages::missing::instead;
use crate::parts::call::{CallNow, service_for};
use crate::parts::history::History;
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::photos::{AddPhotos, Photos};
use crate::parts::refusal::Refusal;
use crate::parts::sent::Sent;
use crate::parts::{clock, notified, time};
use crate::text::{Text, text};
use write::{Writing, asked, forms, offers};

#[component]
pub fn Track() -> impl IntoView {
    let (text, hub, returned) = (text(), compat::hub(), use_context::<Returned>());
    let secret = compat::parameter("secret");
    let added = use_query_map().with_untracked(|query| query.get("added"));
    let added = added.map(|what| if what == "photos" { "photo-added" } else { "track-added" });
    compat::set_private();
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        match (hub.track(&secret).await, returned) {
            (Ok(tracked), returned) => {
                let advised = tracked.history.iter().any(|entry| matches!(entry, Entry::Advised(_)));
                if call_first(&tracked) && !advised {
                    hub.advised(&secret).await;
                }
                page(text, &hub, &secret, Some(tracked), returned, added)
            }
            // Nothing can be opened when the opening cannot be written down. What was typed is not lost for that.
            (Err(error), Some(returned)) if error.is_unavailable() => {
                tracing::error!(error = &error as &dyn std::error::Error, "a report could not be opened");
                let returned = Returned { error: Some(Arc::new(error)), ..returned };
                page(text, &hub, &secret, None, Some(returned), added)
            }
            (Err(HubError::NoSuchLink), _) => companion::page(text, &hub, &secret).await,
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
    added: Option<&'static str>,
) -> Still {
    let (kept, error) = came_back(returned);
    let (mut raw, outcomes) = match kept {
        Some(Kept::Note(raw)) => (raw, None),
        Some(Kept::Photos(outcomes)) => (RawNote::default(), Some(outcomes.to_vec())),
        _ => (RawNote::default(), None),
    };
    let fresh_key = match hub.new_key() {
        Ok(key) => key.to_string(),
        Err(error) => return instead(&error),
    };
    if error.as_deref().is_some_and(spends_key) {
        raw.key.clear();
    }
    let refused = error.is_some() || outcomes.is_some();
    let photos = photos(text, secret, tracked.as_ref(), outcomes);
    let heading = match &tracked {
        Some(tracked) => heading(text, &tracked.reference.to_string()).still(),
        None => view! { {text.get("track-title")} }.still(),
    };
    if !offers(tracked.as_ref(), &raw, &raw.act) {
        // What was typed is not lost for that: it can still be added.
        raw = RawNote { note: raw.note, ..RawNote::default() };
    }
    let write = Writing { text, secret, raw: &raw, fresh_key: &fresh_key, error: error.as_ref() };
    let asked = asked(&write, hub, tracked.as_ref());
    let forms = forms(&write, tracked.as_ref());
    let state = tracked.as_ref().map(|tracked| state(text, hub, tracked));
    let course = tracked.as_ref().map(|tracked| course(text, hub, tracked));
    let consent = format!("/track/{secret}/consent");
    let more = tracked.as_ref().filter(|tracked| tracked.may_tell_more).map(|tracked| {
        let said = if tracked.danger { "more-link" } else { "more-link-calm" };
        view! { <p><a class="onward" href=format!("/track/{secret}/more")>{text.get(said)}</a></p> }
    });
    view! {
        <Page title=text.get("track-title") refused=refused form=true islands=true>
            {error.map(|error| view! { <Refusal error=error form=raw.act/> })}
            {added.map(|added| view! { <p class="done" role="status"><Icon shape=Shape::Check/>{text.get(added)}</p> })}
            <h1>{heading}</h1>
            {state}
            {asked}
            {course}
            {more}
            {photos}
            {forms}
            {tracked.map(|tracked| sent(text, tracked))}
            <p><a class="onward" href=consent>{text.get("consent-link")}</a></p>
        </Page>
    }
    .still()
}

/// Whether a call comes before anything that stands here: the report tells of danger, or what was added to it since.
fn call_first(tracked: &Tracked) -> bool {
    let tells_of_danger = |entry: &Entry| match entry {
        Entry::Note(_, note) => alarm::in_words(note).is_some(),
        Entry::More(_, answers) => {
            question::check(question::for_category(&tracked.category), answers, true).danger.is_some()
        }
        _ => false,
    };
    !tracked.status.is_closed() && (tracked.danger || tracked.history.iter().any(tells_of_danger))
}

/// Who answers for it: by what was written, else by its kind.
fn whom_to_call(tracked: &Tracked) -> Option<Service> {
    tracked.told.what.as_deref().and_then(alarm::in_words).or_else(|| service_for(&tracked.category))
}

/// The reference stays on one line.
fn heading(text: Text, reference: &str) -> impl IntoView + use<> {
    let sentence = text.with("track-heading", &[("reference", reference.into())]);
    let (before, after) = sentence.split_once(reference).unwrap_or((&sentence, ""));
    view! { {before.to_owned()}<span class="whole">{reference.to_owned()}</span>{after.to_owned()} }
}

/// How the report stands.
fn state(text: Text, hub: &Hub, tracked: &Tracked) -> impl IntoView + use<> {
    let status = text.of_family("status", tracked.status.name());
    let owner = tracked.owner.as_deref().map(|code| text.of_family("department", code));
    view! {
        {call_first(tracked).then(|| view! { <CallNow first=whom_to_call(tracked)/> })}
        <p class="status"><b>{text.get("track-status")}</b>" "{status}</p>
        {owner.map(|owner| view! { <p><b>{text.get("track-owner")}</b>" "{owner}</p> })}
        {clock::line(text, hub, &tracked.clocks)}
    }
}

/// How it came to that.
fn course(text: Text, hub: &Hub, tracked: &Tracked) -> impl IntoView + use<> {
    view! {
        <h2>{text.get("track-history")}</h2>
        <History entries=tracked.history.clone() category=tracked.category.clone()/>
        {notified::list(text, hub, &tracked.notified, false)}
        {opened(text, hub, tracked)}
    }
}

/// The photos, and the form that adds some as long as more can come.
fn photos(
    text: Text,
    secret: &str,
    tracked: Option<&Tracked>,
    outcomes: Option<Vec<PhotoOutcome>>,
) -> impl IntoView + use<> {
    let photos = tracked.map(|tracked| tracked.photos.clone()).unwrap_or_default();
    let address = format!("/photo/{secret}");
    view! {
        <h2>{text.get("photo-heading")}</h2>
        <Photos photos=photos base=address.clone()/>
        <AddPhotos action=address page=format!("/track/{secret}") label=text.get("photo-add") outcomes=outcomes place=true/>
    }
}

/// Who has read it: that is no secret to whoever wrote it.
fn opened(text: Text, hub: &Hub, tracked: &Tracked) -> Option<impl IntoView + use<>> {
    let openings: Vec<_> = tracked
        .opened
        .iter()
        .map(|(department, hour)| {
            let at = tally::start_of(*hour);
            let department = text.of_family("department", department);
            view! { <li><time datetime=time::machine(at)>{time::shown(hub, at)}</time><span>{department}</span></li> }
        })
        .collect();
    (!openings.is_empty()).then(|| {
        view! {
            <details>
                <summary>{text.get("track-opened")}</summary>
                <p class="hint">{text.get("track-opened-hint")}</p>
                <ol class="history">{openings}</ol>
            </details>
        }
    })
}

/// What was sent, with what is not sealed.
fn sent(text: Text, tracked: Tracked) -> impl IntoView + use<> {
    let people = tracked.people.map_or_else(|| text.get("track-unknown").to_owned(), |people| people.to_string());
    let rest = vec![
        ("report-category", text.of_family("category", &tracked.category).to_owned()),
        ("track-danger", text.get(if tracked.danger { "track-yes" } else { "track-no" }).to_owned()),
        ("track-people", people),
    ];
    view! { <h2>{text.get("track-sent")}</h2><Sent told=tracked.told contact=tracked.contact category=tracked.category rest=rest/> }
}
