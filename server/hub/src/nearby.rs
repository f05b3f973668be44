//! What others have reported close by, and joining it instead of reporting it again.

use model::canonical::{Canonical, Hash};
use model::category::Category;
use model::form::{Fault, Field, Problem};
use model::id::{Key, Reference};
use model::nearby::{MOST_HITS, covering, nearest, radius};
use model::position::Position;
use model::report::RawReport;
use model::status::Status;
use model::step::{Act, Actor};
use store::{Handling, NearRow, ReportRow, StepRow};

use crate::moves::Taking;
use crate::promises::Clocks;
use crate::{Hub, HubError, Link};

/// How long after it was received an open report is still shown, in milliseconds: two weeks.
const RECENT: i64 = 14 * 86_400_000;
/// How many reports are looked at in each range of cells; the nearest of them are shown.
const MOST_LOOKED_AT: u32 = 100;

/// An open report close by, as far as anybody may know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearby {
    pub reference: Reference,
    /// From the place that was told, to the middle of the other report's cell.
    pub metres: u32,
    /// How long ago it was received, in milliseconds.
    pub age: i64,
    /// How many others have the same problem.
    pub joined: i64,
}

/// A state that a report came to, at a time in UTC milliseconds, with what is nobody's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    pub at: i64,
    pub status: Status,
    /// The code of a sentence of the desk.
    pub template: Option<String>,
    /// The legal ground of a refusal.
    pub ground: Option<String>,
}

/// What somebody sees who joined the report of somebody else: how it stands, and nothing of what was said.
#[derive(Clone, Debug)]
pub struct Companion {
    pub reference: Reference,
    pub category: String,
    pub danger: bool,
    pub status: Status,
    pub owner: String,
    pub clocks: Option<Clocks>,
    pub joined: i64,
    /// When each state was reached, oldest first, in UTC milliseconds.
    pub states: Vec<Reached>,
}

struct Found {
    key: Key,
    shown: Nearby,
}

impl Hub {
    /// Open reports of the same kind close to the place of a form; none, where the kind is not looked for or no position is known.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn nearby(&self, raw: &RawReport) -> Result<Vec<Nearby>, HubError> {
        Ok(self.found(raw).await?.into_iter().map(|found| found.shown).collect())
    }

    async fn found(&self, raw: &RawReport) -> Result<Vec<Found>, HubError> {
        match Category::of(&raw.category).zip(raw.place(self.0.home.middle).position()) {
            Some((category, position)) => self.open_around(category, position).await,
            None => Ok(Vec::new()),
        }
    }

    async fn open_around(&self, category: &Category, position: Position) -> Result<Vec<Found>, HubError> {
        let radius = radius(category);
        if radius == 0 {
            return Ok(Vec::new());
        }
        let now = self.now();
        let found = self.open_near(category, position, radius, now - RECENT, MOST_HITS).await?.into_iter();
        let shown = |(metres, row): (u32, NearRow)| {
            let (reference, age) = (row.report.reference(), now - row.received_at);
            Found { key: row.report, shown: Nearby { reference, metres, age, joined: row.joined } }
        };
        Ok(found.map(shown).collect())
    }

    /// Open reports of a kind around a place that were received since then, with their distances in metres, the nearest first.
    pub(crate) async fn open_near(
        &self,
        category: &Category,
        middle: Position,
        radius: u32,
        since: i64,
        most: usize,
    ) -> Result<Vec<(u32, NearRow)>, HubError> {
        let rows = self.0.store.near(category.code, &covering(middle, radius), since, MOST_LOOKED_AT).await?;
        let hits = nearest(rows.iter().map(|row| (row.report, row.cell.metres_to(middle))), radius, most).into_iter();
        let found = hits.filter_map(|hit| Some((hit.metres, *rows.iter().find(|row| row.report == hit.key)?)));
        Ok(found.collect())
    }

    /// Joins the report that the form names, once, instead of storing the form. The link leads to how that report stands.
    ///
    /// # Errors
    /// `Invalid` when it is not among those close by, as when it was closed meanwhile; otherwise as for [`Hub::submit`].
    pub async fn join_nearby(&self, raw: &RawReport) -> Result<Link, HubError> {
        let report = raw.parse(self.0.home.middle).map_err(HubError::Invalid)?;
        let gone = || HubError::Invalid(vec![Problem { field: Field::Join, fault: Fault::Unknown }]);
        // Sent twice: it may be closed by now, but it is joined.
        let already = self.0.store.joined_by(report.key).await?;
        let found = match already {
            Some(key) => Some(key).filter(|key| key.reference().to_string() == raw.join),
            None => self
                .found(raw)
                .await?
                .into_iter()
                .map(|found| found.key)
                .find(|key| key.reference().to_string() == raw.join),
        };
        let target = found.ok_or_else(gone)?;
        if already.is_none() {
            self.take_join(report.key, target).await?;
        }
        Ok(self.0.links.to(report.key))
    }

    async fn take_join(&self, key: Key, target: Key) -> Result<(), HubError> {
        let join = |_: &ReportRow, handling: Handling| {
            let handling = Handling { joined: handling.joined + 1, ..handling };
            Ok(Taking::new(key, hash(target), Act::Join, Actor::Citizen, handling))
        };
        self.take_on_top(target, join).await
    }

    /// How the report stands that was joined by this link.
    ///
    /// # Errors
    /// When the link leads nowhere, or the store is unavailable.
    pub async fn companion(&self, link: &str) -> Result<Companion, HubError> {
        let key = self.key_of(link)?;
        let report = self.0.store.joined_by(key).await?.ok_or(HubError::NoSuchLink)?;
        let (row, handling) = self.handled(report).await?.ok_or(HubError::NoSuchLink)?;
        let steps = self.0.store.steps(report).await?;
        let received = Reached { at: row.received_at, status: Status::Received, template: None, ground: None };
        let states = std::iter::once(received).chain(steps.into_iter().filter_map(reached)).collect();
        Ok(Companion {
            reference: report.reference(),
            danger: row.danger,
            status: row.status,
            owner: handling.handling.owner.clone(),
            clocks: self.clocks(&row.category, row.danger, &handling.handling),
            joined: handling.handling.joined,
            states,
            category: row.category,
        })
    }
}

/// What a step led to. A question is for the person who reported, and for nobody else.
fn reached(step: StepRow) -> Option<Reached> {
    let (at, status) = (step.at, step.status?);
    let changes = step.act == Act::Status;
    let ground = step.detail.filter(|_| changes && status == Status::Refused);
    Some(Reached { at, status, template: step.template.filter(|_| changes), ground })
}

fn hash(target: Key) -> Hash {
    Canonical::new("join/1").bytes(target.bytes()).hash()
}
