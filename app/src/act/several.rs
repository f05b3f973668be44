//! Sending several reports as one table.

use hub::{Named, Source};
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
        return show_again(Kept::Several(several, None), PAGE.to_owned());
    }
    let hub = compat::hub().ok_or(Trouble::Unavailable)?;
    let done = if several.act == "send" {
        let source = use_context::<Source>().unwrap_or_default();
        let source = Source { language: Some(text().locale().tag()), ..source };
        hub.submit_several(&several, &NAMED, &source).await
    } else {
        match hub.lines(&several, &NAMED) {
            Ok(_) => {
                return show_again(
                    Kept::Several(RawSeveral { act: "look".to_owned(), ..several }, None),
                    PAGE.to_owned(),
                );
            }
            Err(error) => Err(error),
        }
    };
    match done {
        Ok(sent) if !sent.rest.is_empty() => {
            let rest = RawSeveral { table: sent.rest.clone(), act: "look".to_owned(), ..RawSeveral::default() };
            show_again(Kept::Several(rest, Some(sent)), PAGE.to_owned())
        }
        done => conclude(done.map(|sent| address(&sent)), || Kept::Several(several, None)),
    }
}

/// The list of what was sent.
pub fn address(sent: &hub::Sent) -> String {
    format!("{PAGE}/{}", sent.link.as_str())
}

fn category(name: &str) -> Option<&'static str> {
    CATALOGUE.iter().map(|category| category.code).find(|code| is_called(name, "category", code))
}

fn hazard(name: &str) -> Option<&'static str> {
    Hazard::ALL.map(Hazard::name).into_iter().find(|code| is_called(name, "hazard", code))
}

fn is_called(name: &str, family: &'static str, code: &str) -> bool {
    let name = name.trim().to_lowercase();
    name == code.to_lowercase()
        || Locale::ALL.iter().any(|locale| Text::of(*locale).of_family(family, code).to_lowercase() == name)
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
