//! The entry of the WebAssembly half: wakes the islands of the page.
#![cfg(target_arch = "wasm32")]

// Named, so that the linker keeps the islands.
use app as _;

#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
