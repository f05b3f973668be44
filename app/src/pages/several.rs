//! Several reports as one table: pasted or as a file, looked at line by line, then sent; and the list of what was sent.

use std::sync::Arc;

use hub::{Hub, HubError, Line, Lines, SentTogether};
use leptos::prelude::*;
use model::form::{Fault, Field};
use model::report::Report;
use model::several::{MOST, RawSeveral};

use crate::act::{Kept, NAMED, Returned, came_back, key_for, list_of};
use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::call::CallNow;
use crate::parts::field::{Faults, TextField, sentence};
use crate::parts::icon::{Icon, Shape};
use crate::parts::own;
use crate::parts::page::Page;
use crate::parts::summary::Summary;
use crate::text::{Text, text};

#[component]
pub fn Several() -> impl IntoView {
    let (text, hub) = (text(), compat::hub());
    let (kept, error) = came_back(use_context::<Returned>());
    compat::set_private();
    let Some(hub) = hub else { return instead(&HubError::NoSuchLink).into_any() };
    let mut raw = match kept {
        Some(Kept::Several(raw)) => raw,
        _ => RawSeveral::default(),
    };
    match key_for(&hub, raw.key, error.as_deref()) {
        Ok(key) => raw.key = key,
        Err(error) => return instead(&error).into_any(),
    }
    // It is made anew from what was typed: nothing is kept between the pages.
    let lines = if raw.act.is_empty() { None } else { hub.lines(&raw, &NAMED).ok() };
    Suspend::new(async move {
        let sent = sent_before(&hub, &raw.sent).await;
        page(text, raw, lines, sent, error)
    })
    .into_any()
}

/// What was stored of the table before. When that cannot be read now, its link stays in the form.
async fn sent_before(hub: &Hub, link: &str) -> Option<SentTogether> {
    if link.is_empty() {
        return None;
    }
    let sent = hub.sent_together(link).await.ok()?;
    if sent.danger {
        hub.advised_of(&sent).await;
    }
    Some(sent)
}

fn page(
    text: Text,
    raw: RawSeveral,
    lines: Option<Lines>,
    sent: Option<SentTogether>,
    error: Option<Arc<HubError>>,
) -> Still {
    let refused = error.is_some();
    let faults = Faults::of_error(text, error.as_deref());
    let danger = lines.as_ref().is_some_and(|lines| lines.lines.iter().any(Line::tells_of_danger))
        || sent.as_ref().is_some_and(|sent| sent.danger);
    let rest = lines.is_some();
    view! {
        <Page title=text.get("several-title") refused=refused form=true>
            {error.map(|error| view! { <Summary error=error conflict="several-conflict"/> })}
            <h1>{text.get("several-title")}</h1>
            {sent.map(|sent| done(text, &raw.sent, &sent, rest))}
            {danger.then(|| view! { <CallNow/> })}
            {lines.map(|lines| preview(text, &raw, &lines))}
            {form(text, raw, faults)}
        </Page>
    }
    .still()
}

/// That something was sent, where the rest came back.
fn done(text: Text, link: &str, sent: &SentTogether, rest: bool) -> impl IntoView + use<> {
    let said = text.with("several-sent", &[("count", sent.reports.len().into())]);
    view! {
        <p class="done" role="status"><Icon shape=Shape::Check/>{said}" "<a href=list_of(link)>{text.get("several-list")}</a></p>
        {rest.then(|| view! { <p>{text.get("several-rest")}</p> })}
    }
}

/// What each line becomes, and the button that sends them.
fn preview(text: Text, raw: &RawSeveral, lines: &Lines) -> impl IntoView + use<> {
    let sound = lines.sound().count();
    let items: Vec<_> = lines.lines.iter().map(|line| item(text, line)).collect();
    let unread = (!lines.unread.is_empty())
        .then(|| text.with("several-unread", &[("columns", lines.unread.join(text.get("answer-and")).into())]));
    let counts = [("count", sound.into()), ("wrong", (lines.lines.len() - sound).into())];
    view! {
        <section id="preview">
            <h2>{text.with("several-preview", &counts)}</h2>
            {unread.map(|unread| view! { <p class="caution">{unread}</p> })}
            <ol class="queue">{items}</ol>
            {(sound > 0).then(|| {
                view! {
                    <form method="post" action="/report/several" novalidate>
                        <input type="hidden" name="key" value=raw.key.clone()/>
                        <input type="hidden" name="table" value=raw.table.clone()/>
                        <input type="hidden" name="sent" value=raw.sent.clone()/>
                        <input type="hidden" name="from" value=raw.from.clone()/>
                        <p class="notice">{text.get("report-notice")}</p>
                        <button type="submit" class="send" name="act" value="send">
                            {text.with("several-send", &[("count", sound.into())])}
                        </button>
                    </form>
                }
            })}
        </section>
    }
}

fn item(text: Text, line: &Line) -> Still {
    let number = text.with("several-line", &[("line", line.number.into())]);
    match &line.report {
        Ok(report) => view! { <li data-line="sound">{becomes(text, number, report)}</li> }.still(),
        Err(problems) => {
            let faults: Vec<_> =
                problems.iter().map(|problem| view! { <li>{wrong(text, line, *problem)}</li> }).collect();
            view! {
                <li data-line="wrong">
                    <p><span class="hint">{number}</span>" "<b class="fault"><Icon shape=Shape::Warning/>{text.get("several-wrong")}</b></p>
                    <ul>{faults}</ul>
                </li>
            }
            .still()
        }
    }
}

/// The sentence of the form, and what stood there: in a table nobody sees it beside the field.
fn wrong(text: Text, line: &Line, problem: model::form::Problem) -> String {
    let said = sentence(text, problem);
    match problem.field {
        Field::Category if problem.fault == Fault::Unknown => format!("{said} ({})", line.raw.category),
        _ => said,
    }
}

fn becomes(text: Text, number: String, report: &Report) -> impl IntoView + use<> {
    let told = &report.told;
    let point = told.place.point.map(|(latitude, longitude)| format!("{latitude:.5}, {longitude:.5}"));
    let place = told.place.address.clone().into_iter().chain(point.or_else(|| told.place.typed.clone()));
    let people = report.people.map(|people| format!("{}: {people}", text.get("report-people")));
    let more =
        (!told.site.places.is_empty()).then(|| format!("{}: {}", text.get("report-places"), told.site.places.len()));
    let hazard = told.site.hazard.map(|hazard| text.of_family("hazard", hazard.name()).to_owned());
    let facts: Vec<String> = place
        .chain(people)
        .chain(told.site.name.clone())
        .chain(hazard)
        .chain(told.site.substance.clone())
        .chain(more)
        .chain(report.contact.as_ref().map(model::contact::Contact::line))
        .collect();
    view! {
        <p>
            <span class="hint">{number}</span>" "
            <b>{text.of_family("category", report.category.code)}</b>
            {report.danger.then(|| view! { " "<b class="fault"><Icon shape=Shape::Warning/>{text.get("several-danger")}</b> })}
        </p>
        <p>{facts.join(" · ")}</p>
        {told.what.clone().map(|what| view! { <p class="hint">{what}</p> })}
    }
}

fn form(text: Text, raw: RawSeveral, faults: Faults) -> impl IntoView {
    view! {
        <form id="form" method="post" action="/report/several" enctype="multipart/form-data" novalidate>
            <p class="lead">{text.get("several-lead")}</p>
            <input type="hidden" name="key" value=raw.key/>
            <input type="hidden" name="sent" value=raw.sent/>
            <input type="hidden" name="from" value=raw.from/>
            <input type="hidden" name="act" value="look"/>
            <div class="field">
                <label for="file">{text.get("several-file")}</label>
                <p class="hint" id="file-hint">{text.get("several-file-hint")}</p>
                <input type="file" id="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/plain" aria-describedby="file-hint"/>
            </div>
            <TextField
                field=Field::Table
                label=text.get("several-table")
                hint=text.with("several-table-hint", &[("most", MOST.into()), ("limit", Field::Table.limit().into())])
                value=raw.table
                faults=faults
            />
            <details>
                <summary>{text.get("several-columns")}</summary>
                <p>{text.get("several-columns-hint")}</p>
                <pre class="example">{text.get("several-example")}</pre>
            </details>
            <button type="submit" class="send">{text.get("several-look")}</button>
        </form>
    }
}

/// The list of what came as one table.
#[component]
pub fn SeveralList() -> impl IntoView {
    let (text, hub) = (text(), compat::hub());
    let link = compat::parameter("secret");
    compat::set_private();
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        match hub.sent_together(&link).await {
            Ok(sent) => {
                if sent.danger {
                    hub.advised_of(&sent).await;
                }
                let count = text.with("several-sent", &[("count", sent.reports.len().into())]);
                let items: Vec<_> = sent.reports.iter().map(|one| own::line(text, &hub, one)).collect();
                view! {
                    <Page title=text.get("several-list-title")>
                        {sent.danger.then(|| view! { <CallNow/> })}
                        <h1>{text.get("several-list-title")}</h1>
                        <p class="done"><Icon shape=Shape::Check/>{count}</p>
                        <p>{text.get("several-list-hint")}</p>
                        <ol class="queue">{items}</ol>
                    </Page>
                }
                .still()
            }
            Err(error) => instead(&error),
        }
    })
}
