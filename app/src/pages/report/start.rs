//! The first page, which is a whole report: what, where, how many, and whatever else there is to say.

use std::sync::Arc;

use hub::HubError;
use leptos::prelude::*;
use model::contact::Channel;
use model::form::Field;
use model::report::RawReport;
use model::sending;

use super::{carried, site};
use crate::act::key_for;
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::islands::{CountLeft, Locate, Mind};
use crate::pages::missing::instead;
use crate::parts::call::CallFirst;
use crate::parts::choice::CategoryChoice;
use crate::parts::field::{Faults, LineField, TextField};
use crate::parts::page::Page;
use crate::parts::summary::Summary;
use crate::text::{Text, text};

pub fn page(mut raw: RawReport, error: Option<Arc<HubError>>) -> Still {
    let text = text();
    if let Err(error) = renew_key(&mut raw, error.as_deref()) {
        return instead(&error);
    }
    let refused = error.is_some();
    let faults = Faults::of_error(text, error.as_deref());
    view! {
        <Page title=text.get("report-title") refused=refused form=true islands=true>
            {error.map(|error| view! { <Summary error=error/> })}
            <h1>{text.get("report-heading")}</h1>
            <p class="lead">{text.get("report-lead")}</p>
            {form(text, raw, faults)}
        </Page>
    }
    .still()
}

/// Another key, where the form needs one.
pub fn renew_key(raw: &mut RawReport, error: Option<&HubError>) -> Result<(), HubError> {
    let hub = compat::hub().ok_or(HubError::NoSuchLink)?;
    raw.key = key_for(&hub, std::mem::take(&mut raw.key), error)?;
    Ok(())
}

fn form(text: Text, raw: RawReport, faults: Faults) -> impl IntoView {
    let limit = Field::What.limit();
    let organisation = site::fields(text, &raw, &faults);
    let what = view! {
        <TextField
            field=Field::What
            label=text.get("report-what")
            hint=text.with("report-what-hint", &[("limit", limit.into())])
            value=raw.what
            faults=faults.clone()
        />
    };
    view! {
        // Not the page's own address: posting to that would drop the page from the browser's cache (RFC 9111, section 4.4), and whoever
        // goes back after sending would find another key, and send twice.
        <form id="form" method="post" action="/report?sent" novalidate>
            <input type="hidden" name="key" value=raw.key/>
            <input type="hidden" name="step" value=sending::Page::Start.name()/>
            {carried::answers(&raw.answers)}
            <CallFirst/>
            <CategoryChoice chosen=raw.category faults=faults.clone()/>
            <label class="choice tick">
                <input type="checkbox" name="danger" value="yes" data-danger=true checked=!raw.danger.is_empty()/>
                <span>{text.get("report-danger")}</span>
            </label>
            {place(text, raw.position, raw.accuracy, raw.address, !raw.unknown.is_empty(), faults.clone())}
            <LineField
                field=Field::People
                label=text.get("report-people")
                hint=text.get("report-people-hint")
                value=raw.people
                faults=faults.clone()
                numeric=true
            />
            <div data-limit=limit><CountLeft><Mind>{what}</Mind></CountLeft></div>
            <LineField
                field=Field::Contact
                label=text.get("report-contact")
                hint=text.get(contact_hint())
                value=raw.contact
                faults=faults.clone()
                autocomplete="tel"
            />
            {organisation}
            <p class="notice">{text.get("report-notice")}</p>
            <button type="submit" class="send">{text.get("report-send")}</button>
        </form>
    }
}

/// What the contact is used for: people agree to what stands here, so it promises no more than this installation does.
fn contact_hint() -> &'static str {
    let channels = compat::hub().map(|hub| hub.channels()).unwrap_or_default();
    match channels[..] {
        [] => "report-contact-hint",
        [Channel::Mail] => "report-contact-hint-told-mail",
        [Channel::Sms] => "report-contact-hint-told-sms",
        _ => "report-contact-hint-told",
    }
}

fn place(
    text: Text,
    position: String,
    accuracy: String,
    address: String,
    unknown: bool,
    faults: Faults,
) -> impl IntoView {
    let address = view! {
        <LineField
            field=Field::Address
            label=text.get("report-address")
            hint=text.get("report-address-hint")
            value=address
            faults=faults.clone()
            autocomplete="street-address"
        />
    };
    view! {
        <fieldset class="field">
            <legend>{text.get("report-where")}</legend>
            <p class="hint">{text.get("report-where-hint")}</p>
            <Locate/>
            <Mind>{address}</Mind>
            <LineField
                field=Field::Position
                label=text.get("report-position")
                hint=text.get("report-position-hint")
                value=position
                faults=faults
            />
            <input type="hidden" id="accuracy" name="accuracy" value=accuracy/>
            <label class="choice tick">
                <input type="checkbox" name="unknown" value="yes" checked=unknown/>
                <span>{text.get("report-unknown")}</span>
            </label>
        </fieldset>
    }
}
