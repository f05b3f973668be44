//! What a use case can fail with.

use model::form::Problem;
use model::id::Key;
use store::StoreError;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum HubError {
    /// The form needs mending; nothing was stored.
    #[error("the form has {} problems", .0.len())]
    Invalid(Vec<Problem>),
    /// Something else was sent under this key before; nothing was changed.
    #[error("other words were sent under this key before")]
    Conflict,
    /// The report was changed since the page was made; nothing of this was done.
    #[error("the report has changed since")]
    Stale,
    /// Somebody else of the staff is at work on the report until a time in UTC milliseconds; nothing of this was done.
    #[error("somebody else is at work on it")]
    Editing { report: Key, name: String, until: i64 },
    /// The table of states does not allow it.
    #[error("the state does not allow it: {0:?}")]
    Step(model::status::Refused),
    /// Their role or department does not allow it.
    #[error("not theirs to see or to do")]
    NotYours,
    /// It cannot be handed over like this.
    #[error("it cannot be handed over: {0:?}")]
    Handover(model::routing::handover::HandoverError),
    /// Reports cannot be joined, or not be handled like this.
    #[error("they cannot be handled like this: {0:?}")]
    Incident(model::incident::Obstacle),
    /// It is no photo that can be taken.
    #[error("the photo is not taken: {0:?}")]
    Photo(crate::PhotoFault),
    /// There is nothing under this link.
    #[error("no such link")]
    NoSuchLink,
    /// No basis covers the purpose.
    #[error("no basis covers this purpose")]
    NotGranted,
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// What was sealed does not open: the wrong master key, or damage.
    #[error("sealed data cannot be opened")]
    Sealed,
    /// What should be written to cannot be.
    #[error("the output cannot be written")]
    Output(#[source] std::io::Error),
    #[error("the system gives no random numbers")]
    Random(#[source] getrandom::Error),
}

impl HubError {
    /// Whether the same call may succeed later.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_unavailable())
    }
}
