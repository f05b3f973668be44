use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fluent_syntax::ast::Pattern;
use model::basis::Purpose;
use model::category::{CATALOGUE as CATEGORIES, Class, Service};
use model::consent::Consent;
use model::contact::Channel;
use model::datum::Datum;
use model::department::DEPARTMENTS;
use model::desk::TEMPLATES;
use model::incident::Obstacle;
use model::journal::Deed;
use model::note::Rating;
use model::notice;
use model::question;
use model::redaction::Reason;
use model::routing::Condition;
use model::site::Hazard;
use model::staff::Role;
use model::status::{LegalGround, Status};
use model::step::Act;

use super::*;

/// Families of keys, with all their members.
fn families() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    keys.extend(CATEGORIES.iter().map(|category| format!("category-{}", category.code)));
    keys.extend(Class::ALL.map(|class| format!("class-{}", class.code())));
    keys.extend(Service::ALL.map(|service| format!("service-{}", service.name())));
    keys.extend(hub::Period::ALL.map(|period| format!("period-{}", period.name())));
    for status in Status::ALL {
        keys.extend(["status", "status-short"].map(|family| format!("{family}-{}", status.name())));
    }
    keys.extend(
        Act::ALL
            .into_iter()
            .filter(|act| *act != Act::Status && *act != Act::Rating)
            .map(|act| format!("act-{}", act.name())),
    );
    keys.extend(Rating::ALL.map(|rating| format!("rating-{}", rating.name())));
    keys.extend(Condition::ALL.map(|condition| format!("condition-{}", condition.name())));
    for question in question::every() {
        keys.insert(format!("question-{}", question.code));
        keys.extend(question.kind.choices().iter().map(|choice| format!("choice-{}", choice.code)));
    }
    keys.extend(Hazard::ALL.map(|hazard| format!("hazard-{}", hazard.name())));
    keys.extend(model::private::Kind::ALL.map(|kind| format!("private-{}", kind.name())));
    keys.extend(question::Advice::ALL.map(|advice| format!("advice-{}", advice.name())));
    // What is converted was measured in one of the others.
    keys.extend(
        Datum::ALL.into_iter().filter(|datum| *datum != Datum::Wgs84).map(|datum| format!("datum-{}", datum.name())),
    );
    keys.extend(DEPARTMENTS.iter().map(|department| format!("department-{}", department.code)));
    keys.insert("department-flood".to_owned());
    keys.extend(LegalGround::ALL.map(|ground| format!("ground-{}", ground.name())));
    keys.extend(Role::ALL.map(|role| format!("role-{}", role.name())));
    keys.extend(Reason::ALL.map(Reason::name).into_iter().chain(["shown"]).map(|reason| format!("redaction-{reason}")));
    keys.extend(Obstacle::ALL.map(|obstacle| format!("obstacle-{}", obstacle.name())));
    for consent in Consent::ALL {
        keys.extend(["withdrawn", "withdrawn-desk"].map(|family| format!("{family}-{}", consent.name())));
    }
    // What is opened for moderation rests on the basis for responding.
    let based = [Purpose::Respond, Purpose::OwnAccess, Purpose::CallBack, Purpose::Tell];
    keys.extend(based.map(|purpose| format!("purpose-{}", purpose.name())));
    keys.extend(based.map(|purpose| format!("basis-{}", purpose.ground().name())));
    keys.extend(crate::pages::outbox::STATES.map(|state| format!("waiting-{state}")));
    keys.extend(crate::pages::outbox::REASONS.map(|reason| format!("waiting-why-{reason}")));
    keys.extend(crate::act::PHOTO_CODES.map(|code| format!("photo-refused-{code}")));
    keys.extend(["merge", "split", "notice"].map(|act| format!("incident-act-{act}")));
    keys.extend(Deed::all().map(|deed| format!("deed-{}", deed.name())));
    keys.extend(TEMPLATES.map(|template| format!("template-{template}")));
    keys.extend(Channel::ALL.map(|channel| format!("channel-{}", channel.name())));
    for kind in notice::Kind::ALL {
        keys.extend(["subject", "body", "kind"].map(|family| format!("notice-{family}-{}", kind.name())));
    }
    keys.extend(notice::State::ALL.map(|state| format!("notice-state-{}", state.name())));
    keys.extend(notice::Reason::ALL.map(|reason| format!("notice-reason-{}", reason.name())));
    for (name, _) in crate::pages::desk::QUEUES {
        keys.extend(["desk", "desk-empty"].map(|family| format!("{family}-{name}")));
    }
    keys
}

fn keys(language: &Language) -> BTreeSet<String> {
    FluentResource::try_new(language.source.to_owned()).unwrap().entries().filter_map(name).collect()
}

fn gaps(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                found.insert(id.name.to_owned());
            }
            Expression::Inline(_) => {}
            Expression::Select { selector, variants } => {
                if let InlineExpression::VariableReference { id } = selector {
                    found.insert(id.name.to_owned());
                }
                variants.iter().for_each(|variant| gaps(&variant.value, found));
            }
        }
    }
}

fn sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            found.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

/// Keys that the code names in quotes.
fn used() -> BTreeSet<String> {
    let mut source = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
    let words = source
        .split('"')
        .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    words.map(str::to_owned).collect()
}

#[test]
fn every_language_has_every_sentence_with_the_same_gaps() {
    let all: Vec<_> = LANGUAGES
        .iter()
        .map(|language| {
            let resource = FluentResource::try_new(language.source.to_owned()).unwrap();
            let sentences: Vec<(String, BTreeSet<String>)> = resource
                .entries()
                .filter_map(|entry| match entry {
                    Entry::Message(message) => {
                        let mut found = BTreeSet::new();
                        gaps(message.value.as_ref().unwrap(), &mut found);
                        Some((message.id.name.to_owned(), found))
                    }
                    Entry::Junk { content } => panic!("not understood: {content}"),
                    _ => None,
                })
                .collect();
            let unique: BTreeSet<_> = sentences.iter().map(|(key, _)| key.clone()).collect();
            assert_eq!(unique.len(), sentences.len(), "a key stands twice in {}", language.tag);
            sentences.into_iter().collect::<BTreeSet<_>>()
        })
        .collect();
    for other in &all[1..] {
        assert_eq!(all[0].symmetric_difference(other).collect::<Vec<_>>(), Vec::<&(String, BTreeSet<String>)>::new());
    }
}

#[test]
fn every_sentence_is_used_and_every_used_one_is_there() {
    let there = keys(&LANGUAGES[0]);
    let families = families();
    let unused: Vec<_> = there.difference(&families).filter(|key| !used().contains(*key)).collect();
    assert_eq!(unused, Vec::<&String>::new(), "sentences that nothing shows");
    let missing: Vec<_> = families.difference(&there).collect();
    assert_eq!(missing, Vec::<&String>::new(), "members of families without a sentence");
    let mut source = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
    for call in ["text.get(\"", "text.with(\"", "text.gapped(\""] {
        for rest in source.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(there.contains(key), "the code shows {key}, which no language has");
        }
    }
}

#[test]
fn the_language_is_the_best_of_those_a_browser_accepts() {
    assert_eq!(Locale::accepted("en-GB,en;q=0.9,zh;q=0.8"), Some(Locale::English));
    assert_eq!(Locale::accepted("fr, zh-TW;q=0.5, en;q=0.4"), Some(Locale::Chinese));
    assert_eq!(Locale::parse("zh%2DCN"), Some(Locale::Chinese));
    assert_eq!(Locale::parse(""), None);
    assert_eq!(Locale::accepted("fr,de;q=0.5"), None);
    assert_eq!(Locale::accepted("en;q=0, zh;q=0.1"), Some(Locale::Chinese));
    assert_eq!(Locale::accepted(";;,q=,"), None);
}

#[test]
fn sentences_that_are_put_together_here_read_as_fluent_would_have_them() {
    for locale in Locale::ALL {
        let catalogue = Text::of(locale).catalogue;
        assert!(catalogue.plain.len() > catalogue.whole.len(), "sentences with a gap are not among them");
        for (key, pieces) in &catalogue.plain {
            let gaps = pieces.iter().filter_map(|piece| match piece {
                Piece::Gap(gap) => Some(&*gap.clone().leak()),
                Piece::Words(_) => None,
            });
            let values: Vec<(&'static str, FluentValue<'_>)> = gaps
                .enumerate()
                .map(|(place, gap)| (gap, if place % 2 == 0 { FluentValue::from("a\"b") } else { 1_234_567.into() }))
                .collect();
            let args: FluentArgs<'_> = values.iter().cloned().collect();
            let pattern = catalogue.bundle.get_message(key).unwrap().value().unwrap();
            let fluent = catalogue.bundle.format_pattern(pattern, Some(&args), &mut Vec::new());
            assert_eq!(together(pieces, &values).as_deref(), Some(&*fluent), "{key}");
        }
    }
}

#[test]
fn gaps_are_filled_and_numbers_agree() {
    let english = Text::of(Locale::English);
    assert_eq!(english.with("open-behind", &[("count", 1.into())]), "1 event is still being counted.");
    assert_eq!(english.with("open-behind", &[("count", 2.into())]), "2 events are still being counted.");
    assert_eq!(english.gapped("count-left", "count"), "{count} characters left");
    assert_eq!(Text::of(Locale::Chinese).of_family("category", "12G00"), "起火或冒烟");
}
