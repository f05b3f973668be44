//! Taking a report in.

use std::collections::BTreeMap;

use model::contact;
use model::flood::Marks;
use model::id::Key;
use model::question;
use model::report::{RawReport, Report};
use model::sending::{self, Next};
use store::{NewReport, Origin, Reach, Taken};

use crate::vault::Part;
use crate::{Hub, HubError, Link, Source};

/// A report that is durable.
#[derive(Clone)]
pub struct Submitted {
    pub key: Key,
    pub link: Link,
    /// Whether it was stored by this very call.
    pub new: bool,
}

impl Hub {
    /// What comes after a page of the form; nothing is stored.
    ///
    /// # Errors
    /// As for [`Hub::submit`].
    pub async fn after(&self, raw: &RawReport) -> Result<Next, HubError> {
        let report = raw.parse(self.0.home.middle).map_err(HubError::Invalid)?;
        // Only the first page asks whether there is something to choose from on the second.
        let start = raw.step == sending::Page::Start.name() && !report.danger;
        let close_by = start && (!self.0.home.meant(raw).is_empty() || !self.nearby(raw).await?.is_empty());
        Ok(sending::next(raw, &report, close_by, self.0.home.is_open(self.now())))
    }

    /// Parses, seals and stores what came through the portal. When this comes back, the report is on the disk.
    ///
    /// # Errors
    /// `Invalid` with everything that needs mending; `Conflict` when the key was used for other words; `Store` when the store is
    /// unavailable, in which case sending the same again is safe.
    pub async fn submit(&self, raw: &RawReport, source: &Source) -> Result<Submitted, HubError> {
        let report = raw.parse(self.0.home.middle).map_err(HubError::Invalid)?;
        let now = self.now();
        let (mark, cell) = report.told.place.filed(|position| self.0.home.is_far(position));
        let marks = self.0.marker.marks(source, report.told.what.as_deref(), now);
        let reaches = self.reaches(&report, source);
        let program = source.program;
        let new = NewReport { marks, program, reaches, ..self.seal(&report, mark, cell, now, Origin::Portal)? };
        let taken = self.0.store.take_report(new).await?;
        metrics::counter!("reports_total", "outcome" => outcome(taken)).increment(1);
        match taken {
            Taken::Conflict => Err(HubError::Conflict),
            Taken::New | Taken::Again => {
                self.0.committed.notify_one();
                Ok(Submitted { key: report.key, link: self.0.links.to(report.key), new: taken == Taken::New })
            }
        }
    }

    /// Stores demonstration reports, each with the time at which it is said to have happened.
    ///
    /// # Errors
    /// As for [`Hub::submit`].
    pub async fn take_demo(&self, reports: Vec<(i64, RawReport)>) -> Result<(), HubError> {
        for batch in reports.chunks(256) {
            let sealed = batch.iter().map(|(occurred_at, raw)| {
                let report = raw.parse(self.0.home.middle).map_err(HubError::Invalid)?;
                let (mark, cell) = report.told.place.filed(|_| false);
                self.seal(&report, mark, cell, *occurred_at, Origin::Demo)
            });
            self.0.store.take_reports(sealed.collect::<Result<_, _>>()?).await?;
        }
        self.0.committed.notify_one();
        Ok(())
    }

    /// Where the person can be told how it stands: they gave the contact beside a text that says so, where this installation tells anybody.
    /// Other programs show texts of their own, which nobody here knows: who reports through them is not told.
    fn reaches(&self, report: &Report, source: &Source) -> Vec<Reach> {
        let Some((contact, language)) = report.contact.as_ref().zip(source.language) else { return Vec::new() };
        let reach = |channel| {
            let address = contact::on(&contact.how, channel)?;
            Some(Reach { channel, mark: self.0.addresses.of(channel, &address), language: language.to_owned() })
        };
        self.channels().into_iter().filter_map(reach).collect()
    }

    pub(crate) fn seal(
        &self,
        report: &Report,
        mark: model::place::PlaceMark,
        cell: Option<model::cell::Cell>,
        occurred_at: i64,
        origin: Origin,
    ) -> Result<NewReport, HubError> {
        let (subject, wrapped) = self.0.vault.new_subject(report.key)?;
        Ok(NewReport {
            key: report.key,
            hash: report.hash,
            category: report.category.code,
            danger: report.danger,
            people: report.people,
            choices: choices(report),
            mark,
            cell,
            occurred_at,
            received_at: self.now(),
            origin,
            told: subject.seal(Part::Told, &report.told)?,
            contact: report.contact.as_ref().map(|contact| subject.seal(Part::Contact, contact)).transpose()?,
            wrapped,
            marks: Marks::default(),
            program: None,
            reaches: Vec::new(),
        })
    }
}

fn outcome(taken: Taken) -> &'static str {
    match taken {
        Taken::New => "new",
        Taken::Again => "again",
        Taken::Conflict => "conflict",
    }
}

/// What was chosen from given answers, and the kind of hazard among them: open, so that rules of routing can go by it.
fn choices(report: &Report) -> BTreeMap<String, Vec<String>> {
    let mut choices = report.told.answers.choices(question::for_category(report.category.code));
    choices.extend(report.told.site.hazard.map(|hazard| ("hazard".to_owned(), vec![hazard.name().to_owned()])));
    choices
}
