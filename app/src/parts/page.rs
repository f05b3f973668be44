//! What stands around the content of every page.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::compat::still::{Content, Finish, Still};
use crate::parts::fixed::{Part, fixed};
use crate::parts::icon::{Icon, Shape};
use crate::parts::phrases::Phrases;
use crate::parts::start::{Start, Worker};
use crate::site::site;
use crate::text::{Text, text};

/// A page: its title, and its content between the head and the foot that all pages share.
#[component]
pub fn Page(
    #[prop(into)] title: String,
    /// The form was refused: the title says so first, since a screen reader reads it first.
    #[prop(optional)]
    refused: bool,
    /// The page has a form, which the switch of the language takes along.
    #[prop(optional)]
    form: bool,
    /// The page has islands, and so loads the browser half.
    #[prop(optional)]
    islands: bool,
    children: Content,
) -> Still {
    let site = site();
    let text = text();
    let prefix = if refused { format!("{} ", text.get("error-prefix")) } else { String::new() };
    let title = format!("{prefix}{title} · {}", text.get("brand"));
    view! {
        <Title text=title/>
        <a class="skip" href="#content">{text.get("skip")}</a>
        {site.demo.then(|| view! { <p class="demo" role="note">{text.get("demo-banner")}</p> })}
        <header class="top">
            <a class="brand" href="/" aria-label=text.get("brand-long")>
                <Icon shape=Shape::Tower/>
                <span>{text.get("brand")}</span>
            </a>
            {switch(text, form)}
        </header>
        <main id="content">{children.write()}</main>
        {fixed(Part::Foot, || foot(text))}
        {(site.offline && site.script.is_some()).then(|| view! { <Worker/> })}
        {site.script.clone().filter(|_| islands).map(|stem| view! { {fixed(Part::Phrases, || view! { <Phrases/> })}<Start stem=stem/> })}
    }
    .still()
}

fn foot(text: Text) -> impl IntoView {
    view! {
        <footer class="foot">
            <p>{text.get("footer-promise")}</p>
            <p><a href="/">{text.get("footer-home")}</a>" "<a href="/open">{text.get("footer-open")}</a>" "<a href="/outbox">{text.get("footer-outbox")}</a></p>
        </footer>
    }
}

/// The way to the other language. Where there is a form it sends that along, to have it back as it was, and nothing is lost.
fn switch(text: Text, form: bool) -> Still {
    let other = text.locale().other().tag();
    // The rest of the address stays as it is, but that a form was sent is over.
    let mut query = use_query_map().get_untracked();
    query.remove("sent");
    query.replace("lang", other.to_owned());
    // The router writes a hyphen as %2D, which RFC 3986, section 2.3, asks not to.
    let address = query.to_query_string().replace("%2D", "-");
    let name = text.get("switch-language");
    if !form {
        return view! { <a class="switch" href=address lang=other hreflang=other>{name}</a> }.still();
    }
    // The enter key in a field presses the first button of the form, wherever that stands: it must be one that sends.
    view! {
        <button class="enter" form="form"></button>
        <button class="switch" form="form" name="language" value=other formaction=address lang=other>{name}</button>
    }
    .still()
}
