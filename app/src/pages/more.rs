//! The extra questions, after the report was sent: for one of danger, which waits for nothing.

use std::sync::Arc;

use hub::{Hub, HubError, Tracked};
use leptos::prelude::*;
use model::more::RawMore;
use model::question;
use model::sending;

use crate::act::{Kept, Returned, came_back, key_for};
use crate::compat;
use crate::islands::AskAsAnswered;
use crate::pages::missing::instead;
use crate::parts::call::{CallFirst, CallNow};
use crate::parts::field::Faults;
use crate::parts::page::Page;
use crate::parts::question::Questions;
use crate::parts::refusal::Refusal;
use crate::text::{Text, text};

#[component]
pub fn MorePage() -> impl IntoView {
    let (text, hub, returned) = (text(), compat::hub(), use_context::<Returned>());
    let secret = compat::parameter("secret");
    compat::set_private();
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        match hub.track(&secret).await {
            Ok(tracked) => page(text, &hub, &secret, &tracked, returned),
            Err(error) => instead(&error),
        }
    })
}

fn page(text: Text, hub: &Hub, secret: &str, tracked: &Tracked, returned: Option<Returned>) -> AnyView {
    let (kept, error) = came_back(returned);
    let mut raw = match kept {
        Some(Kept::More(raw)) => raw,
        _ => RawMore::default(),
    };
    match key_for(hub, raw.key, error.as_deref()) {
        Ok(key) => raw.key = key,
        Err(error) => return instead(&error),
    }
    let (refused, danger) = (error.is_some(), tracked.danger);
    let back = format!("/track/{secret}");
    let reference = tracked.reference.to_string();
    // Whoever answered it twice, or goes on with a form that came back, is not turned away.
    let body = if tracked.may_tell_more || refused || !raw.answers.is_empty() {
        form(text, secret, tracked, raw, error.as_ref()).into_any()
    } else {
        view! { <p>{text.get("more-none")}</p> }.into_any()
    };
    view! {
        <Page title=text.get("details-heading") refused=refused form=true islands=true>
            <p><a href=back>{text.with("consent-back", &[("reference", reference.into())])}</a></p>
            {error.map(|error| view! { <Refusal error=error form=String::new()/> })}
            {danger.then(|| view! { <CallNow/> })}
            <h1>{text.get("details-heading")}</h1>
            {body}
        </Page>
    }
    .into_any()
}

fn form(
    text: Text,
    secret: &str,
    tracked: &Tracked,
    raw: RawMore,
    error: Option<&Arc<HubError>>,
) -> impl IntoView + use<> {
    let questions = question::for_category(&tracked.category);
    let asked = sending::asked(&question::shown(questions, &raw.answers));
    let faults = Faults::of_error(text, error.map(AsRef::as_ref));
    let lead = if tracked.danger { "more-lead" } else { "details-lead" };
    // Where the numbers stand on top anyway, they need not come up again.
    let call = (!tracked.danger).then(|| view! { <CallFirst/> });
    view! {
        <p class="lead">{text.get(lead)}</p>
        <form id="form" method="post" action=format!("/track/{secret}/more") novalidate>
            <input type="hidden" name="key" value=raw.key/>
            <input type="hidden" name="secret" value=secret.to_owned()/>
            <input type="hidden" name="asked" value=asked/>
            {call}
            <p><b>{text.of_family("category", &tracked.category)}</b></p>
            <AskAsAnswered>
                <Questions questions=questions answers=raw.answers faults=faults/>
            </AskAsAnswered>
            <button type="submit" class="send">{text.get("track-answer-send")}</button>
        </form>
    }
}
