//! What can go wrong with the store.

use std::sync::Arc;

use thiserror::Error;

/// Errors name the operation; the cause is their source.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database cannot be reached, the disk is full, the writer has stopped: try again later, nothing was acknowledged.
    #[error("the store is unavailable while it should {doing}")]
    Unavailable {
        doing: &'static str,
        #[source]
        /// Everybody who shared the transaction, or the question, is told.
        cause: Option<Arc<sqlx::Error>>,
    },
    /// The statement failed though the database works: a defect of ours.
    #[error("the store could not {doing}")]
    Failed {
        doing: &'static str,
        #[source]
        cause: Arc<sqlx::Error>,
    },
    /// The schema could not be brought up to date.
    #[error("the store's schema could not be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// A row holds what no version of the program writes.
    #[error("the store holds something that it cannot read: {0}")]
    Corrupt(&'static str),
    /// The settings name no database that the store knows.
    #[error("{0}")]
    Settings(String),
}

impl StoreError {
    /// For `map_err`: sorts a driver's error by whether waiting helps.
    pub(crate) fn while_it_should(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |cause| Self::of(doing, Arc::new(cause))
    }

    /// The same for an error that several are told of.
    pub(crate) fn of(doing: &'static str, cause: Arc<sqlx::Error>) -> Self {
        if is_passing(&cause) { Self::Unavailable { doing, cause: Some(cause) } } else { Self::Failed { doing, cause } }
    }

    /// Whether the same call may succeed later.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }
}

/// Whether waiting helps.
pub(crate) fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
        sqlx::Error::Database(database) => database.code().is_some_and(|code| is_passing_code(&code)),
        other => is_lost(other),
    }
}

/// Whether the connection has died; another one may well work.
pub(crate) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(database) => database.code().is_some_and(|code| {
            code.len() == 5 && (code == "25P03" || ["08", "57P"].iter().any(|class| code.starts_with(class)))
        }),
        _ => false,
    }
}

/// Whether it lies with what was written, not with the database: each write alone may then succeed where all together did not.
pub(crate) fn is_of_the_writes(error: &sqlx::Error) -> bool {
    let collided = |code: &str| code.len() == 5 && code.starts_with("40");
    !is_passing(error)
        || matches!(error, sqlx::Error::Database(database) if database.code().is_some_and(|code| collided(&code)))
}

/// SQLite: busy (5), locked (6), read-only (8), input/output (10), full (13), cannot open (14), locking protocol (15), with their
/// extended codes. PostgreSQL, SQLSTATE: class 08 connection, 25006 read-only, 25P03 idle for too long, 40 rollback, 53 insufficient
/// resources, 55P03 lock not available, 57 operator intervention, 58 system error.
fn is_passing_code(code: &str) -> bool {
    if code.len() == 5 {
        return ["08", "40", "53", "57", "58"].iter().any(|class| code.starts_with(class))
            || ["25006", "25P03", "55P03"].contains(&code);
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13..=15))
}

#[cfg(test)]
mod tests {
    use super::is_passing_code;

    #[test]
    fn waiting_helps_against_a_full_disk_but_not_against_a_broken_rule() {
        for code in ["13", "5", "517", "778", "15", "53100", "55P03", "57P01", "08006"] {
            assert!(is_passing_code(code), "{code}");
        }
        for code in ["19", "2067", "1", "23505", "42601", "22021"] {
            assert!(!is_passing_code(code), "{code}");
        }
    }
}
