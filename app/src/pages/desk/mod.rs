//! The desk: where the staff of a department works on reports.

mod case;
mod enter;
mod flood;
mod incident;
mod incidents;
mod journal;
mod near;
mod notices;
mod queue;
mod redact;

use axum::http::StatusCode;
use hub::{Hub, HubError, Staff};
use leptos::prelude::*;

use crate::compat;
use crate::compat::still::{Finish, Still};
use crate::pages::missing::instead;
use crate::parts::page::Page;
use crate::text::{Text, text};

pub use case::DeskCase;
pub use enter::Enter;
pub use flood::DeskFlood;
pub use incident::DeskIncident;
pub use incidents::DeskIncidents;
pub use journal::DeskJournal;
pub use near::DeskNear;
pub use notices::DeskNotices;
pub use queue::Desk;
#[cfg(test)]
pub use queue::QUEUES;
pub use redact::DeskRedact;

/// A page of the desk: what `make` gives for whoever has signed in, or the closed door.
fn at_desk<F, Made>(make: F) -> impl IntoView
where
    F: FnOnce(Hub, Staff) -> Made + Send + 'static,
    Made: Future<Output = Result<Still, HubError>> + Send + 'static,
{
    let (text, hub, staff) = (text(), compat::hub(), use_context::<Staff>());
    compat::set_private();
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        let Some(staff) = staff else { return closed_door(text) };
        match make(hub, staff).await {
            Ok(page) => page,
            Err(HubError::NotYours) => closed_door(text),
            Err(error) => instead(&error),
        }
    })
}

/// Instead of a page, for whoever has not signed in, or may not see it.
fn closed_door(text: Text) -> Still {
    compat::set_status(StatusCode::FORBIDDEN);
    view! {
        <Page title=text.get("desk-closed-door-title")>
            <h1>{text.get("desk-closed-door-title")}</h1>
            <p>{text.get("desk-closed-door")}</p>
        </Page>
    }
    .still()
}

/// Who is at work here, and the way out.
#[component]
fn SignedIn(staff: Staff) -> impl IntoView {
    let text = text();
    let who = text.with(
        "desk-signed-in",
        &[
            ("name", staff.name.into()),
            ("department", text.of_family("department", staff.department.code).into()),
            ("role", text.of_family("role", staff.role.name()).into()),
        ],
    );
    view! {
        <form class="signed-in" method="post" action="/desk/leave">
            <span>{who}</span>
            " "
            <button type="submit" class="quiet">{text.get("desk-sign-out")}</button>
        </form>
    }
}
