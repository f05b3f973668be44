//! The extra questions, after the report was sent: for one of danger, which waits for nothing.

use std::sync::Arc;

use hub::{Hub, HubError, Tracked};
use leptos::prelude::*;
use model::more::RawMore;
use model::question::{self, Answers};
use model::sending;

use crate::act::{Kept, Returned, came_back, key_for};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::islands::AskAsAnswered;
use crate::pages::missing::instead;
use crate::parts::call::{CallFirst, CallNow, service_for};
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
        match (hub.track(&secret).await, returned) {
            (Ok(tracked), returned) => page(text, &hub, &secret, About::of(tracked), returned),
            // As on the page of the report: what was typed is not lost because nothing can be opened now.
            (Err(error), Some(Returned { kept: Kept::More(raw), .. })) if error.is_unavailable() => {
                tracing::error!(error = &error as &dyn std::error::Error, "a report could not be opened");
                let about = About { category: raw.category.clone(), ..About::default() };
                let returned = Returned { kept: Kept::More(raw), error: Some(Arc::new(error)) };
                page(text, &hub, &secret, about, Some(returned))
            }
            (Err(error), _) => instead(&error),
        }
    })
}

/// What the page must know of the report.
#[derive(Default)]
struct About {
    /// `None` when it could not be opened.
    reference: Option<String>,
    category: String,
    danger: bool,
    /// The answers that were sent with it, if there are questions left.
    left: Option<Answers>,
}

impl About {
    fn of(tracked: Tracked) -> Self {
        Self {
            reference: Some(tracked.reference.to_string()),
            category: tracked.category,
            danger: tracked.danger,
            left: tracked.may_tell_more.then_some(tracked.told.answers),
        }
    }
}

fn page(text: Text, hub: &Hub, secret: &str, about: About, returned: Option<Returned>) -> Still {
    let (kept, error) = came_back(returned);
    let raw = match kept {
        Some(Kept::More(raw)) => Some(raw),
        // What was answered stands there already, so that nothing is asked twice.
        _ => about.left.clone().map(|answers| RawMore { answers, ..RawMore::default() }),
    };
    let key = raw.as_ref().map(|raw| raw.key.clone()).unwrap_or_default();
    let key = match key_for(hub, key, error.as_deref()) {
        Ok(key) => key,
        Err(error) => return instead(&error),
    };
    let (refused, danger, call) = (error.is_some(), about.danger, service_for(&about.category));
    let back = format!("/track/{secret}");
    let back_said = match &about.reference {
        Some(reference) => text.with("consent-back", &[("reference", reference.clone().into())]),
        None => text.get("receipt-follow").to_owned(),
    };
    // Whoever answered it twice, or goes on with a form that came back, is not turned away.
    let body = match raw.filter(|raw| about.left.is_some() || refused || !raw.answers.is_empty()) {
        Some(raw) => form(text, secret, &about, RawMore { key, ..raw }, error.as_ref()).still(),
        None => view! { <p>{text.get("more-none")}</p> }.still(),
    };
    view! {
        <Page title=text.get("details-heading") refused=refused form=true islands=true>
            <p><a href=back>{back_said}</a></p>
            {error.map(|error| view! { <Refusal error=error form=String::new()/> })}
            {danger.then(|| view! { <CallNow first=call/> })}
            <h1>{text.get("details-heading")}</h1>
            {body}
        </Page>
    }
    .still()
}

fn form(text: Text, secret: &str, about: &About, raw: RawMore, error: Option<&Arc<HubError>>) -> impl IntoView + use<> {
    let questions = question::for_category(&about.category);
    let asked = sending::asked(&question::shown(questions, &raw.answers));
    // It came back, and not for a fault: an answer brought up another question.
    let not_yet = (error.is_none() && !raw.asked.is_empty() && raw.brings_up(questions))
        .then(|| view! { <p class="caution" role="status">{text.get("more-not-yet")}</p> });
    let faults = Faults::of_error(text, error.map(AsRef::as_ref));
    let lead = if about.danger { "more-lead" } else { "details-lead" };
    // Where the numbers stand on top anyway, they need not come up again.
    let call = (!about.danger).then(|| view! { <CallFirst/> });
    view! {
        {not_yet}
        <p class="lead">{text.get(lead)}</p>
        <form id="form" method="post" action=format!("/track/{secret}/more") novalidate>
            <input type="hidden" name="key" value=raw.key/>
            <input type="hidden" name="secret" value=secret.to_owned()/>
            <input type="hidden" name="asked" value=asked/>
            <input type="hidden" name="category" value=about.category.clone()/>
            {call}
            <p><b>{text.of_family("category", &about.category)}</b></p>
            <AskAsAnswered>
                <Questions questions=questions answers=raw.answers faults=faults/>
            </AskAsAnswered>
            <button type="submit" class="send">{text.get("track-answer-send")}</button>
        </form>
    }
}
