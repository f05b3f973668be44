//! Choosing what it is: the catalogue as buttons to press.

use leptos::prelude::*;
use model::category::{CATALOGUE, Category, Service};
use model::form::Field;

use crate::compat::still::Finish;
use crate::parts::call::service_for;
use crate::parts::field::{FaultLine, Faults, fault_id};
use crate::parts::fixed::{Part, fixed};
use crate::text::{Text, text};

fn option(text: Text, category: &'static Category, chosen: &str, first: bool) -> impl IntoView + use<> {
    let id = if first { "category-first".to_owned() } else { format!("category-{}", category.code) };
    view! {
        <label class="choice">
            <input
                type="radio"
                name="category"
                id=id
                value=category.code
                checked=category.code == chosen
                data-danger=category.danger
                data-call=service_for(category.code).map(Service::name)
            />
            <span>{text.of_family("category", category.code)}</span>
        </label>
    }
}

/// The common categories at once, the others behind "more kinds", which is open when one of them is chosen.
#[component]
pub fn CategoryChoice(chosen: String, faults: Faults) -> impl IntoView {
    let text = text();
    let fault = faults.get(Field::Category).is_some();
    let options = |common: bool, part: Part| {
        let options = || -> Vec<_> {
            let of_sort = CATALOGUE.iter().filter(|category| category.common == common);
            of_sort.enumerate().map(|(place, category)| option(text, category, &chosen, common && place == 0)).collect()
        };
        if chosen.is_empty() { fixed(part, options) } else { options().still() }
    };
    let open = Category::of(&chosen).is_some_and(|category| !category.common);
    view! {
        <fieldset class="field" aria-describedby=fault.then(|| fault_id("", Field::Category))>
            <legend>{text.get("report-category")}</legend>
            <FaultLine field=Field::Category faults=faults/>
            <div class="choices">{options(true, Part::CommonKinds)}</div>
            <details open=open>
                <summary>{text.get("report-more")}</summary>
                <div class="choices">{options(false, Part::OtherKinds)}</div>
            </details>
        </fieldset>
    }
}
