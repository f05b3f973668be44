//! The use cases of the portal, and the pipelines of the aggregation hub.
//!
//! Everything the pages and the subcommands do, they do through [`Hub`]. Nothing here knows of HTTP.

mod advice;
mod clock;
mod consent;
mod consume;
mod counter;
mod desk;
mod duplicate;
mod error;
mod export;
mod flood;
mod follow;
mod grant;
mod history;
mod home;
pub mod import;
mod incident;
mod journal;
mod keys;
mod link;
mod marks;
mod more;
mod moves;
mod nearby;
mod overview;
mod ownership;
mod photos;
mod pipelines;
mod program;
mod promises;
mod public;
mod random;
mod receipt;
mod redact;
mod relay;
mod report;
mod router;
mod several;
mod staff;
mod statement;
mod tell;
mod together;
mod track;
mod vault;
mod watch;

use std::sync::{Arc, OnceLock};

use store::{Blobs, Store};
use tokio::sync::{Notify, Semaphore};

pub use clock::{Clock, ManualClock, SystemClock};
pub use consent::Bases;
pub use desk::{Case, QueueLine, QueueView};
pub use duplicate::Related;
pub use error::HubError;
pub use grant::Grant;
pub use history::{Entry, Past};
pub use home::Home;
pub use incident::{IncidentLine, IncidentPast, IncidentView, Near, NearLine};
pub use journal::{JournalLine, JournalPage};
pub use keys::{KeyError, Keys};
pub use link::Link;
pub use marks::Source;
pub use more::Answered;
pub use nearby::{Companion, Nearby, Reached};
pub use overview::{Overview, Period};
pub use photos::{MOST_PHOTOS, Photo, PhotoFault, Size};
pub use pipelines::{CONSUMERS, Pipelines, Role};
pub use program::{ProgramNote, PublicUpdate};
pub use promises::{Clocks, Shown};
pub use public::{PublicReport, Wanted};
pub use receipt::Receipt;
pub use redact::{Hidden, Original, Originals};
pub use report::Submitted;
pub use several::{Line, Lines, Named, Sent, SentTogether};
pub use staff::{Secret, Staff};
pub use statement::{Certified, is_statement};
pub use store::{Basis, Program, Queue};
pub use tell::{Letter, Mail, Mailer, Notified, Outbox, Own, OwnReport, Phrases, Sms, Telling, Texter, Undelivered};
pub use track::Tracked;

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    store: Store,
    blobs: Blobs,
    /// Whose turn it is to draw a picture.
    drawing: Arc<Semaphore>,
    clock: Arc<dyn Clock>,
    vault: vault::Vault,
    links: link::Links,
    /// To the lists of what came as one table.
    tables: link::Links,
    signer: receipt::Signer,
    marker: marks::Marker,
    programs: program::Programs,
    addresses: tell::Marker,
    telling: OnceLock<Telling>,
    home: Home,
    journalled: grant::Journalled,
    overviews: overview::Cache,
    /// Rung after a commit, so that the relay need not wait for its next look.
    committed: Notify,
    /// Rung when notices were queued, so that the sender need not wait for its next look.
    queued: Notify,
}

impl Hub {
    pub fn new(store: Store, blobs: Blobs, keys: &Keys, clock: Arc<dyn Clock>, home: Home) -> Self {
        Self(Arc::new(Inner {
            store,
            blobs,
            drawing: Arc::new(Semaphore::new(1)),
            clock,
            vault: vault::Vault::new(keys),
            links: link::Links::new(keys, "link/1"),
            tables: link::Links::new(keys, "table/1"),
            signer: receipt::Signer::new(keys),
            marker: marks::Marker::new(keys),
            programs: program::Programs::new(keys),
            addresses: tell::Marker::new(keys),
            telling: OnceLock::new(),
            home,
            journalled: grant::Journalled::default(),
            overviews: overview::Cache::default(),
            committed: Notify::new(),
            queued: Notify::new(),
        }))
    }

    /// The store under it, for what is not a use case: pings, backups.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Where the portal is at home.
    pub fn home(&self) -> &Home {
        &self.0.home
    }

    /// A fresh key for a form.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn new_key(&self) -> Result<model::id::Key, HubError> {
        let millis = u64::try_from(self.0.clock.now()).unwrap_or_default();
        Ok(model::id::Key::from_parts(millis, &random::bytes()?))
    }

    /// The time, in UTC milliseconds.
    pub fn now(&self) -> i64 {
        self.0.clock.now()
    }
}
