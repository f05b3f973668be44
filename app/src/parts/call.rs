//! Telephone numbers to press.

use leptos::prelude::*;
use model::category::{Category, Service};

use crate::compat::still::Still;
use crate::parts::fixed::{Part, fixed};
use crate::parts::icon::{Icon, Shape};
use crate::site::{Site, site};
use crate::text::{Text, text};

fn link(text: Text, service: Service, number: &str) -> impl IntoView + use<> {
    let name = text.of_family("service", service.name());
    let label = text.with("call", &[("number", number.to_owned().into()), ("service", name.into())]);
    view! {
        <a class="call" href=format!("tel:{number}") aria-label=label>
            <Icon shape=Shape::Telephone/>
            <b>{number.to_owned()}</b>
            " "
            <span>{name}</span>
        </a>
    }
}

/// Every number of the installation.
#[component]
pub fn AllNumbers() -> impl IntoView {
    let text = text();
    let links: Vec<_> =
        site().numbers.iter().map(|(service, number)| view! { <li>{link(text, *service, number)}</li> }).collect();
    view! { <ul class="numbers">{links}</ul> }
}

/// The numbers for when a life may be in danger.
#[component]
pub fn UrgentNumbers(
    /// Who answers for what happened, where that is known: the first number, and the largest.
    #[prop(optional_no_strip)]
    first: Option<Service>,
) -> impl IntoView {
    let text = text();
    let links: Vec<_> = site()
        .urgent(first)
        .into_iter()
        .map(|(service, number)| {
            let first = (Some(service) == first).then_some("first");
            view! { <li class=first>{link(text, service, number)}</li> }
        })
        .collect();
    view! { <ul class="numbers urgent">{links}</ul> }
}

/// Whom to call for a kind of incident, if there is somebody for emergencies of that kind.
pub fn service_for(category: &str) -> Option<Service> {
    Category::of(category).map(|category| category.call).filter(|service| *service != Service::Hotline)
}

/// "Call now", before anything else, for pages that come after the form.
#[component]
pub fn CallNow(
    /// As for [`UrgentNumbers`].
    #[prop(optional_no_strip)]
    first: Option<Service>,
) -> impl IntoView {
    let text = text();
    view! {
        <div class="call-now">
            <h2 class="call-title"><Icon shape=Shape::Warning/>{text.get("call-now")}</h2>
            <UrgentNumbers first=first/>
            <p>{text.get("call-now-after")}</p>
        </div>
    }
}

/// The same inside a form, where it appears, by style alone, when a dangerous choice is ticked, and stays in sight: so it is low. Style also
/// brings forward who answers for what is ticked, or written.
#[component]
pub fn CallFirst() -> Still {
    fixed(Part::CallFirst, || call_first(text(), &site()))
}

fn call_first(text: Text, site: &Site) -> impl IntoView + use<> {
    let may_be_urgent = site.numbers.iter().filter(|(service, _)| *service != Service::Hotline);
    let links: Vec<_> = may_be_urgent
        .map(|(service, number)| view! { <li data-service=service.name()>{link(text, *service, number)}</li> })
        .collect();
    view! {
        <div aria-live="assertive">
            <div class="call-now">
                <p class="call-title"><Icon shape=Shape::Warning/>{text.get("call-now")}</p>
                <ul class="numbers urgent">{links}</ul>
            </div>
            <p class="call-why">{text.get("call-now-why")}</p>
        </div>
    }
}
