//! What a report is a duplicate of, and which are duplicates of it.

use hub::{Case, Related};
use leptos::prelude::*;

use crate::text::Text;

/// A line for the one, a list of the others; nothing where there are none. What is not theirs to open is named all the same.
pub fn lines(text: Text, case: &Case) -> impl IntoView + use<> {
    let original = case.duplicate_of.map(|other| {
        view! { <p class="notice"><b>{text.get("case-duplicate-of")}</b>" "{name(other)}</p> }
    });
    let duplicates: Vec<_> = case.duplicates.iter().map(|other| view! { <li>{name(*other)}</li> }).collect();
    let duplicates = (!duplicates.is_empty()).then(|| {
        view! { <p><b>{text.get("case-duplicates")}</b></p><ul class="others">{duplicates}</ul> }
    });
    view! { {original}{duplicates} }
}

fn name(other: Related) -> AnyView {
    let reference = other.key.reference().to_string();
    if !other.opens {
        return view! { <span class="whole">{reference}</span> }.into_any();
    }
    let address = format!("/desk/report/{}", other.key);
    view! { <a class="whole" href=address>{reference}</a> }.into_any()
}
