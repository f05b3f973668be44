//! Showing and hiding the extra questions at once.

use leptos::html::Div;
use leptos::prelude::*;

/// Shows those of the questions among its children that the answers call for, by the same rules as the server. Without script, the server
/// shows them on the next page.
#[island]
pub fn AskAsAnswered(
    /// The code of the category whose questions they are.
    category: String,
    children: Children,
) -> impl IntoView {
    let around = NodeRef::<Div>::new();
    let look = move || {
        if let Some(around) = around.get_untracked() {
            form::look(&around, &category);
        }
    };
    let first = look.clone();
    Effect::new(move || {
        around.track();
        first();
    });
    view! { <div node_ref=around on:change=move |_| look()>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod form {
    use leptos::web_sys::{Element, HtmlDivElement, HtmlInputElement};
    use model::question::{for_category, shown_by};
    use wasm_bindgen::JsCast;

    pub fn look(around: &HtmlDivElement, category: &str) {
        let given = |code: &str, test: &dyn Fn(&str) -> bool| {
            all(around, &["[data-question=", code, "] input"].concat()).into_iter().any(|input| {
                let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return false };
                let counts = !matches!(input.type_().as_str(), "radio" | "checkbox") || input.checked();
                counts && test(&input.value())
            })
        };
        let shown = shown_by(for_category(category), &given);
        for part in all(around, "[data-question]") {
            let code = part.get_attribute("data-question").unwrap_or_default();
            let hide = !shown.iter().any(|question| question.code == code);
            // Nothing can fail that could be told to anybody: the server asks again.
            drop(part.toggle_attribute_with_force("hidden", hide));
        }
        let asked = model::sending::asked(&shown);
        let form = around.closest("form").ok().flatten();
        if let Some(field) = form.and_then(|form| form.query_selector("[name=asked]").ok().flatten()) {
            drop(field.set_attribute("value", &asked));
        }
    }

    fn all(within: &Element, selector: &str) -> Vec<Element> {
        let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
    }
}

#[cfg(not(feature = "hydrate"))]
mod form {
    use leptos::web_sys::HtmlDivElement;

    pub fn look(_: &HtmlDivElement, _: &str) {}
}
