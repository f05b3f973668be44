//! Signing in by a link. Looking at the page uses nothing up: mail programs look at links before people do.

use hub::HubError;
use leptos::prelude::*;

use crate::act::Returned;
use crate::compat;
use crate::compat::still::Finish;
use crate::parts::page::Page;
use crate::text::text;

#[component]
pub fn Enter() -> impl IntoView {
    let text = text();
    compat::set_private();
    let link = compat::parameter("link");
    let address = format!("/desk/enter/{link}");
    let error = use_context::<Returned>().and_then(|returned| returned.error);
    match error.as_deref() {
        None => view! {
            <Page title=text.get("enter-title")>
                <h1>{text.get("enter-heading")}</h1>
                <p class="lead">{text.get("enter-what")}</p>
                <form method="post" action=address>
                    <input type="hidden" name="link" value=link/>
                    <button type="submit" class="send">{text.get("enter-go")}</button>
                </form>
            </Page>
        }
        .still(),
        Some(HubError::NoSuchLink) => {
            compat::set_status(axum::http::StatusCode::NOT_FOUND);
            view! {
                <Page title=text.get("enter-dead-title") refused=true>
                    <h1>{text.get("enter-dead-title")}</h1>
                    <p>{text.get("enter-dead")}</p>
                </Page>
            }
            .still()
        }
        Some(error) => crate::pages::missing::instead(error),
    }
}
