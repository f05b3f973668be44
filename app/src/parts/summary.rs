//! Why a form came back, on top of the page, with links to what needs mending.

use hub::HubError;
use leptos::prelude::*;
use model::form::Field;

use crate::compat::still::Finish;
use crate::parts::call::UrgentNumbers;
use crate::parts::field::{control_id, sentence};
use crate::text::text;

/// The summary of a refusal. It takes the focus, so that it is read first.
#[component]
pub fn Summary(
    error: std::sync::Arc<HubError>,
    /// The sentence for a form that was sent before with something else in it.
    #[prop(default = "summary-conflict-what")]
    conflict: &'static str,
    /// The name of the form that came back, where the page has several.
    #[prop(optional, into)]
    form: String,
) -> impl IntoView {
    let text = text();
    let content = match &*error {
        HubError::Invalid(problems) => {
            let items: Vec<_> = problems
                .iter()
                .map(|problem| {
                    let sentence = sentence(text, *problem);
                    match target(&form, problem.field) {
                        Some(target) => view! { <li><a href=format!("#{target}")>{sentence}</a></li> }.still(),
                        None => view! { <li>{sentence}</li> }.still(),
                    }
                })
                .collect();
            view! { <h2>{text.get("summary-title")}</h2><ul>{items}</ul> }.still()
        }
        HubError::Conflict => view! { <h2>{text.get("summary-conflict")}</h2><p>{text.get(conflict)}</p> }.still(),
        _ => view! {
            <h2>{text.get("summary-unavailable")}</h2>
            <p>{text.get("summary-unavailable-what")}</p>
            <UrgentNumbers/>
        }
        .still(),
    };
    view! { <div class="summary" role="alert" tabindex="-1" autofocus>{content}</div> }
}

/// The control to go to. The key has none: nobody sees it.
fn target(form: &str, field: Field) -> Option<String> {
    match field {
        Field::Key => None,
        Field::Category => Some("category-first".to_owned()),
        other => Some(control_id(form, other)),
    }
}
