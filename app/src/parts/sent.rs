//! What somebody sent, to the byte.

use leptos::prelude::*;
use model::map_link::{self, MapLink};
use model::place::Place;
use model::report::Told;
use model::site::Site;

use crate::compat::still::{Finish, Still};
use crate::compat::{self, Verbatim};
use crate::parts::answered::answered;
use crate::text::{Text, text};

/// What a report says, as a list of names and values.
#[component]
pub fn Sent(
    told: Told,
    contact: Option<String>,
    /// Whose questions were answered.
    category: String,
    /// What is not sealed: the kind, the danger, the number of people.
    #[prop(optional)]
    rest: Option<Vec<(&'static str, String)>>,
) -> impl IntoView {
    let text = text();
    let row = |name: &'static str, value: Still| view! { <dt>{text.get(name)}</dt><dd>{value}</dd> };
    let typed = |value: Option<String>| match value {
        Some(value) => view! { <Verbatim text=value/> }.still(),
        None => view! { <span class="none">{text.get("track-none")}</span> }.still(),
    };
    let rest: Vec<_> = rest.unwrap_or_default().into_iter().map(|(name, value)| row(name, value.still())).collect();
    let position = position(text, &told.place);
    let answers = answered(text, &category, &told.answers);
    let site = site(text, told.site);
    view! {
        <dl class="sent">
            {rest}
            {row("track-place", typed(told.place.address))}
            {row("track-position", view! { {typed(told.place.typed)}{position} }.still())}
            {row("track-what", typed(told.what))}
            {answers}
            {site}
            {row("track-contact", typed(contact))}
        </dl>
    }
}

/// What an organisation said besides; nothing where nobody did.
fn site(text: Text, site: Site) -> Vec<Still> {
    let Site { name, hazard, substance, places } = site;
    let hazard = hazard.map(|hazard| text.of_family("hazard", hazard.name()).to_owned());
    let said = [("report-site", name), ("report-hazard", hazard), ("report-substance", substance)];
    let rows = said.into_iter().filter_map(|(label, value)| Some((label, view! { <Verbatim text=value?/> }.still())));
    let places: Vec<_> = places.into_iter().map(|place| view! { <li>{one_place(text, place)}</li> }).collect();
    let places = (!places.is_empty()).then(|| ("report-places", view! { <ol>{places}</ol> }.still()));
    rows.chain(places).map(|(label, value)| view! { <dt>{text.get(label)}</dt><dd>{value}</dd> }.still()).collect()
}

fn one_place(text: Text, place: Place) -> impl IntoView {
    let read = position(text, &place);
    let words = place.address.or(place.typed).map(|words| view! { <Verbatim text=words/> });
    view! { {words}{read} }
}

/// The position that was read, never a bare point: with its accuracy, or said to be read from words.
fn position(text: Text, place: &Place) -> Option<Still> {
    let Some((latitude, longitude)) = place.point else { return unread_link(text, place) };
    let quality = match place.accuracy {
        Some(metres) => text.with("track-accuracy", &[("metres", metres.into())]),
        None => text.get("track-approximate").to_owned(),
    };
    let converted =
        place.datum.map(|datum| view! { <span class="hint">{text.of_family("datum", datum.name())}</span> });
    let shown = view! { <span class="hint">{format!("{latitude:.5}, {longitude:.5} ({quality})")}</span>{converted}{about(text, place)} };
    Some(shown.still())
}

/// What the position is close to: a name to read out on the telephone, and said to be no more than that.
fn about(text: Text, place: &Place) -> Option<impl IntoView + use<>> {
    let hub = compat::hub()?;
    let about = hub.home().places.about(place.position()?)?;
    let said = match about.metres {
        0 => text.with("place-about-here", &[("name", about.name.into())]),
        metres => text.with("place-about", &[("name", about.name.into()), ("metres", metres.into())]),
    };
    Some(view! { <span class="hint">{said}</span> })
}

/// A link without a position in it is kept as it was typed; whoever typed it learns what would help.
fn unread_link(text: Text, place: &Place) -> Option<Still> {
    let why = match map_link::parse(place.typed.as_deref()?)? {
        MapLink::Hidden => "place-link-hidden",
        MapLink::Unread => "place-link-unread",
        MapLink::At { .. } => return None,
    };
    Some(view! { <span class="hint">{text.get(why)}</span> }.still())
}
