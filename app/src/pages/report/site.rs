//! What an organisation is asked besides: folded away, because whoever is alone and in need must not have to read past it.

use leptos::prelude::*;
use model::form::Field;
use model::report::RawReport;
use model::site::{Hazard, MOST_PLACES};

use crate::parts::field::{Faults, LineField, SelectField, TextField};
use crate::text::Text;

const FIELDS: [Field; 5] = [Field::Name, Field::Site, Field::Hazard, Field::Substance, Field::Places];

/// Open where something was filled in, or is to be mended.
pub fn fields(text: Text, raw: &RawReport, faults: &Faults) -> impl IntoView + use<> {
    let filled = raw.told_of_site().iter().any(|(_, value)| !value.is_empty());
    let open = filled || FIELDS.into_iter().any(|field| faults.get(field).is_some());
    let hazards = Hazard::ALL.map(|hazard| (hazard.name(), text.of_family("hazard", hazard.name())));
    let hazards = [("", text.get("report-hazard-none"))].into_iter().chain(hazards).collect();
    view! {
        <details class="site" open=open>
            <summary>{text.get("report-organisation")}</summary>
            <p class="hint">{text.get("report-organisation-hint")}" "<a href="/report/several">{text.get("report-several")}</a></p>
            <LineField
                field=Field::Site
                label=text.get("report-site")
                hint=text.get("report-site-hint")
                value=raw.site.clone()
                faults=faults.clone()
                autocomplete="organization"
            />
            <LineField
                field=Field::Name
                label=text.get("report-name")
                hint=text.get("report-name-hint")
                value=raw.name.clone()
                faults=faults.clone()
                autocomplete="name"
            />
            <SelectField
                field=Field::Hazard
                label=text.get("report-hazard")
                choices=hazards
                chosen=raw.hazard.clone()
                faults=faults.clone()
            />
            <LineField
                field=Field::Substance
                label=text.get("report-substance")
                hint=text.get("report-substance-hint")
                value=raw.substance.clone()
                faults=faults.clone()
            />
            <TextField
                field=Field::Places
                label=text.get("report-places")
                hint=text.with("report-places-hint", &[("most", MOST_PLACES.into())])
                value=raw.places.clone()
                faults=faults.clone()
            />
        </details>
    }
}
