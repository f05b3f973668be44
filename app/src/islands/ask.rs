//! Showing and hiding the extra questions at once.

use leptos::html::Div;
use leptos::prelude::*;

/// Shows those of the questions among its children that the answers call for, by the rules that stand with them as
/// [`model::question::rule`] writes them. Without script, the server shows them on the next page.
#[island]
pub fn AskAsAnswered(children: Children) -> impl IntoView {
    let around = NodeRef::<Div>::new();
    let look = move || {
        if let Some(around) = around.get_untracked() {
            form::look(&around);
        }
    };
    Effect::new(move || {
        around.track();
        look();
    });
    view! { <div node_ref=around on:change=move |_| look()>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod form {
    use leptos::web_sys::{Element, HtmlDivElement, HtmlInputElement};
    use model::question::rule::shown;
    use wasm_bindgen::JsCast;

    pub fn look(around: &HtmlDivElement) {
        let given = |code: &str, test: &dyn Fn(&str) -> bool| {
            all(around, &["[data-question=", code, "] input"].concat()).into_iter().any(|input| {
                let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return false };
                let counts = !matches!(input.type_().as_str(), "radio" | "checkbox") || input.checked();
                counts && test(&input.value())
            })
        };
        let said = |part: &Element, name: &str| part.get_attribute(name).unwrap_or_default();
        let parts = all(around, "[data-question]");
        let asked: Vec<_> = parts.iter().map(|part| (said(part, "data-question"), said(part, "data-when"))).collect();
        let shown = shown(&asked, &given);
        for (part, (code, _)) in parts.iter().zip(&asked) {
            let hide = !shown.contains(code);
            // Nothing can fail that could be told to anybody: the server asks again.
            drop(part.toggle_attribute_with_force("hidden", hide));
        }
        let form = around.closest("form").ok().flatten();
        if let Some(field) = form.and_then(|form| form.query_selector("[name=asked]").ok().flatten()) {
            drop(field.set_attribute("value", &shown.join(",")));
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

    pub fn look(_: &HtmlDivElement) {}
}
