//! How many characters still fit.

use leptos::html::Div;
use leptos::prelude::*;

use super::{filled, written};

/// Counts what is typed into the text field among its children, up to the `data-limit` of what stands around. Without script, the field's
/// hint names the limit.
#[island]
pub fn CountLeft(children: Children) -> impl IntoView {
    let (phrase, set_phrase) = signal(String::new());
    let around = NodeRef::<Div>::new();
    let count = move || {
        let Some((text, limit)) = around.get_untracked().and_then(|around| {
            let limit = around.closest("[data-limit]").ok()??.get_attribute("data-limit")?;
            Some((written(&around)?, limit.parse::<usize>().ok()?))
        }) else {
            return;
        };
        // Characters as the server counts them, not UTF-16 units.
        let length = text.chars().count();
        let (name, count) = if length > limit { ("over", length - limit) } else { ("left", limit - length) };
        set_phrase.set(filled(name, "{count}", &count.to_string()));
    };
    // A form that came back has something in it already.
    Effect::new(move || {
        if around.get().and_then(|around| written(&around)).is_some_and(|text| !text.is_empty()) {
            count();
        }
    });
    view! {
        <div node_ref=around on:input=move |_| count()>
            {children()}
        </div>
        <p class="count" aria-live="polite">{phrase}</p>
    }
}
