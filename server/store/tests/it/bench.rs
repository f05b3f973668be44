//! A place for a store of a test's own, on either engine.

use std::future::Future;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures::future::join_all;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::{Place, Settings, Store};
use tempfile::TempDir;

use crate::postgres::Postgres;

/// Makes a test of each case on each engine. Without more said, they run on one thread: then what is asked at once is queued at once,
/// before the writer looks.
macro_rules! on_both_engines {
    (@one $case:ident [$($runtime:tt)+]) => {
        mod $case {
            use crate::bench::Bench;

            #[tokio::test($($runtime)+)]
            async fn sqlite() {
                super::$case(Bench::sqlite()).await;
            }

            #[tokio::test($($runtime)+)]
            async fn postgres() {
                if let Some(bench) = Bench::postgres() {
                    super::$case(bench).await;
                }
            }
        }
    };
    ($($case:ident),+ $(,)?) => { on_both_engines!([flavor = "current_thread"] $($case),+); };
    ($runtime:tt $($case:ident),+ $(,)?) => { $(on_both_engines!(@one $case $runtime);)+ };
}

/// The one server of this process; its watchdog ends it.
static POSTGRES: OnceLock<Option<Postgres>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A place that belongs to one test.
pub struct Bench {
    pub place: Place,
    /// Gone with the bench.
    _folder: Option<TempDir>,
}

impl Bench {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { place: Place::File(folder.path().join("store.db")), _folder: Some(folder) }
    }

    /// `None` where PostgreSQL is not installed.
    pub fn postgres() -> Option<Self> {
        let server = POSTGRES.get_or_init(Postgres::start).as_ref()?;
        let database = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        Some(Self { place: Place::Postgres(server.create(&database)), _folder: None })
    }

    /// An empty place of the same engine.
    pub fn another(&self) -> Self {
        if self.is_sqlite() { Self::sqlite() } else { Self::postgres().unwrap() }
    }

    /// An empty place of the other engine.
    pub fn of_the_other_engine(&self) -> Option<Self> {
        if self.is_sqlite() { Self::postgres() } else { Some(Self::sqlite()) }
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// Opens the store; a second time it is as if a second server did.
    pub async fn store(&self) -> Store {
        open(&self.place).await
    }

    /// The engine itself, past the store.
    pub async fn engine(&self) -> AnyConnection {
        sqlx::any::install_default_drivers();
        match &self.place {
            Place::File(path) => AnyConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap(),
            Place::Postgres(url) => AnyConnection::connect(url).await.unwrap(),
        }
    }

    /// A number that the engine answers.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut engine = self.engine().await;
        let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&mut engine).await.unwrap();
        engine.close().await.unwrap();
        row.get(0)
    }

    /// How many transactions have appended to the log, as the engine itself tells.
    pub async fn commits(&self) -> i64 {
        match &self.place {
            // The pages of a transaction stand one after the other in the write-ahead log; only the last says how large the file is then.
            Place::File(path) => {
                let wal = std::fs::read(PathBuf::from(format!("{}-wal", path.display()))).unwrap();
                let page = u32::from_be_bytes(wal[8..12].try_into().unwrap()) as usize;
                let frames = wal[32..].chunks_exact(24 + page).filter(|frame| frame[8..16] == wal[16..24]);
                i64::try_from(frames.filter(|frame| frame[4..8] != [0; 4]).count()).unwrap()
            }
            // Every row knows the transaction that inserted it.
            Place::Postgres(_) => self.number("SELECT COUNT(DISTINCT CAST(xmin AS TEXT)) FROM event").await,
        }
    }
}

pub async fn open(place: &Place) -> Store {
    Store::open(Settings { place: place.clone(), readers: 4 }).await.unwrap()
}

/// Asks everything before anything is answered: on one thread, before the writer looks for the first time.
pub async fn at_once<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    tokio::task::unconstrained(join_all(futures)).await
}

/// Waits until something is so.
pub async fn until<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    within(what, async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await;
}

/// Fails when something does not come to its end: nothing may hang.
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    let patience = Duration::from_secs(60);
    tokio::time::timeout(patience, future).await.unwrap_or_else(|_| panic!("no end: {what}"))
}
