//! Signs that stand beside words, never instead of them.

use leptos::prelude::*;

/// What a sign shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A watchtower: the portal itself.
    Tower,
    Telephone,
    Report,
    Guidance,
    Shelter,
    Check,
    Warning,
}

impl Shape {
    /// Strokes in a square of 24 by 24.
    fn strokes(self) -> &'static str {
        match self {
            Self::Tower => "M7 21l2-11h6l2 11M6 10h12M8 10V6l4-3 4 3v4M8.5 14h7M12 6.5v.01",
            Self::Telephone => {
                "M6 3h4l1.5 5-2.5 1.5a11 11 0 0 0 5.5 5.5L16 12.5l5 1.5v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"
            }
            Self::Report => "M4 5h16v11H11l-5 4v-4H4zM12 8v3.5M12 13.5v.01",
            Self::Guidance => "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6",
            Self::Shelter => "M3 11l9-7 9 7M6 9.5V20h12V9.5M10 20v-6h4v6",
            Self::Check => "M4 12.5l5 5L20 6.5",
            Self::Warning => "M12 4l9 16H3zM12 10v4.5M12 17v.01",
        }
    }
}

/// A sign, drawn in the colour of the text around it and passed over by screen readers.
#[component]
pub fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=shape.strokes()></path>
        </svg>
    }
}
