//! The people of the departments, and what lets them in.

use model::canonical::Hash;
use model::id::Key;
use model::journal::Deed;
use model::tally::hour_of;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::journal::{self, JournalRow};
use crate::keep::key_from;
use crate::log::derived_id;
use crate::{Result, Store, StoreError};

/// Somebody of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    pub id: Key,
    pub name: String,
    pub department: String,
    pub role: String,
    /// UTC milliseconds.
    pub since: i64,
    pub ended: Option<i64>,
}

/// What a pass is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassKind {
    /// A link that signs in once.
    Link,
    /// A browser that is signed in.
    Session,
}

impl PassKind {
    fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Session => "session",
        }
    }
}

/// A pass: of its secret only a hash is kept.
#[derive(Clone, Debug)]
pub struct NewPass {
    pub hash: Hash,
    pub staff: Key,
    pub kind: PassKind,
    /// UTC milliseconds.
    pub since: i64,
    pub until: i64,
}

impl Store {
    /// Adds somebody.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn add_staff(&self, staff: StaffRow) -> Result<()> {
        self.writer
            .work("add to the staff", move |transaction| {
                let staff = staff.clone();
                Box::pin(async move {
                    sqlx::query("INSERT INTO staff (id, name, department, role, since) VALUES ($1, $2, $3, $4, $5)")
                        .bind(staff.id.bytes().to_vec())
                        .bind(staff.name)
                        .bind(staff.department)
                        .bind(staff.role)
                        .bind(staff.since)
                        .execute(transaction.alone().await?)
                        .await?;
                    journal::tell(transaction, staff.id.bytes(), staff.since, Deed::Added, None, Some(staff.id)).await
                })
            })
            .await
    }

    /// Everybody, the departed too, by department and name.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn staff(&self) -> Result<Vec<StaffRow>> {
        let doing = "read the staff";
        let sql = "SELECT id, name, department, role, since, ended FROM staff ORDER BY department, name, id";
        let rows = self.rows(doing, sql, |question| question).await?;
        rows.iter().map(row).collect::<sqlx::Result<_>>().map_err(StoreError::while_it_should(doing))
    }

    /// Ends somebody's service: from now on nothing lets them in. Gives back whether they were there.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn end_staff(&self, id: Key, at: i64) -> Result<bool> {
        self.writer
            .work("end a service", move |transaction| {
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    sqlx::query("DELETE FROM pass WHERE staff = $1")
                        .bind(id.bytes().to_vec())
                        .execute(&mut *connection)
                        .await?;
                    let ended = sqlx::query("UPDATE staff SET ended = $2 WHERE id = $1 AND ended IS NULL")
                        .bind(id.bytes().to_vec())
                        .bind(at)
                        .execute(connection)
                        .await?;
                    if ended.rows_affected() != 1 {
                        return Ok(false);
                    }
                    let of = [&id.bytes()[..], &at.to_be_bytes()].concat();
                    journal::tell(transaction, &of, at, Deed::Ended, None, Some(id)).await.map(|()| true)
                })
            })
            .await
    }

    /// Gives somebody a pass, and clears away those that are over.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn add_pass(&self, pass: NewPass) -> Result<()> {
        self.writer
            .work("give a pass", move |transaction| {
                let pass = pass.clone();
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    sqlx::query("DELETE FROM pass WHERE staff = $1 AND until <= $2")
                        .bind(pass.staff.bytes().to_vec())
                        .bind(pass.since)
                        .execute(&mut *connection)
                        .await?;
                    insert(connection, &pass).await?;
                    match pass.kind {
                        PassKind::Link => {
                            journal::tell(transaction, &pass.hash, pass.since, Deed::Invited, None, Some(pass.staff))
                                .await
                        }
                        PassKind::Session => Ok(()),
                    }
                })
            })
            .await
    }

    /// Whom a session's hash stands for at `now`; nobody whose service has ended.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn session(&self, hash: &Hash, now: i64) -> Result<Option<StaffRow>> {
        let doing = "read a session";
        let sql = "SELECT s.id, s.name, s.department, s.role, s.since, s.ended FROM pass p JOIN staff s ON s.id = p.staff \
                   WHERE p.hash = $1 AND p.kind = 'session' AND p.until > $2 AND s.ended IS NULL";
        let rows = self.rows(doing, sql, |question| question.bind(hash.to_vec()).bind(now)).await?;
        rows.first().map(row).transpose().map_err(StoreError::while_it_should(doing))
    }

    /// Turns a link into a session: the link is gone in the same transaction, so it lets in once. Gives back whether it did.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn redeem(&self, link: Hash, session: Hash, now: i64, until: i64) -> Result<bool> {
        self.writer
            .work("redeem a link", move |transaction| {
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    let gone = sqlx::query(
                        "DELETE FROM pass WHERE hash = $1 AND kind = 'link' AND until > $2 RETURNING staff",
                    )
                    .bind(link.to_vec())
                    .bind(now)
                    .fetch_optional(&mut *connection)
                    .await?;
                    let Some(gone) = gone else { return Ok(false) };
                    let staff = key_from(gone.try_get::<&[u8], _>(0)?)?;
                    let pass = NewPass { hash: session, staff, kind: PassKind::Session, since: now, until };
                    insert(connection, &pass).await?;
                    journal::tell(transaction, &session, now, Deed::SignedIn, Some(staff), None).await.map(|()| true)
                })
            })
            .await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn end_session(&self, session: Hash) -> Result<()> {
        self.writer
            .work("end a session", move |transaction| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM pass WHERE hash = $1")
                        .bind(session.to_vec())
                        .execute(transaction.alone().await?)
                        .await
                        .map(|_| ())
                })
            })
            .await
    }

    /// Journals that somebody of the staff opened a subject's data at a time in UTC milliseconds: once for each hour.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn journal_staff(
        &self,
        subject: Key,
        staff: Key,
        department: String,
        purpose: model::basis::Purpose,
        at: i64,
    ) -> Result<()> {
        self.writer
            .work("journal an opening", move |transaction| {
                let department = department.clone();
                Box::pin(async move {
                    let connection = transaction.alone().await?;
                    let fresh = sqlx::query(
                        "INSERT INTO desk_opening (subject, staff, department, purpose, hour) VALUES ($1, $2, $3, $4, $5) \
                         ON CONFLICT (subject, staff, purpose, hour) DO NOTHING",
                    )
                    .bind(subject.bytes().to_vec())
                    .bind(staff.bytes().to_vec())
                    .bind(department)
                    .bind(purpose.name())
                    .bind(hour_of(at))
                    .execute(&mut *connection)
                    .await?;
                    let Some(deed) = Deed::of_opening(purpose).filter(|_| fresh.rows_affected() == 1) else { return Ok(()) };
                    let parts = [&subject.bytes()[..], staff.bytes(), purpose.name().as_bytes(), &hour_of(at).to_be_bytes()];
                    let id = derived_id("opening", &parts.concat());
                    let (staff, report) = (Some(staff), Some(subject));
                    let row = JournalRow { id, at, staff, deed, status: None, report, whom: None };
                    journal::write(connection, &row).await
                })
            })
            .await
    }

    /// Which departments opened a subject's data, with the hour since the epoch, the latest first.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn staff_openings(&self, subject: Key) -> Result<Vec<(String, i64)>> {
        let doing = "read the journal";
        let sql =
            "SELECT DISTINCT department, hour FROM desk_opening WHERE subject = $1 ORDER BY hour DESC, department";
        let rows = self.rows(doing, sql, |question| question.bind(subject.bytes().to_vec())).await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect::<sqlx::Result<_>>()
            .map_err(StoreError::while_it_should(doing))
    }
}

async fn insert(connection: &mut sqlx::AnyConnection, pass: &NewPass) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO pass (hash, staff, kind, since, until) VALUES ($1, $2, $3, $4, $5)")
        .bind(pass.hash.to_vec())
        .bind(pass.staff.bytes().to_vec())
        .bind(pass.kind.name())
        .bind(pass.since)
        .bind(pass.until)
        .execute(connection)
        .await
        .map(|_| ())
}

fn row(row: &AnyRow) -> sqlx::Result<StaffRow> {
    Ok(StaffRow {
        id: key_from(row.try_get::<&[u8], _>(0)?)?,
        name: row.try_get(1)?,
        department: row.try_get(2)?,
        role: row.try_get(3)?,
        since: row.try_get(4)?,
        ended: row.try_get(5)?,
    })
}
