//! Which page stands under which address.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::pages::consent::ConsentPage;
use crate::pages::desk::{
    Desk, DeskCase, DeskFlood, DeskIncident, DeskIncidents, DeskJournal, DeskNear, DeskNotices, DeskRedact, Enter,
};
use crate::pages::home::Home;
use crate::pages::mine::{Mine, MineList};
use crate::pages::missing::Missing;
use crate::pages::more::MorePage;
use crate::pages::open::Open;
use crate::pages::outbox::Outbox;
use crate::pages::receipt::Receipt;
use crate::pages::report::Report;
use crate::pages::several::{Several, SeveralList};
use crate::pages::track::Track;
use crate::pages::verify::Verify;

/// Every page is complete before its first byte leaves: [`SsrMode::Async`], so that it needs no script and its status is true.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=Missing>
                <Route path=path!("/") view=Home ssr=SsrMode::Async/>
                <Route path=path!("/report") view=Report ssr=SsrMode::Async/>
                <Route path=path!("/report/several") view=Several ssr=SsrMode::Async/>
                <Route path=path!("/report/several/:secret") view=SeveralList ssr=SsrMode::Async/>
                <Route path=path!("/receipt/verify") view=Verify ssr=SsrMode::Async/>
                <Route path=path!("/receipt/:secret") view=Receipt ssr=SsrMode::Async/>
                <Route path=path!("/track/:secret") view=Track ssr=SsrMode::Async/>
                <Route path=path!("/track/:secret/more") view=MorePage ssr=SsrMode::Async/>
                <Route path=path!("/track/:secret/consent") view=ConsentPage ssr=SsrMode::Async/>
                <Route path=path!("/outbox") view=Outbox ssr=SsrMode::Async/>
                <Route path=path!("/open") view=Open ssr=SsrMode::Async/>
                <Route path=path!("/mine") view=Mine ssr=SsrMode::Async/>
                <Route path=path!("/mine/:link") view=MineList ssr=SsrMode::Async/>
                <Route path=path!("/desk") view=Desk ssr=SsrMode::Async/>
                <Route path=path!("/desk/enter/:link") view=Enter ssr=SsrMode::Async/>
                <Route path=path!("/desk/leave") view=Desk ssr=SsrMode::Async/>
                <Route path=path!("/desk/report/:key") view=DeskCase ssr=SsrMode::Async/>
                <Route path=path!("/desk/report/:key/near") view=DeskNear ssr=SsrMode::Async/>
                <Route path=path!("/desk/report/:key/redact") view=DeskRedact ssr=SsrMode::Async/>
                <Route path=path!("/desk/flood") view=DeskFlood ssr=SsrMode::Async/>
                <Route path=path!("/desk/notices") view=DeskNotices ssr=SsrMode::Async/>
                <Route path=path!("/desk/journal") view=DeskJournal ssr=SsrMode::Async/>
                <Route path=path!("/desk/incidents") view=DeskIncidents ssr=SsrMode::Async/>
                <Route path=path!("/desk/incident/:key") view=DeskIncident ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
