//! Reports as they are read, and all of them for an export.

use model::basis::Purpose;
use model::cell::Cell;
use model::contact::Contact;
use model::id::Key;
use model::place::PlaceMark;
use model::report::Told;
use model::sealed::Sealed;
use model::status::Status;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::consent::{Basis, bases};
use crate::handling::{self, HandlingRow, handling_columns};
use crate::keep::{cell_from, decode, key_from};
use crate::note::NoteRow;
use crate::{Result, Store, StoreError};

/// A report as it is stored, with its notes, the wrapped key that opens it, and the purposes for which it may be opened.
#[derive(Clone, Debug)]
pub struct ReportRow {
    pub key: Key,
    pub category: String,
    pub danger: bool,
    pub people: Option<i64>,
    pub mark: PlaceMark,
    pub cell: Option<Cell>,
    pub status: Status,
    pub received_at: i64,
    pub hash: Vec<u8>,
    pub told: Sealed<Told>,
    pub contact: Option<Sealed<Contact>>,
    /// `None` once the subject's key was destroyed.
    pub wrapped: Option<Vec<u8>>,
    /// Why it may be opened, those that have ended too.
    pub bases: Vec<Basis>,
    /// Purposes whose basis stands.
    pub purposes: Vec<Purpose>,
    /// Oldest first.
    pub notes: Vec<NoteRow>,
    /// When its author was first shown whom to call.
    pub advised_at: Option<i64>,
    /// How many photos it has: most have none, and need not ask for them.
    pub photos: i64,
    /// How it is handled, once the router has placed it.
    pub handling: Option<HandlingRow>,
}

/// What an export tells of a report: nothing that is sealed.
#[derive(Clone, Debug)]
pub struct ExportRow {
    pub key: Key,
    pub category: String,
    pub danger: bool,
    pub people: Option<i64>,
    pub mark: PlaceMark,
    pub cell: Option<Cell>,
    pub occurred_at: i64,
    pub received_at: i64,
    pub status: Status,
    pub origin: String,
}

impl Store {
    /// Reports in the order of their keys, after `after`, at most `limit`.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn reports_after(&self, after: Option<Key>, limit: u32) -> Result<Vec<ExportRow>> {
        let sql = "SELECT id, category, danger, people, mark, cell, occurred_at, received_at, status, origin FROM report \
                   WHERE id > $1 ORDER BY id LIMIT $2";
        let after = after.map(|key| key.bytes().to_vec()).unwrap_or_default();
        let rows =
            self.rows("read reports", sql, |question| question.bind(after.clone()).bind(i64::from(limit))).await?;
        rows.iter().map(export).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should("read reports"))
    }
}

/// The statement that reads a report: a row, or one for each of its notes.
macro_rules! report {
    ($key:literal) => {
        concat!(
            "SELECT r.id, r.category, r.danger, r.people, r.mark, r.status, r.received_at, r.hash, r.told, r.contact, k.wrapped, ",
            bases!(),
            ", n.at, n.told, r.cell, n.id, (SELECT COUNT(*) FROM photo p WHERE p.report = r.id), \
             (SELECT a.at FROM advice a WHERE a.report = r.id), ",
            handling_columns!(),
            " FROM report r \
             LEFT JOIN subject_key k ON k.subject = r.id \
             LEFT JOIN note n ON n.report = r.id \
             LEFT JOIN handling h ON h.report = r.id \
             WHERE r.id = ",
            $key
        )
    };
}

/// The statement that reads several. For a list of keys (`IN`) a planner that finds the tables small would join them whole.
macro_rules! reports {
    ($first:literal $(, $next:literal)*) => {
        concat!(report!($first) $(, " UNION ALL ", report!($next))*)
    };
}

/// The most reports that are read together.
pub(crate) const TOGETHER: usize = 8;

/// Statements that read one report, two, and so on.
pub(crate) const REPORTS: [&str; TOGETHER] = [
    reports!("$1"),
    reports!("$1", "$2"),
    reports!("$1", "$2", "$3"),
    reports!("$1", "$2", "$3", "$4"),
    reports!("$1", "$2", "$3", "$4", "$5"),
    reports!("$1", "$2", "$3", "$4", "$5", "$6"),
    reports!("$1", "$2", "$3", "$4", "$5", "$6", "$7"),
    reports!("$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8"),
];

/// Of the rows that [`REPORTS`] find, the report of a key.
pub(crate) fn report(key: Key, rows: &[AnyRow]) -> sqlx::Result<Option<ReportRow>> {
    let (mut report, mut notes) = (None, Vec::new());
    for row in rows {
        if row.try_get::<&[u8], _>(0)? != key.bytes() {
            continue;
        }
        if let (Some(at), Some(text), Some(id)) =
            (row.try_get(12)?, row.try_get(13)?, row.try_get::<Option<Vec<u8>>, _>(15)?)
        {
            notes.push(NoteRow { key: key_from(&id)?, at, text: Sealed::from_bytes(text) });
        }
        if report.is_none() {
            report = Some(without_notes(key, row)?);
        }
    }
    notes.sort_unstable_by_key(|note| (note.at, note.key));
    Ok(report.map(|report| ReportRow { notes, ..report }))
}

fn without_notes(key: Key, row: &AnyRow) -> sqlx::Result<ReportRow> {
    let bases = Basis::read(row.try_get(11)?)?;
    Ok(ReportRow {
        key,
        category: row.try_get(1)?,
        danger: row.try_get::<i64, _>(2)? != 0,
        people: row.try_get(3)?,
        mark: mark(row.try_get(4)?)?,
        cell: cell_from(row.try_get(14)?)?,
        status: status(row.try_get(5)?)?,
        received_at: row.try_get(6)?,
        hash: row.try_get(7)?,
        told: Sealed::from_bytes(row.try_get(8)?),
        contact: row.try_get::<Option<Vec<u8>>, _>(9)?.map(Sealed::from_bytes),
        wrapped: row.try_get(10)?,
        purposes: bases.iter().filter(|basis| basis.ended.is_none()).map(|basis| basis.purpose).collect(),
        bases,
        notes: Vec::new(),
        photos: row.try_get(16)?,
        advised_at: row.try_get(17)?,
        handling: handling::row(row, 18)?,
    })
}

fn export(row: &AnyRow) -> sqlx::Result<ExportRow> {
    Ok(ExportRow {
        key: key_from(row.try_get(0)?)?,
        category: row.try_get(1)?,
        danger: row.try_get::<i64, _>(2)? != 0,
        people: row.try_get(3)?,
        mark: mark(row.try_get(4)?)?,
        cell: cell_from(row.try_get(5)?)?,
        occurred_at: row.try_get(6)?,
        received_at: row.try_get(7)?,
        status: status(row.try_get(8)?)?,
        origin: row.try_get(9)?,
    })
}

fn mark(name: &str) -> sqlx::Result<PlaceMark> {
    PlaceMark::parse(name).ok_or_else(|| decode("an unknown place mark"))
}

fn status(name: &str) -> sqlx::Result<Status> {
    Status::parse(name).ok_or_else(|| decode("an unknown status"))
}
