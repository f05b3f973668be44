//! Statements over many rows: one instead of one a row.

use std::sync::Arc;

use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

use crate::transaction::{Placeholders, Statement};

/// The most rows a statement takes.
const MOST: usize = 64;

/// An `INSERT` for any number of rows.
#[derive(Clone, Copy)]
pub struct Insert<'a> {
    /// Up to and including `VALUES`.
    pub head: &'a str,
    /// What the first value of each row is taken from: `expression - `, or nothing.
    pub from: &'a str,
    /// How many values make a row.
    pub width: usize,
    /// What follows the rows.
    pub tail: &'a str,
}

/// A query on its way: values are bound to it in order.
pub type Bound<'q> = Query<'q, Any, AnyArguments>;

impl<'a> Insert<'a> {
    pub const fn new(head: &'a str, width: usize, tail: &'a str) -> Self {
        Self { head, from: "", width, tail }
    }

    /// The statements that insert `rows`. `bind` binds the values of one row.
    pub fn rows<T, F>(self, rows: Vec<T>, bind: F) -> Vec<Box<dyn Statement + 'a>>
    where
        T: Send + Sync + 'a,
        F: for<'q> Fn(Bound<'q>, &T) -> Bound<'q> + Send + Sync + Copy + 'a,
    {
        let (mut first, mut statements) = (0, Vec::new());
        let rows: Arc<[T]> = rows.into();
        while first < rows.len() {
            let end = first + piece(rows.len() - first);
            statements.push(Box::new(Rows { insert: self, all: rows.clone(), part: first..end, bind }) as Box<_>);
            first = end;
        }
        statements
    }
}

/// The rows of one statement.
struct Rows<'a, T, F> {
    insert: Insert<'a>,
    all: Arc<[T]>,
    part: std::ops::Range<usize>,
    bind: F,
}

impl<T, F> Statement for Rows<'_, T, F>
where
    T: Send + Sync,
    F: for<'q> Fn(Bound<'q>, &T) -> Bound<'q> + Send + Sync,
{
    fn write(&self, sql: &mut String, values: &mut Placeholders) {
        let Insert { head, from, width, tail } = self.insert;
        sql.reserve(head.len() + tail.len() + self.part.len() * (from.len() + width * 5));
        sql.push_str(head);
        for row in 0..self.part.len() {
            sql.push_str(if row == 0 { " (" } else { ", (" });
            sql.push_str(from);
            for column in 0..width {
                if column > 0 {
                    sql.push_str(", ");
                }
                values.next(sql);
            }
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(tail);
    }

    fn bind<'q>(&self, query: Bound<'q>) -> Bound<'q> {
        self.all[self.part.clone()].iter().fold(query, &self.bind)
    }
}

/// How many of so many rows the next statement takes. Few different sizes occur (1 to 8, 16, 32 and 64 rows): PostgreSQL keeps each of
/// them prepared.
fn piece(rows: usize) -> usize {
    match rows {
        few @ ..=8 => few,
        some => MOST.min(1 << some.ilog2()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_numbers_its_values_on_through_all_rows_where_they_have_numbers() {
        let insert = Insert { from: "x - ", ..Insert::new("INSERT INTO t (a, b) VALUES", 2, "RETURNING a") };
        let statements = insert.rows(vec![1, 2], |query, _| query);
        let written = |mut values: Placeholders| {
            let mut sql = String::new();
            statements[0].write(&mut sql, &mut values);
            sql
        };
        let numbered = written(Placeholders::Numbered { last: 3 });
        assert_eq!(numbered, "INSERT INTO t (a, b) VALUES (x - $4, $5), (x - $6, $7) RETURNING a");
        let nameless = written(Placeholders::Nameless);
        assert_eq!(nameless, "INSERT INTO t (a, b) VALUES (x - ?, ?), (x - ?, ?) RETURNING a");
    }

    #[test]
    fn statements_cover_all_rows_in_a_few_sizes() {
        let sizes = |mut rows: usize| {
            std::iter::from_fn(|| {
                let size = piece(rows);
                rows -= size;
                (size > 0).then_some(size)
            })
            .collect::<Vec<_>>()
        };
        assert_eq!(sizes(0), [0; 0]);
        assert_eq!(sizes(7), [7]);
        assert_eq!(sizes(63), [32, 16, 8, 7]);
        assert_eq!(sizes(200), [64, 64, 64, 8]);
    }
}
