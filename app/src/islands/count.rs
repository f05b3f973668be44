//! How many characters still fit.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlDivElement, HtmlTextAreaElement};

use super::fill;

/// Counts what is typed into the text field among its children. Without script, the field's hint names the limit.
#[island]
pub fn CountLeft(
    /// How many characters fit.
    limit: usize,
    /// With `{count}` where the number goes.
    left: String,
    /// The same, when there are too many.
    over: String,
    children: Children,
) -> impl IntoView {
    let (phrase, set_phrase) = signal(String::new());
    let around = NodeRef::<Div>::new();
    let count = move |text: &str| {
        // Characters as the server counts them, not UTF-16 units.
        let length = text.chars().count();
        let (phrase, count) = if length > limit { (&over, length - limit) } else { (&left, limit - length) };
        set_phrase.set(fill(phrase, "{count}", &count.to_string()));
    };
    // A form that came back has something in it already.
    let first = count.clone();
    Effect::new(move || {
        if let Some(text) = around.get().and_then(|around| written(&around)).filter(|text| !text.is_empty()) {
            first(&text);
        }
    });
    view! {
        <div node_ref=around on:input=move |event| count(&event_target_value(&event))>
            {children()}
        </div>
        <p class="count" aria-live="polite">{phrase}</p>
    }
}

fn written(around: &HtmlDivElement) -> Option<String> {
    let field = around.query_selector("textarea").ok()??;
    Some(field.dyn_into::<HtmlTextAreaElement>().ok()?.value())
}
