//! The form is not the way: what to do instead. Nothing was stored, and nothing is lost.

use leptos::prelude::*;
use model::category::Service;
use model::question;
use model::report::RawReport;
use model::sending::Page as Step;

use super::{carried, details};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::parts::page::Page;
use crate::site::site;
use crate::text::text;

pub async fn page(raw: RawReport) -> Still {
    let (text, site) = (text(), site());
    let open = compat::hub().is_some_and(|hub| hub.home().is_open(hub.now()));
    let questions = question::for_category(&raw.category);
    // The answer was changed, or the office has opened meanwhile.
    let Some(advice) = question::check(questions, &raw.answers, open).stop else {
        return details::page(raw, None).await;
    };
    let number = site.number(Service::Hotline).unwrap_or_default().to_owned();
    let said = text.with_of_family("advice", advice.name(), &[("number", number.clone().into())]);
    view! {
        <Page title=text.get("stopped-title") form=true>
            <h1>{text.get("stopped-heading")}</h1>
            <p class="lead">{said}</p>
            {(!number.is_empty()).then(|| view! { <p><a class="send" href=format!("tel:{number}")>{number.clone()}</a></p> })}
            <p class="hint">{text.get("stopped-hint")}</p>
            <form id="form" method="post" action="/report?sent" novalidate>
                {carried::first_page(&raw)}
                {carried::answers(&raw.answers)}
                <input type="hidden" name="step" value=Step::Start.name()/>
                <button type="submit" class="quiet">{text.get("stopped-back")}</button>
            </form>
        </Page>
    }
    .still()
}
