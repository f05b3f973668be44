//! Minding what is typed: danger, and what is private.

use leptos::html::Div;
use leptos::prelude::*;
use model::alarm;
use model::category::Service;
use model::private::{self, Kind};

use super::{filled, phrase, written};

/// Looks at what is typed into the field among its children, by the same functions as the server: private data is said at once, and words
/// of danger mark the field with who answers for them, by which the form's "call now" appears. Without script, the page that comes next says both.
#[island]
pub fn Mind(children: Children) -> impl IntoView {
    let (danger, set_danger) = signal(None);
    let (found, set_found) = signal(String::new());
    let around = NodeRef::<Div>::new();
    let look = move |text: &str| {
        set_danger.set(alarm::in_words(text).map(Service::name));
        let findings = private::find(text);
        let kinds: Vec<String> = Kind::ALL
            .into_iter()
            .filter(|kind| findings.iter().any(|finding| finding.kind == *kind))
            .map(|kind| phrase(kind.name()))
            .collect();
        let said = (!kinds.is_empty()).then(|| filled("private", "{kinds}", &kinds.join(&phrase("and"))));
        set_found.set(said.unwrap_or_default());
    };
    // A form that came back has something in it already.
    Effect::new(move || {
        if let Some(text) = around.get().and_then(|around| written(&around)) {
            look(&text);
        }
    });
    view! {
        <div node_ref=around data-alarm=danger on:input=move |event| look(&event_target_value(&event))>
            {children()}
        </div>
        <div aria-live="polite"><p class="minded" hidden=move || found.with(String::is_empty)>{found}</p></div>
    }
}
