//! The forms of an incident: what can be done to all its members now, and to one of them.

use hub::IncidentView;
use leptos::prelude::*;
use model::form::Field;
use model::incident::RawTogether;
use model::status::LegalGround;

use crate::compat::still::{Content, Finish, Still};
use crate::parts::field::{Faults, SelectField, TextField};
use crate::parts::moves::templates;
use crate::text::Text;

/// One of the forms: as it comes to the page, or back to it.
struct Form {
    act: &'static str,
    incident: String,
    key: String,
    seen: String,
    /// It was sent and came back, so it is open.
    back: bool,
    raw: RawTogether,
    faults: Faults,
}

/// Every form that the states of the members and the reader's role allow. The one that was refused comes back as it was typed.
pub fn forms(text: Text, incident: &IncidentView, raw: &RawTogether, fresh_key: &str, faults: &Faults) -> Vec<Still> {
    let form = |act: &'static str| {
        let back = raw.act == act;
        let (raw, faults) = if back { (raw.clone(), faults.clone()) } else { <(RawTogether, Faults)>::default() };
        let seen = incident.seen.to_string();
        let same = back && raw.seen == seen && !raw.key.is_empty();
        let key = if same { raw.key.clone() } else { fresh_key.to_owned() };
        Form { act, incident: incident.key.to_string(), key, seen, back, raw, faults }
    };
    let mut forms = Vec::new();
    if !incident.next.is_empty() {
        forms.push(change(text, incident, form("change")).still());
    }
    if incident.may_tell {
        forms.push(tell(text, form("tell")).still());
    }
    if incident.may_split {
        forms.push(split(text, incident, form("split")).still());
    }
    forms
}

/// What every form of an incident has.
#[component]
fn Together(title: &'static str, form: Form, children: Content) -> impl IntoView {
    let address = format!("/desk/incident/{}", form.incident);
    view! {
        <details class="move" open=form.back>
            <summary>{title}</summary>
            <form method="post" action=address novalidate>
                <input type="hidden" name="key" value=form.key/>
                <input type="hidden" name="incident" value=form.incident/>
                <input type="hidden" name="seen" value=form.seen/>
                <input type="hidden" name="act" value=form.act/>
                {children.write()}
            </form>
        </details>
    }
}

fn change(text: Text, incident: &IncidentView, form: Form) -> impl IntoView + use<> {
    let (raw, faults) = (form.raw.clone(), form.faults.clone());
    let states =
        incident.next.iter().map(|status| (status.name(), text.of_family("status-short", status.name()))).collect();
    let templates = templates(text, &incident.next);
    let grounds = LegalGround::ALL.into_iter();
    let grounds = grounds.map(|ground| (ground.name(), text.of_family("ground", ground.name())));
    let grounds = std::iter::once(("", text.get("case-ground-none"))).chain(grounds).collect();
    let hint = text.get("case-evidence-hint").to_owned();
    let (told, told_hint) = (text.get("incident-told"), text.get("incident-told-hint").to_owned());
    let (template, ground, evidence) = (text.get("case-template"), text.get("case-ground"), text.get("case-evidence"));
    let name = "change";
    let all = faults.clone();
    let closing = incident.next.iter().any(|status| status.is_closed()).then(|| {
        view! {
            <TextField field=Field::Evidence label=evidence hint=hint value=raw.evidence faults=all.clone() form=name/>
            <SelectField field=Field::Ground label=ground choices=grounds chosen=raw.ground faults=all form=name/>
        }
    });
    view! {
        <Together title=text.get("incident-change") form=form>
            <SelectField
                field=Field::To
                label=text.get("case-to")
                choices=states
                chosen=raw.to
                faults=faults.clone()
                form=name
            />
            <TextField field=Field::Told label=told hint=told_hint value=raw.told faults=faults.clone() form=name/>
            <SelectField
                field=Field::Template
                label=template
                choices=templates
                chosen=raw.template
                faults=faults
                form=name
            />
            {closing}
            <button type="submit" class="send">{text.get("incident-change-go")}</button>
        </Together>
    }
}

fn tell(text: Text, form: Form) -> impl IntoView {
    let (raw, faults) = (form.raw.clone(), form.faults.clone());
    let (told, hint) = (text.get("incident-told"), text.get("incident-tell-hint").to_owned());
    view! {
        <Together title=text.get("incident-tell") form=form>
            <TextField field=Field::Told label=told hint=hint value=raw.told faults=faults form="tell"/>
            <button type="submit" class="send">{text.get("incident-tell-go")}</button>
        </Together>
    }
}

fn split(text: Text, incident: &IncidentView, form: Form) -> impl IntoView + use<> {
    let (raw, faults) = (form.raw.clone(), form.faults.clone());
    let (told, hint) = (text.get("incident-split-why"), text.get("incident-split-hint").to_owned());
    let members: Vec<_> = incident
        .members
        .iter()
        .map(|member| {
            let key = member.key.to_string();
            let chosen = key == raw.reports;
            view! { <option value=key selected=chosen>{member.reference.to_string()}</option> }
        })
        .collect();
    view! {
        <Together title=text.get("incident-split") form=form>
            <div class="field">
                <label for="split-reports">{text.get("incident-split-which")}</label>
                <select id="split-reports" name="reports">{members}</select>
            </div>
            <TextField field=Field::Told label=told hint=hint value=raw.told faults=faults form="split"/>
            <button type="submit" class="send">{text.get("incident-split-go")}</button>
        </Together>
    }
}
