//! A mailer and a texter that keep what they get, for tests.

use std::sync::Mutex;

use async_trait::async_trait;
use model::notice::Reason;

use super::{Mail, Mailer, Sms, Texter};

/// What was handed over, and what is to go wrong next.
#[derive(Default)]
pub struct Outbox {
    mails: Mutex<Vec<Mail>>,
    messages: Mutex<Vec<Sms>>,
    fault: Mutex<Option<Reason>>,
}

impl Outbox {
    /// Takes what has come so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().map(|mut mails| std::mem::take(&mut *mails)).unwrap_or_default()
    }

    /// Takes what has come so far.
    pub fn messages(&self) -> Vec<Sms> {
        self.messages.lock().map(|mut messages| std::mem::take(&mut *messages)).unwrap_or_default()
    }

    /// From now on nothing is taken, for this reason; or everything is.
    pub fn fail(&self, reason: Option<Reason>) {
        if let Ok(mut fault) = self.fault.lock() {
            *fault = reason;
        }
    }

    fn take<T: Clone>(&self, place: &Mutex<Vec<T>>, what: &T) -> Result<(), Reason> {
        if let Some(reason) = self.fault.lock().map_err(|_| Reason::Ours)?.as_ref() {
            return Err(*reason);
        }
        place.lock().map_err(|_| Reason::Ours)?.push(what.clone());
        Ok(())
    }
}

#[async_trait]
impl Mailer for Outbox {
    async fn send(&self, mail: &Mail) -> Result<(), Reason> {
        self.take(&self.mails, mail)
    }
}

#[async_trait]
impl Texter for Outbox {
    async fn send(&self, sms: &Sms) -> Result<(), Reason> {
        self.take(&self.messages, sms)
    }
}
