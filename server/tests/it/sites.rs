//! What an organisation says besides: to the desk and back, and what is wrong with it.

use std::collections::BTreeSet;

use crate::support::commands::at;
use crate::support::desk::{Staff, placed};
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::postgres::Postgres;

const PLACES: &str = "31.2311, 121.4740\n\n仓库东门";

fn plant() -> Form {
    Form::report()
        .with("contact", "555 0100")
        .with("name", "Li Wei")
        .with("site", "Riverside Chemicals, plant 2")
        .with("hazard", "chemical")
        .with("substance", "liquid ammonia, 20 t")
        .with("places", PLACES)
}

fn to_the_desk(portal: &Portal, place: &[String]) {
    let staff = Staff::sign_in_at(portal, place, "utilities", "moderator");
    let (report, track) = placed(portal, &staff, &plant());
    let desk = staff.get(&format!("/desk/report/{report}")).text();
    let person = portal.client().get_with(&track, &[("Accept-Language", "en")]).text();
    for page in [&desk, &person] {
        for words in [
            "Li Wei, 555 0100",
            "Riverside Chemicals, plant 2",
            "liquid ammonia, 20 t",
            "仓库东门",
            "31.23110, 121.47400",
        ] {
            assert!(page.contains(words), "{words} in {page}");
        }
    }
    assert!(person.contains("Dangerous chemicals"));
    // Nothing of it may be what everybody reads.
    let open = portal.client().get("/api/v1/incidents").text();
    for words in ["Riverside", "ammonia", "仓库"] {
        assert!(!open.contains(words), "{words} in {open}");
    }
}

#[test]
fn what_an_organisation_says_reaches_the_desk_and_its_own_page_alone() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    to_the_desk(&portal, &at(data.path(), &[]));
}

#[test]
fn what_an_organisation_says_reaches_the_desk_on_postgres() {
    let Some(postgres) = Postgres::start() else { return };
    let (data, url) = (tempfile::tempdir().unwrap(), postgres.create("sites"));
    let portal = Portal::start(data.path(), &["--database", &url]);
    to_the_desk(&portal, &at(data.path(), &["--database", &url]));
}

#[test]
fn what_is_wrong_comes_back_with_everything_that_was_typed() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let lines = (0..21).map(|place| format!("Hall {place}")).collect::<Vec<_>>().join("\n");
    let wrong = plant().with("contact", "").with("hazard", "moon").with("places", &lines);
    let answer = portal.client().try_post("/report", &wrong, &[("Accept-Language", "en")]).unwrap();
    assert_eq!(answer.status, 422);
    let page = answer.page();
    let text = answer.text();
    for sentence in ["A name alone reaches nobody", "There are 21 other places", "What the danger comes from"] {
        assert!(text.contains(sentence), "{sentence}");
    }
    assert_eq!(page.field("places"), lines);
    assert_eq!(page.field("site"), "Riverside Chemicals, plant 2");
}

#[test]
fn the_same_plant_with_another_place_is_another_report() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let (client, form) = (portal.client(), plant());
    assert_eq!(client.post("/report", &form).status, 303);
    assert_eq!(client.post("/report", &form).status, 303, "the same again");
    let changed: BTreeSet<u16> =
        [("places", "elsewhere"), ("site", "plant 3"), ("name", "Wang Fang"), ("hazard", "gas"), ("substance", "none")]
            .into_iter()
            .map(|(field, value)| client.post("/report", &form.clone().with(field, value)).status)
            .collect();
    assert_eq!(changed, BTreeSet::from([409]));
}
