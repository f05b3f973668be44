//! Photos of reports: taken from whoever holds the link and, as evidence, from the staff; sealed like everything else that people send.

use data_encoding::HEXLOWER;
use model::basis::Purpose;
use model::id::Key;
use model::position::Position;
use model::redaction::Part as Hide;
use model::staff::Right;
use photo::{Prepared, Refused};
use sha2::{Digest, Sha256};
use store::{NewPhoto, PhotoRow, PhotoTaken, ReportRow};

use crate::redact::{Hidden, instead};
use crate::vault::{Part, SubjectKey};
use crate::{Grant, Hub, HubError, Staff};

/// How many photos the author of a report may add, and a department.
pub const MOST_PHOTOS: i64 = 5;

/// Why a photo is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFault {
    Refused(Refused),
    /// There are [`MOST_PHOTOS`] already.
    TooMany,
}

/// A photo, for whoever may see it.
#[derive(Clone, Debug)]
pub struct Photo {
    pub id: Key,
    /// The SHA-256 of the bytes as they were sent, in hexadecimal: its name in addresses.
    pub sha256: String,
    /// UTC milliseconds.
    pub at: i64,
    /// Whose evidence it is; `None` for the author's own.
    pub department: Option<String>,
    pub width: i64,
    pub height: i64,
    /// Where it was taken, if its author wanted that told.
    pub place: Option<Position>,
    /// What is read instead of it.
    pub instead: Option<String>,
}

/// Which of the two pictures that are kept of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Whole,
    Thumbnail,
}

impl Hub {
    /// Takes a photo from whoever holds the link, once. With `tell_place`, where it was taken is kept as well, if it says so.
    ///
    /// Answers with whether it is new.
    ///
    /// # Errors
    /// `Photo` when it is none that can be taken; when the link leads nowhere, or the store is unavailable.
    pub async fn add_photo(&self, link: &str, bytes: Vec<u8>, tell_place: bool) -> Result<bool, HubError> {
        let row = self.followed(link).await?;
        self.take_photo(&row, None, bytes, tell_place).await
    }

    /// Takes a photo of what was done from somebody of the staff, once.
    ///
    /// # Errors
    /// As for [`Hub::add_photo`]; `NotYours`, and `Editing` while somebody else is at work on the report.
    pub async fn add_evidence(&self, staff: &Staff, key: &str, bytes: Vec<u8>) -> Result<bool, HubError> {
        let (row, handling) = self.shown_to(staff, key).await?;
        if !staff.works_on(&handling) || !staff.role.may(Right::ChangeState) {
            return Err(HubError::NotYours);
        }
        self.free_for(staff, row.key, &handling).await?;
        self.take_photo(&row, Some(staff), bytes, false).await
    }

    async fn take_photo(
        &self,
        row: &ReportRow,
        staff: Option<&Staff>,
        bytes: Vec<u8>,
        tell_place: bool,
    ) -> Result<bool, HubError> {
        let sent: [u8; 32] = Sha256::digest(&bytes).into();
        let there = if row.photos > 0 { self.0.store.photos(row.key).await? } else { Vec::new() };
        if there.iter().any(|photo| photo.sent == sent) {
            return Ok(false);
        }
        let of_this_side = there.iter().filter(|photo| photo.department.is_some() == staff.is_some());
        if i64::try_from(of_this_side.count()).is_ok_and(|count| count >= MOST_PHOTOS) {
            return Err(HubError::Photo(PhotoFault::TooMany));
        }
        let subject = self.0.vault.subject(row.key, row.wrapped.as_deref().ok_or(HubError::NotGranted)?)?;
        let prepared = self.prepared(bytes).await?;
        let place = prepared.gps.filter(|_| tell_place);
        let place = place.map(|place| subject.seal(Part::Place, &place)).transpose()?;
        let [picture, thumbnail] =
            [prepared.jpeg, prepared.thumbnail].map(|jpeg| subject.seal_bytes(Part::Photo, &jpeg));
        let photo = NewPhoto {
            id: id_of(row.key, sent),
            report: row.key,
            sent,
            at: self.now(),
            department: staff.map(|staff| staff.department.code.to_owned()),
            staff: staff.map(|staff| staff.id),
            picture: self.0.blobs.put(picture?).await?,
            thumbnail: self.0.blobs.put(thumbnail?).await?,
            width: prepared.width,
            height: prepared.height,
            place,
        };
        match self.0.store.take_photo(photo, MOST_PHOTOS).await? {
            PhotoTaken::TooMany => Err(HubError::Photo(PhotoFault::TooMany)),
            taken => {
                self.0.committed.notify_one();
                Ok(taken == PhotoTaken::New)
            }
        }
    }

    /// Draws the picture anew. One at a time: each takes hundreds of megabytes at worst, and the time of a processor.
    async fn prepared(&self, bytes: Vec<u8>) -> Result<Prepared, HubError> {
        let broken = HubError::Photo(PhotoFault::Refused(Refused::Broken));
        let Ok(turn) = self.0.drawing.clone().acquire_owned().await else { return Err(broken) };
        let drawn = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            photo::prepare(&bytes)
        });
        match drawn.await {
            Ok(prepared) => prepared.map_err(|refused| HubError::Photo(PhotoFault::Refused(refused))),
            // A decoder that panics has met a file that it was not made for.
            Err(_) => Err(broken),
        }
    }

    /// Whether a photo has arrived that hashes to this, in hexadecimal.
    ///
    /// # Errors
    /// When the link leads nowhere, or the store is unavailable.
    pub async fn has_photo(&self, link: &str, sha256: &str) -> Result<bool, HubError> {
        let row = self.followed(link).await?;
        Ok(named(&self.0.store.photos(row.key).await?, sha256).is_some())
    }

    /// A picture as a JPEG, for whoever holds the link.
    ///
    /// # Errors
    /// When the link leads nowhere or has no such photo, or the store is unavailable.
    pub async fn photo(&self, link: &str, sha256: &str, size: Size) -> Result<Vec<u8>, HubError> {
        let row = self.followed(link).await?;
        let grant = self.grant(&row, Purpose::OwnAccess).await?;
        let photos = self.0.store.photos(row.key).await?;
        self.picture(&row, &grant, named(&photos, sha256).ok_or(HubError::NoSuchLink)?, size).await
    }

    /// A picture as a JPEG, for somebody of the staff. One that is hidden is shown to those alone who may hide it, with `original`; that is
    /// journalled apart.
    ///
    /// # Errors
    /// `NotYours`, `NotGranted`, `NoSuchLink`, or the store's.
    pub async fn photo_for(
        &self,
        staff: &Staff,
        key: &str,
        sha256: &str,
        size: Size,
        original: bool,
    ) -> Result<Vec<u8>, HubError> {
        let (row, _) = self.shown_to(staff, key).await?;
        if original && !staff.role.may(Right::Redact) {
            return Err(HubError::NotYours);
        }
        let purpose = if original { Purpose::Moderate } else { Purpose::Respond };
        let grant = self.grant_staff(&row, purpose, staff).await?;
        let photos = self.0.store.photos(row.key).await?;
        let photo = named(&photos, sha256).ok_or(HubError::NoSuchLink)?;
        if !original {
            let hidden = self.0.store.redactions(row.key).await?;
            if hidden.iter().any(|hidden| hidden.part == Hide::Photo(photo.id)) {
                return Err(HubError::NotYours);
            }
        }
        self.picture(&row, &grant, photo, size).await
    }

    async fn picture(&self, row: &ReportRow, grant: &Grant, photo: &PhotoRow, size: Size) -> Result<Vec<u8>, HubError> {
        let subject = self.0.vault.subject(row.key, row.wrapped.as_deref().ok_or(HubError::NotGranted)?)?;
        let name = if size == Size::Whole { &photo.picture } else { &photo.thumbnail };
        subject.open_bytes(grant, Part::Photo, &self.0.blobs.get(name).await?)
    }

    /// What is known of the photos of a report; for the desk, without what is hidden.
    pub(crate) async fn photos_of(
        &self,
        row: &ReportRow,
        subject: &SubjectKey,
        grant: &Grant,
        hidden: &[Hidden],
    ) -> Result<Vec<Photo>, HubError> {
        if row.photos == 0 {
            return Ok(Vec::new());
        }
        let rows = self.0.store.photos(row.key).await?.into_iter();
        rows.map(|photo| {
            let place = photo.place.as_ref().map(|place| subject.open(grant, Part::Place, place)).transpose()?;
            let place = place.and_then(|(latitude, longitude)| Position::new(latitude, longitude));
            Ok(Photo {
                id: photo.id,
                sha256: HEXLOWER.encode(&photo.sent),
                at: photo.at,
                department: photo.department,
                width: photo.width,
                height: photo.height,
                place,
                instead: instead(hidden, Hide::Photo(photo.id)),
            })
        })
        .collect()
    }
}

/// The same photo of the same report is the same.
fn id_of(report: Key, sent: [u8; 32]) -> Key {
    let mut rest = [0; 10];
    rest.iter_mut().zip(sent).for_each(|(byte, drawn)| *byte = drawn);
    report.derived(Key::from_parts(0, &rest))
}

fn named<'a>(photos: &'a [PhotoRow], sha256: &str) -> Option<&'a PhotoRow> {
    let sent = HEXLOWER.decode(sha256.as_bytes()).ok()?;
    photos.iter().find(|photo| photo.sent == sent)
}
