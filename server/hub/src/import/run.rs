//! Going through a file: once to know it, once to take it in.

use std::io;

use csv::{Reader, ReaderBuilder, StringRecord};
use data_encoding::HEXLOWER;
use model::outlier::Middle;
use model::place::PlaceMark;
use sha2::{Digest, Sha256};
use store::{NewReport, Origin, StoreError, Taken};
use thiserror::Error;

use super::mapping::{Mapping, MappingError, Places};
use super::row::{self, Refused, Why};
use super::source::{Digesting, Source};
use crate::{Hub, HubError};

/// Rows taken in by one transaction.
const BATCH: usize = 256;

/// What became of the rows of a file, in all runs: `new`, `again` and `refused` add up to `rows`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows of the file.
    pub rows: u64,
    /// Rows that an earlier run had gone through: they are read again, since those it refused were told to nobody, and not stored again.
    pub resumed_after: u64,
    pub new: u64,
    /// Stored before, the same to the byte, or by the earlier run.
    pub again: u64,
    pub refused: u64,
    /// Of the new: without a position, with one far outside, with words only.
    pub unknown: u64,
    pub outliers: u64,
    pub described: u64,
}

/// Told of each batch: rows gone through, of all.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

#[derive(Debug, Error)]
pub enum ImportError {
    #[error("the file cannot be read")]
    Read(#[source] io::Error),
    #[error(transparent)]
    Mapping(#[from] MappingError),
    #[error(transparent)]
    Hub(#[from] HubError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Hub(error.into())
    }
}

/// What the first reading tells of a file.
struct Known {
    name: String,
    rows: u64,
    places: Places,
    middle: Option<Middle>,
}

impl Hub {
    /// Takes in every row of a file that is not there yet, and hands each refused one to `refuse`.
    ///
    /// Positions far from the portal's home (or, without one, from the middle of the file) are kept and marked. After an interruption
    /// the next run goes on behind the last batch that was stored, and tells again what was refused before it.
    ///
    /// # Errors
    /// When the file cannot be read or understood, or the store is unavailable: what was taken in stays.
    pub async fn import(
        &self,
        source: &Source,
        mapping: &Mapping,
        origin: Origin,
        refuse: &mut (dyn FnMut(Refused) + Send),
        progress: Progress<'_>,
    ) -> Result<Imported, ImportError> {
        let known = self.know(source, mapping)?;
        let done = self.resume_point(&known).await?;
        let mut imported = Imported { rows: known.rows, resumed_after: done, ..Imported::default() };
        // The file is read on a thread of its own, since reading blocks; a few batches wait between it and the store.
        let (batches, mut waiting) = tokio::sync::mpsc::channel(4);
        let reader = {
            let (hub, source, mapping, places) = (self.clone(), source.clone(), mapping.clone(), known.places.clone());
            let middle = known.middle;
            tokio::task::spawn_blocking(move || {
                source.with(|input| hub.read_batches(input, &mapping, &places, middle, origin, done, &batches))
            })
        };
        while let Some(batch) = waiting.recv().await {
            let batch: Batch = batch;
            imported.again += batch.passed;
            for refused in batch.refused {
                imported.refused += 1;
                refuse(refused);
            }
            let (lines, reports): (Vec<u64>, Vec<NewReport>) = batch.reports.into_iter().unzip();
            let marks: Vec<PlaceMark> = reports.iter().map(|report| report.mark).collect();
            let taken = self.store().take_reports(reports).await?;
            for ((line, mark), taken) in lines.into_iter().zip(marks).zip(taken) {
                match taken {
                    Taken::New => imported.add(mark),
                    Taken::Again => imported.again += 1,
                    Taken::Conflict => {
                        imported.refused += 1;
                        refuse(Refused { line, why: Why::Conflict });
                    }
                }
            }
            if batch.done > done {
                self.store().set_meta(known.name.clone(), batch.done.to_string()).await?;
            }
            self.0.committed.notify_one();
            progress(batch.done, known.rows);
        }
        reader.await.map_err(|error| ImportError::Read(io::Error::other(error)))??;
        Ok(imported)
    }

    fn know(&self, source: &Source, mapping: &Mapping) -> Result<Known, ImportError> {
        let read = source.with(|input| {
            let mut digesting = Digesting::new(input);
            let mut csv = reader(&mut digesting);
            let heading: Vec<String> = csv.headers().map_err(io::Error::other)?.iter().map(str::to_owned).collect();
            let places = match mapping.places(&heading) {
                Ok(places) => places,
                Err(error) => return Ok(Err(error)),
            };
            let (mut rows, mut positions, mut record) = (0, Vec::new(), StringRecord::new());
            loop {
                match csv.read_record(&mut record) {
                    Ok(false) => break,
                    Ok(true) => positions.extend(row::position(&record, &places)),
                    Err(error) if error.is_io_error() => return Err(error.into()),
                    Err(_) => {}
                }
                rows += 1;
            }
            drop(csv);
            // Read in another way, it is another file: rows that were refused before may be taken now.
            let way = Sha256::new_with_prefix(format!("{mapping:?}")).chain_update(digesting.finish()).finalize();
            let name = format!("import/{}", HEXLOWER.encode(&way[..16]));
            let middle = self.home().middle.map(Middle::at).or_else(|| Middle::of(&positions));
            Ok(Ok(Known { name, rows, places, middle }))
        });
        Ok(read.map_err(ImportError::Read)??)
    }

    async fn resume_point(&self, known: &Known) -> Result<u64, ImportError> {
        let done = self.store().meta(&known.name).await?;
        // A file that was gone through to its end is gone through again: that adds nothing, and it proves that nothing is missing.
        Ok(done.and_then(|done| done.parse().ok()).filter(|done| *done < known.rows).unwrap_or(0))
    }

    #[expect(clippy::too_many_arguments, reason = "one call, from the thread that reads")]
    fn read_batches(
        &self,
        input: &mut dyn io::Read,
        mapping: &Mapping,
        places: &Places,
        middle: Option<Middle>,
        origin: Origin,
        done: u64,
        batches: &tokio::sync::mpsc::Sender<Batch>,
    ) -> io::Result<()> {
        let mut csv = reader(input);
        csv.headers()?;
        let (mut ordinal, mut record, mut batch) = (0, StringRecord::new(), Batch::default());
        loop {
            let before = csv.position().line();
            let read = csv.read_record(&mut record);
            if matches!(read, Ok(false)) {
                break;
            }
            ordinal += 1;
            let line = record.position().filter(|_| read.is_ok()).map_or(before, csv::Position::line);
            let taken = match read {
                Ok(_) => row::read(&record, places, mapping, ordinal),
                Err(error) if error.is_io_error() => return Err(error.into()),
                Err(_) => Err(Why::Unreadable),
            };
            match taken {
                Ok(_) if ordinal <= done => batch.passed += 1,
                Ok(row) => {
                    let far = |position| middle.is_some_and(|middle| middle.is_far(position));
                    let (mark, cell) = row.report.told.place.filed(far);
                    let sealed =
                        self.seal(&row.report, mark, cell, row.occurred_at, origin).map_err(io::Error::other)?;
                    batch.reports.push((line, sealed));
                }
                Err(why) => batch.refused.push(Refused { line, why }),
            }
            batch.done = ordinal;
            if batch.reports.len() + batch.refused.len() >= BATCH
                && batches.blocking_send(std::mem::take(&mut batch)).is_err()
            {
                return Ok(());
            }
        }
        if batch.done > 0 {
            let _ = batches.blocking_send(batch);
        }
        Ok(())
    }
}

#[derive(Default)]
struct Batch {
    reports: Vec<(u64, NewReport)>,
    refused: Vec<Refused>,
    /// Rows that an earlier run had stored.
    passed: u64,
    /// Rows of the file gone through when this batch is stored.
    done: u64,
}

impl Imported {
    fn add(&mut self, mark: PlaceMark) {
        self.new += 1;
        match mark {
            PlaceMark::Located => {}
            PlaceMark::Outlier => self.outliers += 1,
            PlaceMark::Described => self.described += 1,
            PlaceMark::Unknown => self.unknown += 1,
        }
    }
}

impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

fn reader<R: io::Read>(input: R) -> Reader<R> {
    ReaderBuilder::new().flexible(true).from_reader(input)
}
