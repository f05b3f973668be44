//! Why a step of a report was not taken, on top of the page.

use std::sync::Arc;

use hub::HubError;
use leptos::prelude::*;

use crate::compat;
use crate::compat::still::Finish;
use crate::parts::summary::Summary;
use crate::parts::time;
use crate::text::text;

/// Why nothing was done: somebody was quicker, it may not be, or something is to be mended.
#[component]
pub fn Refusal(error: Arc<HubError>, form: String) -> impl IntoView {
    let text = text();
    let (title, what) = match &*error {
        HubError::Stale => ("case-stale-title", "case-stale"),
        HubError::Step(_) | HubError::Handover(_) | HubError::NotYours => {
            ("case-refused-step-title", "case-refused-step")
        }
        HubError::Editing { report, name, until } => {
            let until = compat::hub().map(|hub| time::shown(&hub, *until)).unwrap_or_default();
            let (name, reference) = (name.clone(), report.reference().to_string());
            let gaps = [("name", name.into()), ("reference", reference.into()), ("time", until.into())];
            return view! {
                <div class="summary" role="alert" tabindex="-1" autofocus>
                    <h2>{text.get("case-locked-title")}</h2>
                    <p>{text.with("case-locked", &gaps)}</p>
                </div>
            }
            .still();
        }
        HubError::Incident(obstacle) => {
            return view! {
                <div class="summary" role="alert" tabindex="-1" autofocus>
                    <h2>{text.get("obstacle-title")}</h2>
                    <p>{text.of_family("obstacle", obstacle.name())}</p>
                </div>
            }
            .still();
        }
        _ => return view! { <Summary error=error conflict="summary-conflict-note" form=form/> }.still(),
    };
    view! {
        <div class="summary" role="alert" tabindex="-1" autofocus>
            <h2>{text.get(title)}</h2>
            <p>{text.get(what)}</p>
        </div>
    }
    .still()
}
