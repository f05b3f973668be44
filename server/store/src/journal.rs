//! The journal: what the staff did, written in the transaction that does it.

use model::id::Key;
use model::journal::Deed;
use model::status::Status;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::keep::{decode, key_from};
use crate::log::{self, NewEvent, derived_id, kind};
use crate::transaction::Transaction;
use crate::{Result, Store, StoreError};

/// A line of the journal. It holds no words and no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalRow {
    /// That of its event, where it has one.
    pub id: Uuid,
    /// UTC milliseconds.
    pub at: i64,
    /// Who did it; `None` for whoever runs the portal, by the command line.
    pub staff: Option<Key>,
    pub deed: Deed,
    /// Where the report stood afterwards, if that changed.
    pub status: Option<Status>,
    pub report: Option<Key>,
    /// Whom of the staff it is about.
    pub whom: Option<Key>,
}

impl Store {
    /// The lines of the journal before one, the newest first, at most `limit`; from its end, if none is given.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn deeds(&self, before: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<JournalRow>> {
        let doing = "read the journal of the staff";
        let (at, id) = before.unwrap_or((i64::MAX, Uuid::max()));
        let sql = "SELECT id, at, staff, act, status, report, whom FROM journal \
                   WHERE (at, id) < ($1, $2) ORDER BY at DESC, id DESC LIMIT $3";
        let rows = self
            .rows(doing, sql, |question| question.bind(at).bind(id.as_bytes().to_vec()).bind(i64::from(limit)))
            .await?;
        rows.iter().map(row).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }
}

pub(crate) async fn write(connection: &mut AnyConnection, row: &JournalRow) -> sqlx::Result<()> {
    let bytes = |key: Option<Key>| key.map(|key| key.bytes().to_vec());
    sqlx::query("INSERT INTO journal (id, at, staff, act, status, report, whom) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(row.id.as_bytes().to_vec())
        .bind(row.at)
        .bind(bytes(row.staff))
        .bind(row.deed.name())
        .bind(row.status.map(Status::name))
        .bind(bytes(row.report))
        .bind(bytes(row.whom))
        .execute(connection)
        .await
        .map(|_| ())
}

/// Writes down what is no step of a report, and tells of it. `of` is what makes it this one and no other.
pub(crate) async fn tell(
    transaction: &mut Transaction,
    of: &[u8],
    at: i64,
    deed: Deed,
    staff: Option<Key>,
    whom: Option<Key>,
) -> sqlx::Result<()> {
    let id = derived_id(kind::STAFF_ACTED, of);
    let row = JournalRow { id, at, staff, deed, status: None, report: None, whom };
    write(transaction.alone().await?, &row).await?;
    let body = serde_json::json!({ "act": deed.name(), "staff": staff, "whom": whom });
    let event = NewEvent { id, kind: kind::STAFF_ACTED, cell: None, at, body: body.to_string() };
    transaction.send(&log::append(vec![event])).await.map(|_| ())
}

fn row(row: &AnyRow) -> sqlx::Result<JournalRow> {
    let key = |column| -> sqlx::Result<Option<Key>> {
        row.try_get::<Option<Vec<u8>>, _>(column)?.map(|bytes| key_from(&bytes)).transpose()
    };
    let status: Option<String> = row.try_get(4)?;
    let status = status.map(|name| Status::parse(&name).ok_or_else(|| decode("an unknown status"))).transpose()?;
    Ok(JournalRow {
        id: Uuid::from_slice(row.try_get(0)?).map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        at: row.try_get(1)?,
        staff: key(2)?,
        deed: Deed::parse(row.try_get(3)?).ok_or_else(|| decode("an unknown deed"))?,
        status,
        report: key(5)?,
        whom: key(6)?,
    })
}
