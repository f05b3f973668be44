//! What the person who reported agreed to, for them to see and to take back.

use model::basis::Purpose;
use model::consent::{Consent, RawWithdrawal};
use model::form::{Fault, Field, Problem};
use model::id::Reference;
use store::{Basis, ReportRow};

use crate::{Hub, HubError};

/// Why the data of a report may be used. Nothing of it is opened for that.
#[derive(Clone, Debug)]
pub struct Bases {
    pub reference: Reference,
    /// In the order of [`ORDER`].
    pub bases: Vec<Basis>,
}

/// What everybody's report rests on comes before what the person chose.
const ORDER: [Purpose; 4] = [Purpose::Respond, Purpose::OwnAccess, Purpose::CallBack, Purpose::Tell];

impl Hub {
    /// Why the data behind a link may be used, and since and until when.
    ///
    /// # Errors
    /// When the link leads nowhere, or the store is unavailable.
    pub async fn bases(&self, link: &str) -> Result<Bases, HubError> {
        let row = self.followed(link).await?;
        let of = |purpose| row.bases.iter().find(|basis| basis.purpose == purpose).copied();
        Ok(Bases { reference: row.key.reference(), bases: ORDER.into_iter().filter_map(of).collect() })
    }

    /// Takes a consent back: from now on nothing rests on it. Once more is the same.
    ///
    /// # Errors
    /// `Invalid` for what nobody agreed to; when the link leads nowhere, or the store is unavailable.
    pub async fn withdraw(&self, link: &str, raw: &RawWithdrawal) -> Result<(), HubError> {
        let row = self.followed(link).await?;
        let consent = raw.parse().map_err(HubError::Invalid)?;
        if !row.bases.iter().any(|basis| basis.purpose == consent.purpose()) {
            return Err(HubError::Invalid(vec![Problem { field: Field::Key, fault: Fault::Unknown }]));
        }
        if self.0.store.withdraw(row.key, consent.ends(), self.now()).await? {
            self.0.committed.notify_one();
        }
        Ok(())
    }
}

/// The consents of a report that were taken back, and when.
pub(crate) fn withdrawn(row: &ReportRow) -> impl Iterator<Item = (i64, Consent)> {
    row.bases.iter().filter_map(|basis| Some((basis.ended?, Consent::of(basis.purpose)?)))
}
