//! Exports: CSV of what is not sealed.

use std::io::Write;

use jiff::Timestamp;
use model::cell::Cell;
use model::tally::start_of;
use store::Count;

use crate::overview::Period;
use crate::{Hub, HubError};

/// How many rows are read at once.
const PAGE: u32 = 1_000;

fn time(millis: i64) -> String {
    Timestamp::from_millisecond(millis).map(|time| time.to_string()).unwrap_or_default()
}

fn written(error: csv::Error) -> HubError {
    HubError::Output(error.into())
}

impl Hub {
    /// Writes one line a report: key, category, danger, people, place mark, shown cell, times, status, origin. Returns how many.
    ///
    /// # Errors
    /// When the store is unavailable or the output cannot be written.
    pub async fn export_reports(&self, output: impl Write + Send) -> Result<u64, HubError> {
        let mut csv = csv::Writer::from_writer(output);
        let head = ["key", "category", "danger", "people", "place", "cell", "occurred", "received", "status", "origin"];
        csv.write_record(head).map_err(written)?;
        let (mut after, mut count) = (None, 0);
        loop {
            let rows = self.0.store.reports_after(after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.key);
            for row in rows {
                csv.write_record([
                    row.key.to_string(),
                    row.category,
                    if row.danger { "yes" } else { "no" }.to_owned(),
                    row.people.map(|people| people.to_string()).unwrap_or_default(),
                    row.mark.name().to_owned(),
                    row.cell.map(|cell: Cell| cell.shown().to_string()).unwrap_or_default(),
                    time(row.occurred_at),
                    time(row.received_at),
                    row.status.name().to_owned(),
                    row.origin,
                ])
                .map_err(written)?;
                count += 1;
            }
        }
        csv.flush().map_err(HubError::Output)?;
        Ok(count)
    }

    /// Writes one line for each category and hour that has reports. Returns how many.
    ///
    /// # Errors
    /// When the store is unavailable or the output cannot be written.
    pub async fn export_counts(&self, output: impl Write + Send) -> Result<u64, HubError> {
        let counts = self.counts().await?;
        write_counts(&counts, output).map_err(written)?;
        Ok(counts.len() as u64)
    }

    /// What was solved, by class, as CSV: a number that may not be shown is left empty.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn solved_table(&self) -> Result<Vec<u8>, HubError> {
        let overview = self.overview(Period::All).await?;
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["class", "solved", "contested"]).map_err(written)?;
        for solved in &*overview.solved {
            let contested = solved.contested.map(|contested| contested.to_string()).unwrap_or_default();
            let row = [solved.class.code(), &solved.reports.to_string(), &contested];
            csv.write_record(row).map_err(written)?;
        }
        csv.into_inner().map_err(|error| HubError::Output(error.into_error()))
    }
}

/// The lines of `export counts`, in memory.
pub(crate) fn table_of(counts: &[Count]) -> Result<Vec<u8>, HubError> {
    let mut table = Vec::new();
    write_counts(counts, &mut table).map_err(written)?;
    Ok(table)
}

fn write_counts(counts: &[Count], output: impl Write) -> csv::Result<()> {
    let mut csv = csv::Writer::from_writer(output);
    csv.write_record(["category", "hour", "reports"])?;
    for count in counts {
        let hour = time(start_of(count.slot.hour));
        csv.write_record([&count.slot.category, &hour, &count.reports.to_string()])?;
    }
    Ok(csv.flush()?)
}
