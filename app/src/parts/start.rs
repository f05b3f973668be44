//! The scripts in a page: waking its islands, and the service worker.
//!
//! Leptos brings a script for this, but it asks for the WebAssembly ahead of time, also where scripts are off, and waits for an idle
//! moment that may never come. This one asks when it runs, and waits two seconds at most.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

/// Loads the browser half and hands it every island, one before those within it.
#[component]
pub fn Start(
    /// The stem of the script's files under `/pkg`.
    stem: String,
) -> impl IntoView {
    let script = format!(
        "const start=async()=>{{const app=await import('/pkg/{stem}.js');\
         await app.default({{module_or_path:'/pkg/{stem}_bg.wasm'}});app.hydrate();\
         for(const island of document.querySelectorAll('leptos-island'))app[island.dataset.component]?.(island)}};\
         'requestIdleCallback'in window?requestIdleCallback(start,{{timeout:2000}}):setTimeout(start)"
    );
    view! { <script type="module" nonce=use_nonce() inner_html=script></script> }
}

/// Registers the service worker, and tells it when there is a network again.
#[component]
pub fn Worker() -> impl IntoView {
    let script = "const worker=navigator.serviceWorker;if(worker){worker.register('/sw.js').catch(()=>{});\
        addEventListener('online',()=>worker.controller?.postMessage('send'))}";
    view! { <script nonce=use_nonce() inner_html=script></script> }
}
