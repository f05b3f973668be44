//! Words that are taken out of sight, and who still reads them.

use crate::support::client::Answer;
use crate::support::desk::Staff;
use crate::support::form::{Form, new_key};
use crate::support::portal::Portal;
use crate::support::wait;

fn redacting(staff: &Staff, report: &str, part: &str) -> Form {
    let page = staff.get(&format!("/desk/report/{report}/redact?part={part}"));
    assert_eq!(page.status, 200, "{}", page.text());
    let page = page.page();
    let field = |name| page.field(name).to_owned();
    Form::of(&[("key", &new_key()), ("report", report), ("seen", &field("seen")), ("part", &field("part"))])
        .with("instead", &field("instead"))
        .with("reason", "private")
}

fn redact(staff: &Staff, form: &Form) -> Answer {
    staff.post(&format!("/desk/report/{}/redact", form.value("report")), form)
}

#[test]
fn hidden_words_are_read_by_who_wrote_them_and_by_moderators_alone() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let handler = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    let moderator = Staff::sign_in(&portal, data.path(), "fire", "moderator");
    let form = Form::report().with("what", "Mr Zhang did it, call 13800138000");
    let track = portal.client().report(&form).replace("/receipt/", "/track/");
    let report = form.key();
    wait::until("the report stands in the queue", || handler.queue("").contains(&report.to_owned()));
    let note = Form::note(&track, "His card is 11010519491231002X");
    assert_eq!(portal.client().post(&track, &note).status, 303);
    let case = format!("/desk/report/{report}");
    assert!(handler.get(&case).text().contains("13800138000"));
    assert_eq!(handler.get(&format!("{case}/redact")).status, 403, "the originals are not a handler's");

    // The handler is at work on it.
    assert_eq!(
        redact(&moderator, &redacting(&moderator, report, "what").with("told", "x").with("act", "hide")).status,
        409
    );
    assert_eq!(moderator.move_it(&moderator.moving(report, "take-up")).status, 303);
    let proposed = redacting(&moderator, report, "what");
    assert_eq!(proposed.value("instead"), "Mr Zhang did it, call ███████████", "what looks private is proposed");
    let hide = proposed.with("instead", "███ did it, call ███").with("act", "hide");
    let refused = redact(&moderator, &hide);
    assert_eq!(refused.status, 422, "why?");
    assert!(refused.text().contains("███ did it, call ███"), "what was typed is not lost");
    let hide = hide.with("told", "Nobody is guilty before a court says so");
    assert_eq!(redact(&handler, &hide).status, 403);
    assert_eq!(portal.client().post(&format!("{case}/redact"), &hide).status, 403);
    for _ in 0..2 {
        assert_eq!(redact(&moderator, &hide).status, 303);
    }
    let noted =
        redacting(&moderator, report, &format!("note.{}", note.key())).with("act", "hide").with("told", "Private");
    assert_eq!(redact(&moderator, &noted).status, 303);

    for staff in [&handler, &moderator] {
        let page = staff.get(&case).text();
        assert!(page.contains("███ did it") && page.contains("Nobody is guilty before"), "{page}");
        assert!(!page.contains("Zhang") && !page.contains("11010519491231002X"), "{page}");
    }
    let own = portal.client().get_with(&track, &[("Accept-Language", "en")]).text();
    assert!(own.contains("13800138000") && own.contains("11010519491231002X"), "whoever wrote it reads it");
    assert_eq!(own.matches("Nobody is guilty before").count(), 1, "and why");
    assert!(moderator.get(&format!("{case}/redact")).text().contains("13800138000"));

    let show = redacting(&moderator, report, "what").with("act", "show").with("told", "A court has");
    assert_eq!(redact(&moderator, &show).status, 303);
    assert!(handler.get(&case).text().contains("Zhang"));
    let elsewhere = redacting(&moderator, report, "what").with("part", &format!("note.{}", new_key()));
    let elsewhere = elsewhere.with("act", "hide").with("instead", "x").with("told", "x");
    assert_eq!(redact(&moderator, &elsewhere).status, 404, "a note of another report");
}

#[test]
fn whatever_a_person_wrote_can_be_taken_out_of_sight() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let moderator = Staff::sign_in(&portal, data.path(), "duty", "duty-officer");
    let form = Form::report()
        .with("category", "20000")
        .with("position", "8Q336FJJ+5F ask Zhang 13800138001")
        .with("answers[hazard][]", "other")
        .with("answers[hazard-what][]", "The oven of Zhang 13800138002");
    let track = portal.client().report(&form).replace("/receipt/", "/track/");
    let report = form.key();
    let case = format!("/desk/report/{report}");
    wait::until("the report is placed", || moderator.get(&case).status == 200);
    assert_eq!(moderator.move_it(&moderator.moving(report, "ask").with("told", "Which oven?")).status, 303);
    let answer = Form::note(&track, "The one of Zhang 13800138003").with("act", "answer");
    assert_eq!(portal.client().post(&track, &answer).status, 303);

    let words = [
        ("position".to_owned(), "13800138001"),
        ("answer.hazard-what".to_owned(), "13800138002"),
        (format!("said.{}", answer.key()), "13800138003"),
    ];
    let page = moderator.get(&case).text();
    assert!(words.iter().all(|(_, number)| page.contains(number)), "{page}");
    for (part, number) in &words {
        let proposed = redacting(&moderator, report, part);
        assert!(!proposed.value("instead").contains(number), "what looks private is proposed to be hidden");
        let hide = proposed.with("instead", &format!("(hidden {number})").replace("138001380", "")).with("act", "hide");
        assert_eq!(redact(&moderator, &hide.with("told", "A number of somebody else")).status, 303, "{part}");
    }
    let page = moderator.get(&case).text();
    for (part, number) in &words {
        assert!(!page.contains(number) && page.contains(&format!("(hidden {})", &number[9..])), "{part}: {page}");
    }
    assert!(page.contains("31.2") && page.contains("121.4"), "the position that was read is what helps: {page}");
    let own = portal.client().get_with(&track, &[("Accept-Language", "en")]).text();
    assert!(words.iter().all(|(_, number)| own.contains(number)), "whoever wrote it reads it");
    assert_eq!(own.matches("A number of somebody else").count(), 3, "and why");

    let hide = redacting(&moderator, report, "position").with("act", "hide").with("told", "x");
    for (part, status) in
        [("answer.label", 404), ("answer.hazard", 422), (&*format!("said.{}", new_key()), 404), ("contact", 422)]
    {
        let hide = hide.clone().with("key", &new_key()).with("part", part);
        assert_eq!(redact(&moderator, &hide).status, status, "{part}");
    }
    let asked = format!("said.{}", form.key());
    assert_eq!(redact(&moderator, &hide.with("key", &new_key()).with("part", &asked)).status, 404, "no step of theirs");
}
