//! Somebody's own reports, listed together by a link that was sent to their contact.

use std::net::IpAddr;

use model::form::Problem;
use model::id::Reference;
use model::notice::{MOST_ASKED, MOST_ASKED_FROM, RawAsk};
use model::status::Status;
use store::ListAsk;

use crate::{Hub, HubError, Link};

/// How far back a list goes, in milliseconds: a year.
const BACK: i64 = 365 * 86_400_000;
/// The most reports of a list.
const MOST: u32 = 100;

/// The list behind a link.
pub struct Own {
    /// The newest first.
    pub reports: Vec<OwnReport>,
    /// How long the link opens it, in UTC milliseconds.
    pub until: i64,
}

/// A line of the list: nothing that is sealed, and the way to what is.
pub struct OwnReport {
    pub reference: Reference,
    pub category: String,
    pub status: Status,
    /// UTC milliseconds.
    pub received_at: i64,
    pub link: Link,
}

impl Hub {
    /// Sends the link to the list of all reports with a contact, if there are any. Whoever asks learns nothing of that: what comes back,
    /// and how long it takes, is the same.
    ///
    /// # Errors
    /// `Invalid` when what was typed is no address that can be written to; or when the store is unavailable.
    pub async fn ask_for_list(&self, raw: &RawAsk, from: Option<IpAddr>, language: &str) -> Result<(), HubError> {
        let ask = raw.parse(&self.channels()).map_err(HubError::Invalid)?;
        let channel = ask.address.channel().ok_or_else(|| HubError::Invalid(Vec::<Problem>::new()))?;
        let ask = ListAsk {
            key: ask.key,
            mark: self.0.addresses.of(channel, &ask.address),
            channel,
            from: from.and_then(|address| self.0.addresses.network(address)),
            language: language.to_owned(),
            at: self.now(),
            most: (MOST_ASKED, MOST_ASKED_FROM),
        };
        self.0.store.ask_for_list(ask).await?;
        self.0.queued.notify_one();
        Ok(())
    }

    /// The list behind a link.
    ///
    /// # Errors
    /// `NoSuchLink` when it is not ours or over; or when the store is unavailable.
    pub async fn own_reports(&self, link: &str) -> Result<Own, HubError> {
        let now = self.now();
        let (mark, until) = self.0.addresses.follow(link, now).ok_or(HubError::NoSuchLink)?;
        let rows = self.0.store.reports_of(mark, now - BACK, MOST).await?;
        let line = |row: store::OwnRow| OwnReport {
            reference: row.key.reference(),
            category: row.category,
            status: row.status,
            received_at: row.received_at,
            link: self.0.links.to(row.key),
        };
        Ok(Own { reports: rows.into_iter().map(line).collect(), until })
    }
}
