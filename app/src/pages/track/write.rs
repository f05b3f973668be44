//! The forms on the page of a report: the answer to what the desk asks, and what one may say anyway.

use std::sync::Arc;

use hub::{Hub, HubError, Tracked};
use leptos::prelude::*;
use model::form::Field;
use model::note::{Rating, RawNote};

use crate::compat::still::{Finish, Still};
use crate::islands::{CountLeft, Mind};
use crate::parts::call::CallFirst;
use crate::parts::field::{FaultLine, Faults, TextField, control_id};
use crate::parts::history::words;
use crate::parts::time;
use crate::text::Text;

/// One of the page's forms.
struct Form {
    /// What it does; nothing adds a note.
    act: &'static str,
    title: &'static str,
    hint: String,
    button: &'static str,
    secret: String,
    raw: RawNote,
    error: Option<Arc<HubError>>,
}

/// Whether the page has the form that does something. When the report cannot be opened, the form that was sent comes back.
pub fn offers(tracked: Option<&Tracked>, raw: &RawNote, act: &str) -> bool {
    let Some(tracked) = tracked else { return act.is_empty() || raw.act == act };
    match act {
        "" => true,
        "answer" => tracked.question.is_some(),
        "contest" => tracked.may_contest,
        "rate" => tracked.may_rate,
        _ => false,
    }
}

/// What the forms are written from.
pub struct Writing<'a> {
    pub text: Text,
    pub secret: &'a str,
    /// What was typed, if a form was refused.
    pub raw: &'a RawNote,
    pub fresh_key: &'a str,
    pub error: Option<&'a Arc<HubError>>,
}

impl Writing<'_> {
    /// A form; the one that was refused comes back as it was typed.
    fn form(&self, act: &'static str, title: &'static str, hint: String, button: &'static str) -> Form {
        let back = self.raw.act == act;
        let key = if back && !self.raw.key.is_empty() { &self.raw.key } else { self.fresh_key }.to_owned();
        let typed = if back { self.raw.clone() } else { RawNote::default() };
        let error = self.error.filter(|_| back).cloned();
        Form { act, title, hint, button, secret: self.secret.to_owned(), raw: RawNote { key, ..typed }, error }
    }
}

/// What the desk asks, with the form that answers it.
pub fn asked(write: &Writing<'_>, hub: &Hub, tracked: Option<&Tracked>) -> Option<Still> {
    let text = write.text;
    if !offers(tracked, write.raw, "answer") {
        return None;
    }
    let (question, until) = tracked.and_then(|tracked| tracked.question.clone()).unzip();
    let hint = until.map(|until| text.with("track-answer-hint", &[("time", time::shown(hub, until).into())]));
    let (hint, question) = (hint.unwrap_or_default(), question.map(|question| words(text, question)));
    let answer = write.form("answer", text.get("track-answer"), hint, text.get("track-answer-send"));
    let asked = view! {
        <section class="asked"><h2>{text.get("track-question")}</h2>{question}{said(text, answer)}</section>
    };
    Some(asked.still())
}

/// What one may say anyway.
pub fn forms(write: &Writing<'_>, tracked: Option<&Tracked>) -> Vec<Still> {
    let text = write.text;
    let mut forms = Vec::new();
    if offers(tracked, write.raw, "contest") {
        let hint = text.get("track-contest-hint").to_owned();
        let contest = write.form("contest", text.get("track-contest-why"), hint, text.get("track-contest-send"));
        let open = write.raw.act == "contest";
        forms.push(
            view! { <details class="move" open=open><summary>{text.get("track-contest")}</summary>{said(text, contest)}</details> }
                .still(),
        );
    }
    if offers(tracked, write.raw, "rate") {
        let rate = write.form("rate", text.get("track-rate-why"), String::new(), text.get("track-rate-send"));
        let open = write.raw.act == "rate";
        forms.push(
            view! { <details class="move" open=open><summary>{text.get("track-rate")}</summary>{said(text, rate)}</details> }.still(),
        );
    }
    let hint = text.with("track-add-hint", &[("limit", Field::Note.limit().into())]);
    forms.push(said(text, write.form("", text.get("track-add"), hint, text.get("track-send"))).still());
    forms
}

fn said(text: Text, form: Form) -> impl IntoView {
    let Form { act, title, hint, button, secret, raw, error } = form;
    let faults = Faults::of_error(text, error.as_deref());
    let limit = Field::Note.limit();
    let address = format!("/track/{secret}");
    // The switch of the language takes the form along that everybody has.
    let id = if act.is_empty() { "form".to_owned() } else { format!("form-{act}") };
    let rating = (act == "rate").then(|| ratings(text, &raw.rating, &faults));
    view! {
        <form id=id class="calm" method="post" action=address novalidate>
            <CallFirst/>
            <input type="hidden" name="key" value=raw.key/>
            <input type="hidden" name="secret" value=secret/>
            <input type="hidden" name="act" value=act/>
            {rating}
            <div data-limit=limit>
                <CountLeft>
                    <Mind><TextField field=Field::Note label=title hint=hint value=raw.note faults=faults form=act/></Mind>
                </CountLeft>
            </div>
            <button type="submit" class="send">{button}</button>
        </form>
    }
}

fn ratings(text: Text, chosen: &str, faults: &Faults) -> impl IntoView + use<> {
    let options: Vec<_> = Rating::ALL
        .into_iter()
        .enumerate()
        .map(|(place, rating)| {
            let id = (place == 0).then(|| control_id("rate", Field::Rating));
            view! {
                <label class="choice">
                    <input type="radio" name="rating" id=id value=rating.name() checked=rating.name() == chosen/>
                    <span>{text.of_family("rating", rating.name())}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="field">
            <legend>{text.get("track-rate")}</legend>
            <FaultLine field=Field::Rating faults=faults.clone() form="rate"/>
            <div class="choices">{options}</div>
        </fieldset>
    }
}
