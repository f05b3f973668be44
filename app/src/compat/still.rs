//! Markup that is written out where it is made.
//!
//! Of all that Leptos knows of, nothing but the islands changes once it has left, so what holds a part needs to know nothing of it but its
//! text. Views of views of views are types that each have to be compiled for everything a view could go through: a third of what a release
//! took to build.

use leptos::children::ToChildren;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// A piece of a page that is finished.
pub type Still = InertElement;

/// What was written out before.
pub fn written(html: String) -> Still {
    InertElement::new(html)
}

/// Whatever can be finished.
pub trait Finish {
    /// Writes it out. Of what waits for something, a `Suspend`, nothing would be there: what it makes is written out, within it.
    fn still(self) -> Still;
}

impl<T: RenderHtml> Finish for T {
    fn still(self) -> Still {
        InertElement::new(self.to_html())
    }
}

/// What stands between the tags of a component, written out when it is asked for.
pub struct Content(Box<dyn FnOnce() -> Still + Send>);

impl Content {
    pub fn write(self) -> Still {
        (self.0)()
    }
}

impl<F, T> ToChildren<F> for Content
where
    F: FnOnce() -> T + Send + 'static,
    T: RenderHtml,
{
    fn to_children(between: F) -> Self {
        Self(Box::new(move || between().still()))
    }
}
