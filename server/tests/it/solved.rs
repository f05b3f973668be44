//! What was solved, and what people say is not: counted, and shown to everybody.

use crate::support::desk::{Staff, placed};
use crate::support::form::Form;
use crate::support::portal::Portal;
use crate::support::wait;

/// Closes a report as solved.
fn solve(staff: &Staff, report: &str) {
    let begin = staff.moving(report, "change").with("to", "in-progress");
    assert_eq!(staff.move_it(&begin).status, 303);
    let done = staff.moving(report, "change").with("to", "done").with("template", "done-repaired");
    assert_eq!(staff.move_it(&done.with("evidence", "4 bar")).status, 303);
}

#[test]
fn that_it_is_not_solved_is_counted_for_everybody() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    assert!(client.english("/open").text().contains("In no class have 5 reports been closed as solved yet."));
    let staff = Staff::sign_in(&portal, data.path(), "utilities", "handler");
    for number in 0..10 {
        let (report, track) = placed(&portal, &staff, &Form::report());
        solve(&staff, &report);
        if number % 2 == 0 {
            assert_eq!(client.post(&track, &Form::note(&track, "It is dry").with("act", "contest")).status, 303);
        }
    }
    wait::until("the table tells what was solved", || {
        client.get("/solved.csv").text() == "class,solved,contested\n12000,10,5\n"
    });
    let open = client.english("/open").text();
    assert!(open.contains("What was solved") && open.contains("Said not to be solved"), "{open}");
    for path in ["/open?period=day", "/open?period=month", "/open"] {
        let page = client.get(path).page();
        let table = page.tables().pop().unwrap();
        assert_eq!(table.last().unwrap()[1..], ["10", "5"], "{path}");
    }
    assert!(client.get("/solved.csv").header("content-type").starts_with("text/csv"));
}
