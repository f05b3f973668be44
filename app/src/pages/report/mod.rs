//! Reporting an incident: a form on one page, and for what is not urgent two more that ask what else there is to know.

mod carried;
mod check;
mod details;
mod site;
mod start;
mod stopped;

use leptos::prelude::*;
use model::report::RawReport;
use model::sending::Page;

use crate::act::{Kept, Returned, came_back};
use crate::compat;

/// What stands in `step` for the page that ends the form with advice.
pub(crate) const STOPPED: &str = "stopped";

#[component]
pub fn Report() -> impl IntoView {
    let (kept, error) = came_back(use_context::<Returned>());
    if kept.is_some() {
        compat::set_private();
    }
    let raw = match kept {
        Some(Kept::Report(raw)) => *raw,
        _ => RawReport::default(),
    };
    match Page::parse(&raw.step) {
        _ if raw.step == STOPPED => Suspend::new(stopped::page(raw)).into_any(),
        Some(Page::Details) => Suspend::new(details::page(raw, error)).into_any(),
        Some(Page::Check) => check::page(raw, error).into_any(),
        Some(Page::Start) | None => start::page(raw, error).into_any(),
    }
}
