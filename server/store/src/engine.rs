//! What the two engines must be told differently. These statements set up a connection or a transaction; none touches our data.

use crate::transaction::Placeholders;

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Answering questions.
    Read,
    /// The writes of every day: they are short, and rather fail than wait for long.
    Write,
    /// Migrations, backups and restores: they take as long as it takes.
    Leisure,
}

/// Every statement of ours goes by a key. A plan that was made while the tables were small, and is kept, would read all of them for
/// minutes after they have grown; and compiling a plan costs more than any of ours takes.
const BY_KEY: &str = "SELECT set_config(name, 'off', false) FROM pg_settings WHERE name IN ('enable_seqscan', 'jit')";
/// Acknowledged means durable, also where the database's own setting is to answer before the disk does.
const DURABLE: &str =
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

impl Engine {
    /// What a new connection is told first.
    pub fn greeting(self, role: Role) -> String {
        let statements: &[&str] = match (self, role) {
            (Self::Sqlite, Role::Read) => {
                &["PRAGMA busy_timeout = 5000", "PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY"]
            }
            (Self::Sqlite, Role::Write | Role::Leisure) => &[
                if role == Role::Write { "PRAGMA busy_timeout = 5000" } else { "PRAGMA busy_timeout = 60000" },
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                "PRAGMA temp_store = MEMORY",
                "PRAGMA cache_size = -16000",
                "PRAGMA wal_autocheckpoint = 2000",
                "PRAGMA journal_size_limit = 67108864",
            ],
            (Self::Postgres, Role::Read) => {
                &[BY_KEY, "SET default_transaction_read_only = on", "SET statement_timeout = '10s'"]
            }
            (Self::Postgres, Role::Write) => &[
                BY_KEY,
                DURABLE,
                "SET statement_timeout = '10s'",
                "SET lock_timeout = '5s'",
                // A server that vanishes from the net within a transaction must not keep the head of the log locked for hours.
                "SET idle_in_transaction_session_timeout = '10s'",
            ],
            (Self::Postgres, Role::Leisure) => &[
                DURABLE,
                "SET statement_timeout = 0",
                "SET lock_timeout = '60s'",
                "SET idle_in_transaction_session_timeout = 0",
            ],
        };
        statements.join("; ")
    }

    /// How values stand in statements that are put together.
    pub fn placeholders(self) -> Placeholders {
        match self {
            Self::Sqlite => Placeholders::Nameless,
            Self::Postgres => Placeholders::Numbered { last: 0 },
        }
    }

    /// Begins a transaction that writes beside those of other servers. On SQLite it locks at once: one that reads first would be
    /// refused if somebody wrote in between. On PostgreSQL it shares a gate (an advisory lock by the name of "shouwang") with the others.
    pub fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN; SELECT pg_advisory_xact_lock_shared(8316019262244351591)",
        }
    }

    /// Begins a transaction beside which nobody else writes: it waits for those at work, and later ones wait for it.
    pub fn begin_alone(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN; SELECT pg_advisory_xact_lock(8316019262244351591)",
        }
    }

    /// Begins a transaction that sees everything as it is at one moment.
    pub fn begin_snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }
}
