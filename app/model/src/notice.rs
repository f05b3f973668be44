//! Telling people: which events make a notice, how often it is tried, and what can stand in its way.
//!
//! A notice holds no words of anybody: it names the report and leads to it.

use serde::{Deserialize, Serialize};

use crate::contact::{self, Address};
use crate::form::{Fault, Field, Problem, Problems};
use crate::id::Key;
use crate::status::Status;
use crate::step::Act;

/// What a notice tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The report is stored; here is the link to follow it.
    Received,
    /// The desk asks something, and waits.
    Asked,
    /// It stands elsewhere now.
    Changed,
    /// It is closed.
    Closed,
    /// The desk has written something.
    Said,
    /// It is handled together with others about the same event.
    Merged,
    /// It is handled on its own again.
    Parted,
    /// The link to all reports with this contact, which was asked for.
    List,
}

impl Kind {
    pub const ALL: [Self; 8] =
        [Self::Received, Self::Asked, Self::Changed, Self::Closed, Self::Said, Self::Merged, Self::Parted, Self::List];

    /// The name in columns and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Asked => "asked",
            Self::Changed => "changed",
            Self::Closed => "closed",
            Self::Said => "said",
            Self::Merged => "merged",
            Self::Parted => "parted",
            Self::List => "list",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The steps that people are told of. That a report was passed to another department is not among them: nothing changes for whoever
/// waits, and the page says so. Neither is what they did themselves.
static TOLD: [(Act, Kind); 5] = [
    (Act::Question, Kind::Asked),
    (Act::Status, Kind::Changed),
    (Act::Notice, Kind::Said),
    (Act::Merge, Kind::Merged),
    (Act::Split, Kind::Parted),
];

/// The notice that a step makes, if it makes one.
pub fn of_step(act: Act, status: Option<Status>) -> Option<Kind> {
    let (_, kind) = TOLD.iter().find(|(told, _)| *told == act)?;
    let closed = *kind == Kind::Changed && status.is_some_and(Status::is_closed);
    Some(if closed { Kind::Closed } else { *kind })
}

/// How far a notice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// To be sent.
    Queued,
    /// Handed over to whoever carries it on: more nobody can know.
    Sent,
    /// Not delivered yet; it is tried again.
    Failed,
    /// Not delivered, and not tried again by itself.
    GaveUp,
}

impl State {
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Failed, Self::GaveUp];

    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::GaveUp => "gave-up",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Why a notice was not delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nobody answers where it should be handed over, or too late.
    Unreachable,
    /// It was answered: not now (SMTP 4xx; HTTP 429, 5xx).
    Later,
    /// It was answered: no (SMTP 5xx; HTTP 4xx).
    Rejected,
    /// Something on our side, such as the store.
    Ours,
    /// The person does not agree to be told any more, or their data is gone.
    NotGranted,
    /// What they left is no address on this channel.
    NoAddress,
    /// The contact has had too many in the last hour: it may be somebody else's, who is to be flooded.
    TooMany,
}

impl Reason {
    pub const ALL: [Self; 7] =
        [Self::Unreachable, Self::Later, Self::Rejected, Self::Ours, Self::NotGranted, Self::NoAddress, Self::TooMany];

    /// The name in columns and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Later => "later",
            Self::Rejected => "rejected",
            Self::Ours => "ours",
            Self::NotGranted => "not-granted",
            Self::NoAddress => "no-address",
            Self::TooMany => "too-many",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// Whether the same may go well later.
    pub fn passes(self) -> bool {
        matches!(self, Self::Unreachable | Self::Later | Self::Ours)
    }
}

/// How long to wait after each failed try, in seconds: about 17 hours in all, over which a mail server comes back from nearly anything.
static WAITS: [i64; 7] = [5, 30, 120, 600, 3_600, 4 * 3_600, 12 * 3_600];

/// When to try again after so many tries, from `now` (UTC milliseconds); `None` when it is enough.
pub fn next_try(reason: Reason, tries: usize, now: i64) -> Option<i64> {
    let wait = WAITS.get(tries.checked_sub(1)?).filter(|_| reason.passes())?;
    Some(now + wait * 1_000)
}

/// The most notices that one contact gets in [`WINDOW`].
pub const MOST: i64 = 20;
/// The most links to a list that are asked for one contact, and from one address, in [`WINDOW`].
pub const MOST_ASKED: i64 = 5;
pub const MOST_ASKED_FROM: i64 = 20;
/// An hour, in milliseconds.
pub const WINDOW: i64 = 3_600_000;

/// How long the link to a list opens it, in milliseconds: two hours.
pub const LIST_OPENS: i64 = 2 * 3_600_000;

/// The form that asks for the link to a list, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawAsk {
    pub key: String,
    pub contact: String,
}

/// Who asks for the link to their list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub key: Key,
    pub address: Address,
}

impl RawAsk {
    /// Parses the form; the address must be on one of the `channels`. Nothing here depends on what is stored.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(&self, channels: &[contact::Channel]) -> Result<Ask, Vec<Problem>> {
        let mut problems = Problems::default();
        let key = Key::parse(&self.key);
        if key.is_none() {
            problems.add(Field::Key, Fault::Unknown);
        }
        let typed = problems.text(Field::Contact, &self.contact);
        let address = channels.iter().find_map(|channel| contact::on(&self.contact, *channel));
        if address.is_none() {
            problems.add(Field::Contact, if typed.is_some() { Fault::Unknown } else { Fault::Missing });
        }
        problems.or(key.zip(address).map(|(key, address)| Ask { key, address }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Channel;

    #[test]
    fn names_survive_the_way_through_a_column() {
        assert!(Kind::ALL.into_iter().all(|kind| Kind::parse(kind.name()) == Some(kind)));
        assert!(State::ALL.into_iter().all(|state| State::parse(state.name()) == Some(state)));
        assert!(Reason::ALL.into_iter().all(|reason| Reason::parse(reason.name()) == Some(reason)));
        assert!(Channel::ALL.into_iter().all(|channel| Channel::parse(channel.name()) == Some(channel)));
    }

    #[test]
    fn people_are_told_what_changes_for_them_and_nothing_else() {
        assert_eq!(of_step(Act::Question, Some(Status::Waiting)), Some(Kind::Asked));
        assert_eq!(of_step(Act::Status, Some(Status::InProgress)), Some(Kind::Changed));
        assert_eq!(of_step(Act::Status, Some(Status::Refused)), Some(Kind::Closed));
        assert_eq!(of_step(Act::Notice, None), Some(Kind::Said));
        assert_eq!(of_step(Act::Merge, None), Some(Kind::Merged));
        assert_eq!(of_step(Act::Split, None), Some(Kind::Parted));
        let told = [Act::Question, Act::Status, Act::Notice, Act::Merge, Act::Split];
        for act in Act::ALL.into_iter().filter(|act| !told.contains(act)) {
            assert_eq!(of_step(act, Some(Status::Done)), None, "{act:?}");
        }
    }

    #[test]
    fn what_may_go_well_later_is_tried_for_most_of_a_day_and_the_rest_once() {
        let mut now = 0;
        let mut tries = 0;
        loop {
            tries += 1;
            match next_try(Reason::Unreachable, tries, now) {
                Some(at) => now = at,
                None => break,
            }
        }
        assert_eq!((tries, now / 3_600_000), (8, 17));
        assert_eq!(next_try(Reason::Rejected, 1, 0), None);
        assert_eq!(next_try(Reason::Later, 0, 0), None, "what was never tried");
    }

    #[test]
    fn who_asks_gives_an_address_that_can_be_written_to() {
        let ask = |contact: &str, channels: &[Channel]| {
            let key = "01936b7e-5c00-7abc-8def-0123456789ab".into();
            RawAsk { key, contact: contact.into() }.parse(channels).map(|ask| ask.address.as_str().to_owned())
        };
        assert_eq!(ask("13812345678", &Channel::ALL).as_deref(), Ok("+8613812345678"));
        let unknown = vec![Problem { field: Field::Contact, fault: Fault::Unknown }];
        assert_eq!(ask("13812345678", &[Channel::Mail]), Err(unknown.clone()));
        assert_eq!(ask("021-55551234", &Channel::ALL), Err(unknown));
        assert_eq!(ask(" ", &Channel::ALL), Err(vec![Problem { field: Field::Contact, fault: Fault::Missing }]));
    }
}
