//! The document around every page.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::routes::App;
use crate::site::site;
use crate::text::text;

pub fn shell() -> impl IntoView {
    let site = site();
    let text = text();
    view! {
        <!DOCTYPE html>
        <html lang=text.locale().tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#0d5c56"/>
                <meta name="description" content=text.get("home-lead")/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <style inner_html=site.css.clone()></style>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
