//! Several reports at once: a table of which every line becomes a report, looked at before it is sent.

mod columns;
#[cfg(test)]
mod tests;

use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};
use model::form::{Fault, Field, Problem};
use model::id::Key;
use model::report::{RawReport, Report, tells_of_danger};
use model::several::{MOST, RawSeveral, key_of};

use self::columns::Column;
use crate::{Hub, HubError, Link, OwnReport, Source};

/// What people call kinds of incidents and of hazards, in any language, as codes.
pub struct Named {
    pub category: fn(&str) -> Option<&'static str>,
    pub hazard: fn(&str) -> Option<&'static str>,
}

/// What a line becomes.
#[derive(Clone, Debug)]
pub struct Line {
    /// Of the file, from 1, the heading included.
    pub number: u64,
    pub raw: RawReport,
    /// The report, or everything that is wrong with it.
    pub report: Result<Box<Report>, Vec<Problem>>,
    record: StringRecord,
}

impl Line {
    /// Whether it tells of danger, whatever else may be wrong with it.
    pub fn tells_of_danger(&self) -> bool {
        match &self.report {
            Ok(report) => report.danger,
            Err(_) => tells_of_danger(&self.raw.category, &self.raw.danger, &self.raw.what),
        }
    }
}

/// A table that could be read.
#[derive(Clone, Debug)]
pub struct Lines {
    pub lines: Vec<Line>,
    /// Headings under which nothing is looked for.
    pub unread: Vec<String>,
    key: Key,
    /// How many reports were stored under its key before.
    from: usize,
    headings: StringRecord,
    delimiter: u8,
}

/// What was sent, and what is left to mend.
#[derive(Clone)]
pub struct Sent {
    /// Leads to the list of what was sent.
    pub link: Link,
    /// How many reports are stored under the key of the table, those of before included.
    pub stored: usize,
    /// The lines that are no reports yet, with the headings; empty when there are none.
    pub rest: String,
}

/// A link is a secret: it is not shown.
impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sent").field("stored", &self.stored).finish_non_exhaustive()
    }
}

/// The reports that a table became, in its order.
pub struct SentTogether {
    pub reports: Vec<OwnReport>,
    /// Whether one that is not closed tells of danger.
    pub danger: bool,
    /// Those of danger of which it is not recorded that their author was shown whom to call.
    unadvised: Vec<Key>,
}

impl Lines {
    pub fn sound(&self) -> impl Iterator<Item = (&Line, &Report)> {
        self.lines.iter().filter_map(|line| Some((line, &**line.report.as_ref().ok()?)))
    }

    /// The lines that are to be mended, as a table of their own.
    fn rest(&self) -> String {
        let wrong = || self.lines.iter().filter(|line| line.report.is_err());
        if wrong().next().is_none() {
            return String::new();
        }
        let mut writer = WriterBuilder::new().delimiter(self.delimiter).flexible(true).from_writer(Vec::new());
        for record in [&self.headings].into_iter().chain(wrong().map(|line| &line.record)) {
            // Memory takes everything.
            drop(writer.write_record(record));
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

impl Hub {
    /// What each line of a table becomes; nothing is stored.
    ///
    /// # Errors
    /// `Invalid` when it is no table, names no kind of incident, or has too many lines.
    pub fn lines(&self, raw: &RawSeveral, named: &Named) -> Result<Lines, HubError> {
        let (key, table) = raw.parse().map_err(HubError::Invalid)?;
        // Whoever does not have the link of the list does not go on with it.
        let goes_on = self.0.tables.follow(&raw.sent) == Some(key);
        let from = if goes_on { raw.from.parse().unwrap_or(0) } else { 0 };
        read(key, from, table, named, |raw| raw.parse(self.0.home.middle))
            .map_err(|fault| HubError::Invalid(vec![Problem { field: Field::Table, fault }]))
    }

    /// Stores every line that is a report, each once however often the table comes, and hands the others back.
    ///
    /// # Errors
    /// As for [`Hub::lines`] and, for any of its lines, [`Hub::submit`]: sending the same again is safe. `Invalid` when there is no sound line.
    pub async fn submit_several(&self, raw: &RawSeveral, named: &Named, source: &Source) -> Result<Sent, HubError> {
        let lines = self.lines(raw, named)?;
        let mut stored = lines.from;
        // Together they would wait for one another in one group; a table is short, and each is answered for by itself.
        for (line, _) in lines.sound() {
            self.submit(&line.raw, source).await?;
            stored += 1;
        }
        if stored == lines.from {
            return Err(HubError::Invalid(vec![Problem { field: Field::Table, fault: Fault::NoneSound }]));
        }
        Ok(Sent { link: self.0.tables.to(lines.key), stored, rest: lines.rest() })
    }

    /// The reports that a table became.
    ///
    /// # Errors
    /// `NoSuchLink` when the link is not ours or nothing was stored; or when the store is unavailable.
    pub async fn sent_together(&self, link: &str) -> Result<SentTogether, HubError> {
        let table = self.0.tables.follow(link).ok_or(HubError::NoSuchLink)?;
        let mut sent = SentTogether { reports: Vec::new(), danger: false, unadvised: Vec::new() };
        for place in 0..MOST {
            let Some(row) = self.0.store.report(key_of(table, place)).await? else { break };
            if row.danger && !row.status.is_closed() {
                sent.danger = true;
                sent.unadvised.extend(row.advised_at.is_none().then_some(row.key));
            }
            sent.reports.push(OwnReport {
                reference: row.key.reference(),
                link: self.0.links.to(row.key),
                category: row.category,
                status: row.status,
                received_at: row.received_at,
            });
        }
        if sent.reports.is_empty() { Err(HubError::NoSuchLink) } else { Ok(sent) }
    }

    /// Records, as [`Hub::advised`], that the page with these reports said "call now".
    pub async fn advised_of(&self, sent: &SentTogether) {
        self.record_advice(&sent.unadvised).await;
    }
}

/// The line on which a record begins. The reader gives the first of the empty lines before it.
fn line(table: &str, position: &csv::Position) -> u64 {
    let before =
        usize::try_from(position.byte()).ok().and_then(|byte| table.as_bytes().get(byte..)).unwrap_or_default();
    let empty = before.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    position.line() + empty as u64
}

/// Reads a table; only its sound lines count for the keys, from a place on, so that these have no gaps.
fn read(
    key: Key,
    from: usize,
    table: &str,
    named: &Named,
    parse: impl Fn(&RawReport) -> Result<Report, Vec<Problem>>,
) -> Result<Lines, Fault> {
    let delimiter = columns::delimiter(table.trim_start_matches(['\u{feff}', '\n', '\r', ' ']));
    let table = table.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(Trim::All)
        .has_headers(true)
        .from_reader(table.as_bytes());
    let headings = reader.headers().map_err(|_| Fault::Unknown)?.clone();
    let columns: Vec<Option<Column>> = headings.iter().map(Column::of_heading).collect();
    if !columns.contains(&Some(Column::Category)) {
        return Err(Fault::Unknown);
    }
    let unread = headings.iter().zip(&columns).filter(|(heading, column)| column.is_none() && !heading.is_empty());
    let unread = unread.map(|(heading, _)| heading.to_owned()).collect();
    let mut records: Vec<StringRecord> = reader.records().collect::<Result<_, _>>().map_err(|_| Fault::Unknown)?;
    records.retain(|record| record.iter().any(|cell| !cell.is_empty()));
    match records.len() {
        0 => return Err(Fault::Missing),
        many if from.saturating_add(many) > MOST => return Err(Fault::TooMany(from.saturating_add(many))),
        _ => {}
    }
    let (mut lines, mut place) = (Vec::new(), from);
    for record in records {
        let raw = columns::raw(&columns, &record, named, key_of(key, place));
        let report = if record.iter().skip(columns.len()).all(str::is_empty) {
            parse(&raw).map(Box::new)
        } else {
            Err(vec![Problem { field: Field::Table, fault: Fault::Surplus }])
        };
        place += usize::from(report.is_ok());
        let number = record.position().map_or(0, |position| line(table, position));
        lines.push(Line { number, raw, report, record });
    }
    Ok(Lines { lines, unread, key, from, headings, delimiter })
}
