//! Photos of reports: what is known of each. The pictures stand in [`crate::Blobs`].

use model::id::Key;
use model::journal::Deed;
use model::sealed::Sealed;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::journal::{self, JournalRow};
use crate::keep::key_from;
use crate::log::{self, NewEvent, kind, message_id};
use crate::{Result, Store, StoreError, note};

/// A photo whose pictures are stored already.
#[derive(Clone, Debug)]
pub struct NewPhoto {
    /// Follows from the report and from `sent`.
    pub id: Key,
    pub report: Key,
    /// The SHA-256 of the bytes as they were sent.
    pub sent: [u8; 32],
    /// UTC milliseconds.
    pub at: i64,
    /// Whose evidence it is; `None` for the author's own.
    pub department: Option<String>,
    /// Who of the staff adds it.
    pub staff: Option<Key>,
    /// The name of the sealed picture.
    pub picture: String,
    /// The name of the sealed thumbnail.
    pub thumbnail: String,
    pub width: u32,
    pub height: u32,
    /// Latitude and longitude of where it was taken, if that is to be told.
    pub place: Option<Sealed<(f64, f64)>>,
}

/// A photo as it is stored.
#[derive(Clone, Debug)]
pub struct PhotoRow {
    pub id: Key,
    pub sent: Vec<u8>,
    pub at: i64,
    pub department: Option<String>,
    pub picture: String,
    pub thumbnail: String,
    pub width: i64,
    pub height: i64,
    pub place: Option<Sealed<(f64, f64)>>,
}

/// What became of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoTaken {
    New,
    /// It was here.
    Again,
    /// There are as many as there may be.
    TooMany,
}

impl Store {
    /// Takes a photo, with its event, unless its side, the author's or the department's, has `most` already.
    ///
    /// # Errors
    /// When the store is unavailable: then nothing was acknowledged, and sending again is safe.
    pub async fn take_photo(&self, photo: NewPhoto, most: i64) -> Result<PhotoTaken> {
        self.writer
            .work("take a photo", move |transaction| {
                let photo = photo.clone();
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    let there = sqlx::query("SELECT 1 FROM photo WHERE id = $1").bind(photo.id.bytes().to_vec());
                    if there.fetch_optional(&mut *connection).await?.is_some() {
                        return Ok(PhotoTaken::Again);
                    }
                    let count = "SELECT COUNT(*) FROM photo WHERE report = $1 AND (department IS NULL) = ($2 = 0)";
                    let has: i64 = sqlx::query(count)
                        .bind(photo.report.bytes().to_vec())
                        .bind(i64::from(photo.department.is_some()))
                        .fetch_one(&mut *connection)
                        .await?
                        .try_get(0)?;
                    if has >= most {
                        return Ok(PhotoTaken::TooMany);
                    }
                    let event = event(&photo);
                    let staff = photo.staff;
                    sqlx::query(
                        "INSERT INTO photo (id, report, sent, at, department, picture, thumbnail, width, height, told) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    )
                    .bind(photo.id.bytes().to_vec())
                    .bind(photo.report.bytes().to_vec())
                    .bind(photo.sent.to_vec())
                    .bind(photo.at)
                    .bind(photo.department)
                    .bind(photo.picture)
                    .bind(photo.thumbnail)
                    .bind(i64::from(photo.width))
                    .bind(i64::from(photo.height))
                    .bind(photo.place.map(Sealed::into_bytes))
                    .execute(&mut *connection)
                    .await?;
                    match staff {
                        Some(staff) => journal::write(connection, &deed(&event, staff, photo.report)).await?,
                        None => note::unseen(connection, photo.report).await?,
                    }
                    transaction.send(&log::append(vec![event])).await?;
                    Ok(PhotoTaken::New)
                })
            })
            .await
    }

    /// The photos of a report, oldest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn photos(&self, report: Key) -> Result<Vec<PhotoRow>> {
        let doing = "read photos";
        let sql = "SELECT id, sent, at, department, picture, thumbnail, width, height, told FROM photo \
                   WHERE report = $1 ORDER BY at, id";
        let rows = self.rows(doing, sql, |question| question.bind(report.bytes().to_vec())).await?;
        rows.iter().map(row).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }
}

fn event(photo: &NewPhoto) -> NewEvent {
    let body = serde_json::json!({ "report": photo.report, "department": photo.department, "staff": photo.staff });
    NewEvent {
        id: message_id(kind::PHOTO_ADDED, photo.id),
        kind: kind::PHOTO_ADDED,
        cell: None,
        at: photo.at,
        body: body.to_string(),
    }
}

/// That somebody of the staff added it.
fn deed(event: &NewEvent, staff: Key, report: Key) -> JournalRow {
    let (id, at, staff, report) = (event.id, event.at, Some(staff), Some(report));
    JournalRow { id, at, staff, deed: Deed::Photo, status: None, report, whom: None }
}

fn row(row: &AnyRow) -> sqlx::Result<PhotoRow> {
    Ok(PhotoRow {
        id: key_from(row.try_get::<&[u8], _>(0)?)?,
        sent: row.try_get(1)?,
        at: row.try_get(2)?,
        department: row.try_get(3)?,
        picture: row.try_get(4)?,
        thumbnail: row.try_get(5)?,
        width: row.try_get(6)?,
        height: row.try_get(7)?,
        place: row.try_get::<Option<Vec<u8>>, _>(8)?.map(Sealed::from_bytes),
    })
}
