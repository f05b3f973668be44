//! What waits on this phone to be sent, and the receipts that it keeps. The rows are the browser's own: `public/offline/outbox.js` fills
//! them into what stands here, and all the sentences come from here.

use leptos::prelude::*;
use model::category::CATALOGUE;
use serde_json::{Map, Value, json};

use crate::parts::call::CallNow;
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::site::site;
use crate::text::{Text, text};

/// The states of a row.
pub(crate) const STATES: [&str; 6] = ["draft", "sealed", "sending", "acknowledged", "needs-you", "unsaved"];
/// Why a row is not further.
pub(crate) const REASONS: [&str; 10] =
    ["offline", "not-ours", "cut", "busy", "receipt", "invalid", "conflict", "refused", "full", "nothing"];
#[component]
pub fn Outbox() -> impl IntoView {
    let text = text();
    let built = site().script.is_some();
    view! {
        <Page title=text.get("outbox-title")>
            <h1>{text.get("outbox-heading")}</h1>
            <p class="lead">{text.get("outbox-lead")}</p>
            <noscript><p class="empty">{text.get("outbox-noscript")}</p></noscript>
            <div id="outbox" hidden>
                <p class="caution" id="no-network-page" hidden>{text.get("outbox-no-page")}</p>
                <p class="caution" id="unsent" role="alert" hidden>{text.get("outbox-unsent")}</p>
                <p class="caution" id="just-kept" role="status" tabindex="-1" hidden>{text.get("outbox-just-kept")}</p>
                <p class="caution" id="photos-kept" role="status" tabindex="-1" hidden>{text.get("outbox-photos-kept")}</p>
                <div id="calls" hidden><CallNow/></div>
                <p id="said" class="said" role="status"></p>
                <p id="empty" class="empty" hidden>{text.get("outbox-empty")}</p>
                <ul id="items" class="queue"></ul>
                <div id="undo-list"></div>
                <p id="all" hidden><button type="button" class="send" id="send-all">{text.get("outbox-send-all")}</button></p>
                <section id="had" hidden>
                    <h2>{text.get("outbox-receipts")}</h2>
                    <p class="hint">{text.get("outbox-receipts-hint")}</p>
                    <ul id="receipts" class="queue"></ul>
                </section>
                {keeping(text)}
            </div>
            {templates(text)}
            {built.then(|| view! {
                <script type="application/json" id="texts" inner_html=texts(text)></script>
                <script src="/offline/rows.js" defer></script>
                <script src="/offline/proof.js" defer></script>
                <script src="/offline/sending.js" defer></script>
                <script src="/offline/picture.js" defer></script>
                <script src="/offline/outbox.js" defer></script>
            })}
        </Page>
    }
}

/// How safely it is kept, and how to take it along.
fn keeping(text: Text) -> impl IntoView {
    view! {
        <h2>{text.get("outbox-keeping")}</h2>
        <p>{text.get("outbox-keeping-what")}</p>
        <p class="hint"><span id="room"></span>" "<span id="safe"></span></p>
        <p><button type="button" class="quiet" id="ask-safe" hidden>{text.get("outbox-ask-safe")}</button></p>
        <div id="export" hidden>
            <p><button type="button" class="quiet" id="take">{text.get("outbox-take")}</button></p>
            <p class="hint">{text.get("outbox-take-hint")}</p>
        </div>
        <div class="field">
            <label for="bring">{text.get("outbox-bring")}</label>
            <input type="file" id="bring" accept="application/json,.json"/>
        </div>
    }
}

fn templates(text: Text) -> impl IntoView {
    view! {
        <template id="item">
            <li class="kept-item">
                <h2 data-part="title"></h2>
                <p class="hint" data-part="when"></p>
                <p data-part="words"></p>
                <p><b data-part="state"></b></p>
                <ul class="why" data-part="why"></ul>
                <ul data-part="photos"></ul>
                <div class="row">
                    <button type="button" class="quiet" data-do="send">{text.get("outbox-send")}</button>
                    <a class="quiet button" data-do="edit" href="/report">{text.get("outbox-edit")}</a>
                    <label class="quiet button">
                        {text.get("outbox-add-photo")}
                        <input type="file" class="away" data-do="photo" accept="image/jpeg,image/png,image/webp" multiple/>
                    </label>
                    <button type="button" class="quiet" data-do="delete">{text.get("outbox-delete")}</button>
                </div>
            </li>
        </template>
        <template id="photo">
            <li class="row">
                <span data-part="name"></span>
                <span class="fault" data-part="why"></span>
                <button type="button" class="quiet" data-do="cover">{text.get("outbox-cover")}</button>
                <button type="button" class="quiet" data-do="delete">{text.get("outbox-delete-photo")}</button>
            </li>
        </template>
        <template id="receipt">
            <li class="kept-item">
                <h3 data-part="title"></h3>
                <p><code data-part="reference"></code>" "<span class="hint" data-part="when"></span></p>
                <ul data-part="photos"></ul>
                <div class="row">
                    <a class="quiet button" data-do="follow" href="/">{text.get("outbox-follow")}</a>
                    <a class="quiet button" data-do="check" href="/receipt/verify">{text.get("outbox-check")}</a>
                    <button type="button" class="quiet" data-do="forget">{text.get("outbox-forget")}</button>
                </div>
            </li>
        </template>
        <template id="undo">
            <p class="row" role="status">
                <span>{text.get("outbox-deleted")}</span>
                <button type="button" class="quiet">{text.get("outbox-undo")}</button>
            </p>
        </template>
        // What goes on top of every page that is shown without a network.
        <template id="no-network">
            <p class="caution" role="note"><Icon shape=Shape::Warning/><span>{text.get("outbox-no-network")}</span></p>
        </template>
    }
}

/// What the script says.
fn texts(text: Text) -> String {
    let family = |family: &'static str, members: &[&str]| -> Value {
        let said = members.iter().map(|name| ((*name).to_owned(), text.of_family(family, name).into()));
        said.collect::<Map<_, _>>().into()
    };
    let categories: Vec<&str> = CATALOGUE.iter().map(|category| category.code).collect();
    let texts = json!({
        "limits": { "most_bytes": photo::MAX_BYTES, "most_photos": hub::MOST_PHOTOS },
        "states": family("waiting", &STATES),
        "reasons": family("waiting-why", &REASONS),
        "missing": { "category": text.get("fault-category-missing"), "place": text.get("fault-place-missing") },
        "categories": family("category", &categories),
        "report": text.get("outbox-report"),
        "typed": text.with_gaps("outbox-typed", &["time"]),
        "received": text.with_gaps("outbox-received", &["time"]),
        "photo": text.with_gaps("outbox-photo", &["name", "size"]),
        "room": text.with_gaps("outbox-room", &["used", "free"]),
        "safe": text.get("outbox-safe"),
        "unsafe": text.get("outbox-unsafe"),
        "again": text.get("outbox-again"),
        "sending": text.get("outbox-sending"),
        "sent": text.get("outbox-sent"),
        "left": text.get("outbox-left"),
        "large": text.with_gaps("outbox-large", &["name", "most"]),
        "many": text.with_gaps("outbox-many", &["most"]),
        "brought": text.with_gaps("outbox-brought", &["count"]),
        "brought_some": text.with_gaps("outbox-brought-some", &["count", "lost"]),
        "unreadable": text.get("outbox-unreadable"),
        "undo": text.get("photo-undo"),
        "how": text.get("photo-how"),
        "preview": text.with_gaps("photo-preview", &["name"]),
        "done": text.get("outbox-covered"),
        "undrawable": text.get("outbox-undrawable"),
    });
    // No sentence may end the script that it stands in.
    texts.to_string().replace('<', "\\u003c")
}
