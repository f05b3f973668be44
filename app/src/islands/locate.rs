//! Filling in where the device is.

use leptos::prelude::*;

use super::phrase;

/// A button that asks the device for its position and fills it into the fields `position` and `accuracy` of the form.
///
/// Without script there is no button.
#[island]
pub fn Locate() -> impl IntoView {
    let (find, set_find) = signal(String::new());
    let (said, say) = signal(String::new());
    Effect::new(move || {
        device::forget_when_typed(say);
        set_find.set(phrase("find"));
    });
    let click = move |_| {
        say.set(phrase("finding"));
        device::find(say);
    };
    view! {
        <button type="button" class="quiet" hidden=move || find.with(String::is_empty) on:click=click>{find}</button>
        <p class="said" role="status">{said}</p>
    }
}

#[cfg(feature = "hydrate")]
mod device {
    use js_sys::Number;
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use web_sys::{Element, HtmlInputElement, Position, PositionError, PositionOptions};

    use crate::islands::{filled, phrase};

    /// How long the device may take, in milliseconds.
    const PATIENCE: u32 = 20_000;
    /// How old a position may be, in milliseconds.
    const FRESH: u32 = 30_000;

    pub fn find(say: WriteSignal<String>) {
        let Ok(geolocation) = window().navigator().geolocation() else {
            say.set(phrase("failed"));
            return;
        };
        let done = Closure::once_into_js(move |position: Position| {
            let coordinates = position.coords();
            let place = [decimal(coordinates.latitude(), 6), decimal(coordinates.longitude(), 6)].join(", ");
            let metres = decimal(coordinates.accuracy().ceil(), 0);
            fill_in("position", &place);
            fill_in("accuracy", &metres);
            say.set(filled("found", "{metres}", &metres));
        });
        let not = Closure::once_into_js(move |error: PositionError| {
            let denied = error.code() == PositionError::PERMISSION_DENIED;
            say.set(phrase(if denied { "refused" } else { "failed" }));
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
            say.set(phrase("failed"));
        }
    }

    /// By the browser's own formatter: Rust's weighs more than all of this.
    fn decimal(number: f64, digits: u8) -> String {
        Number::from(number).to_fixed(digits).map(String::from).unwrap_or_default()
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

    pub fn find(_: WriteSignal<String>) {}

    pub fn forget_when_typed(_: WriteSignal<String>) {}
}
