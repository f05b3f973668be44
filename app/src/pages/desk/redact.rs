//! Taking words out of sight: the words of a report as they were written, and the form for one of them.

use hub::{Hub, Original, Originals, Staff};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::form::Field;
use model::redaction::{Part, RawRedaction, Reason};

use super::{SignedIn, at_desk};
use crate::act::{Kept, Returned, came_back};
use crate::compat::still::{Finish, Still};
use crate::compat::{self, Verbatim};
use crate::pages::missing::instead;
use crate::parts::field::{Faults, SelectField, TextField};
use crate::parts::page::Page;
use crate::parts::refusal::Refusal;
use crate::text::{Text, text};

#[component]
pub fn DeskRedact() -> impl IntoView {
    let (text, returned, key) = (text(), use_context::<Returned>(), compat::parameter("key"));
    let part = use_query_map().with_untracked(|query| query.get("part"));
    at_desk(move |hub, staff| async move {
        let originals = hub.originals(&staff, &key).await?;
        Ok(page(text, &hub, staff, &originals, returned, part))
    })
}

fn page(
    text: Text,
    hub: &Hub,
    staff: Staff,
    originals: &Originals,
    returned: Option<Returned>,
    part: Option<String>,
) -> Still {
    let (kept, error) = came_back(returned);
    let raw = match kept {
        Some(Kept::Redaction(raw)) => Some(raw),
        _ => None,
    };
    let key = match hub.new_key() {
        Ok(key) => key.to_string(),
        Err(error) => return instead(&error),
    };
    let faults = Faults::of_error(text, error.as_deref());
    let part = raw.as_ref().map(|raw| raw.part.clone()).or(part).and_then(|name| Part::parse(&name));
    let chosen = originals.texts.iter().find(|original| Some(original.part) == part).cloned();
    let chosen = chosen.or_else(|| photo(text, originals, part?));
    let refused = error.is_some();
    let title = text.with("redact-title", &[("reference", originals.reference.to_string().into())]);
    let back = format!("/desk/report/{}", originals.key);
    let body = match chosen {
        Some(original) => form(text, originals, &original, raw, key, faults).still(),
        None => list(text, originals).still(),
    };
    view! {
        <Page title=title.clone() refused=refused>
            <SignedIn staff=staff/>
            <p><a href=back>{text.get("near-back")}</a></p>
            {error.map(|error| view! { <Refusal error=error form="redact".to_owned()/> })}
            <h1>{title}</h1>
            <p class="hint">{text.get("redact-journal")}</p>
            {body}
        </Page>
    }
    .still()
}

fn name(text: Text, part: Part) -> &'static str {
    text.get(match part {
        Part::What => "track-what",
        Part::Address => "track-place",
        Part::Position => "track-position",
        Part::Site => "report-site",
        Part::Substance => "report-substance",
        Part::Places => "report-places",
        Part::Answer(code) => return text.of_family("question", code),
        Part::Note(_) => "entry-note-desk",
        Part::Said(_) => "redact-said",
        Part::Photo(_) => "photo-one",
    })
}

/// A photo, with words that stand in its place.
fn photo(text: Text, originals: &Originals, part: Part) -> Option<Original> {
    originals.photos.iter().find(|photo| Part::Photo(photo.id) == part)?;
    let hidden = originals.hidden.iter().find(|hidden| hidden.part == part).cloned();
    let proposed = text.get("redact-photo-instead").to_owned();
    Some(Original { part, text: String::new(), proposed, hidden })
}

/// What is to be taken out of sight, or shown again: the words, or the picture.
fn original(text: Text, originals: &Originals, original: &Original) -> Still {
    match originals.photos.iter().find(|photo| Part::Photo(photo.id) == original.part) {
        Some(photo) => {
            let address = format!("/desk/report/{}/photo/{}/original", originals.key, photo.sha256);
            view! { <p class="photos"><img src=address alt=text.get("photo-one")/></p> }.still()
        }
        None => view! {
            <p class="status"><b>{text.get("redact-original")}</b><Verbatim text=original.text.clone()/></p>
        }
        .still(),
    }
}

/// Every text and every photo of the report, each with the way to its form.
fn list(text: Text, originals: &Originals) -> impl IntoView + use<> {
    let items: Vec<_> = originals
        .texts
        .iter()
        .map(|original| {
            let address = format!("/desk/report/{}/redact?part={}", originals.key, original.part.full_name());
            let hidden = original.hidden.as_ref().map(|hidden| text.of_family("redaction", hidden.reason.name()));
            view! {
                <li>
                    <a href=address>{name(text, original.part)}</a>
                    {hidden.map(|hidden| view! { " "<span class="mark">{text.get("redact-hidden")}</span>" "{hidden} })}
                    <p><Verbatim text=original.text.clone()/></p>
                </li>
            }
        })
        .collect();
    let photos: Vec<_> = originals
        .photos
        .iter()
        .enumerate()
        .map(|(place, photo)| {
            let address = format!("/desk/report/{}/redact?part={}", originals.key, Part::Photo(photo.id).full_name());
            let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
            let hidden = photo.instead.is_some().then(|| text.get("redact-hidden"));
            view! {
                <li>
                    <a href=address>{text.with("photo-number", &[("number", number.into())])}</a>
                    {hidden.map(|hidden| view! { " "<span class="mark">{hidden}</span> })}
                </li>
            }
        })
        .collect();
    if items.is_empty() && photos.is_empty() {
        return view! { <p>{text.get("redact-none")}</p> }.still();
    }
    view! { <p>{text.get("redact-which")}</p><ol class="queue">{items}{photos}</ol> }.still()
}

fn form(
    text: Text,
    originals: &Originals,
    original: &Original,
    raw: Option<RawRedaction>,
    fresh_key: String,
    faults: Faults,
) -> impl IntoView + use<> {
    let seen = originals.seen.to_string();
    // A form keeps its key as long as sending it again means sending the same.
    let key = match &raw {
        Some(raw) if raw.seen == seen && !raw.key.is_empty() => raw.key.clone(),
        _ => fresh_key,
    };
    let hidden = original.hidden.as_ref();
    let first = || RawRedaction {
        instead: hidden.map_or_else(|| original.proposed.clone(), |hidden| hidden.shown.text.clone()),
        reason: hidden.map_or(Reason::Private, |hidden| hidden.reason).name().to_owned(),
        told: hidden.map(|hidden| hidden.shown.why.clone()).unwrap_or_default(),
        ..RawRedaction::default()
    };
    let raw = raw.unwrap_or_else(first);
    let address = format!("/desk/report/{}/redact", originals.key);
    let reasons = Reason::ALL.map(|reason| (reason.name(), text.of_family("redaction", reason.name()))).to_vec();
    let part = original.part.full_name();
    let report = originals.key.to_string();
    let (hint, why) = (text.get("redact-instead-hint").to_owned(), text.get("redact-why-hint").to_owned());
    let label = name(text, original.part);
    let shown = self::original(text, originals, original);
    view! {
        <h2>{label}</h2>
        {shown}
        <form method="post" action=address novalidate>
            <input type="hidden" name="key" value=key/>
            <input type="hidden" name="report" value=report/>
            <input type="hidden" name="seen" value=seen/>
            <input type="hidden" name="part" value=part/>
            <TextField
                field=Field::Instead
                label=text.get("redact-instead")
                hint=hint
                value=raw.instead
                faults=faults.clone()
                form="redact"
            />
            <SelectField
                field=Field::Reason
                label=text.get("redact-reason")
                choices=reasons
                chosen=raw.reason
                faults=faults.clone()
                form="redact"
            />
            <TextField
                field=Field::Told
                label=text.get("redact-why")
                hint=why
                value=raw.told
                faults=faults
                form="redact"
            />
            <button type="submit" class="send" name="act" value="hide">{text.get("redact-go")}</button>
            " "
            {hidden.map(|_| {
                view! { <button type="submit" class="quiet" name="act" value="show">{text.get("redact-show")}</button> }
            })}
        </form>
    }
}
