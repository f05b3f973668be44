//! The clocks: what is about to break is told before it breaks, and what breaks goes to the duty desk.

use std::time::Duration;

use model::canonical::Canonical;
use model::status::Status;
use model::step::{Act, Actor};
use store::{Handling, HandlingRow, ReportRow};
use tokio_util::sync::CancellationToken;

use crate::moves::Taking;
use crate::promises::promise;
use crate::{Hub, HubError, ownership};

/// How often the clocks are looked at.
const LOOK: Duration = Duration::from_secs(5);
/// After how many looks old marks are forgotten: about an hour.
const FORGET: u32 = 720;
/// The most that is looked after at a time.
const BATCH: u32 = 100;

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
        let due = self.0.store.alarms(self.now(), BATCH).await?;
        let mut done = 0;
        for key in due {
            let Some((row, handling)) = self.handled(key).await? else { continue };
            let seen = handling.version;
            let Some(taking) = self.ring(&row, handling)? else { continue };
            match self.take(&row, seen, taking).await {
                Ok(()) => done += 1,
                // Another server was quicker, or somebody has just acted: the next look sees what is left.
                Err(HubError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }

    /// What the clocks of a report ask for now.
    fn ring(&self, row: &ReportRow, handling: HandlingRow) -> Result<Option<Taking>, HubError> {
        let now = self.now();
        let HandlingRow { handling, .. } = handling;
        let Some(kept) = promise(&row.category, row.danger, &handling) else { return Ok(None) };
        let (status, handling) = if row.status == Status::Waiting {
            // The question was not answered in its time: the work goes on without.
            (Some(Status::InProgress), self.moved(row, handling, Status::InProgress))
        } else if ownership::has_run_out(&handling, now) {
            (None, Handling { alarm_at: after(&kept, now), ..ownership::expire(handling, now) })
        } else {
            let offer = handling.offered_at.map(|since| since + ownership::OFFER);
            (None, Handling { alarm_at: after(&kept, now).into_iter().chain(offer).min(), ..handling })
        };
        let detail = Some(handling.owner.clone());
        let hash = Canonical::new("alarm/1").hash();
        Ok(Some(Taking { status, detail, ..Taking::new(self.new_key()?, hash, Act::Alarm, Actor::System, handling) }))
    }
}

/// When to look again: at the break that comes next. What is broken is told once.
fn after(promise: &model::promise::Promise, now: i64) -> Option<i64> {
    let running = [promise.answer, promise.act].into_iter().filter(|clock| clock.is_running());
    running.map(|clock| clock.due + 1).filter(|due| *due > now).min()
}
