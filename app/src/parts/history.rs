//! What has happened to a report, oldest first.

use hub::{Entry, Past};
use leptos::prelude::*;
use model::status::Status;
use model::step::{Act, Words};

use crate::compat::still::{Finish, Still};
use crate::compat::{self, Verbatim};
use crate::parts::answered::answered;
use crate::parts::time;
use crate::text::{Text, text};

/// The history, for the person who reported or for the desk: what either may not read does not come here.
#[component]
pub fn History(
    entries: Vec<Entry>,
    /// Of the report: whose questions were answered.
    category: String,
    /// For the desk: what the person who reported said is not "you".
    #[prop(optional)]
    desk: bool,
) -> impl IntoView {
    let text = text();
    let hub = compat::hub();
    let items: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            let (at, what) = match entry {
                Entry::Received(at) => (at, view! { <b>{text.get("entry-received")}</b> }.still()),
                Entry::Advised(at) => {
                    let said = if desk { "entry-advised-desk" } else { "entry-advised" };
                    (at, view! { <b>{text.get(said)}</b> }.still())
                }
                Entry::Note(at, note) => {
                    (at, view! { <b>{text.get(if desk { "entry-note-desk" } else { "entry-note" })}</b>" "<Verbatim text=note/> }.still())
                }
                Entry::More(at, answers) => {
                    let answers = answered(text, &category, &answers);
                    let said = text.get(if desk { "entry-more-desk" } else { "entry-more" });
                    (at, view! { <b>{said}</b><dl class="sent">{answers}</dl> }.still())
                }
                Entry::Withdrawn(at, consent) => {
                    let family = if desk { "withdrawn-desk" } else { "withdrawn" };
                    (at, view! { <b>{text.of_family(family, consent.name())}</b> }.still())
                }
                Entry::Step(past) => (past.at, step(text, *past, desk)),
            };
            let shown = hub.as_ref().map(|hub| time::shown(hub, at));
            view! { <li><time datetime=time::machine(at)>{shown}</time><span>{what}</span></li> }
        })
        .collect();
    view! { <ol class="history">{items}</ol> }
}

fn step(text: Text, past: Past, desk: bool) -> Still {
    let department = past.department.as_deref().map(|code| text.of_family("department", code));
    let who = match (&past.staff, department) {
        (Some(name), Some(department)) => Some(format!("{department}, {name}")),
        (None, Some(department)) => Some(department.to_owned()),
        _ => None,
    };
    let what = match (past.act, past.status) {
        (Act::Status, Some(status)) => text.of_family("status-short", status.name()).to_owned(),
        (Act::Offer | Act::Accept | Act::Refuse | Act::Release, _) => {
            let other = past.detail.as_deref().map_or("", |code| text.of_family("department", code));
            text.with_of_family("act", past.act.name(), &[("department", other.into())])
        }
        (Act::Merge | Act::Split, _) => {
            let reference = past.detail.clone().unwrap_or_default();
            text.with_of_family("act", past.act.name(), &[("reference", reference.into())])
        }
        (Act::Redact, _) => {
            let reason = text.of_family("redaction", past.detail.as_deref().unwrap_or_default());
            text.with("act-redact", &[("reason", reason.into())])
        }
        (Act::Rating, _) => text.of_family("rating", past.detail.as_deref().unwrap_or_default()).to_owned(),
        // A question that nobody answered is all that a clock ends.
        (Act::Alarm, Some(_)) => text.get("act-lapsed").to_owned(),
        (Act::Answer, _) if desk => text.get("act-answer-desk").to_owned(),
        (act, _) => text.of_family("act", act.name()).to_owned(),
    };
    let ground = past
        .detail
        .as_deref()
        .filter(|_| past.act == Act::Status && past.status == Some(Status::Refused))
        .map(|ground| text.of_family("ground", ground));
    view! {
        <b>{what}</b>
        {who.map(|who| view! { " "<span class="hint">{who}</span> })}
        {ground.map(|ground| view! { <p>{ground}</p> })}
        {past.told.map(|told| words(text, told))}
        {past.inner.map(|inner| view! { <div class="inner">{words(text, inner)}</div> })}
    }
    .still()
}

/// Words of the desk: a sentence in the reader's language, and what was typed.
pub fn words(text: Text, words: Words) -> impl IntoView {
    let template = words.template.as_deref().map(|code| text.of_family("template", code));
    let evidence = words.evidence.map(|evidence| {
        view! { <p><b>{text.get("track-evidence")}</b>" "<Verbatim text=evidence/></p> }
    });
    view! {
        {template.map(|template| view! { <p>{template}</p> })}
        {words.text.map(|said| view! { <p><Verbatim text=said/></p> })}
        {evidence}
    }
}
