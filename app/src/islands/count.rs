//! How many characters still fit.

use leptos::ev::Event;
use leptos::prelude::*;

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
    let count = move |event: Event| {
        // Characters as the server counts them, not UTF-16 units.
        let length = event_target_value(&event).chars().count();
        let (phrase, count) = if length > limit { (&over, length - limit) } else { (&left, limit - length) };
        set_phrase.set(fill(phrase, "{count}", &count.to_string()));
    };
    view! {
        <div on:input=count>{children()}</div>
        <p class="count" aria-live="polite">{phrase}</p>
    }
}
