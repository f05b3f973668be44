//! The forms of the desk: what can be done to a report now.

use hub::Case;
use leptos::prelude::*;
use model::department::DEPARTMENTS;
use model::desk::{RawMove, templates_of};
use model::form::Field;
use model::status::{LegalGround, Status};

use crate::compat::still::{Content, Finish, Still};
use crate::parts::field::{Faults, LineField, SelectField, TextField};
use crate::text::Text;

/// One of the forms: as it comes to the page, or back to it.
struct Form {
    report: String,
    key: String,
    seen: i64,
    /// It was sent and came back, so it is open.
    back: bool,
    /// Somebody else is at work on the report: it is sent in their place, or not.
    locked: bool,
    raw: RawMove,
    faults: Faults,
}

/// Every form that the report's state and the reader's role allow. The one that was refused comes back as it was typed.
pub fn forms(text: Text, case: &Case, raw: &RawMove, fresh_key: &str, faults: &Faults) -> Vec<Still> {
    let form = |acts: &[&str]| {
        let back = acts.contains(&raw.act.as_str());
        let (raw, faults) = if back { (raw.clone(), faults.clone()) } else { <(RawMove, Faults)>::default() };
        // A form keeps its key as long as sending it again means sending the same.
        let same = back && raw.seen == case.seen.to_string() && !raw.key.is_empty();
        let key = if same { raw.key.clone() } else { fresh_key.to_owned() };
        Form { report: case.key.to_string(), key, seen: case.seen, back, locked: case.editor.is_some(), raw, faults }
    };
    // While somebody else is at work on it, only what was typed before is still shown.
    let open = |act: &str| case.editor.is_none() || raw.act == act;
    let mut forms = Vec::new();
    if case.may_take_up {
        forms.push(take_up(text, form(&["take-up"])).still());
    }
    if case.may_answer_offer {
        forms.push(answer_offer(text, form(&["accept", "refuse"])).still());
    }
    if !case.next.is_empty() && open("change") {
        forms.push(change(text, case, form(&["change"])).still());
    }
    if case.may_ask && open("ask") {
        forms.push(ask(text, form(&["ask"])).still());
    }
    if case.may_offer && open("offer") {
        forms.push(offer(text, case, form(&["offer"])).still());
    }
    forms.push(remark(text, form(&["remark"])).still());
    forms
}

/// What every form of a report has.
#[component]
fn Move(
    title: &'static str,
    report: String,
    key: String,
    seen: i64,
    /// What it does; nothing, where its buttons say so.
    #[prop(optional)]
    act: Option<&'static str>,
    open: bool,
    children: Content,
) -> impl IntoView {
    let address = format!("/desk/report/{report}");
    view! {
        <details class="move" open=open>
            <summary>{title}</summary>
            <form method="post" action=address novalidate>
                <input type="hidden" name="key" value=key/>
                <input type="hidden" name="report" value=report/>
                <input type="hidden" name="seen" value=seen.to_string()/>
                {act.map(|act| view! { <input type="hidden" name="act" value=act/> })}
                {children.write()}
            </form>
        </details>
    }
}

/// The button of a form.
fn send(text: Text, label: &'static str, locked: bool) -> Still {
    if locked {
        view! { <button type="submit" class="send" name="over" value="yes">{text.get("case-over")}</button> }.still()
    } else {
        view! { <button type="submit" class="send">{label}</button> }.still()
    }
}

fn take_up(text: Text, form: Form) -> impl IntoView {
    let Form { report, key, seen, .. } = form;
    view! {
        <Move title=text.get("case-take-up") report=report key=key seen=seen act="take-up" open=true>
            <p class="hint">{text.get("case-take-up-hint")}</p>
            <button type="submit" class="quiet">{text.get("case-take-up-go")}</button>
        </Move>
    }
}

/// The sentences that can be said on the way to these states, and none of them.
pub fn templates(text: Text, states: &[Status]) -> Vec<(&'static str, &'static str)> {
    let templates = states.iter().copied().flat_map(templates_of);
    let templates = templates.map(|template| (template, text.of_family("template", template)));
    std::iter::once(("", text.get("case-template-none"))).chain(templates).collect()
}

fn change(text: Text, case: &Case, form: Form) -> impl IntoView + use<> {
    let Form { report, key, seen, back, locked, raw, faults } = form;
    let name = "change";
    let states =
        case.next.iter().map(|status| (status.name(), text.of_family("status-short", status.name()))).collect();
    let closing = case.next.iter().any(|status| status.is_closed());
    let templates = templates(text, &case.next);
    let grounds = LegalGround::ALL.into_iter();
    let grounds = grounds.map(|ground| (ground.name(), text.of_family("ground", ground.name())));
    let grounds = std::iter::once(("", text.get("case-ground-none"))).chain(grounds).collect();
    let (why, shows) = (text.get("case-reason"), text.get("case-evidence"));
    let hint = text.get("case-evidence-hint").to_owned();
    let all = faults.clone();
    let closing = closing.then(|| {
        view! {
            <TextField field=Field::Evidence label=shows hint=hint value=raw.evidence faults=all.clone() form=name/>
            <SelectField
                field=Field::Ground
                label=text.get("case-ground")
                choices=grounds
                chosen=raw.ground
                faults=all.clone()
                form=name
            />
            <LineField
                field=Field::Duplicate
                label=text.get("case-duplicate")
                hint=text.get("desk-find-hint")
                value=raw.duplicate
                faults=all
                form=name
            />
        }
    });
    view! {
        <Move title=text.get("case-state") report=report key=key seen=seen act=name open=back>
            <SelectField
                field=Field::To
                label=text.get("case-to")
                choices=states
                chosen=raw.to
                faults=faults.clone()
                form=name
            />
            <TextField field=Field::Told label=why hint=String::new() value=raw.told faults=faults.clone() form=name/>
            <SelectField
                field=Field::Template
                label=text.get("case-template")
                choices=templates
                chosen=raw.template
                faults=faults
                form=name
            />
            {closing}
            {send(text, text.get("case-change"), locked)}
        </Move>
    }
}

fn ask(text: Text, form: Form) -> impl IntoView {
    let Form { report, key, seen, back, locked, raw, faults } = form;
    let (label, hint) = (text.get("case-question"), text.get("case-question-hint").to_owned());
    view! {
        <Move title=text.get("case-ask") report=report key=key seen=seen act="ask" open=back>
            <TextField field=Field::Told label=label hint=hint value=raw.told faults=faults.clone() form="ask"/>
            <SelectField
                field=Field::Template
                label=text.get("case-template")
                choices=templates(text, &[Status::Waiting])
                chosen=raw.template
                faults=faults
                form="ask"
            />
            {send(text, text.get("case-ask-go"), locked)}
        </Move>
    }
}

fn offer(text: Text, case: &Case, form: Form) -> impl IntoView + use<> {
    let Form { report, key, seen, back, locked, raw, faults } = form;
    let name = "offer";
    let others = DEPARTMENTS.iter().filter(|department| department.code != case.owner);
    let others = others.map(|department| (department.code, text.of_family("department", department.code)));
    let others = others.collect();
    let why = text.get("case-inner");
    view! {
        <Move title=text.get("case-pass") report=report key=key seen=seen act=name open=back>
            <p class="hint">{text.get("case-pass-hint")}</p>
            <SelectField
                field=Field::Department
                label=text.get("case-department")
                choices=others
                chosen=raw.department
                faults=faults.clone()
                form=name
            />
            <TextField field=Field::Inner label=why hint=String::new() value=raw.inner faults=faults form=name/>
            {send(text, text.get("case-pass-go"), locked)}
        </Move>
    }
}

fn answer_offer(text: Text, form: Form) -> impl IntoView {
    let Form { report, key, seen, raw, faults, .. } = form;
    let why = text.get("case-inner");
    view! {
        <Move title=text.get("case-take") report=report key=key seen=seen open=true>
            <TextField field=Field::Inner label=why hint=String::new() value=raw.inner faults=faults form="refuse"/>
            <button type="submit" class="send" name="act" value="accept">{text.get("case-accept")}</button>
            " "
            <button type="submit" class="quiet" name="act" value="refuse">{text.get("case-refuse")}</button>
        </Move>
    }
}

fn remark(text: Text, form: Form) -> impl IntoView {
    let Form { report, key, seen, back, raw, faults, .. } = form;
    let label = text.get("case-remark");
    view! {
        <Move title=label report=report key=key seen=seen act="remark" open=back>
            <TextField field=Field::Inner label=label hint=String::new() value=raw.inner faults=faults form="remark"/>
            <button type="submit" class="send">{text.get("case-remark-go")}</button>
        </Move>
    }
}
