//! Statements over many rows: one trip to the engine instead of one a row.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Executor};

/// The most rows a statement takes.
const MOST: usize = 64;

/// An `INSERT` for any number of rows.
pub struct Insert<'a> {
    /// Up to and including `VALUES`.
    pub head: &'a str,
    /// How many values make a row.
    pub width: usize,
    /// What follows the rows.
    pub tail: &'a str,
}

/// A query on its way: values are bound to it in order.
pub type Bound<'q> = Query<'q, Any, AnyArguments>;

impl Insert<'_> {
    fn sql(&self, rows: usize) -> String {
        let mut sql = String::with_capacity(self.head.len() + self.tail.len() + rows * self.width * 5);
        sql.push_str(self.head);
        let mut parameter = 0;
        for row in 0..rows {
            sql.push_str(if row == 0 { " (" } else { ", (" });
            for column in 0..self.width {
                parameter += 1;
                sql.push_str(if column == 0 { "$" } else { ", $" });
                sql.push_str(&parameter.to_string());
            }
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(self.tail);
        sql
    }

    /// Inserts all rows and gives back what the tail returns. `bind` binds the values of one row.
    pub async fn run<T>(
        &self,
        connection: &mut AnyConnection,
        rows: &[T],
        bind: impl for<'q> Fn(Bound<'q>, &T) -> Bound<'q>,
    ) -> sqlx::Result<Vec<AnyRow>> {
        let mut returned = Vec::new();
        for piece in pieces(rows) {
            let query = sqlx::query(AssertSqlSafe(self.sql(piece.len())));
            let query = piece.iter().fold(query, &bind);
            if self.tail.contains("RETURNING") {
                returned.extend(connection.fetch_all(query).await?);
            } else {
                connection.execute(query).await?;
            }
        }
        Ok(returned)
    }
}

/// Splits rows so that few different statements occur (1 to 8, 16, 32 and 64 rows): the engines keep each of them prepared.
fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = match rows.len() {
            0 => return None,
            few @ 1..=8 => few,
            some => MOST.min(1 << some.ilog2()),
        };
        let (piece, rest) = rows.split_at(size);
        rows = rest;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_numbers_its_values_through_all_rows() {
        let insert = Insert { head: "INSERT INTO t (a, b) VALUES", width: 2, tail: "RETURNING a" };
        assert_eq!(insert.sql(2), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) RETURNING a");
    }

    #[test]
    fn pieces_cover_all_rows_in_a_few_sizes() {
        let sizes = |rows: usize| pieces(&vec![(); rows]).map(<[()]>::len).collect::<Vec<_>>();
        assert_eq!(sizes(0), [0; 0]);
        assert_eq!(sizes(7), [7]);
        assert_eq!(sizes(63), [32, 16, 8, 7]);
        assert_eq!(sizes(200), [64, 64, 64, 8]);
    }
}
