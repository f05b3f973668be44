//! Whether a receipt is ours: checked here, or, with script, on the reader's own device, also without a network.

use leptos::prelude::*;

use crate::act::{Kept, Returned};
use crate::compat::{self, TextArea};
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::time;
use crate::site::site;
use crate::text::{Text, text};

/// What can be said of a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
    Unreadable,
}

#[component]
pub fn Verify() -> impl IntoView {
    let text = text();
    let statement = match use_context::<Returned>().map(|returned| returned.kept) {
        Some(Kept::Statement(statement)) => statement,
        _ => String::new(),
    };
    let hub = compat::hub();
    let certified = hub.as_ref().and_then(|hub| hub.verified(&statement));
    let verdict = match certified {
        _ if statement.trim().is_empty() => None,
        Some(_) => Some(Verdict::Right),
        None if hub::is_statement(&statement) => Some(Verdict::Wrong),
        None => Some(Verdict::Unreadable),
    };
    let received = certified.zip(hub).map(|(certified, hub)| time::shown(&hub, certified.received_at));
    let key = certified.map(|certified| certified.key.to_string());
    let sha256 = certified.map(|certified| certified.hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let shown = move |one: Verdict| verdict != Some(one);
    view! {
        <Page title=text.get("verify-title") form=true>
            <h1>{text.get("verify-heading")}</h1>
            <p class="lead">{text.get("verify-lead")}</p>
            <div role="status">
                <section class="notice-box" data-verdict="right" hidden=shown(Verdict::Right)>
                    <h2 class="good"><Icon shape=Shape::Check/>{text.get("verify-right")}</h2>
                    <p>{text.get("verify-right-what")}</p>
                    <dl class="sent">
                        {row(text.get("verify-received"), "received", received)}
                        {row(text.get("verify-key"), "key", key)}
                        {row(text.get("verify-sha256"), "sha256", sha256)}
                    </dl>
                </section>
                {verdict_line(text, Verdict::Wrong, shown(Verdict::Wrong))}
                {verdict_line(text, Verdict::Unreadable, shown(Verdict::Unreadable))}
            </div>
            <form id="form" method="post" action="/receipt/verify">
                <div class="field">
                    <label for="statement">{text.get("verify-statement")}</label>
                    <p class="hint" id="statement-hint">{text.get("verify-statement-hint")}</p>
                    <TextArea
                        id="statement".to_owned()
                        name="statement"
                        rows="4"
                        value=statement
                        described=Some("statement-hint".to_owned())
                        invalid=verdict == Some(Verdict::Unreadable)
                    />
                </div>
                <div class="field" hidden>
                    <label for="file">{text.get("verify-file")}</label>
                    <input type="file" id="file" accept="text/*,.json,.eml"/>
                </div>
                <button type="submit" class="send">{text.get("verify-check")}</button>
            </form>
            {site().script.is_some().then(|| view! {
                <script src="/offline/rows.js" defer></script>
                <script src="/offline/proof.js" defer></script>
                <script src="/offline/verify.js" defer></script>
            })}
        </Page>
    }
}

fn row(name: &'static str, part: &'static str, value: Option<String>) -> impl IntoView {
    view! { <dt>{name}</dt><dd><code data-part=part>{value}</code></dd> }
}

fn verdict_line(text: Text, verdict: Verdict, hidden: bool) -> impl IntoView {
    let (name, heading, what) = match verdict {
        Verdict::Wrong => ("wrong", text.get("verify-wrong"), text.get("verify-wrong-what")),
        _ => ("unreadable", text.get("verify-unreadable"), text.get("verify-unreadable-what")),
    };
    view! {
        <section class="summary" data-verdict=name hidden=hidden>
            <h2>{heading}</h2>
            <p>{what}</p>
        </section>
    }
}
