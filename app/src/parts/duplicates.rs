//! What a report is a duplicate of, and which are duplicates of it.

use hub::{Case, Related};
use leptos::prelude::*;

use crate::compat::still::{Finish, Still};
use crate::text::Text;

/// The one and the others; nothing where there are none. What is not theirs to open is named all the same.
pub fn lists(text: Text, case: &Case) -> impl IntoView + use<> {
    let list = |title: &'static str, reports: &[Related]| {
        let reports: Vec<_> = reports.iter().map(|other| view! { <li>{name(*other)}</li> }).collect();
        (!reports.is_empty()).then(|| view! { <p><b>{text.get(title)}</b></p><ul class="others">{reports}</ul> })
    };
    view! { {list("case-duplicate-of", case.duplicate_of.as_slice())}{list("case-duplicates", &case.duplicates)} }
}

fn name(other: Related) -> Still {
    let reference = other.key.reference().to_string();
    if !other.opens {
        return view! { <span class="whole">{reference}</span> }.still();
    }
    let address = format!("/desk/report/{}", other.key);
    view! { <a class="whole" href=address>{reference}</a> }.still()
}
