//! The sender: takes the notices that are due and hands them over, a few at a time.

use std::sync::Arc;
use std::time::Duration;

use model::basis::Purpose;
use model::contact::Contact;
use model::contact::{self, Address, Channel};
use model::id::Key;
use model::notice::{Kind, Reason, State, next_try};
use store::{NoticeRow, ReportRow, Tried};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{Letter, Mail, Sms, Telling};
use crate::vault::Part;
use crate::{Hub, HubError};

/// How often it is looked for notices whose time has come.
const LOOK: Duration = Duration::from_secs(1);
/// How many are sent at a time: more would look to a mail server like somebody who sends what nobody wants.
const AT_ONCE: usize = 4;
/// How many are taken up at a look.
const BATCH: u32 = 64;
/// How long a claim holds, in milliseconds: longer than any try takes. Whoever starts again after a crash waits for it.
const CLAIM: i64 = 90_000;
/// How long what is under way may take when it is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// What somebody was told, or was to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notified {
    pub kind: Kind,
    pub channel: Channel,
    pub state: State,
    /// When it came to be as it is, in UTC milliseconds.
    pub at: i64,
    pub reason: Option<Reason>,
}

pub(crate) async fn run(hub: Hub, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = hub.0.queued.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
        let told = tokio::select! {
            told = hub.tell_due() => told,
            () = soon_after(&stop) => return,
        };
        if let Err(error) = told {
            tracing::warn!(error = &error as &dyn std::error::Error, "notices cannot be sent");
        }
    }
}

/// A while after it was told to stop: nearly every try ends by then, and what does not is tried again by whoever comes next.
async fn soon_after(stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(GRACE).await;
}

impl Hub {
    /// Sends every notice that is due; gives back how many were handed over. Periodic work calls it, and tests do.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn tell_due(&self) -> Result<usize, HubError> {
        let Some(telling) = self.telling() else { return Ok(0) };
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let due = self.0.store.due_notices(self.now(), BATCH).await?;
        let mut tasks = JoinSet::new();
        for row in due {
            let (hub, telling, places) = (self.clone(), telling.clone(), places.clone());
            tasks.spawn(async move {
                let _place = places.acquire_owned().await;
                hub.tell(&telling, row).await
            });
        }
        let (mut sent, mut failed) = (0, None);
        while let Some(done) = tasks.join_next().await {
            match done {
                Ok(Ok(true)) => sent += 1,
                Ok(Ok(false)) | Err(_) => {}
                Ok(Err(error)) => failed = Some(error),
            }
        }
        failed.map_or(Ok(sent), Err)
    }

    /// Sends one notice, unless another server does. Gives back whether it was handed over.
    async fn tell(&self, telling: &Telling, row: NoticeRow) -> Result<bool, HubError> {
        if !self.0.store.claim_notice(row.id, row.tries, self.now() + CLAIM).await? {
            return Ok(false);
        }
        let tries = row.tries + 1;
        let tried = match self.hand_over(telling, &row).await {
            Ok(()) => Tried::Sent,
            Err(reason) => {
                Tried::Not(reason, next_try(reason, usize::try_from(tries).unwrap_or(usize::MAX), self.now()))
            }
        };
        let outcome = match tried {
            Tried::Sent => "sent",
            Tried::Not(_, Some(_)) => "failed",
            Tried::Not(_, None) => "gave-up",
        };
        metrics::counter!("notices_total", "channel" => row.channel.name(), "outcome" => outcome).increment(1);
        if let Tried::Not(reason, next) = tried {
            let (channel, again) = (row.channel.name(), next.is_some());
            tracing::warn!(notice = %row.id, channel, reason = reason.name(), tries, again, "a notice was not delivered");
        }
        self.0.store.settle_notice(row.id, tries, tried, self.now()).await?;
        Ok(tried == Tried::Sent)
    }

    async fn hand_over(&self, telling: &Telling, row: &NoticeRow) -> Result<(), Reason> {
        let to = self.address(row).await?;
        let path = match row.kind {
            Kind::List => format!("/mine/{}", self.0.addresses.link(row.mark, self.now())),
            _ => format!("/track/{}", self.0.links.to(row.report).as_str()),
        };
        let letter = Letter {
            kind: row.kind,
            status: row.status,
            reference: row.report.reference(),
            link: format!("{}{path}", telling.origin),
            language: row.language.clone(),
        };
        let id = row.id;
        match (row.channel, &telling.mailer, &telling.texter) {
            (Channel::Mail, Some(mailer), _) => {
                let (subject, body) = telling.phrases.mail(&letter);
                mailer.send(&Mail { id, to, subject, body }).await
            }
            (Channel::Sms, _, Some(texter)) => texter.send(&Sms { id, to, body: telling.phrases.sms(&letter) }).await,
            // The channel was taken away since it was queued.
            _ => Err(Reason::Unreachable),
        }
    }

    /// Opens the contact to write to it, which is journalled, and rests on consent: without it there is no address.
    async fn address(&self, row: &NoticeRow) -> Result<Address, Reason> {
        let ours = |error: HubError| match error {
            HubError::NotGranted => Reason::NotGranted,
            error => {
                tracing::error!(error = &error as &dyn std::error::Error, "a contact cannot be opened");
                Reason::Ours
            }
        };
        let report = self.0.store.report(row.report).await.map_err(HubError::Store).map_err(ours)?;
        let contact = self.contact_of(&report.ok_or(Reason::NotGranted)?).await.map_err(ours)?;
        contact::on(&contact.how, row.channel).ok_or(Reason::NoAddress)
    }

    async fn contact_of(&self, row: &ReportRow) -> Result<Contact, HubError> {
        let grant = self.grant(row, Purpose::Tell).await?;
        let (wrapped, sealed) = row.wrapped.as_deref().zip(row.contact.as_ref()).ok_or(HubError::NotGranted)?;
        self.0.vault.subject(row.key, wrapped)?.open(&grant, Part::Contact, sealed)
    }

    /// What the person of a report was told of it. A link to their list is theirs alone to know of.
    pub(crate) async fn notified(&self, report: Key) -> Result<Vec<Notified>, HubError> {
        let rows = self.0.store.notices_of(report).await?;
        let about = rows.into_iter().filter(|row| row.kind != Kind::List);
        Ok(about.map(|row| notified(&row)).collect())
    }
}

pub(super) fn notified(row: &NoticeRow) -> Notified {
    let at = if row.state == State::Queued { row.at } else { row.changed_at };
    Notified { kind: row.kind, channel: row.channel, state: row.state, at, reason: row.reason }
}
