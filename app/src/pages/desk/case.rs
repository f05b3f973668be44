//! A report as the desk sees it: what was said, whose it is, what was promised, what was done, and what can be done.

use hub::{Case, Hub, HubError, Staff};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::desk::RawMove;
use model::routing::RunnerUp;

use super::{SignedIn, at_desk};
use crate::act::{Kept, PhotoOutcome, Returned, came_back};
use crate::compat::still::{Finish, Still};
use crate::compat::{self, Verbatim};
use crate::pages::missing::instead;
use crate::parts::call::{CallNow, service_for};
use crate::parts::field::Faults;
use crate::parts::history::History;
use crate::parts::icon::{Icon, Shape};
use crate::parts::moves;
use crate::parts::page::Page;
use crate::parts::photos::{AddPhotos, Photos};
use crate::parts::refusal::Refusal;
use crate::parts::sent::Sent;
use crate::parts::{clock, duplicates, notified, time};
use crate::text::{Text, text};

#[component]
pub fn DeskCase() -> impl IntoView {
    let (text, returned, key) = (text(), use_context::<Returned>(), compat::parameter("key"));
    let done = use_query_map().with_untracked(|query| query.get("done").or_else(|| query.get("added"))).is_some();
    at_desk(move |hub, staff| async move {
        let case = hub.case(&staff, &key).await?;
        Ok(page(text, &hub, staff, case, returned, done))
    })
}

fn page(text: Text, hub: &Hub, staff: Staff, case: Case, returned: Option<Returned>, done: bool) -> Still {
    let (kept, error) = came_back(returned);
    let (raw, outcomes) = match kept {
        Some(Kept::Move(raw)) => (raw, None),
        Some(Kept::Photos(outcomes)) => (RawMove::default(), Some(outcomes.to_vec())),
        _ => (RawMove::default(), None),
    };
    let key = match hub.new_key() {
        Ok(key) => key.to_string(),
        Err(error) => return instead(&error),
    };
    let reference = case.reference.to_string();
    let title = text.with("case-title", &[("reference", reference.clone().into())]);
    let refused = error.is_some() || outcomes.is_some();
    let photos = photos(text, &case, outcomes);
    let category = text.of_family("category", &case.category);
    let people = case.people.map(|people| text.with("desk-people", &[("count", people.into())]));
    let said = matches!(error.as_deref(), Some(HubError::Editing { .. }));
    let editing = case.editor.as_ref().filter(|_| !said).map(|(name, until)| {
        let until = time::shown(hub, *until);
        text.with("case-editing", &[("name", name.clone().into()), ("time", until.into())])
    });
    let form = raw.act.clone();
    let moves = moves::forms(text, &case, &raw, &key, &Faults::of_error(text, error.as_deref()));
    let (clocks, why) = (clock::line(text, hub, &case.clocks), why(text, &case));
    let offered = case.offered.as_deref().map(|code| text.of_family("department", code));
    let offered = offered.map(|department| text.with("case-offered", &[("department", department.into())]));
    let owner = text.of_family("department", &case.owner);
    let notified = notified::list(text, hub, &case.notified, true);
    let (hidden, together, duplicates) = (hidden(text, &case), together(text, &case), duplicates::lists(text, &case));
    view! {
        <Page title=title refused=refused>
            <SignedIn staff=staff/>
            <p><a href="/desk">{text.get("case-back")}</a></p>
            {error.map(|error| view! { <Refusal error=error form=form/> })}
            {done.then(|| view! { <p class="done" role="status"><Icon shape=Shape::Check/>{text.get("case-done")}</p> })}
            {editing.map(|editing| view! { <p class="notice" role="status"><Icon shape=Shape::Warning/>{editing}</p> })}
            <h1>{category}" "<span class="whole">{reference}</span></h1>
            {case.danger.then(|| view! { <CallNow first=service_for(&case.category)/> })}
            <p class="status"><b>{text.get("track-status")}</b>" "{text.of_family("status-short", case.status.name())}</p>
            {duplicates}
            <p>
                <b>{text.get("case-owner")}</b>" "{owner}
                {offered.map(|offered| view! { " · "{offered} })}
                {people.map(|people| view! { " · "{people} })}
            </p>
            <h2>{text.get("case-promises")}</h2>
            {clocks}
            <h2>{text.get("case-sent")}</h2>
            <p class="hint">{text.get("case-journal")}</p>
            <Sent told=case.told.clone() contact=case.contact.clone() category=case.category.clone()/>
            {photos}
            {hidden}
            {together}
            {moves}
            <h2>{text.get("case-history")}</h2>
            <History entries=case.history.clone() category=case.category.clone() desk=true/>
            {notified}
            {why}
        </Page>
    }
    .still()
}

/// What is not shown as it was written and why, and the way to take more out of sight.
fn hidden(text: Text, case: &Case) -> impl IntoView + use<> {
    let hidden: Vec<_> = case
        .hidden
        .iter()
        .map(|hidden| {
            let reason = text.of_family("redaction", hidden.reason.name());
            let said = text.with("case-hidden", &[("reason", reason.into())]);
            view! { <p class="hint">{said}" "<Verbatim text=hidden.shown.why.clone()/></p> }
        })
        .collect();
    let redact = format!("/desk/report/{}/redact", case.key);
    view! {
        {hidden}
        {case.may_redact.then(|| view! { <p><a class="onward" href=redact>{text.get("case-redact")}</a></p> })}
    }
}

/// The photos, and the form that adds those of what was done.
fn photos(text: Text, case: &Case, outcomes: Option<Vec<PhotoOutcome>>) -> impl IntoView + use<> {
    let address = format!("/desk/report/{}/photo", case.key);
    // What came back is shown in any case.
    let may_show = case.may_show || outcomes.is_some();
    let add = may_show.then(|| {
        view! { <AddPhotos action=address.clone() page=format!("/desk/report/{}", case.key) label=text.get("photo-evidence") outcomes=outcomes/> }
    });
    view! {
        {(!case.photos.is_empty() || may_show).then(|| view! { <h2>{text.get("photo-heading")}</h2> })}
        <Photos photos=case.photos.clone() base=address.clone()/>
        {add}
    }
}

/// The incident that the report is a member of, and the way to others that belong to it.
fn together(text: Text, case: &Case) -> impl IntoView + use<> {
    let incident = case.incident.map(|incident| {
        let name = text.with("case-member", &[("reference", incident.reference().to_string().into())]);
        let address = format!("/desk/incident/{incident}");
        view! { <p class="notice">{text.get("case-member-hint")}" "<a href=address>{name}</a></p> }
    });
    let near = format!("/desk/report/{}/near", case.key);
    view! {
        {incident}
        {case.may_join.then(|| view! { <p><a class="onward" href=near>{text.get("case-near")}</a></p> })}
    }
}

/// Why the report stands in this queue: the rule, what it looked at, and what would have come of the others.
fn why(text: Text, case: &Case) -> Still {
    let Some(trace) = &case.trace else {
        return view! { <p class="hint">{text.get("case-no-trace")}</p> }.still();
    };
    let department = |code: &str| text.of_family("department", code);
    let title = text.with("trace-title", &[("department", department(&trace.department).into())]);
    let rule = text.with("trace-rule", &[("rule", trace.rule.clone().into())]);
    let runner_up = match &trace.runner_up {
        Some(RunnerUp { rule, department: code }) => {
            text.with("trace-runner-up", &[("rule", rule.clone().into()), ("department", department(code).into())])
        }
        None => text.get("trace-no-runner-up").to_owned(),
    };
    let passed: Vec<_> = trace
        .passed_over
        .iter()
        .map(|passed| {
            let why = text.of_family("condition", passed.failed.name());
            text.with("trace-passed", &[("rule", passed.rule.clone().into()), ("why", why.into())])
        })
        .map(|passed| view! { <li>{passed}</li> })
        .collect();
    let open = trace.flood.is_some();
    let flood = trace.flood.as_ref().map(|flood| {
        let gaps = [
            ("rule", flood.rule.clone().into()),
            ("reports", flood.reports.into()),
            ("devices", flood.devices.into()),
            ("places", flood.places.into()),
            ("alike", flood.alike.into()),
        ];
        view! { <p class="notice">{text.with("trace-flood", &gaps)}</p> }
    });
    view! {
        <details open=open>
            <summary>{title}</summary>
            <p>{rule}</p>
            {flood}
            <p>{runner_up}</p>
            <ul>{passed}</ul>
        </details>
    }
    .still()
}
