//! Sending a report, or passing from one page of its form to the next.

use hub::{Hub, HubError};
use leptos::prelude::*;
use model::report::RawReport;
use model::sending::{Next, Page};

use super::{Kept, Trouble, conclude, show_again};
use crate::compat;
use crate::pages::report::STOPPED;
use crate::text::text;

const PAGE: &str = "/report";

/// Takes a report in and answers with the address of its receipt. Anybody may call it: nobody has to say who they are to ask for help.
///
/// A form that says from which page it comes may be shown again instead, on the next one; so is a form with a `language` to switch to.
#[server(prefix = "/act", endpoint = "report/send")]
pub async fn send_report(
    #[server(flatten)] report: RawReport,
    #[server(default)] language: String,
) -> Result<String, Trouble> {
    if !language.is_empty() {
        return show_again(Kept::Report(Box::new(report)), PAGE.to_owned());
    }
    if !report.back.is_empty() {
        return show(report, Page::Start.name());
    }
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    if Page::parse(&report.step).is_none() {
        return send(&hub, report).await;
    }
    if report.step == Page::Details.name() && !report.join.is_empty() {
        let joined = hub.join_nearby(&report).await.map(|link| format!("/track/{}?joined", link.as_str()));
        return end(joined, report);
    }
    match hub.after(&report).await {
        Ok(Next::Send) => send(&hub, report).await,
        Ok(Next::Show(page)) => show(report, page.name()),
        Ok(Next::Stop(_)) => show(report, STOPPED),
        Ok(Next::Mend(problems)) => end(Err(HubError::Invalid(problems)), report),
        // What there is close by cannot be found out: that is no reason not to take the report.
        Err(error) if error.is_unavailable() => send(&hub, report).await,
        Err(error) => end(Err(error), report),
    }
}

async fn send(hub: &Hub, report: RawReport) -> Result<String, Trouble> {
    let source = use_context::<hub::Source>().unwrap_or_default();
    let source = hub::Source { language: Some(text().locale().tag()), ..source };
    let result = hub.submit(&report, &source).await;
    end(result.map(|submitted| format!("/receipt/{}", submitted.link.as_str())), report)
}

/// Shows the form on another of its pages.
fn show(report: RawReport, step: &str) -> Result<String, Trouble> {
    show_again(
        Kept::Report(Box::new(RawReport { step: step.to_owned(), back: String::new(), ..report })),
        PAGE.to_owned(),
    )
}

/// A form that is refused comes back on the page where it can be mended.
fn end(result: Result<String, HubError>, report: RawReport) -> Result<String, Trouble> {
    let step = match &result {
        Err(HubError::Invalid(problems)) => Page::to_mend(problems).name().to_owned(),
        _ => report.step.clone(),
    };
    conclude(result, || Kept::Report(Box::new(RawReport { step, ..report })))
}
