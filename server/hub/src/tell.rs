//! Telling people how their reports stand: by mail, by short message.
//!
//! The notifier makes notices of events, as a consumer of the log; the sender takes those that are due and hands them over. A notice is
//! handed over at least once: whoever dies after handing it over and before saying so leaves it to be sent again, under the same id, by
//! which mail programs know it.

mod desk;
mod mark;
mod memory;
mod notifier;
mod own;
mod sender;

use std::sync::Arc;

use async_trait::async_trait;
use model::contact::{Address, Channel};
use model::id::Reference;
use model::notice::{Kind, Reason};
use model::status::Status;
use uuid::Uuid;

pub use desk::Undelivered;
pub(crate) use mark::Marker;
pub use memory::Outbox;
pub(crate) use notifier::{NOTIFIER, Notifier};
pub use own::{Own, OwnReport};
pub use sender::Notified;
pub(crate) use sender::run;

use crate::Hub;

/// A mail, in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The same whenever this notice is sent.
    pub id: Uuid,
    pub to: Address,
    pub subject: String,
    pub body: String,
}

/// A short message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sms {
    /// The same whenever this notice is sent.
    pub id: Uuid,
    pub to: Address,
    pub body: String,
}

/// What carries mail onward. The future ends within a minute.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Comes back when whoever carries it on has taken it over.
    async fn send(&self, mail: &Mail) -> Result<(), Reason>;
}

/// What carries short messages onward. The future ends within a minute.
#[async_trait]
pub trait Texter: Send + Sync {
    /// Comes back when whoever carries it on has taken it over.
    async fn send(&self, sms: &Sms) -> Result<(), Reason>;
}

/// What is said in a notice: nothing of what the person or the desk wrote.
#[derive(Clone, Debug)]
pub struct Letter {
    pub kind: Kind,
    pub status: Option<Status>,
    pub reference: Reference,
    /// The whole address of the page that it leads to.
    pub link: String,
    /// BCP 47.
    pub language: String,
}

/// Puts notices into words.
pub trait Phrases: Send + Sync {
    /// Subject and body of a mail.
    fn mail(&self, letter: &Letter) -> (String, String);
    fn sms(&self, letter: &Letter) -> String;
}

/// How this installation tells people.
#[derive(Clone)]
pub struct Telling {
    pub mailer: Option<Arc<dyn Mailer>>,
    pub texter: Option<Arc<dyn Texter>>,
    pub phrases: Arc<dyn Phrases>,
    /// Where people see the portal: `https://host`.
    pub origin: String,
}

impl Hub {
    /// Tells people from now on. Called once, before the pipelines start; later calls change nothing.
    pub fn tell_by(&self, telling: Telling) {
        let _ = self.0.telling.set(telling);
    }

    pub(crate) fn telling(&self) -> Option<&Telling> {
        self.0.telling.get()
    }

    /// The channels on which people are told.
    pub fn channels(&self) -> Vec<Channel> {
        let Some(telling) = self.telling() else { return Vec::new() };
        let has = |channel: &Channel| match channel {
            Channel::Mail => telling.mailer.is_some(),
            Channel::Sms => telling.texter.is_some(),
        };
        Channel::ALL.into_iter().filter(has).collect()
    }
}
