//! What the islands of a page say.

use leptos::prelude::*;
use model::private::Kind;

use crate::text::text;

/// The phrases as attributes of an element that nobody sees, where [`crate::islands`] looks for them: properties would have the browser load
/// a reader of JSON for them.
#[component]
pub fn Phrases() -> impl IntoView {
    let text = text();
    let private = |kind: Kind| text.of_family("private", kind.name());
    view! {
        <template
            id="phrases"
            data-left=text.gapped("count-left", "count")
            data-over=text.gapped("count-over", "count")
            data-find=text.get("report-locate")
            data-finding=text.get("report-locating")
            data-found=text.gapped("report-located", "metres")
            data-failed=text.get("report-locate-failed")
            data-refused=text.get("report-locate-refused")
            data-private=text.gapped("typed-private", "kinds")
            data-phone=private(Kind::Phone)
            data-identity-card=private(Kind::IdentityCard)
            data-bank-card=private(Kind::BankCard)
            data-plate=private(Kind::Plate)
            data-and=text.get("answer-and")
        ></template>
    }
}
