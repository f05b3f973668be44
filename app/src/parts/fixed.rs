//! Parts that are the same on every page of a language: each is written out once for an installation.

use std::sync::{Arc, OnceLock};

use leptos::prelude::*;

use crate::compat::still::{Still, written};
use crate::site::site;
use crate::text::{Locale, text};

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// "Call now" within a form.
    CallFirst,
    /// The common kinds of incident to choose from, none of them chosen.
    CommonKinds,
    /// The other kinds.
    OtherKinds,
    /// What the islands say.
    Phrases,
    /// The foot of a page.
    Foot,
}

const PARTS: usize = Part::Foot as usize + 1;

/// What was written so far, by language and part.
#[derive(Clone, Debug, Default)]
pub struct Written(Arc<[[OnceLock<String>; PARTS]; Locale::ALL.len()]>);

/// The part in the language of the page that is being made. `view` may look at the installation and at the language, and at nothing else.
pub fn fixed<T: RenderHtml>(part: Part, view: impl FnOnce() -> T) -> Still {
    let (site, locale) = (site(), text().locale());
    let known = &site.written.0[locale as usize][part as usize];
    written(known.get_or_init(|| view().to_html()).clone())
}
