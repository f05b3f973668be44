//! Notices in words: what a mail and a short message say, in the language in which the person reported.

use hub::{Letter, Phrases};
use model::notice::Kind;

use super::{Locale, Text};

/// The phrases of the catalogues.
pub struct Letters;

impl Phrases for Letters {
    fn mail(&self, letter: &Letter) -> (String, String) {
        let text = text_of(letter);
        let reference = letter.reference.to_string();
        let of_kind =
            |family| text.with_of_family(family, letter.kind.name(), &[("reference", reference.clone().into())]);
        let (subject, told) = (of_kind("notice-subject"), of_kind("notice-body"));
        let link = letter.link.as_str();
        let (leads, private) = match letter.kind {
            Kind::List => (text.get("notice-list-leads"), text.get("notice-list-private")),
            _ => (text.get("notice-leads"), text.get("notice-private")),
        };
        let state = state(text, letter).map(|state| format!("{state}\n\n")).unwrap_or_default();
        let foot = text.get("notice-foot");
        (subject, format!("{told}\n\n{state}{leads}\n{link}\n\n{private}\n\n-- \n{foot}\n"))
    }

    fn sms(&self, letter: &Letter) -> String {
        let text = text_of(letter);
        let reference = letter.reference.to_string();
        let subject = text.with_of_family("notice-subject", letter.kind.name(), &[("reference", reference.into())]);
        format!("{} {subject} {}", text.get("notice-sms-sender"), letter.link)
    }
}

fn text_of(letter: &Letter) -> Text {
    Text::of(Locale::parse(&letter.language).unwrap_or_default())
}

/// Where the report stands, when the notice is about that.
fn state(text: Text, letter: &Letter) -> Option<String> {
    let status = letter.status.filter(|_| matches!(letter.kind, Kind::Changed | Kind::Closed))?;
    Some(format!("{} {}", text.get("track-status"), text.of_family("status-short", status.name())))
}

#[cfg(test)]
mod tests {
    use model::id::Key;
    use model::status::Status;

    use super::*;

    fn letter(kind: Kind, language: &str) -> Letter {
        let reference = Key::from_parts(1, &[1; 10]).reference();
        let link = "https://portal.example/track/abc".to_owned();
        Letter { kind, status: Some(Status::Done), reference, link, language: language.to_owned() }
    }

    #[test]
    fn every_notice_has_its_link_on_a_line_of_its_own_and_a_subject_of_one_line() {
        for kind in Kind::ALL {
            for locale in Locale::ALL {
                let (subject, body) = Letters.mail(&letter(kind, locale.tag()));
                assert!(!subject.is_empty() && !subject.contains('\n') && !subject.contains("notice-"), "{subject}");
                assert!(body.lines().any(|line| line == "https://portal.example/track/abc"), "{body}");
                assert!(!body.contains("notice-"), "{body}");
                let sms = Letters.sms(&letter(kind, locale.tag()));
                assert!(sms.ends_with(" https://portal.example/track/abc") && sms.chars().count() < 200, "{sms}");
            }
        }
    }

    #[test]
    fn a_state_is_said_in_the_language_of_the_report() {
        let english = Letters.mail(&letter(Kind::Closed, "en")).1;
        assert!(english.contains(Text::of(Locale::English).get("status-short-done")), "{english}");
        let (subject, _) = Letters.mail(&letter(Kind::Received, ""));
        assert!(!subject.is_ascii(), "without a language it is the portal's: {subject}");
        assert!(!Letters.mail(&letter(Kind::Received, "en")).1.contains("Status"));
    }
}
