//! Sending several reports as one table.

use std::collections::HashMap;
use std::sync::LazyLock;

use hub::{HubError, Named, Source};
use leptos::prelude::*;
use model::category::CATALOGUE;
use model::several::RawSeveral;
use model::site::Hazard;

use super::{Kept, Trouble, conclude, show_again};
use crate::compat;
use crate::text::{Locale, Text, text};

const PAGE: &str = "/report/several";

/// Kinds by their codes, or by the names that they have here in any language.
pub const NAMED: Named = Named { category, hazard };

/// Shows what each line of a table becomes, and stores those that are reports once that was looked at. Anybody may call it, as with one
/// report. Answers with the address of the list of what was stored; lines that are to be mended are handed back.
#[server(prefix = "/act", endpoint = "report/several")]
pub async fn send_several(
    #[server(flatten)] several: RawSeveral,
    #[server(default)] language: String,
) -> Result<String, Trouble> {
    if !language.is_empty() {
        return show_again(Kept::Several(several), PAGE.to_owned());
    }
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let done = if several.act == "send" {
        let source = use_context::<Source>().unwrap_or_default();
        let source = Source { language: Some(text().locale().tag()), ..source };
        hub.submit_several(&several, &NAMED, &source).await
    } else {
        match hub.lines(&several, &NAMED) {
            Ok(_) => {
                let looked_at = RawSeveral { act: "look".to_owned(), ..several };
                return show_again(Kept::Several(looked_at), PAGE.to_owned());
            }
            Err(error) => Err(error),
        }
    };
    match done {
        Ok(sent) if !sent.rest.is_empty() => {
            let rest = RawSeveral {
                key: several.key,
                table: sent.rest,
                act: "look".to_owned(),
                sent: sent.link.as_str().to_owned(),
                from: sent.stored.to_string(),
            };
            show_again(Kept::Several(rest), PAGE.to_owned())
        }
        // Under its next key the same table is another: it must be looked at before it is sent.
        Err(HubError::Conflict) => {
            conclude(Err(HubError::Conflict), || Kept::Several(RawSeveral { act: String::new(), ..several }))
        }
        done => conclude(done.map(|sent| address(sent.link.as_str())), || Kept::Several(several)),
    }
}

/// The list of what was sent.
pub fn address(link: &str) -> String {
    format!("{PAGE}/{link}")
}

type Codes = HashMap<String, &'static str>;

static CATEGORIES: LazyLock<Codes> =
    LazyLock::new(|| codes("category", CATALOGUE.iter().map(|category| category.code)));
static HAZARDS: LazyLock<Codes> = LazyLock::new(|| codes("hazard", Hazard::ALL.into_iter().map(Hazard::name)));

fn category(name: &str) -> Option<&'static str> {
    CATEGORIES.get(&name.trim().to_lowercase()).copied()
}

fn hazard(name: &str) -> Option<&'static str> {
    HAZARDS.get(&name.trim().to_lowercase()).copied()
}

/// What people call the codes of a family, in small letters.
fn codes(family: &'static str, codes: impl Iterator<Item = &'static str>) -> Codes {
    let names = |code| Locale::ALL.map(|locale| Text::of(locale).of_family(family, code).to_lowercase());
    codes.flat_map(|code| names(code).into_iter().chain([code.to_lowercase()]).map(move |name| (name, code))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_found_by_its_code_and_by_its_name_in_either_language() {
        for name in ["12G00", "12g00", " 起火或冒烟 "] {
            assert_eq!(category(name), Some("12G00"), "{name}");
        }
        let english = Text::of(Locale::English).of_family("category", "12G00").to_uppercase();
        assert_eq!(category(&english), Some("12G00"));
        assert_eq!((category(""), category("moon")), (None, None));
        assert_eq!((hazard("燃气"), hazard("GAS")), (Some("gas"), Some("gas")));
    }
}
