//! Opening a store: which engine, with which settings, brought up to date.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AnyPool, Connection, Executor};

use crate::writer::Writer;
use crate::{Result, StoreError};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// How long a call waits for a connection before the store counts as unavailable.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// One SQLite file.
    File(PathBuf),
    /// A PostgreSQL, or a cluster that speaks its language, by URL.
    Postgres(String),
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
    fn url(&self) -> String {
        match self {
            // Percent-encoded, so that no character of a path is taken for a part of the URL.
            Self::File(path) => {
                let path: String = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
                format!("sqlite://{path}?mode=rwc")
            }
            Self::Postgres(url) => url.clone(),
        }
    }
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
    pub(crate) readers: AnyPool,
    pub(crate) writer: Writer,
    pub(crate) source: Source,
}

/// How to get a connection that writes.
#[derive(Clone)]
pub(crate) struct Source {
    options: AnyConnectOptions,
    engine: Engine,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// What a new connection is told. These statements belong to one engine: they set up the engine, not our data.
    fn greeting(self, writes: bool) -> &'static str {
        match (self, writes) {
            (Self::Sqlite, true) => {
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                 PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; \
                 PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864"
            }
            (Self::Sqlite, false) => "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY",
            (Self::Postgres, _) => "SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET TIME ZONE 'UTC'",
        }
    }
}

impl Source {
    fn new(place: &Place) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let options = AnyConnectOptions::from_str(&place.url())
            .map_err(|error| StoreError::Settings(format!("the database URL cannot be read: {error}")))?;
        let engine = if matches!(place, Place::File(_)) { Engine::Sqlite } else { Engine::Postgres };
        Ok(Self { options, engine })
    }

    /// A new connection that writes, or an error within [`PATIENCE`].
    pub(crate) async fn connect(&self) -> sqlx::Result<AnyConnection> {
        let connecting = async {
            let mut connection = AnyConnection::connect_with(&self.options).await?;
            connection.execute(self.engine.greeting(true)).await?;
            Ok(connection)
        };
        tokio::time::timeout(PATIENCE, connecting).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }
}

impl Store {
    /// Opens the store, brings its schema up to date and starts the writer.
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
        let engine = source.engine;
        let readers = AnyPoolOptions::new()
            .max_connections(settings.readers)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(engine == Engine::Postgres)
            .after_connect(move |connection, _| {
                Box::pin(async move { connection.execute(engine.greeting(false)).await.map(|_| ()) })
            })
            .connect_lazy_with(source.options.clone());
        Ok(Self { readers, writer: Writer::start(source.clone()), source })
    }

    /// Whether a question would be answered now.
    ///
    /// # Errors
    /// When it would not.
    pub async fn ping(&self) -> Result<()> {
        let doing = "answer a ping";
        sqlx::query("SELECT seq FROM log_head")
            .fetch_one(&self.readers)
            .await
            .map(|_| ())
            .map_err(StoreError::while_it_should(doing))
    }

    /// Finishes what is waiting, then closes every connection.
    pub async fn close(&self) {
        self.writer.stop().await;
        self.readers.close().await;
    }
}

async fn migrate(source: &Source) -> Result<()> {
    let mut connection = source.connect().await.map_err(StoreError::while_it_should("open the database"))?;
    MIGRATIONS.run(&mut connection).await.map_err(StoreError::Migration)?;
    connection.close().await.map_err(StoreError::while_it_should("close a connection"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_its_engine() {
        assert_eq!("postgres://h/d".parse::<Place>().unwrap(), Place::Postgres("postgres://h/d".into()));
        assert_eq!("sqlite:///tmp/a.db".parse::<Place>().unwrap(), Place::File("/tmp/a.db".into()));
        assert!("mysql://h/d".parse::<Place>().is_err());
        assert!("data.db".parse::<Place>().is_err());
    }
}
