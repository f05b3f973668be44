//! The receipt of a report: proof that it is stored, and the way back to it.

use hub::{Hub, HubError};
use leptos::prelude::*;
use model::question;

use crate::compat;
use crate::compat::still::Finish;
use crate::pages::missing::instead;
use crate::parts::call::{CallNow, service_for};
use crate::parts::icon::{Icon, Shape};
use crate::parts::page::Page;
use crate::parts::photos::AddPhotos;
use crate::parts::qr::Qr;
use crate::parts::time;
use crate::site::origin;
use crate::text::{Text, text};

#[component]
pub fn Receipt() -> impl IntoView {
    let (text, hub, origin) = (text(), compat::hub(), origin());
    let secret = compat::parameter("secret");
    compat::set_private();
    Suspend::new(async move {
        let Some(hub) = hub else { return instead(&HubError::NoSuchLink) };
        match hub.receipt(&secret).await {
            Ok(receipt) => {
                if receipt.danger && !receipt.advised {
                    hub.advised(&secret).await;
                }
                page(text, &hub, &origin, receipt).still()
            }
            Err(error) => instead(&error),
        }
    })
}

fn page(text: Text, hub: &Hub, origin: &str, receipt: hub::Receipt) -> impl IntoView + use<> {
    let path = format!("/track/{}", receipt.link.as_str());
    let link = format!("{origin}{path}");
    let (photos, page) = (format!("/photo/{}", receipt.link.as_str()), path.clone());
    let time = time::shown(hub, receipt.received_at);
    let asks = receipt.danger && !question::for_category(&receipt.category).is_empty();
    let more = asks.then(|| view! { <p><a class="onward" href=format!("{path}/more")>{text.get("more-link")}</a></p> });
    view! {
        <Page title=text.get("receipt-title")>
            <div class="receipt">
                {receipt.danger.then(|| view! { <CallNow first=service_for(&receipt.category)/> })}
                <h1 class="good"><Icon shape=Shape::Check/>{text.get("receipt-heading")}</h1>
                <p>
                    <b>{text.of_family("category", &receipt.category)}</b>
                    " — "
                    {text.with("receipt-stored", &[("time", time.into())])}
                </p>
                <p class="label">{text.get("receipt-reference")}</p>
                <p class="reference">{receipt.reference.to_string()}</p>
                <p class="hint">{text.get("receipt-reference-hint")}</p>
                <p><a class="send" href=path>{text.get("receipt-follow")}</a></p>
                {more}
                <AddPhotos action=photos page=page label=text.get("photo-add") outcomes=None place=true/>
                <h2>{text.get("receipt-link")}</h2>
                <p class="hint">{text.get("receipt-link-hint")}</p>
                <p class="secret"><a href=link.clone()>{link.clone()}</a></p>
                <Qr text=link label=text.get("receipt-qr")/>
                <p class="hint">{text.get("receipt-qr-hint")}</p>
                <details>
                    <summary>{text.get("receipt-proof")}</summary>
                    <p>{text.with("receipt-proof-hint", &[("signer", receipt.signer.into())])}</p>
                    <p class="secret"><code>{receipt.statement.clone()}</code></p>
                    <p><a href=format!("/receipt/verify#{}", receipt.statement.replace(' ', "%20"))>{text.get("receipt-verify")}</a></p>
                </details>
            </div>
        </Page>
    }
}
