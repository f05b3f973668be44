//! What the data of a report is used for, and the way to take back what rests on consent.

use hub::{Bases, Basis, Hub, HubError};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::consent::Consent;

use crate::act::{Returned, came_back};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::refusal::Refusal;
use crate::parts::time;
use crate::text::{Text, text};

#[component]
pub fn ConsentPage() -> impl IntoView {
    let (text, hub, returned) = (text(), compat::hub(), use_context::<Returned>());
    let secret = compat::parameter("secret");
    let query = use_query_map().get_untracked();
    let asked = query.get("withdraw").and_then(|name| Consent::parse(&name));
    let done = query.get("done").is_some();
    compat::set_private();
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        match hub.bases(&secret).await {
            Ok(bases) => page(text, &hub, &secret, &bases, asked, done, returned),
            Err(error) => instead(&error),
        }
    })
}

fn page(
    text: Text,
    hub: &Hub,
    secret: &str,
    bases: &Bases,
    asked: Option<Consent>,
    done: bool,
    returned: Option<Returned>,
) -> Still {
    let (_, error) = came_back(returned);
    let refused = error.is_some();
    // What has ended needs no second thought.
    let standing =
        |consent: &Consent| bases.bases.iter().any(|basis| basis.purpose == consent.purpose() && basis.ended.is_none());
    let asked = asked.filter(standing);
    let title = text.get(asked.map_or("consent-title", |consent| title(consent)));
    let back = format!("/track/{secret}");
    let body = match asked {
        Some(consent) => question(text, secret, consent).still(),
        None => list(text, hub, secret, bases).still(),
    };
    let reference = bases.reference.to_string();
    view! {
        <Page title=title refused=refused>
            <p><a href=back>{text.with("consent-back", &[("reference", reference.into())])}</a></p>
            {error.map(|error| view! { <Refusal error=error form="withdraw".to_owned()/> })}
            {done.then(|| view! { <p class="done" role="status"><Icon shape=Shape::Check/>{text.get("consent-done")}</p> })}
            <h1>{title}</h1>
            {body}
        </Page>
    }
    .still()
}

fn title(consent: Consent) -> &'static str {
    match consent {
        Consent::Tell => "consent-withdraw-tell",
        Consent::CallBack => "consent-withdraw-call-back",
    }
}

/// Every purpose with its ground, since when, and until when it was so.
fn list(text: Text, hub: &Hub, secret: &str, bases: &Bases) -> impl IntoView + use<> {
    let rows: Vec<_> = bases.bases.iter().map(|basis| row(text, hub, secret, *basis)).collect();
    view! {
        <p class="lead">{text.get("consent-lead")}</p>
        <p class="hint">{text.get("consent-opened")}</p>
        <dl class="sent">{rows}</dl>
    }
}

fn row(text: Text, hub: &Hub, secret: &str, basis: Basis) -> impl IntoView + use<> {
    let since = text.with("consent-since", &[("time", time::shown(hub, basis.since).into())]);
    let until = basis.ended.map(|at| text.with("consent-until", &[("time", time::shown(hub, at).into())]));
    let consent = Consent::of(basis.purpose).filter(|_| basis.ended.is_none());
    let withdraw = consent.map(|consent| {
        let address = format!("/track/{secret}/consent?withdraw={}", consent.name());
        view! { <a class="onward" href=address>{text.get(title(consent))}</a> }
    });
    view! {
        <dt>{text.of_family("purpose", basis.purpose.name())}</dt>
        <dd>
            {text.of_family("basis", basis.purpose.ground().name())}
            <span class="hint">{since}</span>
            {until.map(|until| view! { <span class="hint">{until}</span> })}
            {withdraw}
        </dd>
    }
}

/// What it means, before it is done: it cannot be undone.
fn question(text: Text, secret: &str, consent: Consent) -> impl IntoView + use<> {
    let page = format!("/track/{secret}/consent");
    let address = format!("{page}?withdraw={}", consent.name());
    let means: Vec<_> = means(consent).into_iter().map(|key| view! { <p>{text.get(key)}</p> }).collect();
    view! {
        {means}
        <form method="post" action=address>
            <input type="hidden" name="secret" value=secret.to_owned()/>
            <input type="hidden" name="consent" value=consent.name()/>
            <button type="submit" class="send">{text.get(title(consent))}</button>
        </form>
        <p><a class="onward" href=page>{text.get("consent-keep")}</a></p>
    }
}

fn means(consent: Consent) -> [&'static str; 4] {
    match consent {
        Consent::Tell => ["consent-tell-what", "consent-tell-list", "consent-goes-on", "consent-for-good"],
        Consent::CallBack => {
            ["consent-call-back-what", "consent-call-back-copies", "consent-goes-on", "consent-for-good"]
        }
    }
}
