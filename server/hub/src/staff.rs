//! The people of the departments: who they are, and how they come in.
//!
//! They sign in by a link that works once; a passkey will take its place. Of a secret only its SHA-256 is stored.

use data_encoding::BASE64URL_NOPAD;
use model::canonical::Hash;
use model::department::Department;
use model::id::Key;
use model::staff::Role;
use sha2::{Digest, Sha256};
use store::{NewPass, PassKind, StaffRow};

use crate::{Hub, HubError, random};

/// How long a link waits to be used, in milliseconds.
const LINK: i64 = 24 * 3_600_000;
/// How long a browser stays signed in: a shift.
const SHIFT: i64 = 12 * 3_600_000;

/// Somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: Key,
    pub name: String,
    pub department: &'static Department,
    pub role: Role,
}

/// A secret to be handed over: it is not kept, and opens until a time in UTC milliseconds.
pub struct Secret {
    pub text: String,
    pub until: i64,
}

impl Staff {
    fn of(row: StaffRow) -> Option<Self> {
        let (department, role) = Department::of(&row.department).zip(Role::parse(&row.role))?;
        Some(Self { id: row.id, name: row.name, department, role })
    }
}

impl Hub {
    /// Adds somebody to a department.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn add_staff(&self, name: &str, department: &Department, role: Role) -> Result<Key, HubError> {
        let id = self.new_key()?;
        let row = StaffRow {
            id,
            name: name.to_owned(),
            department: department.code.to_owned(),
            role: role.name().to_owned(),
            since: self.now(),
            ended: None,
        };
        self.0.store.add_staff(row).await?;
        Ok(id)
    }

    /// A fresh link for somebody, which signs in once.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn invite(&self, staff: Key) -> Result<Secret, HubError> {
        let (text, hash) = secret()?;
        let (since, until) = (self.now(), self.now() + LINK);
        self.0.store.add_pass(NewPass { hash, staff, kind: PassKind::Link, since, until }).await?;
        Ok(Secret { text, until })
    }

    /// Signs in by a link: it is used up, and the secret of a session comes back.
    ///
    /// # Errors
    /// `NoSuchLink` when it was used, is too old or never was; or when the store is unavailable.
    pub async fn sign_in(&self, link: &str) -> Result<Secret, HubError> {
        let (text, session) = secret()?;
        let (now, until) = (self.now(), self.now() + SHIFT);
        let link = hash(link).ok_or(HubError::NoSuchLink)?;
        if self.0.store.redeem(link, session, now, until).await? {
            Ok(Secret { text, until })
        } else {
            Err(HubError::NoSuchLink)
        }
    }

    /// Who has signed in with a session; nobody once it is over.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn signed_in(&self, session: &str) -> Result<Option<Staff>, HubError> {
        let Some(hash) = hash(session) else { return Ok(None) };
        Ok(self.0.store.session(&hash, self.now()).await?.and_then(Staff::of))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store is unavailable.
    pub async fn sign_out(&self, session: &str) -> Result<(), HubError> {
        if let Some(hash) = hash(session) {
            self.0.store.end_session(hash).await?;
        }
        Ok(())
    }
}

/// 32 random bytes as text, and their hash.
fn secret() -> Result<(String, Hash), HubError> {
    let bytes: [u8; 32] = random::bytes()?;
    Ok((BASE64URL_NOPAD.encode(&bytes), Sha256::digest(bytes).into()))
}

/// The hash of a secret; `None` for what cannot be one.
fn hash(secret: &str) -> Option<Hash> {
    let bytes = BASE64URL_NOPAD.decode(secret.as_bytes()).ok()?;
    (bytes.len() == 32).then(|| Sha256::digest(bytes).into())
}
