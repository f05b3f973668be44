//! What people do: one server function an act.
//!
//! A form posts to the path of its own page. The server hands the body to the act and reads the [`Outcome`]: a success redirects, a
//! refusal shows the page again in the answer to the post itself, filled in, with its status. So nothing that was typed has to be kept
//! anywhere, and a full disk loses nothing. In the same way a half-filled form passes into the other language.

mod consent;
mod desk;
mod incident;
mod more;
mod note;
mod photo;
mod redact;
mod release;
mod report;
mod several;
mod tell;
mod verify;

use std::sync::{Arc, Mutex};

use hub::{Hub, HubError};
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::FromServerFnError;
use model::desk::RawMove;
use model::flood::RawRelease;
use model::form::{Fault, Field};
use model::incident::{RawJoin, RawTogether};
use model::more::RawMore;
use model::note::RawNote;
use model::notice::RawAsk;
use model::redaction::RawRedaction;
use model::report::RawReport;
use model::several::RawSeveral;
use serde::{Deserialize, Serialize};

use crate::compat;
use crate::parts::field::sentence;
use crate::text::{Locale, Text};

pub use consent::WithdrawConsent;
pub use desk::{EnterDesk, LeaveDesk, MoveReport};
pub use incident::{ActTogether, JoinReports};
pub use more::TellMore;
pub use note::AddNote;
#[cfg(test)]
pub(crate) use photo::CODES as PHOTO_CODES;
pub use photo::{PhotoOutcome, photo_code, photo_sentence};
pub use redact::RedactWords;
pub use release::ReleaseReports;
pub use report::SendReport;
pub use several::{NAMED, SendSeveral, address as list_of};
pub use tell::{AskForList, TellAgain};
pub use verify::VerifyReceipt;

/// What an act fails with, for callers that are programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// Something must be mended.
    Invalid,
    /// The key was used for other words.
    Conflict,
    /// The link leads nowhere.
    Missing,
    /// Not for this caller.
    Forbidden,
    /// It is not possible as things stand.
    Impossible,
    /// Try again later.
    Unavailable,
    /// The call could not be understood.
    Arguments,
    /// A defect of ours.
    Failed,
}

impl FromServerFnError for Trouble {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::Arguments
            }
            _ => Self::Failed,
        }
    }
}

impl From<&HubError> for Trouble {
    fn from(error: &HubError) -> Self {
        match error {
            HubError::Invalid(_) | HubError::Photo(_) => Self::Invalid,
            HubError::Conflict => Self::Conflict,
            HubError::Stale
            | HubError::Editing { .. }
            | HubError::Step(_)
            | HubError::Handover(_)
            | HubError::Incident(_) => Self::Impossible,
            HubError::NotYours => Self::Forbidden,
            HubError::NoSuchLink | HubError::NotGranted => Self::Missing,
            error if error.is_unavailable() => Self::Unavailable,
            _ => Self::Failed,
        }
    }
}

/// A form as it was typed.
#[derive(Clone, Debug)]
pub enum Kept {
    Report(Box<RawReport>),
    Several(RawSeveral),
    Note(RawNote),
    More(RawMore),
    Move(RawMove),
    Join(RawJoin),
    Together(RawTogether),
    Redaction(RawRedaction),
    Release(RawRelease),
    /// A receipt to be checked.
    Statement(String),
    /// Photos, and what became of each.
    Photos(Arc<[PhotoOutcome]>),
    Ask(RawAsk),
    /// A form without fields.
    Nothing,
}

/// A form that comes back, for the page that shows it again.
#[derive(Clone, Debug)]
pub struct Returned {
    pub kept: Kept,
    /// Why it was refused; `None` when it was not sent, only shown in the other language.
    pub error: Option<Arc<HubError>>,
}

/// The form that came back and why, if one did; the page gets the status that says so.
pub(crate) fn came_back(returned: Option<Returned>) -> (Option<Kept>, Option<Arc<HubError>>) {
    let (kept, error) = returned.map(|returned| (returned.kept, returned.error)).unzip();
    let error = error.flatten();
    if let Some(error) = &error {
        compat::set_error_status(error);
    }
    (kept, error)
}

/// The key that a form goes on with: its own as long as sending it again means sending the same, else another.
pub(crate) fn key_for(hub: &Hub, key: String, error: Option<&HubError>) -> Result<String, HubError> {
    if key.is_empty() || error.is_some_and(spends_key) { hub.new_key().map(|key| key.to_string()) } else { Ok(key) }
}

/// Whether a form was refused for its key: other words came under it before, or it is none.
pub(crate) fn spends_key(error: &HubError) -> bool {
    match error {
        HubError::Conflict => true,
        HubError::Invalid(problems) => {
            problems.iter().any(|problem| (problem.field, problem.fault) == (Field::Key, Fault::Unknown))
        }
        _ => false,
    }
}

/// What is wrong, for a program that shows it: a word for the kind, and sentences.
pub fn explained(error: &HubError, locale: Locale) -> (&'static str, Vec<String>) {
    let text = Text::of(locale);
    match error {
        HubError::Invalid(problems) => ("invalid", problems.iter().map(|problem| sentence(text, *problem)).collect()),
        HubError::Conflict => ("conflict", vec![text.get("summary-conflict").to_owned()]),
        error if error.is_unavailable() => ("unavailable", vec![text.get("summary-unavailable").to_owned()]),
        _ => ("refused", Vec::new()),
    }
}

/// What became of an act.
/// A session is a secret: it has no `Debug`.
#[derive(Clone)]
pub enum Outcome {
    /// The page to go to.
    Done(String),
    /// The same, with a session to be kept until a time in UTC milliseconds.
    SignedIn {
        next: String,
        session: String,
        until: i64,
    },
    /// The same, without one from now on.
    SignedOut(String),
    Returned(Box<Returned>),
}

/// Where an act leaves its outcome for the server. Without one in context (a program calls), the answer itself must do.
#[derive(Clone, Default)]
pub struct Slot(Arc<Mutex<Option<Outcome>>>);

impl Slot {
    pub fn take(&self) -> Option<Outcome> {
        self.0.lock().ok().and_then(|mut outcome| outcome.take())
    }

    fn put(&self, outcome: Outcome) {
        if let Ok(mut place) = self.0.lock() {
            *place = Some(outcome);
        }
    }
}

/// Leaves the outcome and turns it into the answer: the address of the next page.
fn conclude(result: Result<String, HubError>, kept: impl FnOnce() -> Kept) -> Result<String, Trouble> {
    let slot = use_context::<Slot>();
    match result {
        Ok(next) => {
            if let Some(slot) = slot {
                slot.put(Outcome::Done(next.clone()));
            }
            Ok(next)
        }
        Err(error) => {
            let trouble = Trouble::from(&error);
            if trouble == Trouble::Failed || trouble == Trouble::Unavailable {
                tracing::error!(error = &error as &dyn std::error::Error, "an act failed");
            }
            if let Some(slot) = slot {
                slot.put(Outcome::Returned(Box::new(Returned { kept: kept(), error: Some(Arc::new(error)) })));
            }
            Err(trouble)
        }
    }
}

/// Leaves the form as it is, to be shown again: nothing is looked at, nothing is stored. Answers with the address of its page.
fn show_again(kept: Kept, page: String) -> Result<String, Trouble> {
    if let Some(slot) = use_context::<Slot>() {
        slot.put(Outcome::Returned(Box::new(Returned { kept, error: None })));
    }
    Ok(page)
}
