//! The first page: whom to call, and the ways on.

use leptos::prelude::*;
use model::category::Service;

use crate::compat;
use crate::parts::call::AllNumbers;
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::site::site;
use crate::text::text;

#[component]
pub fn Home() -> impl IntoView {
    let text = text();
    let site = site();
    let told = compat::hub().is_some_and(|hub| !hub.channels().is_empty());
    let hotline = site.number(Service::Hotline).or_else(|| site.number(Service::Police)).unwrap_or_default().to_owned();
    view! {
        <Page title=text.get("home-title")>
            <section class="danger">
                <h1>{text.get("home-heading")}</h1>
                <AllNumbers/>
                <p>{text.get("home-lead")}</p>
            </section>
            <nav class="ways" aria-labelledby="ways">
                <h2 id="ways">{text.get("home-ways")}</h2>
                <ul>
                    <li>
                        <a class="way first" href="/report">
                            <Icon shape=Shape::Report/>
                            <b>{text.get("home-report")}</b>
                            <span>{text.get("home-report-what")}</span>
                        </a>
                    </li>
                    <li>
                        <div class="way">
                            <Icon shape=Shape::Guidance/>
                            <b>{text.get("home-guidance")}</b>
                            <span>{text.get("home-guidance-what")}</span>
                        </div>
                    </li>
                    <li>
                        <div class="way">
                            <Icon shape=Shape::Shelter/>
                            <b>{text.get("home-shelter")}</b>
                            <span>{text.with("home-shelter-what", &[("number", hotline.into())])}</span>
                        </div>
                    </li>
                </ul>
                {told.then(|| view! { <p><a href="/mine">{text.get("home-mine")}</a></p> })}
                <p><a href="/open">{text.get("home-open")}</a></p>
            </nav>
        </Page>
    }
}
