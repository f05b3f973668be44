//! The clocks: what is about to break is told before it breaks, and what breaks goes to the duty desk.

use std::time::Duration;

use model::canonical::Canonical;
use model::id::Key;
use model::status::Status;
use model::step::{Act, Actor};
use store::{Handling, ReportRow};
use tokio_util::sync::CancellationToken;

use crate::follow::WAIT;
use crate::moves::Taking;
use crate::{Hub, HubError, ownership};

/// How often the clocks are looked at.
const LOOK: Duration = Duration::from_secs(5);
/// After how many looks old marks are forgotten: about an hour.
const FORGET: u32 = 720;
/// The most that is looked after at a time.
const BATCH: u32 = 100;
/// When an alarm is tried again that could not be looked after: an hour, in milliseconds.
const AGAIN: i64 = 3_600_000;

pub(crate) async fn run(hub: Hub, stop: CancellationToken) {
    for looks in 0_u32.. {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        if let Err(error) = hub.look_at_clocks().await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the clocks cannot be looked at");
        }
        if looks % FORGET == 0
            && let Err(error) = hub.forget_marks().await
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "old marks cannot be forgotten");
        }
    }
}

impl Hub {
    /// Looks after every report whose clock needs somebody's attention; gives back how many. Periodic work calls it, and tests do.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn look_at_clocks(&self) -> Result<usize, HubError> {
        let now = self.now();
        let mut done = 0;
        for report in self.0.store.alarms(now, BATCH).await? {
            match self.look_after(report).await {
                Ok(()) => done += 1,
                // Another server was quicker, or somebody has just acted: the next look sees what is left.
                Err(HubError::Stale) => {}
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        report = %report.reference(),
                        "the clocks of a report cannot be looked after"
                    );
                    self.0.store.put_off(report, now, now + AGAIN).await?;
                }
            }
        }
        Ok(done)
    }

    async fn look_after(&self, report: Key) -> Result<(), HubError> {
        let (row, handling) = self.handled(report).await?.ok_or(HubError::NoSuchLink)?;
        let taking = self.ring(&row, handling.handling)?;
        self.take(&row, handling.version, taking).await
    }

    /// What the clocks of a report ask for now. Whatever it is, somebody must look at it again.
    fn ring(&self, row: &ReportRow, handling: Handling) -> Result<Taking, HubError> {
        let now = self.now();
        let lapsed = row.status == Status::Waiting && handling.paused_at.is_none_or(|since| since + WAIT <= now);
        let has_run_out = ownership::has_run_out(&handling, now);
        let rung = Handling { rung_at: Some(now), seen: false, ..handling };
        let (status, handling) = if lapsed {
            // The question was not answered in its time: the work goes on without.
            (Some(Status::InProgress), self.moved(row, rung, Status::InProgress))
        } else if has_run_out {
            (None, self.expire(row, rung))
        } else {
            (None, self.scheduled(row, rung))
        };
        let detail = Some(handling.owner.clone());
        let hash = Canonical::new("alarm/1").hash();
        Ok(Taking { status, detail, ..Taking::new(self.new_key()?, hash, Act::Alarm, Actor::System, handling) })
    }
}
