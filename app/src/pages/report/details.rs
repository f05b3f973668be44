//! The second page: what others have said close by, and the extra questions of the category.

use std::sync::Arc;

use hub::{HubError, Nearby};
use leptos::prelude::*;
use model::category::Category;
use model::form::Field;
use model::gazetteer::Entry;
use model::question;
use model::report::RawReport;
use model::sending::{self, Page as Step};

use super::carried;
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::islands::AskAsAnswered;
use crate::parts::call::CallFirst;
use crate::parts::field::{FaultLine, Faults};
use crate::parts::page::Page;
use crate::parts::question::Questions;
use crate::parts::summary::Summary;
use crate::parts::time::ago;
use crate::text::{Text, text};

pub async fn page(raw: RawReport, error: Option<Arc<HubError>>) -> Still {
    let (text, hub) = (text(), compat::hub());
    let nearby = match &hub {
        Some(hub) => hub.nearby(&raw).await.unwrap_or_else(|error| {
            // The questions can be asked all the same.
            tracing::warn!(error = &error as &dyn std::error::Error, "nothing could be looked up close by");
            Vec::new()
        }),
        None => Vec::new(),
    };
    let meant = hub.as_ref().map(|hub| places(text, hub.home().meant(&raw)));
    let faults = Faults::of_error(text, error.as_deref());
    let refused = error.is_some();
    view! {
        <Page title=text.get("details-title") refused=refused form=true islands=true>
            {error.map(|error| view! { <Summary error=error/> })}
            <h1>{text.get("details-heading")}</h1>
            <p class="lead">{text.get("details-lead")}</p>
            {form(text, raw, meant.flatten(), nearby, faults)}
        </Page>
    }
    .still()
}

fn form(text: Text, raw: RawReport, meant: Option<Still>, nearby: Vec<Nearby>, faults: Faults) -> impl IntoView {
    let questions = question::for_category(&raw.category);
    let asked = sending::asked(&question::shown(questions, &raw.answers));
    let kind = Category::of(&raw.category).map(|category| text.of_family("category", category.code));
    view! {
        <form id="form" method="post" action="/report?sent" novalidate>
            {carried::first_page(&raw)}
            <input type="hidden" name="step" value=Step::Details.name()/>
            <input type="hidden" name="asked" value=asked/>
            <CallFirst/>
            <p><b>{kind}</b></p>
            {meant}
            {(!nearby.is_empty()).then(|| close_by(text, &nearby, &raw.join, faults.clone()))}
            <AskAsAnswered>
                <Questions questions=questions answers=raw.answers faults=faults/>
            </AskAsAnswered>
            <div class="ways-on">
                <button type="submit" class="send">{text.get("details-on")}</button>
                <button type="submit" class="quiet" name="back" value="yes">{text.get("details-back")}</button>
            </div>
        </form>
    }
}

/// Places of the gazetteer that the address may mean: choosing one gives the position. Never more than an offer.
fn places(text: Text, meant: Vec<Entry<'_>>) -> Option<Still> {
    let option = |value: String, said: String, kind: Option<&'static str>, chosen: bool| {
        view! {
            <label class="choice">
                <input type="radio" name="position" value=value checked=chosen/>
                <span>{said}{kind.map(|kind| view! { " "<span class="hint">{kind}</span> })}</span>
            </label>
        }
    };
    let options: Vec<_> = meant
        .into_iter()
        .map(|entry| {
            let position = format!("{:.6}, {:.6}", entry.position.latitude(), entry.position.longitude());
            option(position, entry.name.to_owned(), Some(kind(text, entry.kind)), false)
        })
        .collect();
    (!options.is_empty()).then(|| {
        view! {
            <fieldset class="field">
                <legend>{text.get("place-meant")}</legend>
                <p class="hint">{text.get("place-meant-hint")}</p>
                <div class="choices one">
                    {options}
                    {option(String::new(), text.get("place-meant-none").to_owned(), None, true)}
                </div>
            </fieldset>
        }
        .still()
    })
}

/// The kinds that have a name of ours; an operator may have others.
fn kind(text: Text, kind: &str) -> &'static str {
    match kind {
        "landmark" => text.get("place-kind-landmark"),
        "road" => text.get("place-kind-road"),
        "area" => text.get("place-kind-area"),
        "site" => text.get("place-kind-site"),
        _ => text.get("place-kind-other"),
    }
}

/// What is open close by, to be joined: never more than an offer, and "another one" is chosen.
fn close_by(text: Text, nearby: &[Nearby], chosen: &str, faults: Faults) -> impl IntoView + use<> {
    let known = nearby.iter().any(|near| near.reference.to_string() == chosen);
    let options: Vec<_> = nearby
        .iter()
        .map(|near| {
            let reference = near.reference.to_string();
            let distance = text.with("nearby-distance", &[("metres", within(near.metres).into())]);
            let joined = (near.joined > 0).then(
                || view! { <span class="hint">{text.with("nearby-joined", &[("count", near.joined.into())])}</span> },
            );
            view! {
                <label class="choice">
                    <input type="radio" name="join" value=reference.clone() checked=reference == chosen/>
                    <span>
                        <b>{text.get("nearby-same")}</b>
                        " "
                        {distance}
                        " · "
                        {ago(text, near.age)}
                        {joined}
                    </span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="field">
            <legend>{text.get("nearby-heading")}</legend>
            <p class="hint">{text.get("nearby-lead")}</p>
            <FaultLine field=Field::Join faults=faults/>
            <div class="choices one">
                {options}
                <label class="choice">
                    <input type="radio" id="join" name="join" value="" checked=!known/>
                    <span>{text.get("nearby-other")}</span>
                </label>
            </div>
        </fieldset>
    }
}

/// In steps that grow: whoever asks from several places must not find out where a report is.
fn within(metres: u32) -> u32 {
    const STEPS: [u32; 6] = [50, 100, 250, 500, 1_000, 2_000];
    STEPS.into_iter().find(|step| metres <= *step).unwrap_or_else(|| metres.div_ceil(5_000) * 5_000)
}
