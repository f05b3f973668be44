//! Everything that leans on how Leptos 0.8 does things: what the move to 0.9 has to look at.

pub mod still;

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue};
use hub::{Hub, HubError};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;

/// The hub, or an error where a request was cancelled and its context is gone.
pub fn hub() -> Option<Hub> {
    use_context::<Hub>()
}

/// Sets the status of the page that is being made.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

fn set_header(name: HeaderName, value: &'static str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(name, HeaderValue::from_static(value));
    }
}

/// Tells the browser when to come again.
pub fn set_retry_after() {
    set_header(RETRY_AFTER, "30");
}

/// For pages with something private on them.
pub fn set_private() {
    set_header(CACHE_CONTROL, "no-store");
}

/// Sets the status that fits an error of the hub.
pub fn set_error_status(error: &HubError) {
    set_status(status_of(error));
    if error.is_unavailable() {
        set_retry_after();
    }
}

/// Wrong input is the sender's to mend (422), another text under the same key, or a step that is not possible any more, a conflict (409), what is not theirs forbidden (403), a dead link nothing (404), a store that
/// is away ours to bring back (503), and the rest our defect (500).
pub fn status_of(error: &HubError) -> StatusCode {
    match error {
        HubError::Invalid(_) | HubError::Photo(_) => StatusCode::UNPROCESSABLE_ENTITY,
        HubError::Conflict
        | HubError::Stale
        | HubError::Editing { .. }
        | HubError::Step(_)
        | HubError::Handover(_)
        | HubError::Incident(_) => StatusCode::CONFLICT,
        HubError::NotYours => StatusCode::FORBIDDEN,
        HubError::NoSuchLink | HubError::NotGranted => StatusCode::NOT_FOUND,
        error if error.is_unavailable() => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A part of the path that a route names.
pub fn parameter(name: &str) -> String {
    use_params_map().with_untracked(|params| params.get(name)).unwrap_or_default()
}

/// Text that somebody typed, shown so that it reads back to the byte.
///
/// A carriage return is written as a reference: a parser of HTML turns a bare one into a line feed.
#[component]
pub fn Verbatim(text: String) -> impl IntoView {
    view! { <span class="verbatim" inner_html=escape(&text)></span> }
}

/// A `<textarea>`, whose content 0.8 does not escape on the server. A line feed goes before it, because parsers drop the first one.
#[component]
pub fn TextArea(
    id: String,
    #[prop(into)] name: String,
    rows: &'static str,
    value: String,
    described: Option<String>,
    invalid: bool,
) -> impl IntoView {
    let content = format!("\n{}", escape(&value));
    view! {
        <textarea
            id=id
            name=name
            rows=rows
            aria-describedby=described
            aria-invalid=invalid.then_some("true")
            inner_html=content
        ></textarea>
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#13;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_can_leave_its_element() {
        assert_eq!(escape("</textarea><script>&\r\n"), "&lt;/textarea&gt;&lt;script&gt;&amp;&#13;\n");
    }
}
