//! Pages for when there is no page: nothing under the address, or nothing at the moment.

use axum::http::StatusCode;
use hub::HubError;
use leptos::prelude::*;

use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::parts::call::UrgentNumbers;
use crate::parts::page::Page;
use crate::text::text;

/// Nothing stands under this address.
#[component]
pub fn Missing() -> impl IntoView {
    let text = text();
    compat::set_status(StatusCode::NOT_FOUND);
    view! {
        <Page title=text.get("missing-title")>
            <h1>{text.get("missing-heading")}</h1>
            <p>{text.get("missing-what")}</p>
            <UrgentNumbers/>
        </Page>
    }
}

/// What a page shows instead of its content when the hub fails.
pub fn instead(error: &HubError) -> Still {
    if matches!(error, HubError::NoSuchLink | HubError::NotGranted) {
        return view! { <Missing/> }.still();
    }
    tracing::error!(error = error as &dyn std::error::Error, "a page could not be made");
    compat::set_error_status(error);
    let text = text();
    view! {
        <Page title=text.get("down-title")>
            <h1>{text.get("down-heading")}</h1>
            <p>{text.get("down-what")}</p>
            <UrgentNumbers/>
        </Page>
    }
    .still()
}
