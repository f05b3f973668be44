//! Photos of a report, and the form that adds some.

use std::sync::LazyLock;

use hub::Photo;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::act::{PhotoOutcome, photo_sentence};
use crate::compat::still::Finish;
use crate::compat::{self, Verbatim};
use crate::parts::icon::{Icon, Shape};
use crate::parts::time;
use crate::site::site;
use crate::text::{Locale, Text, text};

/// The photos in small, each a link to the whole; those of what was done say whose they are.
#[component]
pub fn Photos(
    photos: Vec<Photo>,
    /// The address under which their names stand.
    base: String,
) -> impl IntoView {
    let text = text();
    let hub = compat::hub();
    let items: Vec<_> = photos
        .into_iter()
        .enumerate()
        .map(|(place, photo)| {
            let department = photo.department.as_deref().map(|code| text.of_family("department", code));
            let shown = hub.as_ref().map(|hub| time::shown(hub, photo.at));
            let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
            let name = match department {
                Some(department) => {
                    text.with("photo-of-department", &[("number", number.into()), ("department", department.into())])
                }
                None => text.with("photo-number", &[("number", number.into())]),
            };
            let taken = photo.place.map(|position| {
                let place = format!("{:.5}, {:.5}", position.latitude(), position.longitude());
                text.with("photo-taken-at", &[("place", place.into())])
            });
            let address = format!("{base}/{}", photo.sha256);
            let picture = match photo.instead {
                Some(instead) => view! { <p class="hidden-photo"><Verbatim text=instead/></p> }.still(),
                None => view! {
                    <a href=address.clone()><img src=format!("{address}/small") alt=name.clone() loading="lazy"/></a>
                }
                .still(),
            };
            view! {
                <li>
                    {picture}
                    <p class="hint">
                        {department}
                        {department.map(|_| " · ")}
                        <time datetime=time::machine(photo.at)>{shown}</time>
                        {taken.map(|taken| view! { <br/>{taken} })}
                    </p>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="photos">{items}</ul> })
}

/// What the script says, by language.
static PHRASES: LazyLock<[String; Locale::ALL.len()]> =
    LazyLock::new(|| Locale::ALL.map(|locale| phrases(Text::of(locale))));

fn phrases(text: Text) -> String {
    let phrases = serde_json::json!({
        "undo": text.get("photo-undo"),
        "remove": text.get("photo-remove"),
        "how": text.get("photo-how"),
        "sending": text.with_gaps("photo-sending", &["done", "all"]),
        "failed": text.get("photo-failed"),
        "preview": text.with_gaps("photo-preview", &["name"]),
        "taken": text.with_gaps("photo-taken-at", &["place"]),
    });
    phrases.to_string()
}

/// The form that adds photos. Several files go at once; each that was refused is named with its reason.
#[component]
pub fn AddPhotos(
    /// Where it is posted.
    action: String,
    /// Where to go on from there.
    page: String,
    /// What stands above it.
    label: &'static str,
    /// The photos of the form that came back; `None` when none did.
    outcomes: Option<Vec<PhotoOutcome>>,
    /// Whether the sender may tell where they were taken.
    #[prop(optional)]
    place: bool,
) -> impl IntoView {
    let text = text();
    let hint = text.with("photo-hint", &[("most", hub::MOST_PHOTOS.into())]);
    let scripted = site().script.is_some();
    let phrases = scripted.then(|| &*PHRASES[text.locale() as usize]);
    view! {
        <form class="photo-form" id="photo-form" method="post" enctype="multipart/form-data" action=action data-page=page data-phrases=phrases>
            {outcomes.map(|outcomes| said(text, outcomes))}
            <div class="field">
                <label for="photo">{label}</label>
                <p class="hint" id="photo-hint">{hint}</p>
                // Before the files: it is known when they come.
                {place.then(|| {
                    view! {
                        <label class="choice tick">
                            <input type="checkbox" name="place" value="yes"/>
                            <span>{text.get("photo-place")}<span class="hint">{text.get("photo-place-hint")}</span></span>
                        </label>
                    }
                })}
                <input type="file" id="photo" name="photo" accept="image/jpeg,image/png,image/webp" multiple aria-describedby="photo-hint"/>
            </div>
            <button type="submit" class="quiet">{text.get("photo-send")}</button>
        </form>
        {scripted.then(|| view! {
            <script src="/offline/picture.js" nonce=use_nonce() defer></script>
            <script src="/offline/photo.js" nonce=use_nonce() defer></script>
        })}
    }
}

/// What became of each photo.
fn said(text: Text, outcomes: Vec<PhotoOutcome>) -> impl IntoView {
    let none = outcomes.is_empty();
    let items: Vec<_> = outcomes
        .into_iter()
        .map(|outcome| match outcome.taken {
            Ok(_) => {
                view! { <li><Icon shape=Shape::Check/><Verbatim text=outcome.name/>" — "{text.get("photo-kept")}</li> }
                    .still()
            }
            Err(error) => {
                view! { <li><b><Verbatim text=outcome.name/></b>" — "{photo_sentence(&error, text.locale())}</li> }
                    .still()
            }
        })
        .collect();
    view! {
        <div class="summary" role="alert" tabindex="-1" autofocus>
            <h2>{text.get("photo-some-refused")}</h2>
            {none.then(|| view! { <p>{text.get("photo-none")}</p> })}
            <ul>{items}</ul>
        </div>
    }
}
