//! Filling in where the device is.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the island says.
#[derive(Clone, Serialize, Deserialize)]
pub struct Phrases {
    pub find: String,
    pub finding: String,
    /// With `{metres}` where the accuracy goes.
    pub found: String,
    pub failed: String,
    pub refused: String,
}

/// A button that asks the device for its position and fills it into the fields `position` and `accuracy` of the form.
///
/// Without script there is no button.
#[island]
pub fn Locate(phrases: Phrases) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (said, say) = signal(String::new());
    Effect::new(move || {
        device::forget_when_typed(say);
        set_awake.set(true);
    });
    let finding = phrases.finding.clone();
    let find = phrases.find.clone();
    let click = move |_| {
        say.set(finding.clone());
        device::find(phrases.clone(), say);
    };
    view! {
        <button type="button" class="quiet" hidden=move || !awake.get() on:click=click>{find}</button>
        <p class="said" role="status">{said}</p>
    }
}

#[cfg(feature = "hydrate")]
mod device {
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use web_sys::{Element, HtmlInputElement, Position, PositionError, PositionOptions};

    use super::Phrases;
    use crate::islands::fill;

    /// How long the device may take, in milliseconds.
    const PATIENCE: u32 = 20_000;
    /// How old a position may be, in milliseconds.
    const FRESH: u32 = 30_000;

    pub fn find(phrases: Phrases, say: WriteSignal<String>) {
        let Ok(geolocation) = window().navigator().geolocation() else {
            say.set(phrases.failed);
            return;
        };
        let Phrases { found, failed, refused, .. } = phrases;
        let none = failed.clone();
        let done = Closure::once_into_js(move |position: Position| {
            let coordinates = position.coords();
            let place = format!("{:.6}, {:.6}", coordinates.latitude(), coordinates.longitude());
            let metres = format!("{:.0}", coordinates.accuracy().ceil());
            fill_in("position", &place);
            fill_in("accuracy", &metres);
            say.set(fill(&found, "{metres}", &metres));
        });
        let not = Closure::once_into_js(move |error: PositionError| {
            say.set(if error.code() == PositionError::PERMISSION_DENIED { refused } else { failed });
        });
        let options = PositionOptions::new();
        options.set_enable_high_accuracy(true);
        options.set_timeout(PATIENCE);
        options.set_maximum_age(FRESH);
        let asked = geolocation.get_current_position_with_error_callback_and_options(
            done.unchecked_ref(),
            Some(not.unchecked_ref()),
            &options,
        );
        if asked.is_err() {
            say.set(none);
        }
    }

    /// What is typed is not as exact as the device said; a form that came back may still say so.
    pub fn forget_when_typed(say: WriteSignal<String>) {
        window_event_listener(ev::input, move |event| {
            if event_target::<Element>(&event).id() == "position" {
                fill_in("accuracy", "");
                say.set(String::new());
            }
        });
    }

    fn fill_in(id: &str, value: &str) {
        let input = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            input.set_value(value);
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod device {
    use leptos::prelude::WriteSignal;

    use super::Phrases;

    pub fn find(_: Phrases, _: WriteSignal<String>) {}

    pub fn forget_when_typed(_: WriteSignal<String>) {}
}
