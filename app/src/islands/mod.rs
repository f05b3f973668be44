//! What the browser adds to a page that already works. Each island wraps that page's own markup.
//!
//! No island has properties: those come as JSON, and its reader, which brings the formatting of fractions along, would be a quarter of what a
//! phone loads. Phrases stand in the page's [`crate::parts::phrases`], and what belongs to one place in an attribute there.

mod ask;
mod count;
mod locate;
mod mind;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlDivElement, HtmlInputElement, HtmlTextAreaElement};

pub use ask::AskAsAnswered;
pub use count::CountLeft;
pub use locate::Locate;
pub use mind::Mind;

/// What the page says for an island. Empty on the server, where islands say nothing yet.
#[cfg(feature = "hydrate")]
fn phrase(name: &str) -> String {
    let phrases = leptos::prelude::document().get_element_by_id("phrases");
    phrases.and_then(|phrases| phrases.get_attribute(&["data-", name].concat())).unwrap_or_default()
}

#[cfg(not(feature = "hydrate"))]
fn phrase(_: &str) -> String {
    String::new()
}

/// What stands in the text field within an element.
fn written(around: &HtmlDivElement) -> Option<String> {
    let field = around.query_selector("textarea, input").ok()??;
    match field.dyn_into::<HtmlTextAreaElement>() {
        Ok(area) => Some(area.value()),
        Err(line) => line.dyn_into::<HtmlInputElement>().ok().map(|line| line.value()),
    }
}

/// A phrase with its gap filled.
fn filled(name: &str, gap: &str, value: &str) -> String {
    fill(&phrase(name), gap, value)
}

fn fill(phrase: &str, gap: &str, value: &str) -> String {
    phrase.replace(gap, value)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_gap_is_filled_wherever_the_language_puts_it() {
        assert_eq!(super::fill("还可输入 {count} 字", "{count}", "7"), "还可输入 7 字");
    }
}
