//! What belongs together: open reports near a report, to be joined with it into one incident.

use hub::{Hub, Near, NearLine, Staff};
use leptos::prelude::*;
use model::form::Field;
use model::incident::RawJoin;

use super::queue::facts;
use super::{SignedIn, at_desk};
use crate::act::{Kept, Returned, came_back};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::field::{FaultLine, Faults, LineField, TextField};
use crate::parts::page::Page;
use crate::parts::refusal::Refusal;
use crate::text::{Text, text};

#[component]
pub fn DeskNear() -> impl IntoView {
    let (text, returned, key) = (text(), use_context::<Returned>(), compat::parameter("key"));
    at_desk(move |hub, staff| async move {
        let near = hub.near(&staff, &key).await?;
        Ok(page(text, &hub, staff, near, returned))
    })
}

fn page(text: Text, hub: &Hub, staff: Staff, near: Near, returned: Option<Returned>) -> Still {
    let (kept, error) = came_back(returned);
    let raw = match kept {
        Some(Kept::Join(raw)) => raw,
        _ => RawJoin::default(),
    };
    let key = match hub.new_key() {
        Ok(key) => key.to_string(),
        Err(error) => return instead(&error),
    };
    let seen = near.seen.to_string();
    // A form keeps its key as long as sending it again means sending the same.
    let key = if raw.seen == seen && !raw.key.is_empty() { raw.key.clone() } else { key };
    let faults = Faults::of_error(text, error.as_deref());
    let refused = error.is_some();
    let reference = near.line.reference.to_string();
    let title = text.with("near-title", &[("reference", reference.into())]);
    let (back, address) = (format!("/desk/report/{}", near.line.key), format!("/desk/report/{}/near", near.line.key));
    let none = near.lines.is_empty().then(|| view! { <p class="hint">{text.get("near-none")}</p> });
    let elsewhere = (near.elsewhere > 0).then(|| text.with("near-elsewhere", &[("count", near.elsewhere.into())]));
    let lines: Vec<_> = near.lines.iter().enumerate().map(|(place, one)| line(text, hub, one, &raw, place)).collect();
    let report = near.line.key.to_string();
    let (hint, told) = (text.get("near-told-hint").to_owned(), text.get("near-told"));
    view! {
        <Page title=title.clone() refused=refused>
            <SignedIn staff=staff/>
            <p><a href=back>{text.get("near-back")}</a></p>
            {error.map(|error| view! { <Refusal error=error form=String::new()/> })}
            <h1>{title}</h1>
            <p class="lead">{text.get("near-lead")}</p>
            <form method="post" action=address novalidate>
                <input type="hidden" name="key" value=key/>
                <input type="hidden" name="report" value=report/>
                <input type="hidden" name="seen" value=seen/>
                <fieldset class="field">
                    <legend>{text.get("near-which")}</legend>
                    <FaultLine field=Field::Reports faults=faults.clone()/>
                    {none}
                    <div class="choices">{lines}</div>
                    {elsewhere.map(|elsewhere| view! { <p class="hint">{elsewhere}</p> })}
                </fieldset>
                <LineField
                    field=Field::Duplicate
                    label=text.get("near-reference")
                    hint=text.get("desk-find-hint")
                    value=raw.duplicate
                    faults=faults.clone()
                />
                <TextField field=Field::Told label=told hint=hint value=raw.told faults=faults/>
                <button type="submit" class="send">{text.get("near-go")}</button>
            </form>
        </Page>
    }
    .still()
}

fn line(text: Text, hub: &Hub, near: &NearLine, raw: &RawJoin, place: usize) -> impl IntoView + use<> {
    let key = near.line.key.to_string();
    let id = (place == 0).then(|| Field::Reports.name());
    let metres = text.with("near-metres", &[("metres", near.metres.into())]);
    let member = near
        .incident
        .map(|incident| text.with("near-member", &[("reference", incident.reference().to_string().into())]));
    let facts: Vec<String> = [Some(metres), member].into_iter().flatten().chain(facts(text, hub, &near.line)).collect();
    let checked = raw.reports.contains(&key);
    view! {
        <label class="choice">
            <input type="checkbox" name="reports[]" id=id value=key checked=checked/>
            <span>
                <b class="whole">{near.line.reference.to_string()}</b>
                " "
                <span class="hint">{facts.join(" · ")}</span>
            </span>
        </label>
    }
}
