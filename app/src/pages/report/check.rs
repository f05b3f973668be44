//! The last page: everything as it will go, who sees what, and what had better be left out.

use std::collections::BTreeSet;
use std::sync::Arc;

use hub::HubError;
use leptos::prelude::*;
use model::category::Category;
use model::private;
use model::question;
use model::report::{RawReport, Report};
use model::sending::Page as Step;

use super::{carried, start};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::sent::Sent;
use crate::parts::summary::Summary;
use crate::text::{Text, text};

pub fn page(mut raw: RawReport, error: Option<Arc<HubError>>) -> Still {
    let text = text();
    let middle = compat::hub().and_then(|hub| hub.home().middle);
    // It was sound when it came here; what is not goes back to where it can be mended.
    let Ok(report) = raw.parse(middle) else { return start::page(raw, error) };
    if let Err(error) = start::renew_key(&mut raw, error.as_deref()) {
        return instead(&error);
    }
    let refused = error.is_some();
    view! {
        <Page title=text.get("check-title") refused=refused form=true>
            {error.map(|error| view! { <Summary error=error/> })}
            <h1>{text.get("check-heading")}</h1>
            {warning(text, &raw)}
            <div class="who-sees">
                {public(text, &report)}
                {handler(text, &report)}
            </div>
            <form id="form" method="post" action="/report?sent" novalidate>
                {carried::first_page(&raw)}
                {carried::answers(&raw.answers)}
                <input type="hidden" name="step" value=Step::Check.name()/>
                <div class="ways-on">
                    <button type="submit" class="send">{text.get("report-send")}</button>
                    <button type="submit" class="quiet" name="back" value="yes">{text.get("details-back")}</button>
                </div>
            </form>
        </Page>
    }
    .still()
}

/// What anybody can find out.
fn public(text: Text, report: &Report) -> impl IntoView + use<> {
    let area = if report.told.place.point.is_some() { "check-area" } else { "check-no-area" };
    view! {
        <section>
            <h2>{text.get("check-public")}</h2>
            <p class="hint">{text.get("check-public-hint")}</p>
            <dl class="sent">
                <dt>{text.get("report-category")}</dt>
                <dd>{text.of_family("category", report.category.code)}</dd>
                <dt>{text.get("track-place")}</dt>
                <dd>{text.get(area)}</dd>
                <dt>{text.get("check-when")}</dt>
                <dd>{text.get("check-hour")}</dd>
                {(area == "check-area").then(|| view! { <dt>{text.get("check-nearby")}</dt><dd>{text.get("check-nearby-what")}</dd> })}
            </dl>
        </section>
    }
}

fn handler(text: Text, report: &Report) -> impl IntoView + use<> {
    let category = Category::of(report.category.code).map(|category| text.of_family("category", category.code));
    let people = report.people.map(|people| ("report-people", people.to_string()));
    let rest = category.map(|category| ("report-category", category.to_owned())).into_iter().chain(people).collect();
    view! {
        <section>
            <h2>{text.get("check-handler")}</h2>
            <p class="hint">{text.get("check-handler-hint")}</p>
            <Sent
                told=report.told.clone()
                contact=report.contact.clone().map(|contact| contact.line())
                category=report.category.code.to_owned()
                rest=rest
            />
        </section>
    }
}

/// Kinds of private data in what was written where none is asked for.
fn warning(text: Text, raw: &RawReport) -> Option<impl IntoView + use<>> {
    let free = question::for_category(&raw.category)
        .iter()
        .filter(|question| matches!(question.kind, question::Kind::Text))
        .flat_map(|question| raw.answers.of(question.code));
    let texts = [&raw.what, &raw.address].into_iter().chain(free);
    let kinds: BTreeSet<&str> = texts
        .flat_map(|text| private::find(text))
        .map(|finding| text.of_family("private", finding.kind.name()))
        .collect();
    let kinds: Vec<_> = kinds.into_iter().map(|kind| view! { <li>{kind}</li> }).collect();
    (!kinds.is_empty()).then(|| {
        view! {
            <div class="caution" role="note">
                <p><Icon shape=Shape::Warning/><b>{text.get("check-private")}</b></p>
                <ul>{kinds}</ul>
                <p>{text.get("check-private-what")}</p>
            </div>
        }
    })
}
