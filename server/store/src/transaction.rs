//! A transaction in as few trips to its engine as that takes.
//!
//! A trip to SQLite is a word with the thread that holds its connection, and costs more than most statements; it may carry several of
//! them with their values, the `BEGIN` and the `COMMIT` too. PostgreSQL takes one statement with values at a time.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Executor};

use crate::engine::Engine;
use crate::rows::Bound;

/// How the values of statements that go together are written down, in order.
pub enum Placeholders {
    /// `$1`, `$2`, …: PostgreSQL knows nothing else.
    Numbered { last: usize },
    /// `?`. A number is a name to SQLite, which goes through all names of a statement for each of its values.
    Nameless,
}

impl Placeholders {
    /// Writes the next one down.
    pub fn next(&mut self, sql: &mut String) {
        match self {
            Self::Numbered { last } => {
                *last += 1;
                sql.push('$');
                sql.push_str(&last.to_string());
            }
            Self::Nameless => sql.push('?'),
        }
    }
}

/// A statement with its values.
pub trait Statement: Send + Sync {
    /// Writes it down.
    fn write(&self, sql: &mut String, values: &mut Placeholders);
    /// Binds its values, in order.
    fn bind<'q>(&self, query: Bound<'q>) -> Bound<'q>;
}

/// Statements that are sent together.
pub type Statements<'a> = Vec<Box<dyn Statement + 'a>>;

pub struct Transaction {
    connection: AnyConnection,
    engine: Engine,
    begun: bool,
}

impl Transaction {
    /// Begins. Nothing is sent to SQLite before the first statements are; PostgreSQL shows at once whether it is still there.
    pub async fn begin(mut connection: AnyConnection, engine: Engine) -> sqlx::Result<Self> {
        let begun = engine == Engine::Postgres;
        if begun {
            connection.execute(engine.begin()).await?;
        }
        Ok(Self { connection, engine, begun })
    }

    /// The connection, for statements that go alone.
    pub async fn alone(&mut self) -> sqlx::Result<&mut AnyConnection> {
        if !self.begun {
            self.connection.execute(self.engine.begin()).await?;
            self.begun = true;
        }
        Ok(&mut self.connection)
    }

    /// Sends statements and gives back whatever rows they return.
    pub async fn send(&mut self, statements: &Statements<'_>) -> sqlx::Result<Vec<AnyRow>> {
        if statements.is_empty() {
            return Ok(Vec::new());
        }
        match self.engine {
            Engine::Sqlite => self.at_once(statements, "").await,
            Engine::Postgres => {
                let mut rows = Vec::new();
                for statement in statements {
                    rows.extend(one_by_one(&mut self.connection, self.engine, statement.as_ref()).await?);
                }
                Ok(rows)
            }
        }
    }

    /// Sends the last statements and commits. After a failure the connection is thrown away, and with it what was not committed.
    pub async fn commit(mut self, statements: &Statements<'_>) -> sqlx::Result<AnyConnection> {
        match self.engine {
            Engine::Sqlite => drop(self.at_once(statements, "COMMIT").await?),
            Engine::Postgres => {
                self.send(statements).await?;
                self.connection.execute("COMMIT").await?;
            }
        }
        Ok(self.connection)
    }

    /// Whether a whole transaction can be one trip.
    pub fn is_one_trip(&self) -> bool {
        self.engine == Engine::Sqlite && !self.begun
    }

    /// Sends all statements and commits, unless a key of theirs is taken: then nothing is written, and the transaction is to begin.
    pub async fn commit_if_new(mut self, statements: &Statements<'_>) -> sqlx::Result<Result<AnyConnection, Self>> {
        match self.at_once(statements, "COMMIT").await {
            Ok(_) => Ok(Ok(self.connection)),
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                self.connection.execute("ROLLBACK").await?;
                Ok(Err(self))
            }
            Err(error) => Err(error),
        }
    }

    async fn at_once(&mut self, statements: &Statements<'_>, last: &str) -> sqlx::Result<Vec<AnyRow>> {
        let (mut sql, mut values) = (String::new(), self.engine.placeholders());
        if !self.begun {
            sql.push_str(self.engine.begin());
            sql.push_str("; ");
        }
        for statement in statements {
            statement.write(&mut sql, &mut values);
            sql.push_str("; ");
        }
        sql.push_str(last);
        let query = statements.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, statement| statement.bind(query));
        let rows = self.connection.fetch_all(query).await?;
        self.begun = true;
        Ok(rows)
    }
}

/// Sends a statement alone.
pub async fn one_by_one(
    connection: &mut AnyConnection,
    engine: Engine,
    statement: &dyn Statement,
) -> sqlx::Result<Vec<AnyRow>> {
    let mut sql = String::new();
    statement.write(&mut sql, &mut engine.placeholders());
    connection.fetch_all(statement.bind(sqlx::query(AssertSqlSafe(sql)))).await
}
