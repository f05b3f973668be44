//! Opening a store: which engine, with which settings, brought up to date.

use std::fmt::{self, Write};
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::migrate::MigrateError;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, Row};
use tokio::time::{sleep, timeout};

use crate::engine::{Engine, Role};
use crate::lookup::Lookups;
use crate::migrations::{self, migrator};
use crate::read::Readers;
use crate::writer::Writer;
use crate::{Result, StoreError};

/// How long a call waits for a connection before the store counts as unavailable.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);
/// How long the database may take over one question, or over one group of writes: a network can swallow a connection without a sign.
pub(crate) const LIMIT: Duration = Duration::from_secs(10);
/// How long a connection may have been idle and still be used: there are firewalls that forget it without a sign.
pub(crate) const TRUST: Duration = Duration::from_secs(60);
/// After what time a new connection that was sent away tries again.
const AGAIN: Duration = Duration::from_millis(10);

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// One SQLite file.
    File(PathBuf),
    /// A PostgreSQL, or a cluster that speaks its language, by URL.
    Postgres(String),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            // The URL may hold a password.
            Self::Postgres(_) => f.write_str("Postgres(…)"),
        }
    }
}

impl FromStr for Place {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self> {
        match text.split_once("://") {
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(text.to_owned())),
            Some(("sqlite", path)) => Ok(Self::File(path.into())),
            Some((scheme, _)) => {
                Err(StoreError::Settings(format!("no database speaks {scheme}://; use postgres:// or sqlite://")))
            }
            None => Err(StoreError::Settings("a database URL starts with postgres:// or sqlite://".to_owned())),
        }
    }
}

impl Place {
    fn url(&self) -> io::Result<String> {
        match self {
            Self::File(path) => Ok(format!("sqlite://{}?mode=rwc", encoded(&std::path::absolute(path)?))),
            Self::Postgres(url) => Ok(url.clone()),
        }
    }
}

/// Percent-encoded, so that no character of a path is taken for a part of the URL.
fn encoded(path: &Path) -> String {
    path.as_os_str().as_encoded_bytes().iter().fold(String::new(), |mut url, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => url.push(char::from(*byte)),
            // Writing to a string cannot fail.
            other => drop(write!(url, "%{other:02x}")),
        }
        url
    })
}

/// How to open a store.
#[derive(Clone, Debug)]
pub struct Settings {
    pub place: Place,
    /// Connections that only read.
    pub readers: u32,
}

/// The store. Cheap to clone; all clones share one writer.
#[derive(Clone)]
pub struct Store {
    pub(crate) readers: Arc<Readers>,
    pub(crate) lookups: Lookups,
    pub(crate) writer: Writer,
    pub(crate) source: Source,
}

/// How to get a connection.
#[derive(Clone)]
pub(crate) struct Source {
    options: AnyConnectOptions,
    pub engine: Engine,
}

impl Source {
    fn new(place: &Place) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let unreadable = |error: String| StoreError::Settings(format!("the database URL cannot be read: {error}"));
        let url = place.url().map_err(|error| unreadable(error.to_string()))?;
        let options = AnyConnectOptions::from_str(&url).map_err(|error| unreadable(error.to_string()))?;
        let engine = if matches!(place, Place::File(_)) { Engine::Sqlite } else { Engine::Postgres };
        Ok(Self { options, engine })
    }

    /// A new connection, or an error within [`PATIENCE`].
    pub async fn connect(&self, role: Role) -> sqlx::Result<AnyConnection> {
        let connecting = async {
            loop {
                match self.greet(role).await {
                    // Of several that turn a new file to WAL, or find it being closed, SQLite sends all but one away at once: it would
                    // be a deadlock if they waited holding what they have.
                    Err(error) if self.engine == Engine::Sqlite && is_busy(&error) => sleep(AGAIN).await,
                    outcome => return outcome,
                }
            }
        };
        timeout(PATIENCE, connecting).await.unwrap_or_else(|_| Err(silence()))
    }

    async fn greet(&self, role: Role) -> sqlx::Result<AnyConnection> {
        let mut connection = AnyConnection::connect_with(&self.options).await?;
        connection.execute(AssertSqlSafe(self.engine.greeting(role))).await?;
        Ok(connection)
    }
}

/// Whether it is SQLite's `SQLITE_BUSY` (5) or one of its extended codes, which have it in their lowest byte.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

/// The error of a database that does not answer.
pub(crate) fn silence() -> sqlx::Error {
    sqlx::Error::Io(io::ErrorKind::TimedOut.into())
}

impl Store {
    /// Opens the store, brings its schema up to date and starts who writes and who looks reports up.
    ///
    /// # Errors
    /// When the database cannot be reached or its schema is not one of ours.
    pub async fn open(settings: Settings) -> Result<Self> {
        if let Place::File(path) = &settings.place
            && let Some(folder) = path.parent()
        {
            std::fs::create_dir_all(folder)
                .map_err(|error| StoreError::Settings(format!("{} cannot be made: {error}", folder.display())))?;
        }
        let source = Source::new(&settings.place)?;
        migrate(&source).await?;
        let readers = Arc::new(Readers::new(source.clone(), settings.readers.max(1)));
        let lookups = Lookups::start(Arc::clone(&readers));
        Ok(Self { readers, lookups, writer: Writer::start(source.clone()), source })
    }

    /// Whether a question would be answered now, and a write taken. Nothing is written to find out, unless the last commit failed.
    ///
    /// # Errors
    /// When it would not.
    pub async fn ping(&self) -> Result<()> {
        let doing = "answer a ping";
        self.number(doing, "SELECT seq FROM log_head WHERE one = 1").await?;
        match (self.writer.is_at_work(), self.writer.is_in_doubt()) {
            (false, _) => Err(StoreError::Unavailable { doing, cause: None }),
            (true, true) => self.probe().await,
            (true, false) => Ok(()),
        }
    }

    /// Writes what changes nothing.
    async fn probe(&self) -> Result<()> {
        let doing = "try to write";
        let probing = self.writer.work(doing, |transaction| {
            Box::pin(async move {
                let probe = sqlx::query("UPDATE log_head SET seq = seq WHERE one = 1");
                probe.execute(transaction.alone().await?).await.map(drop)
            })
        });
        let silent = || StoreError::Unavailable { doing, cause: Some(Arc::new(silence())) };
        timeout(PATIENCE, probing).await.unwrap_or_else(|_| Err(silent()))
    }

    /// How many reports and notes came to this process one by one and were answered, since the store was opened. Whether it moves tells
    /// who can wait whether to.
    pub fn taken(&self) -> u64 {
        self.writer.taken()
    }

    /// Takes nothing new, finishes what is waiting, then closes every connection.
    pub async fn close(&self) {
        self.writer.stop().await;
        self.readers.close().await;
    }
}

async fn migrate(source: &Source) -> Result<()> {
    let opening = || StoreError::while_it_should("open the database");
    let mut connection = source.connect(Role::Leisure).await.map_err(opening())?;
    // PostgreSQL has a lock for migrations, SQLite only the one for writing: it is taken when there is something to do. (`run_direct`
    // is `run` without a generic parameter that would keep this future from being `Send`.)
    if source.engine == Engine::Sqlite && !is_current(&mut connection).await {
        let mut alone = connection.begin_with(source.engine.begin_alone()).await.map_err(opening())?;
        migrator().run_direct(None, &mut *alone, false).await.map_err(failed)?;
        alone.commit().await.map_err(opening())?;
    } else {
        migrator().run_direct(None, &mut connection, false).await.map_err(failed)?;
    }
    connection.close().await.map_err(opening())
}

async fn is_current(connection: &mut AnyConnection) -> bool {
    let newest = sqlx::query("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(connection).await;
    // Without the table, nothing was ever migrated.
    newest.and_then(|row| row.try_get(0)).ok() == Some(migrations::NEWEST)
}

fn failed(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(cause) => StoreError::while_it_should("migrate")(cause),
        other => StoreError::Migration(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_sqlite_acknowledges_is_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let source = Source::new(&Place::File(folder.path().join("a.db"))).unwrap();
        for role in [Role::Write, Role::Leisure] {
            let mut connection = source.connect(role).await.unwrap();
            let mut said = async |pragma| {
                let row = sqlx::query(pragma).fetch_one(&mut connection).await.unwrap();
                row.try_get::<String, _>(0).or_else(|_| row.try_get(0).map(|number: i64| number.to_string())).unwrap()
            };
            assert_eq!(said("PRAGMA synchronous").await, "2", "FULL: it waits for the disk at every commit");
            assert_eq!(said("PRAGMA journal_mode").await, "wal");
            assert_eq!(said("PRAGMA foreign_keys").await, "1");
        }
        let mut reader = source.connect(Role::Read).await.unwrap();
        assert!(reader.execute("CREATE TABLE t (a TEXT)").await.is_err());
    }

    #[test]
    fn a_url_names_its_engine() {
        assert_eq!("postgres://h/d".parse::<Place>().unwrap(), Place::Postgres("postgres://h/d".into()));
        assert_eq!("sqlite:///tmp/a.db".parse::<Place>().unwrap(), Place::File("/tmp/a.db".into()));
        assert!("mysql://h/d".parse::<Place>().is_err());
        assert!("data.db".parse::<Place>().is_err());
    }

    #[test]
    fn a_password_is_not_printed() {
        let place: Place = "postgres://user:secret@h/d".parse().unwrap();
        assert!(!format!("{:?}", Settings { place, readers: 1 }).contains("secret"));
    }
}
