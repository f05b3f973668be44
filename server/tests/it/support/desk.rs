//! Somebody of the staff, signed in.

use std::path::Path;

use super::client::{Answer, Client};
use super::commands::{at, good};
use super::form::{Form, new_key};
use super::html::Page;
use super::portal::Portal;
use super::wait;

/// A browser with a session of the desk.
pub struct Staff {
    client: Client,
    cookie: String,
}

/// A fresh link, as `shouwang staff add` prints it, without the host.
pub fn invited(place: &[String], name: &str, department: &str, role: &str) -> String {
    let words = ["staff", "add", name, "--department", department, "--role", role];
    let printed = good(&[&words.map(str::to_owned)[..], place].concat());
    printed.lines().last().unwrap().to_owned()
}

/// Signs in by a link.
pub fn enter(client: &Client, link: &str) -> Answer {
    client.post(link, &Form::of(&[("link", link.rsplit('/').next().unwrap())]))
}

impl Staff {
    /// Adds somebody to the portal over `data`, and signs them in.
    pub fn sign_in(portal: &Portal, data: &Path, department: &str, role: &str) -> Self {
        Self::sign_in_at(portal, &at(data, &[]), department, role)
    }

    pub fn sign_in_at(portal: &Portal, place: &[String], department: &str, role: &str) -> Self {
        let client = portal.client();
        let answer = enter(&client, &invited(place, "Li Wei", department, role));
        assert_eq!((answer.status, answer.location()), (303, "/desk"));
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        Self { client, cookie }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.client.get_with(path, &[("Cookie", &self.cookie)])
    }

    /// The page of a report.
    pub fn page(&self, report: &str) -> Page {
        let answer = self.get(&format!("/desk/report/{report}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.page()
    }

    pub fn post(&self, path: &str, form: &Form) -> Answer {
        self.client.try_post(path, form, &[("Cookie", &self.cookie)]).unwrap()
    }

    /// Sends a form with files.
    pub fn upload(&self, path: &str, body: &[u8], boundary: &str) -> Answer {
        let kind = format!("multipart/form-data; boundary={boundary}");
        let headers = [("Cookie", self.cookie.as_str()), ("Content-Type", &kind), ("Sec-Fetch-Site", "same-origin")];
        self.client.ask("POST", path, &headers, Some(body)).unwrap()
    }

    /// A move on top of what the page of the report shows now, under a fresh key.
    pub fn moving(&self, report: &str, act: &str) -> Form {
        let seen = self.page(report).field("seen").to_owned();
        Form::of(&[("key", &new_key()), ("report", report), ("seen", &seen), ("act", act)])
    }

    pub fn move_it(&self, form: &Form) -> Answer {
        self.post(&format!("/desk/report/{}", form.value("report")), form)
    }

    /// The reports of a list, in their order.
    pub fn queue(&self, query: &str) -> Vec<String> {
        let answer = self.get(&format!("/desk{query}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page = answer.page();
        let links = page.within(("ol", "queue"), "a");
        links
            .iter()
            .filter_map(|link| Some(link.attribute("href")?.strip_prefix("/desk/report/")?.to_owned()))
            .collect()
    }
}

/// A report that the router has placed: its key, and the address of its page for whoever sent it.
pub fn placed(portal: &Portal, staff: &Staff, form: &Form) -> (String, String) {
    let track = portal.client().report(form).replace("/receipt/", "/track/");
    wait::until("the report stands in the queue", || staff.queue("").contains(&form.key().to_owned()));
    (form.key().to_owned(), track)
}
